"""The first row of a message block: handle, fold, role, length, menu. GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from workbench.gui.icons import icon, pixmap
from workbench.gui.parts import icon_button, label, text_button
from workbench.gui.theme import Theme
from workbench.gui.translate import tr
from workbench.templates.roles import ROLES

_START_PIXELS = 4
"""The mouse has to go this far before a press becomes a drag."""


class Grip(QLabel):
    """The handle a block is dragged by.

    Signals:
        dragged(QPoint): the mouse is at this place of the screen.
        dropped(QPoint): it was released there.
        left(): the drag was given up.
    """

    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pressed: QPoint | None = None
        self._dragging = False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(tr("Drag to move this message (Alt+↑, Alt+↓)"))
        self.setAccessibleName(tr("Move this message"))
        self._recolour()
        theme.changed.connect(self._recolour)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A drag may begin."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The block goes where the mouse goes."""
        if self._pressed is None:
            return
        at = event.globalPosition().toPoint()
        if not self._dragging and (at - self._pressed).manhattanLength() < _START_PIXELS:
            return
        if not self._dragging:
            self._dragging = True
            self.grabKeyboard()  # Esc gives up, wherever the keyboard was
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The block stays here."""
        was, at = self._dragging, event.globalPosition().toPoint()
        self._end()
        if was:
            self.dropped.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc puts the block back."""
        if self._dragging and event.key() == Qt.Key.Key_Escape:
            self._end()
            self.left.emit()

    def _end(self) -> None:
        if self._dragging:
            self.releaseKeyboard()
        self._pressed, self._dragging = None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _recolour(self) -> None:
        self.setPixmap(pixmap("grip", self._theme.colour("muted"), 14))


class BlockHeader(QWidget):
    """One row.

    Signals:
        role_chosen(str), fold_wanted(), duplicate_wanted(), delete_wanted(), move_wanted(int):
            what the person asks for; -1 is up, 1 is down.
    """

    role_chosen = Signal(str)
    fold_wanted = Signal()
    duplicate_wanted = Signal()
    delete_wanted = Signal()
    move_wanted = Signal(int)

    def __init__(self, theme: Theme, role: str, *, is_message: bool) -> None:
        """`is_message`: False for the one block of a raw text, which has no role and no place."""
        super().__init__()
        self._theme = theme
        self._folded = False
        self.grip = Grip(theme)
        self.fold = icon_button(tr("Fold this message"))
        self.fold.clicked.connect(self.fold_wanted)
        self.role = text_button(role, "role", accessible=tr("Role: {role}", role=role))
        self.plain = label(role, "caption")
        self.preview = label("", "caption")
        self.preview.hide()
        self.count = label("", "caption")
        self.more = icon_button(tr("More for this message"))
        self.more.clicked.connect(self._show_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 5, 2)
        row.setSpacing(3)
        for part in (self.grip, self.fold, self.role, self.plain, self.preview):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.more)
        row.setAlignment(self.count, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.grip, self.role, self.more):
            part.setVisible(is_message)
        self.plain.setVisible(not is_message)
        self._roles = QMenu(self)
        for name in ROLES:
            self._roles.addAction(name, partial(self.role_chosen.emit, name))
        self.role.clicked.connect(self._show_roles)
        self._can_delete = True
        self._recolour()
        theme.changed.connect(self._recolour)

    def show_role(self, role: str) -> None:
        """Another role."""
        self.role.setText(role)
        self.role.setAccessibleName(tr("Role: {role}", role=role))

    def show_folded(self, preview: str | None) -> None:
        """Folded, with the text's beginning; None unfolds."""
        self._folded = preview is not None
        self.preview.setText(preview or "")
        self.preview.setVisible(self._folded)
        name = tr("Unfold this message") if self._folded else tr("Fold this message")
        self.fold.setAccessibleName(name)
        self.fold.setToolTip(name)
        self._recolour()

    def allow_delete(self, *, allowed: bool) -> None:
        """Whether there is another message that would stay."""
        self._can_delete = allowed

    def menu(self) -> QMenu:
        """What the three dots show."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Move up\tAlt+↑"), partial(self.move_wanted.emit, -1))
        menu.addAction(tr("Move down\tAlt+↓"), partial(self.move_wanted.emit, 1))
        menu.addAction(tr("Duplicate\tCtrl+Shift+D"), self.duplicate_wanted.emit)
        menu.addAction(tr("Unfold") if self._folded else tr("Fold"), self.fold_wanted.emit)
        menu.addSeparator()
        delete = menu.addAction(tr("Delete\tCtrl+Shift+Backspace"), self.delete_wanted.emit)
        delete.setEnabled(self._can_delete)
        return menu

    def _show_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _show_roles(self) -> None:
        self._roles.popup(self.role.mapToGlobal(QPoint(0, self.role.height())))

    def _recolour(self) -> None:
        ink = self._theme.colour("muted")
        self.fold.setIcon(icon("right" if self._folded else "down", ink, 12))
        self.more.setIcon(icon("more", ink, 14))
