"""Takes prompts of other tools into the library. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.experiments.import_prompt import read_foreign, save_prompts
from workbench.export.import_formats import import_formats
from workbench.gui.document_controller import DocumentController
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message
from workbench.gui.prompt_desk import PromptDesk
from workbench.gui.translate import tr, tr_n
from workbench.templates.prompt_file import SUFFIXES

_KEY = "import"


class ImportController(QObject):
    """Asks for a file, reads it away from the window, and opens the first prompt of it.

    Signals:
        imported(paths): the prompt files that were written.
    """

    imported = Signal(object)

    def __init__(self, desk: PromptDesk, documents: DocumentController, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._documents, self._window = desk, documents, window
        self._lane = Lane("import", self)
        self._folder = Path.home()

    def ask(self) -> None:
        """Ask for a file of another tool, and take it."""
        endings = sorted({f"*{s}" for made in import_formats() for s in made.suffixes})
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Import prompts"),
            str(self._folder),
            tr("Prompts of other tools ({endings});;All files (*)", endings=" ".join(endings)),
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Open a prompt file, or import what another tool wrote."""
        self._folder = path.parent
        if path.name.lower().endswith(SUFFIXES):
            self._documents.open(path)
            return
        folder = self._desk.own

        def work() -> tuple[list[Path], tuple[str, ...]]:
            found = read_foreign(path)
            return save_prompts(found.prompts, folder), found.left_out

        self._lane.submit(work, lambda done: self._taken(path, *done), self._failed)

    def close(self) -> None:
        """Wait for nothing more."""
        self._lane.close()

    def _taken(self, path: Path, written: Sequence[Path], left_out: Sequence[str]) -> None:
        count = len(written)
        text = tr_n(
            "One prompt imported from {name}.",
            "{n} prompts imported from {name}.",
            count,
            name=path.name,
        )
        hint = tr("Left out: {left_out}", left_out=" ".join(left_out)) if left_out else ""
        self._documents.tell(_KEY, Message(text, hint, level=Level.INFO))
        self.imported.emit(written)
        self._documents.open(written[0])

    def _failed(self, error: Exception) -> None:
        self._documents.failed(error, _KEY)
