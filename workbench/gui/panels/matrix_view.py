"""A matrix of weights that is zoomed, panned and pointed at. One image, whatever its size.
GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import CHIP_PIXELS, SMALL_PIXELS, Fonts
from workbench.gui.matrix_image import MatrixImages
from workbench.gui.matrix_place import MatrixPlace
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_LABEL_ROOM = 118
_TOP_ROOM = 84
_GRID_FROM = 9.0
"""Pixels per cell from which lines are drawn between them."""
_SEE_THROUGH_BELOW = 4.0
_CLICK_PIXELS = 4
_ZOOM = 1.25


class MatrixView(QWidget):
    """Rows look, columns are looked at.

    Signals:
        pointed(row, column): the pointer or the keyboard is at a cell; (-1, -1) at none.
        chosen(row, column): a cell was clicked, or Enter was pressed on it.
    """

    pointed = Signal(int, int)
    chosen = Signal(int, int)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._fonts = theme, fonts
        self._images: MatrixImages | None = None
        self._rows: Sequence[str] = ()
        self._columns: Sequence[str] = ()
        self._place = MatrixPlace()
        self._cell = (-1, -1)
        self._marked = (-1, -1)
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 160)
        self.setAccessibleName(tr("Attention matrix"))
        self.setAccessibleDescription(
            tr(
                "Rows are the tokens that look, columns the tokens they look at. Arrow keys "
                "move the crosshair, plus and minus zoom, 0 shows everything, Enter keeps the "
                "row."
            )
        )
        theme.changed.connect(self._theme_changed)

    @property
    def cell(self) -> tuple[int, int]:
        """Row and column that are pointed at; (-1, -1) for none."""
        return self._cell

    @property
    def place(self) -> MatrixPlace:
        """What part of the matrix is shown, and how large."""
        return self._place

    def show_matrix(
        self, images: MatrixImages | None, rows: Sequence[str], columns: Sequence[str]
    ) -> None:
        """Show another matrix, labelled; one of the same size keeps zoom and place."""
        same = (
            images is not None
            and self._images is not None
            and (images.n_rows, images.n_columns) == (self._images.n_rows, self._images.n_columns)
        )
        self._images, self._rows, self._columns = images, rows, columns
        if images is not None:
            self._place.set_size(images.n_rows, images.n_columns)
        if not same:
            self._place.show_all()
            self._point((-1, -1))
        self.update()

    def mark(self, row: int, column: int) -> None:
        """Outline a row and a column that are asked about; -1 for none."""
        if (row, column) != self._marked:
            self._marked = row, column
            self.update()

    def zoom(self, steps: float) -> None:
        """Closer (above zero) or further away, about the middle."""
        self._place.zoom(_ZOOM**steps, QPointF(self._area().center()) - self._area().topLeft())
        self.update()

    def show_all(self) -> None:
        """The whole matrix again."""
        self._place.show_all()
        self.update()

    # Drawing

    def _area(self) -> QRect:
        """Where cells are drawn."""
        return self.rect().adjusted(_LABEL_ROOM, _TOP_ROOM, -8, -8)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw what stands."""
        painter = figure_painter(self)
        painter.fillRect(self.rect(), self._theme.colour("pane"))
        if self._images is None:
            return
        area = self._area()
        place = self._place
        painter.setClipRect(area)
        image, width = self._images.at(place.cell)
        source = place.source()
        shrunk = QRectF(
            source.x() / width, source.y() / width, source.width() / width, source.height() / width
        )
        target = place.target().translated(area.topLeft())
        painter.drawImage(target, image, shrunk)
        if place.cell >= _GRID_FROM:
            self._draw_grid(painter, target)
        self._draw_cross(painter, area, target)
        painter.setClipping(False)
        self._draw_labels(painter, area)

    def _draw_grid(self, painter: QPainter, target: QRectF) -> None:
        painter.setPen(QPen(self._theme.colour("pane"), 1))
        rows, columns = self._place.visible()
        top = QPointF(self._area().topLeft())
        for column in range(columns.start, columns.stop + 1):
            x = top.x() + self._place.x_of(column)
            painter.drawLine(QPointF(x, target.top()), QPointF(x, target.bottom()))
        for row in range(rows.start, rows.stop + 1):
            y = top.y() + self._place.y_of(row)
            painter.drawLine(QPointF(target.left(), y), QPointF(target.right(), y))

    def _draw_cross(self, painter: QPainter, area: QRect, target: QRectF) -> None:
        size, top = self._place.cell, QPointF(area.topLeft())
        for (row, column), name in ((self._marked, "accent"), (self._cell, "ink")):
            colour = self._theme.colour(name)
            if size < _SEE_THROUGH_BELOW:
                colour.setAlphaF(0.45)  # the outline would cover the row itself
            painter.setPen(QPen(colour, 1.5 if name == "accent" else 1))
            if row >= 0:
                y = top.y() + self._place.y_of(row)
                painter.drawRect(QRectF(target.left(), y, target.width() - 1, max(1.0, size)))
            if column >= 0:
                x = top.x() + self._place.x_of(column)
                painter.drawRect(QRectF(x, target.top(), max(1.0, size), target.height() - 1))

    def _draw_labels(self, painter: QPainter, area: QRect) -> None:
        painter.setFont(self._fonts.ui(SMALL_PIXELS))
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(
            QRect(8, 4, self.width() - 16, 18),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            tr("rows: the token that looks  ·  columns: the token it looks at"),
        )
        font = self._fonts.mono(CHIP_PIXELS)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        rows, columns = self._place.visible()
        step = self._place.label_step(metrics.height())
        for row in _stepped(rows, step, (self._cell[0], self._marked[0])):
            y = area.top() + self._place.y_of(row) + self._place.cell / 2
            self._set_label_pen(painter, row, 0)
            text = metrics.elidedText(
                self._rows[row], Qt.TextElideMode.ElideRight, _LABEL_ROOM - 12
            )
            box = QRectF(4, y - metrics.height() / 2, _LABEL_ROOM - 10, metrics.height())
            if area.top() - 4 <= y <= area.bottom() + 4:
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, text)
        for column in _stepped(columns, step, (self._cell[1], self._marked[1])):
            x = area.left() + self._place.x_of(column) + self._place.cell / 2
            if not area.left() - 2 <= x <= area.right() + 2:
                continue
            self._set_label_pen(painter, column, 1)
            text = metrics.elidedText(
                self._columns[column], Qt.TextElideMode.ElideRight, _TOP_ROOM - 22
            )
            painter.save()
            painter.translate(x + metrics.ascent() / 2 - 1, area.top() - 5)
            painter.rotate(-60)
            painter.drawText(QPoint(0, 0), text)
            painter.restore()

    def _set_label_pen(self, painter: QPainter, index: int, axis: int) -> None:
        lit = index in (self._cell[axis], self._marked[axis])
        painter.setPen(self._theme.colour("ink" if lit else "muted"))

    # Pointer and keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Show what is under the pointer."""
        at = event.position()
        if self._pressed is not None:
            moved = at - self._pressed
            if self._dragged or moved.manhattanLength() > _CLICK_PIXELS:
                self._dragged = True
                self._place.pan(moved)
                self._pressed = at
                self.update()
                return
        self._point(self._cell_at(at))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Begin a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Choose what was clicked."""
        if self._pressed is not None and not self._dragged:
            row, column = self._cell_at(event.position())
            if row >= 0:
                self.chosen.emit(row, column)
        self._pressed = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Do what a double click means here."""
        self.show_all()

    def leaveEvent(self, _event: object) -> None:  # noqa: N802  # Qt's name
        """Nothing is under the pointer any more."""
        self._point((-1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Zoom at the pointer."""
        steps = event.angleDelta().y() / 120
        self._place.zoom(_ZOOM**steps, event.position() - QPointF(self._area().topLeft()))
        self._point(self._cell_at(event.position()))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Walk and choose by keyboard."""
        moves = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        key = Qt.Key(event.key())
        if self._images is None:
            super().keyPressEvent(event)
        elif key in moves:
            self._move(*moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1)
        elif key is Qt.Key.Key_Minus:
            self.zoom(-1)
        elif key is Qt.Key.Key_0:
            self.show_all()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cell[0] >= 0:
            self.chosen.emit(*self._cell)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Lay out anew."""
        area = self._area()
        self._place.set_area(max(1, area.width()), max(1, area.height()))

    def _move(self, down: int, right: int) -> None:
        if self._images is None:
            return
        row, column = (max(0, x) for x in self._cell)
        if self._cell[0] >= 0:
            row = min(max(row + down, 0), self._images.n_rows - 1)
            column = min(max(column + right, 0), self._images.n_columns - 1)
        self._place.bring(row, column)
        self._point((row, column))
        self.update()

    def _cell_at(self, at: QPointF) -> tuple[int, int]:
        if self._images is None:
            return -1, -1
        return self._place.cell_at(at - QPointF(self._area().topLeft()))

    def _point(self, cell: tuple[int, int]) -> None:
        if cell != self._cell:
            self._cell = cell
            self.pointed.emit(*cell)
            self.update()

    def _theme_changed(self) -> None:
        if self._images is not None:
            self._images.recolour(self._theme.colours.chip)
        self.update()


def _stepped(span: range, step: int, lit: tuple[int, int]) -> list[int]:
    """Every `step`th, and those that are lit in place of the ones they would overlap."""
    shown = [i for i in lit if i in span]
    return shown + [
        i for i in span if i % step == 0 and all(abs(i - other) >= step for other in shown)
    ]
