"""Asks for a text to force through two models. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.gui.parts import label, text_button, wrapping_label
from workbench.gui.translate import tr


class TextDialog(QDialog):
    """A few lines of text. Ctrl+Enter takes it, Esc leaves everything as it is.

    Signals:
        taken(text): this text is wanted, exactly as it stands.
    """

    taken = Signal(str)

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("A text to compare on"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QPlainTextEdit(text)
        self.field.setAccessibleName(tr("The text both models read"))
        self.field.setTabChangesFocus(True)
        self.button = text_button(tr("Compare"), "primary")
        self.button.clicked.connect(self._take)
        cancel = text_button(tr("Cancel"), "")
        cancel.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._take)
        about = wrapping_label("muted")
        about.setText(
            tr(
                "It is read behind each column's own prompt, exactly as it stands here: a word "
                "at its beginning usually needs a space in front."
            )
        )
        buttons = QHBoxLayout()
        buttons.addWidget(label(tr("Ctrl+Enter compares"), "caption"))
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(8)
        column.addWidget(about)
        column.addWidget(self.field, 1)
        column.addLayout(buttons)
        self.resize(560, 320)
        self.field.textChanged.connect(self._typed)
        self._typed()

    def _typed(self) -> None:
        self.button.setEnabled(bool(self.field.toPlainText()))

    def _take(self) -> None:
        text = self.field.toPlainText()
        if text:
            self.taken.emit(text)
            self.accept()
