"""The card of one model in a dialog of its own. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from workbench.experiments.model_card import ModelCard
from workbench.experiments.model_fit import Machine
from workbench.gui.focus_order import put_in_order
from workbench.gui.fonts import Fonts
from workbench.gui.messages import from_error
from workbench.gui.model_card.view import ModelCardView
from workbench.gui.parts import text_button
from workbench.gui.theme import Theme
from workbench.gui.translate import tr


class ModelCardDialog(QDialog):
    """A card and a button that closes it.

    Signals:
        edit_template(): the person wants to change the chat template.
        other_wanted(): the person wants to open another model.
    """

    edit_template = Signal()
    other_wanted = Signal()

    def __init__(self, parent: QWidget, theme: Theme, fonts: Fonts, path: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Model card"))
        self.path = path
        self.view = ModelCardView(theme, fonts)
        self.view.show_sentence(tr("The header is being read…"), path.name)
        self.view.edit_template.connect(self._edit)
        other = text_button(tr("Open another model…"), "")
        close = text_button(tr("Close"), "primary")
        for button in (other, close):
            button.setAutoDefault(False)
        other.clicked.connect(self._other)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 0, 14, 0)
        foot.addWidget(other)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.resize(720, 640)

    def show_card(self, card: ModelCard, machine: Machine) -> None:
        """The card was read."""
        where = [(tr("path"), str(path)) for path in card.header.files]
        self.view.show_card(card, machine, where, is_loaded=True)

    def show_error(self, error: Exception) -> None:
        """The card cannot be read."""
        message = from_error(error)
        self.view.show_sentence(f"{message.text} {message.hint}".strip(), self.path.name)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  # Qt's name
        """Tab goes on as one reads."""
        put_in_order(self)
        return super().focusNextPrevChild(forward)

    def _edit(self) -> None:
        self.accept()
        self.edit_template.emit()

    def _other(self) -> None:
        self.accept()
        self.other_wanted.emit()
