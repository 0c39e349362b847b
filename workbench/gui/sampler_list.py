"""The samplers as rows to drag, to move by keys and to switch on and off. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from workbench.core.sampler_order import SamplerStep
from workbench.gui.direction import keep_left_to_right
from workbench.gui.icons import pixmap
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

ROW_HEIGHT = 27
_GAP, _RADIUS, _BOX = 3, 5, 13
_NAME = Qt.ItemDataRole.UserRole
_SAYS = Qt.ItemDataRole.UserRole + 1


class SamplerList(QListWidget):
    """One row per sampler. Alt+↑ and Alt+↓ move the current one, Space switches it.

    Signals:
        arranged(names): the rows are in another order now, by the person.
        switched(name): the person wants this sampler on, or off.
    """

    arranged = Signal(object)
    switched = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme = theme
        set_role(self, "samplers")
        self.setAccessibleName(tr("Samplers, in order"))
        self.setItemDelegate(_Rows(self, theme))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        theme.changed.connect(self.viewport().update)

    def show_steps(self, steps: Sequence[SamplerStep], hidden: Sequence[str]) -> None:
        """Show these rows, but for the ones called `hidden`; the current one stays current."""
        current = self.current_name()
        self.clear()
        for step in steps:
            item = QListWidgetItem(step.label)
            item.setData(_NAME, step.name)
            item.setData(_SAYS, tr(step.says))
            item.setToolTip(tr("{help} Drag to move, click the box to switch.", help=tr(step.help)))
            state = tr("on") if step.is_on else tr("off")
            said = f"{step.label}, {state}" + ("" if step.says == state else f", {tr(step.says)}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            item.setCheckState(Qt.CheckState.Checked if step.is_on else Qt.CheckState.Unchecked)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled)
            self.addItem(item)
            item.setHidden(step.name in hidden)
            if step.name == current:
                self.setCurrentItem(item)

    def names(self) -> list[str]:
        """All samplers in the order of the rows, hidden ones too."""
        return [str(self.item(row).data(_NAME)) for row in range(self.count())]

    def visible_names(self) -> list[str]:
        """The samplers whose rows are shown."""
        rows = (self.item(row) for row in range(self.count()))
        return [str(item.data(_NAME)) for item in rows if not item.isHidden()]

    def current_name(self) -> str:
        """The sampler the keyboard is at; empty without one."""
        row = self.currentRow()
        return "" if row < 0 else str(self.item(row).data(_NAME))

    def choose(self, name: str) -> None:
        """Put the keyboard's mark on a row."""
        names = self.names()
        if name in names:
            self.setCurrentRow(names.index(name))

    def move_current(self, step: int) -> None:
        """Move the current row past its visible neighbour, up (-1) or down (1)."""
        shown, name = self.visible_names(), self.current_name()
        if name not in shown:
            return
        at = shown.index(name) + step
        if not 0 <= at < len(shown):
            return
        names = self.names()
        names.remove(name)
        names.insert(names.index(shown[at]) + (step > 0), name)
        self.arranged.emit(names)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As high as the rows that are shown."""
        return QSize(200, len(self.visible_names()) * ROW_HEIGHT + 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Keys that move and switch."""
        steps = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.move_current(steps[event.key()])
        elif event.key() == Qt.Key.Key_Space and self.current_name():
            self.switched.emit(self.current_name())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Alt with an arrow is ours here and not the editor's."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in arrows:
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: object) -> None:  # noqa: N802  # Qt's name
        """The keyboard arrives at a row."""
        super().focusInEvent(event)  # type: ignore[arg-type]  # passed on as it came
        if not self.current_name() and (shown := self.visible_names()):
            self.choose(shown[0])

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """A row was dragged to another place."""
        before, name = self.names(), self.current_name()
        place = self.indexAt(event.position().toPoint())
        row = place.row() if place.isValid() else len(before)
        rect = self.visualRect(place)
        if place.isValid() and event.position().y() > rect.center().y():
            row += 1
        # Rows are made anew by who listens; Qt must not take the dragged one away besides.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        rest = [n for n in before if n != name]
        rest.insert(row - (before.index(name) < row), name)
        if rest != before:
            self.arranged.emit(rest)


class _Rows(QStyledItemDelegate):
    """Draws a row as a chip: grip, box, name, and its setting at the right."""

    def __init__(self, view: SamplerList, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]  # noqa: N802  # Qt's name and types
        return QSize(100, ROW_HEIGHT)

    def paint(  # type: ignore[override]  # Qt's own annotation names a union
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        colour = self._theme.colour
        rect = _chip(option)
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        has_keyboard = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("focus"), 1) if has_keyboard else Qt.PenStyle.NoPen)
        painter.setBrush(colour("chip"))
        painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), _RADIUS, _RADIUS)
        middle = rect.center().y()
        painter.drawPixmap(rect.left() + 5, middle - 6, pixmap("grip", colour("chip_ink"), 12))
        self._box(painter, _box(rect), is_on=is_on)
        painter.setPen(colour("ink" if is_on else "chip_ink"))
        painter.setFont(self._view.font())
        says = str(index.data(_SAYS))
        metrics = QFontMetrics(self._view.font())
        wide = min(metrics.horizontalAdvance(says), rect.width() // 2)
        right = rect.adjusted(0, 0, -9, 0)
        flags = Qt.AlignmentFlag.AlignVCenter
        name = right.adjusted(44, 0, -wide - 8, 0)
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, int(flags | Qt.AlignmentFlag.AlignLeft), text)
        painter.setPen(colour("chip_ink"))
        text = metrics.elidedText(says, Qt.TextElideMode.ElideRight, wide + 1)
        painter.drawText(right, int(flags | Qt.AlignmentFlag.AlignRight), text)
        painter.restore()

    def editorEvent(  # type: ignore[override]  # noqa: N802  # Qt's name and types
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex,
    ) -> bool:
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease:
            box = _box(_chip(option)).adjusted(-4, -5, 4, 5)
            if box.contains(event.position().toPoint()):
                self._view.switched.emit(str(index.data(_NAME)))
                return True
        return False

    def _box(self, painter: QPainter, box: QRect, *, is_on: bool) -> None:
        colour = self._theme.colour
        painter.setPen(QPen(colour("accent" if is_on else "muted"), 1))
        painter.setBrush(colour("accent" if is_on else "pane"))
        painter.drawRoundedRect(box, 3, 3)
        if is_on:
            tick = pixmap("tick", colour("on_accent"), _BOX - 2)
            painter.drawPixmap(box.left() + 1, box.top() + 1, tick)


def _chip(option: QStyleOptionViewItem) -> QRect:
    whole: QRect = option.rect
    return whole.adjusted(0, 0, 0, -_GAP)


def _box(chip: QRect) -> QRect:
    return QRect(chip.left() + 23, chip.center().y() - _BOX // 2, _BOX, _BOX)
