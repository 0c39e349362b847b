"""Takes the open prompt, as it stands, out to other tools. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.core.errors import UserError
from workbench.experiments.export_prompt import OnModel, export_prompt
from workbench.experiments.session import Prepared, Session
from workbench.export.base import Chosen, Exported, ExportFormat
from workbench.export.formats import export_formats
from workbench.gui.dialogs.export_dialog import ExportDialog
from workbench.gui.fonts import Fonts
from workbench.gui.messages import Level, Message
from workbench.gui.panels.editor import EditorPanel
from workbench.gui.panels.sampling import SamplingPanel
from workbench.gui.panels.variables import VariablesPanel
from workbench.gui.prompt_controller import PromptController
from workbench.gui.translate import tr
from workbench.templates.prompt_file import prompt_name


class ExportController(QObject):
    """Opens the dialog, and remembers what was chosen last."""

    def __init__(
        self,
        session: Session,
        prompts: PromptController,
        editor: EditorPanel,
        form: VariablesPanel,
        sampling: SamplingPanel,
        fonts: Fonts,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._prompts, self._editor = session, prompts, editor
        self._form, self._sampling = form, sampling
        self._fonts, self._window = fonts, window
        self._last, self._folder = "", Path.home()
        self.dialog: ExportDialog | None = None

    def open(self) -> None:
        """Show what the prompt would be in another format."""
        prompt, export = self._prompts.prompt, self._exporter()
        if prompt is None or export is None or self.dialog is not None:
            return
        name = prompt_name(prompt.path) if prompt.path is not None else prompt.name
        formats = list(export_formats())
        self.dialog = ExportDialog(self._window, self._fonts, formats, name, export, self._folder)
        self.dialog.saved.connect(self._saved)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.choose(self._last)
        self.dialog.open()

    def close(self) -> None:
        """Close the dialog, if one is open."""
        if self.dialog is not None:
            self.dialog.reject()

    def _exporter(self) -> Callable[[ExportFormat, Chosen], Exported] | None:
        """A call for any thread that exports the prompt as it stands at this moment."""
        make, prepare = self._prompts.snapshot(), self._prompts.preparer()
        if make is None:
            return None
        values, sampling = self._form.values(), self._sampling.sampling
        try:
            seed = self._sampling.seed()
        except UserError:
            seed = None
        library = self._session.library

        def export(made: ExportFormat, options: Chosen) -> Exported:
            return export_prompt(
                made,
                make(),
                values,
                sampling=sampling,
                seed=seed,
                fragments=library,
                on_model=None if prepare is None else lambda: _on_model(prepare()),
                options=options,
            )

        return export

    def _saved(self, path: Path, losses: Sequence[str]) -> None:
        self._folder = path.parent
        text = tr("Exported to {path}.", path=path)
        hint = tr("Left out: {losses}", losses=" ".join(losses)) if losses else ""
        self._editor.messages.show_message("export", Message(text, hint, level=Level.INFO))

    def _forget_dialog(self, _result: int) -> None:
        if self.dialog is not None:
            self._last = self.dialog.chosen.name
        self.dialog = None


def _on_model(prepared: Prepared) -> OnModel:
    return OnModel(prepared.rendered, prepared.loaded)
