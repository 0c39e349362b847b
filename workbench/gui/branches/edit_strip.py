"""Where a part of the reply is written anew: a strip under the text. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.gui.fonts import Fonts
from workbench.gui.parts import EDGE, horizontal_line, label, text_button
from workbench.gui.translate import tr

_HEIGHT = 58


class EditStrip(QWidget):
    """A text to edit; hidden until `ask`.

    Signals:
        accepted(text): the person wants the reply to go on behind this.
        left(): the strip is closed; the keyboard goes back to the text.
    """

    accepted = Signal(str)
    left = Signal()

    def __init__(self, fonts: Fonts) -> None:
        super().__init__()
        self._head = label("", "muted")
        self.field = QPlainTextEdit()
        self.field.setFont(fonts.mono(13))
        self.field.setFixedHeight(_HEIGHT)
        self.field.setAccessibleName(tr("The text to say instead"))
        self.field.setTabChangesFocus(True)
        self.field.installEventFilter(self)
        self.go = text_button(tr("Continue from here ↵"), "action")
        self.go.setToolTip(
            tr("What stands behind this text is said anew (Shift+Enter: a new line).")
        )
        self.go.clicked.connect(self._accept)
        self.cancel = text_button(tr("Cancel"))
        self.cancel.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self.cancel)
        head.addWidget(self.go)
        inner = QVBoxLayout()
        inner.setContentsMargins(EDGE, 6, EDGE, 10)
        inner.setSpacing(6)
        inner.addLayout(head)
        inner.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(horizontal_line())
        column.addLayout(inner)
        self.hide()

    def ask(self, head: str, text: str) -> None:
        """Offer `text` for editing, all of it selected."""
        self._head.setText(head)
        self.field.setPlainText(text)
        self.field.selectAll()
        self.show()
        self.field.setFocus()

    def leave(self) -> None:
        """Close without a change."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Enter accepts, Shift+Enter breaks the line, Esc closes."""
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()  # Esc closes the strip before it stops a run
                return True
            if event.type() is QEvent.Type.KeyPress:
                plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                    self._accept()
                    return True
                if event.key() == Qt.Key.Key_Escape:
                    self.leave()
                    return True
        return super().eventFilter(watched, event)

    def _accept(self) -> None:
        text = self.field.toPlainText()
        self.hide()
        self.left.emit()
        self.accepted.emit(text)
