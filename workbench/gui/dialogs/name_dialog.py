"""Asks for a name, and says under the field why one cannot be taken. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.core.errors import UserError
from workbench.gui.parts import label, text_button, wrapping_label
from workbench.gui.said import said_error
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import tr

_WIDTH = 380


class NameDialog(QDialog):
    """One line of text and two buttons. Enter takes it, Esc leaves everything as it is."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        question: str,
        text: str,
        take: Callable[[str], None],
        *,
        button: str = "",
        may_be_empty: bool = False,
    ) -> None:
        """`take` is called with the stripped text; a UserError it raises keeps the dialog open.

        `button`: what it says; empty is "Save".
        """
        super().__init__(parent)
        self._take = take
        self._may_be_empty = may_be_empty
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit(text)
        self.field.setAccessibleName(question)
        self.field.selectAll()
        self.error = wrapping_label("warning")
        self.error.hide()
        self.accept_button = text_button(button or tr("Save"), "primary")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self._accept_text)
        cancel = text_button(tr("Cancel"), "")
        cancel.clicked.connect(self.reject)
        cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(8)
        column.addWidget(label(question))
        column.addWidget(self.field)
        column.addWidget(self.error)
        column.addSpacing(4)
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)
        self.field.textChanged.connect(self._typed)
        self._typed()

    def _typed(self) -> None:
        self.error.hide()
        set_role(self.field, "")
        text = self.field.text().strip()
        self.accept_button.setEnabled(bool(text) or self._may_be_empty)

    def _accept_text(self) -> None:
        try:
            self._take(self.field.text().strip())
        except UserError as error:
            self.error.setText(said_error(error))
            self.error.show()
            set_role(self.field, "wrong")
            return
        self.accept()
