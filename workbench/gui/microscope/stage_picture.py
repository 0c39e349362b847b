"""The chain at one token, painted: a column per stage, a row per token, cuts as lines.
GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.experiments.microscope import Microscope, TokenPath
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.microscope import columns as layout
from workbench.gui.microscope.stage_facts import cell_facts, spoken
from workbench.gui.microscope.stage_paint import StagePainter
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_DRAG_FROM = 6.0
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class StagePicture(QWidget):
    """Arrows walk the cells, Alt+Left and Alt+Right move a stage, so does dragging its head.
    Ctrl+C copies the numbers.

    Signals:
        pointed(facts): what is under the pointer or the keyboard, in words; empty: nothing.
        reordered(names): the person put the samplers into this order.
        painted(): a picture stands on the screen.
    """

    pointed = Signal(str)
    reordered = Signal(object)
    painted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme = theme
        self._painter = StagePainter(theme, fonts)
        self.found: Microscope | None = None
        self.columns: tuple[layout.Column, ...] = ()
        self.rows: tuple[TokenPath, ...] = ()
        self.cell: tuple[int, int] | None = None
        self._dragged: int | None = None
        self._pressed: tuple[int, QPointF] | None = None
        self._drop_x = 0.0
        self._walk_to = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Sampler microscope"))
        theme.changed.connect(self.update)

    def show_found(self, found: Microscope | None) -> None:
        """Show other numbers, or nothing."""
        self.found = found
        self._lay_out()
        if found is not None:
            self.setAccessibleDescription(spoken(found))
        if self._walk_to and found is not None:
            names = [stage.name for stage in found.stages]
            row = self.cell[0] if self.cell else -1
            if self._walk_to in names:
                self.cell = (row, names.index(self._walk_to))
            self._walk_to = ""
        self._tell()
        self.update()

    def names(self) -> tuple[str, ...]:
        """The samplers that can be moved, in their order."""
        if self.found is None:
            return ()
        return tuple(self.found.stages[c.number].name for c in self.columns if c.movable)

    def whole_size(self) -> QSize:
        """Pixels of the picture with every followed token."""
        rows = len(self.found.tokens) + 1 if self.found is not None else 0
        height = int(layout.HEAD_HEIGHT + rows * layout.ROW_HEIGHT) + 6
        return QSize(max(self.width(), self.minimumSizeHint().width()), height)

    def paint_whole(self, painter: QPainter) -> None:
        """Draw every followed token, whatever the room on the screen."""
        if self.found is None:
            return
        size = self.whole_size()
        columns = layout.columns(self.found.stages, size.width())
        rect = QRectF(0, 0, size.width(), size.height())
        painter.fillRect(rect, self._theme.colour("pane"))
        self._painter.paint(painter, rect, self.found, columns, self.found.tokens, None)

    # Qt

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for every followed token."""
        return QSize(760, int(layout.HEAD_HEIGHT + 16 * layout.ROW_HEIGHT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Head, a few tokens, the others."""
        return QSize(300, int(layout.HEAD_HEIGHT + 4 * layout.ROW_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Other room, other columns."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw everything."""
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.found is not None:
            self._painter.paint(
                painter, QRectF(self.rect()), self.found, self.columns, self.rows, self.cell
            )
            if self._dragged is not None:
                self._painter.paint_drop(
                    painter, self.columns, self._dragged, self._drop_x, self.height()
                )
        if self.hasFocus():
            painter.setPen(self._theme.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()
        self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Walk, move a stage, copy."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy) and self.found is not None:
            QGuiApplication.clipboard().setText(self.found.table())
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and key in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
        ):
            self._shift(-1 if key == Qt.Key.Key_Left else 1)
        elif key in _STEPS and self.found is not None:
            self._step(*_STEPS[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Take hold of a stage's head."""
        at = event.position()
        number = layout.column_at(self.columns, at.x())
        if event.button() is not Qt.MouseButton.LeftButton or number < 0:
            return
        column = self.columns[number]
        if column.movable and (at.y() < layout.HEAD_HEIGHT or column.idle):
            self._pressed = number, at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Drag a stage, or point at a cell."""
        at = event.position()
        if self._pressed is not None:
            number, start = self._pressed
            if self._dragged is None and abs(at.x() - start.x()) > _DRAG_FROM:
                self._dragged = number
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._drop_x = at.x()
            self.update()
            return
        self._point(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Let go of a stage."""
        dragged, self._dragged, self._pressed = self._dragged, None, None
        self.unsetCursor()
        self.update()
        if dragged is None or self.found is None:
            return
        place = layout.drop_place(self.columns, event.position().x())
        name = self.found.stages[self.columns[dragged].number].name
        if place is not None:
            self._put(name, place)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._go(None)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show where the keyboard is."""
        super().focusInEvent(event)
        if self.cell is None and self.rows:
            said = next((i for i, row in enumerate(self.rows) if row.said), 0)
            self._go((said, 0))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self._go(None)
        self.update()

    # cells and stages

    def _lay_out(self) -> None:
        if self.found is None:
            self.columns, self.rows, self.cell = (), (), None
            return
        self.columns = layout.columns(self.found.stages, self.width())
        self.rows = layout.rows_that_fit(self.found, self.height())
        if self.cell is not None:
            row, stage = self.cell
            self.cell = (min(row, len(self.rows)), min(stage, len(self.columns) - 1))

    def _point(self, at: QPointF) -> None:
        stage = layout.column_at(self.columns, at.x())
        row = int((at.y() - layout.HEAD_HEIGHT) // layout.ROW_HEIGHT)
        if at.y() < layout.HEAD_HEIGHT:
            row = -1
        inside = stage >= 0 and row <= len(self.rows)
        movable = inside and row < 0 and self.columns[stage].movable
        shape = Qt.CursorShape.OpenHandCursor if movable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self._go((row, stage) if inside else None)

    def _step(self, down: int, right: int) -> None:
        row, stage = self.cell or (0, 0)
        row = min(max(row + down, -1), len(self.rows))
        stage = min(max(stage + right, 0), len(self.columns) - 1)
        self._go((row, stage))

    def _shift(self, by: int) -> None:
        """Move the stage the keyboard stands on by one place."""
        if self.found is None or self.cell is None:
            return
        name = self.found.stages[self.cell[1]].name
        names = self.names()
        if name in names:
            place = names.index(name) + (by if by < 0 else by + 1)
            if 0 <= place <= len(names):
                self._walk_to = name
                self._put(name, place)

    def _put(self, name: str, place: int) -> None:
        names = self.names()
        order = layout.moved(names, name, place)
        if order != names:
            self.reordered.emit(order)

    def _go(self, cell: tuple[int, int] | None) -> None:
        if cell != self.cell:
            self.cell = cell
            self._tell()
            self.update()

    def _tell(self) -> None:
        facts = ""
        if self.found is not None and self.cell is not None:
            facts = cell_facts(self.found, self.rows, *self.cell)
        self.pointed.emit(facts)
