"""Fills the columns: the replies of the run on show, or branches that are compared. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from workbench.core.types import Finish
from workbench.experiments.branches import stored_reply
from workbench.experiments.run_tree import TreeNode, common_beginning, reply_facts
from workbench.experiments.session import Session
from workbench.gui.branches.columns import MOST, Columns, ColumnText
from workbench.gui.branches.tree_panel import TreePanel
from workbench.gui.current import Current, Part, ShownRun, TokenPlace
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.said import tr_parts
from workbench.gui.translate import tr

_FRAME_MS = 40


class ColumnsController(QObject):
    """Shows every reply of a run that has several, while it streams too; compares branches."""

    def __init__(
        self, session: Session, current: Current, columns: Columns, panel: TreePanel
    ) -> None:
        super().__init__(columns)
        self._session, self._current = session, current
        self._columns, self._panel = columns, panel
        self._lane = Lane("compare", self)
        self._compared = False
        self._closed_for = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.refresh)
        columns.chosen.connect(self._choose)
        columns.closed.connect(self._closed)
        panel.compare_wanted.connect(self.compare)
        current.run_changed.connect(self.refresh)
        current.grew.connect(self._grew)

    def close(self) -> None:
        """End the thread."""
        self._timer.stop()
        self._lane.close()

    def compare(self) -> None:
        """Show the selected replies beside each other."""
        nodes = [n for n in self._panel.tree.selected() if n.sample is not None][:MOST]
        if len(nodes) < 2:
            return
        self._lane.submit(lambda: self._read(nodes), self._show_compared, self._failed)

    def refresh(self) -> None:
        """Show the replies of the run on show if there are several."""
        run = self._current.run
        if run is None or not self._panel.isVisible():
            return
        several = run.start.n_samples > 1
        if self._compared and not (several and not run.finished):
            return
        if not several or self._closed_for == run.run_id:
            if not self._compared:
                self._columns.hide()
            return
        self._compared = False
        at = _standing(run)
        count = run.start.n_samples
        title = (
            tr("{count} continuations", count=count)
            if run.start.parent is not None
            else tr("{count} replies", count=count)
        )
        note = tr("from token {at:,} on", at=at + 1) if run.start.parent is not None else ""
        if count > MOST:
            note = f"{note} · {tr('the first {most} are shown', most=MOST)}".removeprefix(" · ")
        self._columns.show_texts(title, note, _texts_of(run, at))

    def _grew(self) -> None:
        run = self._current.run
        if run is not None and run.finished:
            self._timer.stop()
            self.refresh()
        elif not self._timer.isActive():
            self._timer.start()

    def _read(self, nodes: Sequence[TreeNode]) -> list[ColumnText]:
        replies = []
        for node in nodes:
            run = self._session.store.get(node.run_id)
            reply = stored_reply(run.start, run.end, node.sample or 0)
            finish = None if run.end is None else run.end.result.samples[reply.sample].finish
            replies.append((node, reply, finish))
        same = common_beginning([reply.tokens for _, reply, _ in replies])
        control = self._control()
        return [
            ColumnText(
                node.run_id,
                reply.sample,
                f"{node.title}",
                tr(
                    "behind token {same:,}: {reply_facts}",
                    same=same,
                    reply_facts=tr_parts(reply_facts(reply.tokens, same, finish)),
                ),
                reply.tokens,
                reply.pieces,
                control,
                True,
            )
            for node, reply, finish in replies
        ]

    def _control(self) -> frozenset[int]:
        run = self._current.run
        return frozenset() if run is None else run.control

    def _show_compared(self, texts: list[ColumnText]) -> None:
        self._panel.messages.dismiss("compare")
        self._compared = True
        same = common_beginning([text.tokens for text in texts])
        note = (
            tr("the first {same:,} tokens are the same", same=same)
            if same
            else tr("nothing in common")
        )
        self._columns.show_texts(tr("{n_texts} branches compared", n_texts=len(texts)), note, texts)

    def _failed(self, error: Exception) -> None:
        self._panel.messages.show_message("compare", from_error(error))

    def _closed(self) -> None:
        self._compared = False
        run = self._current.run
        self._closed_for = run.run_id if run is not None else ""

    def _choose(self, run_id: str, sample: int) -> None:
        if not self._current.bring(run_id):
            return
        run = self._current.run
        if run is not None:
            index = min(_standing(run), run.length(Part.REPLY, sample) - 1)
            self._current.choose(TokenPlace(Part.REPLY, sample, index))


def _standing(run: ShownRun) -> int:
    """How many tokens of each reply were not said by this run."""
    before = run.start.parent[2] if run.start.parent is not None else 0
    return before + len(run.start.given)


def _texts_of(run: ShownRun, at: int) -> list[ColumnText]:
    texts = []
    for sample, table in enumerate(run.samples[:MOST]):
        finish: Finish | None = None
        if run.end is not None and sample < len(run.end.result.samples):
            finish = run.end.result.samples[sample].finish
        texts.append(
            ColumnText(
                run.run_id,
                sample,
                tr("seed {seed}", seed=run.start.seed + sample),
                tr_parts(reply_facts(table, at, finish)),
                table,
                run.pieces,
                run.control,
                run.finished,
            )
        )
    return texts
