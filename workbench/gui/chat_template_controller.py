"""The chat template in use: choosing, editing and remembering one per model. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from workbench.core.errors import UserError
from workbench.core.types import Loaded
from workbench.gui.chat_template_choice import ChatTemplateChoice, choice_from_json
from workbench.gui.dialogs.chat_template_dialog import ChatTemplateDialog
from workbench.gui.fonts import Fonts
from workbench.gui.prompt_controller import PromptController
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr
from workbench.templates.chat import PLAIN_TEMPLATE
from workbench.templates.prompt_file import PromptFile

_FILES = mark("Chat templates (*.jinja *.jinja2 *.j2 *.txt *.json);;All files (*)")


class ChatTemplateController(QObject):
    """Owns the button in the exact prompt's title row.

    Signals:
        changed(): another template is used for the present model.
    """

    changed = Signal()

    def __init__(
        self,
        prompts: PromptController,
        button: QPushButton,
        theme: Theme,
        fonts: Fonts,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._prompts, self._button, self._window = prompts, button, window
        self._theme, self._fonts = theme, fonts
        self._choices: dict[str, ChatTemplateChoice] = {}
        self._loaded: Loaded | None = None
        self._folder = ""
        self.dialog: ChatTemplateDialog | None = None
        menu = QMenu(button)
        menu.addAction(tr("The model's own"), lambda: self.use(ChatTemplateChoice()))
        menu.addAction(tr("From a file…"), self._ask_file)
        menu.addAction(tr("Edit…"), self.edit)
        button.setMenu(menu)
        prompts.opened.connect(self._prompt_opened)
        self._show()

    @property
    def choice(self) -> ChatTemplateChoice:
        """What is used for the present model."""
        return self._choices.get(self._key(), ChatTemplateChoice())

    def restore(self, remembered: Mapping[str, object]) -> None:
        """Take over what an earlier window remembered, by model path."""
        self._choices = {model: choice_from_json(value) for model, value in remembered.items()}

    def remembered(self) -> dict[str, dict[str, str]]:
        """What to remember, by model path."""
        kept = self._choices.items()
        return {model: choice.to_json() for model, choice in kept if not choice.is_own}

    def use_model(self, loaded: Loaded) -> ChatTemplateChoice:
        """This model is used from now on; returns the template it is used with."""
        self._loaded = loaded
        self._show()
        return self.choice

    def use(self, choice: ChatTemplateChoice) -> None:
        """Use another template for the present model and render the prompt with it."""
        if self._loaded is None:
            return
        self._choices[self._key()] = choice
        self._show()
        self._prompts.set_chat_template(choice.read)
        self.changed.emit()

    def use_recorded(self, source: str | None, model: str) -> None:
        """Use the template a run was made with; None (a raw completion) changes nothing."""
        if source is None or self._loaded is None or model != self._key():
            return
        if source == self._own():
            self.use(ChatTemplateChoice())
        elif source != self.choice.source:
            self.use(ChatTemplateChoice(source=source))

    def edit(self) -> None:
        """Open the template that is used now in a dialog of its own."""
        render = self._prompts.renderer()
        if render is None or self._loaded is None:
            return
        own = self._own()
        try:
            text = self.choice.read() or own
        except UserError:  # the exact prompt says why; the model's own is a start
            text = own
        self.dialog = ChatTemplateDialog(self._window, self._theme, self._fonts, text, own, render)
        self.dialog.chosen.connect(self._edited)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.open()

    def close(self) -> None:
        """Close the dialog, if one is open."""
        if self.dialog is not None:
            self.dialog.reject()

    def _edited(self, source: str) -> None:
        is_own = source == self._own() or not source.strip()
        self.use(ChatTemplateChoice() if is_own else ChatTemplateChoice(source=source))

    def _forget_dialog(self, _result: int) -> None:
        self.dialog = None

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, tr("Choose a chat template"), self._folder, tr(_FILES)
        )
        if chosen:
            self._folder = str(Path(chosen).parent)
            self.use(ChatTemplateChoice(path=chosen))

    def _own(self) -> str:
        own = None if self._loaded is None else self._loaded.model.chat_template
        return PLAIN_TEMPLATE if own is None else own

    def _key(self) -> str:
        return "" if self._loaded is None else self._loaded.model.path

    def _prompt_opened(self, prompt: PromptFile) -> None:
        self._button.setVisible(prompt.is_chat)

    def _show(self) -> None:
        has_own = self._loaded is None or self._loaded.model.chat_template is not None
        server = None if self._loaded is None else self._loaded.engine.server
        by_server = server is not None and server.writes_chat
        words = self.choice.label(has_own=has_own, by_server=by_server)
        self._button.setText(tr("chat template: {words} ▾", words=words))
        self._button.setAccessibleName(tr("Chat template: {words}", words=words))
        tip = self.choice.path or tr("How messages are written for this model; kept per model.")
        self._button.setToolTip(tip)
