"""Keeps the right end of the status bar, and its speeds, true to what is in front. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.gui.translate import tr

if TYPE_CHECKING:
    from workbench.experiments.live_run import RunOutcome
    from workbench.gui.current import Current, ShownRun
    from workbench.gui.history_controller import HistoryController
    from workbench.gui.page_stack import PageStack
    from workbench.gui.panels.history import HistoryModel
    from workbench.gui.panels.rail import Workspace
    from workbench.gui.panels.status_bar import StatusBar
    from workbench.gui.run_controller import RunController
    from workbench.gui.shown_reply import ShownReply


class ShownStatus(QObject):
    """Tells as which run the reply in front is saved, and how fast it was made.

    A run under way tells of itself; this begins once nothing runs.
    """

    def __init__(
        self,
        status: StatusBar,
        pages: PageStack,
        current: Current,
        runs: RunController,
        history: HistoryController,
        listed: HistoryModel,
        shown: Mapping[Workspace, ShownReply],
    ) -> None:
        """`shown`: the replies of the workspaces that may show another run than `current`."""
        super().__init__(pages)
        self._status, self._pages, self._current, self._runs = status, pages, current, runs
        self._listed, self._shown = listed, shown
        self._total = 0
        self._unsaved: set[str] = set()
        self._notes: dict[Workspace, str] = {}
        pages.turned.connect(self._turned)
        current.run_changed.connect(self._tell)
        for one in shown.values():
            one.began.connect(self._tell)
        runs.finished.connect(self._finished)
        history.listed.connect(self._read)

    def note(self, words: str) -> None:
        """`words` of the workspace in front; they stand there instead of the run."""
        self._notes[self._pages.workspace] = words
        self._status.show_note(words)

    def _turned(self) -> None:
        self._status.show_note(self._notes.get(self._pages.workspace, ""))
        self._tell()

    def _finished(self, outcome: RunOutcome) -> None:
        if not outcome.saved:
            self._unsaved.add(outcome.start.run_id)
        self._tell()

    def _read(self, total: int) -> None:
        self._total = total
        self._tell()

    def _tell(self) -> None:
        if not self._runs.is_idle():
            return
        run = self._run()
        if run is None or not run.finished:
            self._status.show_saved("")
            self._status.show_timings(None)
            return
        self._status.show_saved(self._words(run.run_id))
        self._status.show_timings(run.end.result.timings if run.end is not None else None)

    def _run(self) -> ShownRun | None:
        own = self._shown.get(self._pages.workspace)
        return self._current.run if own is None else self._current.known(own.run_id)

    def _words(self, run_id: str) -> str:
        if run_id in self._unsaved:
            return tr("not saved")
        place = self._listed.position(run_id)
        if place < 0:  # too old for the list, or it is not read yet
            return tr("saved")
        return tr("saved · run {total:,}", total=self._total - place)
