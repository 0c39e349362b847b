"""Settings that a prompt file asks for, offered beside the ones that are set. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from workbench.core.errors import UserError
from workbench.core.model_parameters import read_parameters
from workbench.core.sampling import PARAMETERS, Sampling
from workbench.gui.messages import Level, Message
from workbench.gui.panels.editor import EditorPanel
from workbench.gui.panels.sampling import SamplingPanel
from workbench.gui.prompt_controller import PromptController
from workbench.gui.translate import tr
from workbench.templates.prompt_file import PromptFile

KEY = "prompt-settings"
_MOST_NAMED = 4


class PromptSettings(QObject):
    """Says it when a file's modelParameters are not what is set; one press sets them.

    They are not set unasked: what is set may be what a person is trying out.
    """

    def __init__(
        self, prompts: PromptController, editor: EditorPanel, sampling: SamplingPanel
    ) -> None:
        super().__init__(editor)
        self._prompts, self._editor, self._panel = prompts, editor, sampling
        prompts.opened.connect(lambda _prompt: self._tell())
        sampling.shown.connect(self._tell_later)

    def use(self) -> None:
        """Set what the open prompt asks for."""
        wanted, seed = self._wanted()
        self._panel.set_sampling(wanted)
        if seed is not None:
            self._panel.set_seed(seed)
        self._panel.changed.emit()
        self._tell()

    def _wanted(self) -> tuple[Sampling, int | None]:
        prompt: PromptFile | None = self._prompts.prompt
        parameters: Mapping[str, object] = {} if prompt is None else prompt.model_parameters
        wanted, seed, _ = read_parameters(parameters, self._panel.sampling)
        return wanted, seed

    def _tell_later(self) -> None:
        """Settings changed: the offer may be out of date, and is never made anew by that."""
        if self._editor.messages.message(KEY) is not None:
            self._tell()

    def _tell(self) -> None:
        self._editor.messages.dismiss(KEY)
        wanted, seed = self._wanted()
        was, will = self._panel.sampling.to_dict(), wanted.to_dict()
        named = [
            f"{PARAMETERS[name].label} {value}"
            for name, value in will.items()
            if value != was[name]
        ]
        if seed is not None and seed != self._seed():
            named.append(tr("seed {seed}", seed=seed))
        if not named:
            return
        more = (
            tr(" and {n_named} more", n_named=len(named) - _MOST_NAMED)
            if len(named) > _MOST_NAMED
            else ""
        )
        text = tr(
            "This prompt asks for {named}{more}.", named=", ".join(named[:_MOST_NAMED]), more=more
        )
        actions = ((tr("Use it"), self.use),)
        self._editor.messages.show_message(KEY, Message(text, level=Level.INFO, actions=actions))

    def _seed(self) -> int | None:
        try:
            return self._panel.seed()
        except UserError:
            return None
