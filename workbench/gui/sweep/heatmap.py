"""Heatmaps of a sweep beside each other: pointed at, chosen by click or keyboard. GUI thread.

Each is one image, whatever its size; numbers stand in the cells where there is room for them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.experiments.sweep_grid import Grid
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import CHIP_PIXELS, SMALL_PIXELS, Fonts
from workbench.gui.sweep.heat_image import Scale, heat_image, scale_of
from workbench.gui.theme import Theme, luminance
from workbench.gui.translate import tr

_LEFT, _TOP, _FACE_TOP = 92, 46, 22
_GAP, _EDGE, _LEGEND = 28, 14, 52
_LEAST = QSize(12, 12)
_MOST = QSize(92, 52)
_GRID_FROM = 6


def _nothing_known(_cell: int) -> str:
    return tr("not done")


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the cells.

    Attributes:
        title: the figure and its unit.
        values: by cell; None where it means nothing, nothing where the cell is not done.
        failed: cells without replies.
        bounds: of the scale, where values cannot lie outside; else it spans what is there.
        about: what to say of a cell, by its number.
    """

    title: str
    values: Mapping[int, float | None]
    failed: Collection[int]
    bounds: tuple[float, float] | None = None
    about: Callable[[int], str] = _nothing_known


class Heatmap(QWidget):
    """The cells of a sweep.

    Signals:
        chosen(cell): a cell was clicked, or walked to by the arrow keys.
        opened(cell): a cell was double-clicked, or Enter was pressed on it.
    """

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._fonts = theme, fonts
        self._grid: Grid | None = None
        self._shown = Shown("", {}, ())
        self._scale = Scale(None, None)
        self._images: list[QImage] = []
        self._at: tuple[int, int, int] | None = None  # face, row, column
        self._cell = QSize(_LEAST)
        self._across = 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Heatmap of the sweep"))
        self.setAccessibleDescription(
            tr("Arrow keys walk from cell to cell and show its replies; Enter opens its run.")
        )
        theme.changed.connect(self._recolour)

    @property
    def cell(self) -> int | None:
        """The number of the chosen cell; None when none is."""
        if self._grid is None or self._at is None:
            return None
        face, row, column = self._at
        return self._grid.faces[face].cells[row][column]

    def show_cells(self, grid: Grid | None, shown: Shown) -> None:
        """Show these cells; a grid of the same shape keeps the chosen one."""
        if self._shape(grid) != self._shape(self._grid):
            self._at = None
        self._grid, self._shown = grid, shown
        self._scale = scale_of(shown.values, shown.bounds)
        self._images = []
        self._fit()
        self.update()

    def choose(self, cell: int) -> None:
        """Mark a cell; one that is not shown marks none."""
        self._at = None
        for face, one in enumerate(self._grid.faces if self._grid else ()):
            for row, line in enumerate(one.cells):
                if cell in line:
                    self._at = face, row, line.index(cell)
        self._tell_name()
        self.update()

    def release(self) -> bool:
        """Mark no cell any more; False when none was."""
        had, self._at = self._at is not None, None
        self.update()
        return had

    def paint(self, painter: QPainter) -> None:
        """Draw everything, for the screen or a picture."""
        grid = self._grid
        if grid is None:
            return
        if not self._images:
            missing = self._theme.colours.chip
            self._images = [
                heat_image(face.cells, self._shown.values, self._scale, missing)
                for face in grid.faces
            ]
        painter.setFont(self._fonts.ui(SMALL_PIXELS))
        painter.setPen(self._theme.colour("muted"))
        down = tr("down: {y}   ·   ", y=grid.y) if grid.y else ""
        painter.drawText(QPoint(_EDGE, 20), tr("{down}across: {x}", down=down, x=grid.x))
        for face in range(len(grid.faces)):
            self._paint_face(painter, grid, face)
        self._paint_legend(painter)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """How large it would like to be."""
        return QSize(640, 420)

    # Events

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw what stands."""
        painter = figure_painter(self)
        painter.fillRect(self.rect(), self._theme.colour("pane"))
        self.paint(painter)

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Lay out anew."""
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Begin a click or a drag."""
        at = self._at_point(event.position())
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Do what a double click means here."""
        if self._at_point(event.position()) is not None and self.cell is not None:
            self.opened.emit(self.cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Walk and choose by keyboard."""
        moves = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        key = Qt.Key(event.key())
        if self._grid is None:
            super().keyPressEvent(event)
        elif key in moves:
            self._move(*moves[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.cell is not None:
            self.opened.emit(self.cell)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what is under the mouse."""
        if isinstance(event, QHelpEvent) and self._grid is not None:
            at = self._at_point(QPointF(event.pos()))
            if at is not None:
                cell = self._grid.faces[at[0]].cells[at[1]][at[2]]
                QToolTip.showText(event.globalPos(), self._shown.about(cell), self)
                return True
        return super().event(event)

    # Where things are

    def _shape(self, grid: Grid | None) -> tuple[int, int, int]:
        return (0, 0, 0) if grid is None else (len(grid.faces), len(grid.rows), len(grid.columns))

    def _fit(self) -> None:
        """The largest cells with which everything fits; below the least size one scrolls."""
        grid = self._grid
        if grid is None:
            self.setMinimumSize(0, 0)
            return
        n_faces, n_rows, n_columns = self._shape(grid)
        best = 0
        for across in range(1, n_faces + 1):
            down = -(-n_faces // across)
            wide = (self._room().width() - across * (_LEFT + _GAP)) // (across * n_columns)
            high = (self._room().height() - down * (_TOP + _FACE_TOP)) // (down * n_rows)
            size = min(wide, 2 * high)
            if across == 1 or size > best:
                best, self._across = size, across
                self._cell = QSize(wide, high).expandedTo(_LEAST).boundedTo(_MOST)
        rows_of_faces = -(-n_faces // self._across)
        face = self._face_size()
        self.setMinimumSize(
            _EDGE + self._across * (face.width() + _GAP),
            rows_of_faces * face.height() + _LEGEND + _EDGE,
        )

    def _room(self) -> QSize:
        parent = self.parentWidget()
        size = parent.size() if parent is not None else self.size()
        return QSize(size.width() - 2 * _EDGE, size.height() - _LEGEND - 2 * _EDGE)

    def _face_size(self) -> QSize:
        _, n_rows, n_columns = self._shape(self._grid)
        return QSize(
            _LEFT + n_columns * self._cell.width(),
            _TOP + _FACE_TOP + n_rows * self._cell.height(),
        )

    def _area(self, face: int) -> QRect:
        """Where the cells of a heatmap are."""
        down, across = divmod(face, self._across)
        size = self._face_size()
        corner = QPoint(
            _EDGE + across * (size.width() + _GAP) + _LEFT,
            down * size.height() + _TOP + _FACE_TOP,
        )
        return QRect(corner, QSize(size.width() - _LEFT, size.height() - _TOP - _FACE_TOP))

    def _box(self, at: tuple[int, int, int]) -> QRect:
        face, row, column = at
        size = self._cell
        corner = QPoint(column * size.width(), row * size.height())
        return QRect(self._area(face).topLeft() + corner, size)

    def _at_point(self, point: QPointF) -> tuple[int, int, int] | None:
        for face in range(len(self._grid.faces) if self._grid else 0):
            area = self._area(face)
            if area.contains(point.toPoint()):
                inside = point.toPoint() - area.topLeft()
                row, column = inside.y() // self._cell.height(), inside.x() // self._cell.width()
                return face, row, column
        return None

    def _move(self, down: int, right: int) -> None:
        n_faces, n_rows, n_columns = self._shape(self._grid)
        if self._at is None:
            self._go((0, 0, 0))
            return
        face, row, column = self._at
        column += right
        if not 0 <= column < n_columns and 0 <= face + right < n_faces:
            face, column = face + right, column % n_columns
        row, column = min(max(row + down, 0), n_rows - 1), min(max(column, 0), n_columns - 1)
        self._go((face, row, column))

    def _go(self, at: tuple[int, int, int]) -> None:
        if at != self._at:
            self._at = at
            self._tell_name()
            self.update()
        if self.cell is not None:
            self.chosen.emit(self.cell)

    def _tell_name(self) -> None:
        said = "" if self.cell is None else self._shown.about(self.cell)
        self.setToolTip("")
        self.setAccessibleDescription(said)

    # Drawing

    def _paint_face(self, painter: QPainter, grid: Grid, face: int) -> None:
        area = self._area(face)
        painter.drawImage(QRectF(area), self._images[face], QRectF(self._images[face].rect()))
        size = self._cell
        if min(size.width(), size.height()) >= _GRID_FROM:
            painter.setPen(QPen(self._theme.colour("pane"), 1))
            for column in range(len(grid.columns) + 1):
                x = area.left() + column * size.width()
                painter.drawLine(x, area.top(), x, area.bottom())
            for row in range(len(grid.rows) + 1):
                y = area.top() + row * size.height()
                painter.drawLine(area.left(), y, area.right(), y)
        self._paint_labels(painter, grid, face, area)
        self._paint_numbers(painter, grid, face)
        if self._at is not None and self._at[0] == face:
            box = QRectF(self._box(self._at)).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(self._theme.colour("pane"), 4))
            painter.drawRect(box)
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRect(box)

    def _paint_labels(self, painter: QPainter, grid: Grid, face: int, area: QRect) -> None:
        font = self._fonts.mono(CHIP_PIXELS)
        metrics = QFontMetrics(font)
        title = grid.faces[face].title
        if title:
            painter.setFont(self._fonts.ui(SMALL_PIXELS, bold=True))
            painter.setPen(self._theme.colour("ink"))
            said = f"{grid.facet} = {title}"
            text = metrics.elidedText(said, Qt.TextElideMode.ElideRight, area.width() + _LEFT)
            painter.drawText(QPoint(area.left(), area.top() - 26), text)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        right, middle = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignCenter
        wide, high = self._cell.width(), self._cell.height()
        longest = max(metrics.horizontalAdvance(text) for text in grid.columns) + 6
        step = max(1, -(-min(longest, 92) // wide))
        for column in range(0, len(grid.columns), step):
            room = QRect(area.left() + column * wide, area.top() - 19, step * wide, 15)
            text = metrics.elidedText(grid.columns[column], right, room.width() - 2)
            align = middle if step == 1 else Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, align, text)
        step = max(1, -(-metrics.height() // high))
        for row in range(0, len(grid.rows), step):
            room = QRect(area.left() - _LEFT, area.top() + row * high, _LEFT - 8, high)
            text = metrics.elidedText(grid.rows[row], right, room.width())
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, align, text)

    def _paint_numbers(self, painter: QPainter, grid: Grid, face: int) -> None:
        font = self._fonts.mono(CHIP_PIXELS)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        room = self._cell - QSize(4, 2)
        if room.height() < metrics.height():
            return
        for row, line in enumerate(grid.faces[face].cells):
            for column, cell in enumerate(line):
                text, colour = self._text_of(cell)
                if metrics.horizontalAdvance(text) <= room.width():
                    painter.setPen(colour)
                    painter.drawText(
                        self._box((face, row, column)), Qt.AlignmentFlag.AlignCenter, text
                    )

    def _text_of(self, cell: int) -> tuple[str, QColor]:
        if cell in self._shown.failed:
            return tr("failed"), self._theme.colour("warning")
        if cell not in self._shown.values:
            return "", self._theme.colour("chip_ink")
        value = self._shown.values[cell]
        if value is None:
            return "n/a", self._theme.colour("chip_ink")
        dark = luminance(self._scale.colour(value).name()) < 0.22
        return self._scale.written(value), QColor("#ffffff" if dark else "#10141c")

    def _paint_legend(self, painter: QPainter) -> None:
        low, high = self._scale.low, self._scale.high
        left, top = _EDGE, self.height() - _LEGEND + 8
        painter.setFont(self._fonts.ui(SMALL_PIXELS))
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(QPoint(left, top + 10), self._shown.title)
        if low is None or high is None:
            return
        width = 160
        for x in range(width):
            value = low + (high - low) * x / (width - 1)
            painter.fillRect(left + x, top + 18, 1, 8, self._scale.colour(value))
        painter.setFont(self._fonts.mono(CHIP_PIXELS))
        painter.setPen(self._theme.colour("muted"))
        ends = (
            number(low)
            if low == high
            else tr("{low} to {high}", low=number(low), high=number(high))
        )
        painter.drawText(QPoint(left + width + 10, top + 27), ends)

    def _recolour(self) -> None:
        self._images = []
        self.update()


def number(value: float, digits: int = 4) -> str:
    """A value in so many digits, whole where it is large."""
    return f"{value:,.0f}" if abs(value) >= 10**digits else f"{value:.{digits}g}"
