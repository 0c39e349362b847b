"""Votes as preference pairs for tuning, from the leaderboard's Export menu. GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from workbench.core.cancel import CancelToken
from workbench.experiments.preference_pairs import PairsDone, write_pairs
from workbench.experiments.run_export import user_name
from workbench.gui.arena.board import BoardPanel
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, MessageBar, from_error
from workbench.gui.page import PageTools
from workbench.gui.said import tr_said
from workbench.gui.translate import mark, tr, tr_n

_KEY = "arena-pairs"
_VOTERS = {
    "people": mark("People's votes as preference pairs…"),
    "judges": mark("Judges' votes as preference pairs…"),
}


class PairExports(QObject):
    """Asks for a file and writes it beside the window."""

    def __init__(self, tools: PageTools, board: BoardPanel, messages: MessageBar) -> None:
        super().__init__(board)
        self._tools, self._messages = tools, messages
        self._lane = Lane("arena-pairs", self)
        self._cancel = CancelToken()
        board.export_menu.addSeparator()
        for voters, text in _VOTERS.items():
            board.export_menu.addAction(tr(text), partial(self._ask, voters))

    def write(self, voters: str, path: Path) -> None:
        """Write the pairs on which people, or judges, agree; a message says what became of it."""
        store, cancel = self._tools.session.store, self._cancel
        self._lane.submit(
            lambda: write_pairs(store, path, {"voters": voters}, user=user_name(), cancel=cancel),
            partial(self._written, path),
            self._failed,
        )

    def close(self) -> None:
        """Stop; the file that was there stays."""
        self._cancel.cancel()
        self._lane.close()

    def _ask(self, voters: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._tools.window, tr(_VOTERS[voters]).rstrip("…"), "pairs.jsonl", "JSONL (*.jsonl)"
        )
        if chosen:
            path = Path(chosen)
            self.write(voters, path if path.suffix else path.with_suffix(".jsonl"))

    def _written(self, path: Path, done: PairsDone) -> None:
        what = tr_n("One pair", "{n:,} pairs", done.written)
        text = tr("{what} written to {path}.", what=what, path=path)
        self._messages.show_message(_KEY, Message(text, tr_said(done.words), level=Level.INFO))

    def _failed(self, error: Exception) -> None:
        self._messages.show_message(_KEY, from_error(error))
