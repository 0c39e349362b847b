"""The tree of the run on show: read, opened, named, deleted and brought back. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.core.run import RunStatus
from workbench.experiments.run_tree import TreeNode, descendants, growing, run_tree
from workbench.experiments.session import Session
from workbench.gui.branches.tree_panel import TreePanel
from workbench.gui.current import Current, Part, TokenPlace
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, from_error
from workbench.gui.task_queue import TaskQueue
from workbench.gui.translate import tr, tr_n
from workbench.history.branches import BranchRow, family, rename, restore, trash

_GROWING_MS = 250
"""How often lines of a run that grows are written anew."""


class TreeController(QObject):
    """Keeps the panel in step with the run on show and with the history.

    Signals:
        settled(): the tree was read, or what was to be written is written.
    """

    settled = Signal()

    def __init__(
        self,
        session: Session,
        current: Current,
        panel: TreePanel,
        open_run: Callable[[str], None],
        history_changed: Callable[[], None],
        is_idle: Callable[[], bool],
    ) -> None:
        """`open_run` puts a stored run on show, `history_changed` reads its lists again,
        `is_idle` says that no run is under way."""
        super().__init__(panel)
        self._session, self._current, self._panel = session, current, panel
        self._open_run, self._history_changed = open_run, history_changed
        self._is_idle = is_idle
        self._lane = Lane("tree", self)
        self._writes = TaskQueue("branches", self)
        self._rows: tuple[BranchRow, ...] = ()
        self._wanted: TokenPlace | None = None
        self._wanted_run = ""
        self._deleted: list[tuple[str, ...]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_GROWING_MS)
        self._timer.timeout.connect(self._show)
        current.run_changed.connect(self._run_changed)
        current.grew.connect(self._grew)
        panel.tree.opened.connect(self.open)
        panel.tree.renamed.connect(self._rename)
        panel.delete_wanted.connect(self.delete)
        panel.undo_wanted.connect(self.undo)
        panel.restore_wanted.connect(self._restore_selected)

    def close(self) -> None:
        """End the threads; what is to be written is written first."""
        self._timer.stop()
        self._lane.close()
        self._writes.close()

    def refresh(self) -> None:
        """Read the tree of the run on show again."""
        run = self._current.run
        if run is None or not self._panel.isVisible():
            return
        store = self._session

        def read() -> tuple[BranchRow, ...]:
            # What was queued before stands in the file when this is through.
            store.store.write(lambda _db: None).exception()
            return family(store.store, run.run_id)

        self._lane.submit(read, self._read, self._failed)

    def open(self, node: TreeNode) -> None:
        """Put a line's reply on show, its fork chosen."""
        sample, run = node.sample or 0, self._current.run
        at = 0 if node.at is None else node.at
        self._wanted_run, self._wanted = node.run_id, TokenPlace(Part.REPLY, sample, at)
        if run is not None and run.run_id == node.run_id:
            self._choose()
        elif self._is_idle() or not self._current.bring(node.run_id):
            self._open_run(node.run_id)

    def delete(self, with_forks: bool) -> None:
        """Delete the selected runs; `with_forks` takes everything that stands on them along."""
        chosen = [node.run_id for node in self._panel.tree.selected() if not node.trashed]
        if with_forks:
            chosen = [node.run_id for node in self._panel.tree.selected()]
            chosen = [r for run_id in chosen for r in descendants(self._rows, run_id)]
        gone = {row.run_id for row in self._rows if row.trashed}
        runs = tuple(dict.fromkeys(run_id for run_id in chosen if run_id not in gone))
        if runs:
            self._write(
                lambda: trash(self._session.store, runs).result(), lambda: self._deleted_now(runs)
            )

    def undo(self) -> None:
        """Bring back what was deleted last."""
        if self._deleted:
            self._bring_back(self._deleted[-1])

    def _restore_selected(self) -> None:
        runs = {node.run_id for node in self._panel.tree.selected() if node.trashed}
        if runs:
            self._bring_back(tuple(sorted(runs)))

    def _bring_back(self, runs: tuple[str, ...]) -> None:
        def done() -> None:
            self._deleted = [d for d in self._deleted if not set(d) <= set(runs)]
            self._panel.messages.dismiss("deleted")

        self._write(lambda: restore(self._session.store, runs).result(), done)

    def _deleted_now(self, runs: tuple[str, ...]) -> None:
        self._deleted.append(runs)
        words = tr_n("1 run is deleted.", "{n} runs are deleted.", len(runs))
        stays = any(
            row.parent is not None and row.parent[0] in runs and row.run_id not in runs
            for row in self._rows
        )
        hint = tr("What was forked from it stays.") if stays else ""
        message = Message(words, hint, level=Level.INFO, actions=((tr("Undo"), self.undo),))
        self._panel.messages.show_message("deleted", message)

    def _rename(self, run_id: str, name: str) -> None:
        self._write(lambda: rename(self._session.store, run_id, name).result(), lambda: None)

    def _write(self, work: Callable[[], None], done: Callable[[], None]) -> None:
        def written(_: None) -> None:
            self._panel.messages.dismiss("write")
            done()
            self.refresh()
            self._history_changed()

        self._writes.submit(work, written, self._not_written)

    def _not_written(self, error: Exception) -> None:
        self._panel.messages.show_message("write", from_error(error))
        self.refresh()

    def _read(self, rows: tuple[BranchRow, ...]) -> None:
        self._panel.messages.dismiss("tree")
        self._rows = rows
        self._show()
        self.settled.emit()

    def _failed(self, error: Exception) -> None:
        self._panel.messages.show_message("tree", from_error(error))
        self.settled.emit()

    def _run_changed(self) -> None:
        run = self._current.run
        if run is None:
            self._rows = ()
            self._show()
            return
        self.refresh()
        self._choose()

    def _grew(self) -> None:
        run = self._current.run
        if run is not None and run.finished:
            self.refresh()
        elif not self._timer.isActive() and self._panel.isVisible():
            self._timer.start()
        self._choose()

    def _show(self) -> None:
        run = self._current.run
        rows = [
            growing(row, run.samples, run.pieces)
            if run is not None and row.run_id == run.run_id and row.status is RunStatus.RUNNING
            else row
            for row in self._rows
        ]
        self._panel.tree.show_nodes(run_tree(rows))
        self._panel.show_count(sum(1 for row in rows if not row.trashed))
        if run is not None:
            token = self._current.token
            sample = token.sample if token is not None and token.part is Part.REPLY else 0
            self._panel.tree.mark((run.run_id, sample))
        self._panel.refresh_actions()

    def _choose(self) -> None:
        """Choose the token that was asked for with a line, once it is there."""
        run, wanted = self._current.run, self._wanted
        if run is None or wanted is None or run.run_id != self._wanted_run:
            return
        length = run.length(Part.REPLY, wanted.sample)
        if wanted.index < length or run.finished:
            self._wanted = None
            index = min(wanted.index, length - 1)
            self._current.choose(TokenPlace(Part.REPLY, wanted.sample, index))
