"""Takes runs of the History workspace out to files. GUI thread."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from workbench.core.cancel import CancelToken
from workbench.experiments.run_export import user_name
from workbench.experiments.run_files import RunChoice, Told, run_files, write_runs
from workbench.experiments.run_preview import preview_text
from workbench.experiments.session import Session
from workbench.gui.dialogs.run_export_dialog import RunExportDialog, RunsAsked, RunWork
from workbench.gui.fonts import Fonts
from workbench.gui.history.finder import Finder
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.messages import Level, Message, MessageBar
from workbench.gui.translate import tr, tr_n
from workbench.history.find import Ids
from workbench.history.listing import ended_run_ids

_KEY = "history-export"
_AT_ONCE = 10_000
"""Row numbers of one question to the history: no read may take long."""


class Exporter(QObject):
    """Opens the dialog, and remembers what was chosen last."""

    def __init__(
        self,
        session: Session,
        space: HistoryWorkspace,
        finder: Finder,
        messages: MessageBar,
        fonts: Fonts,
    ) -> None:
        super().__init__(space)
        self._session, self._space, self._finder = session, space, finder
        self._messages, self._fonts = messages, fonts
        self._last, self._folder = "", Path.home()
        self.dialog: RunExportDialog | None = None
        space.export.clicked.connect(self.open)

    def open(self) -> None:
        """Show how the chosen runs, or those that were found, leave."""
        if self.dialog is not None:
            return
        chosen = [row for row in self._space.list.chosen() if row > 0]
        found = self._finder.ids
        if not found.size:
            self._messages.show_message(
                _KEY, Message(tr("There is no run to export."), level=Level.INFO)
            )
            return
        self.dialog = RunExportDialog(
            self._space,
            self._fonts,
            list(run_files()),
            (len(chosen), len(found)),
            self._work(chosen, found),
            self._folder,
        )
        self.dialog.saved.connect(self._saved)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.choose(self._last or "jsonl")
        self.dialog.open()

    def close(self) -> None:
        """Close the dialog, if one is open; what it writes is stopped."""
        if self.dialog is not None:
            self.dialog.stop()
            self.dialog.done(0)

    def _work(self, chosen: Sequence[int], found: Ids) -> RunWork:
        """Calls for other threads, on the runs as they stand at this moment."""
        store, user = self._session.store, user_name()

        def choice(asked: RunsAsked) -> RunChoice:
            rows = list(chosen) if asked.chosen_only else found.tolist()
            ids: list[str] = []
            for at in range(0, len(rows), _AT_ONCE):
                ids += store.read(partial(ended_run_ids, rows=rows[at : at + _AT_ONCE]))
            return RunChoice(ids, asked.options, user, asked.keep_paths)

        def preview(asked: RunsAsked, most: int) -> str:
            return preview_text(store, asked.made, choice(asked), most)

        def text(asked: RunsAsked) -> str:
            out = io.BytesIO()
            write_runs(store, asked.made, choice(asked), out)
            return out.getvalue().decode("utf-8", "replace").removeprefix("\ufeff")

        def write(asked: RunsAsked, path: Path, told: Told, cancel: CancelToken) -> int:
            wanted = choice(asked)
            write_runs(store, asked.made, wanted, path, told=told, cancel=cancel)
            return len(wanted.run_ids)

        return RunWork(preview, text, write)

    def _saved(self, path: Path, count: int, losses: Sequence[str]) -> None:
        self._folder = path.parent
        what = tr_n("One run", "{n:,} runs", count)
        hint = tr("Left out: {what}", what=" ".join(losses)) if losses else ""
        text = tr("{what} exported to {path}.", what=what, path=path)
        self._messages.show_message(_KEY, Message(text, hint, level=Level.INFO))

    def _forget_dialog(self, _result: int) -> None:
        if self.dialog is not None:
            self._last = self.dialog.chosen.name
        self.dialog = None
