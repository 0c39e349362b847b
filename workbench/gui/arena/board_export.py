"""The leaderboard as files: a table, a document, a picture of the win rates. GUI thread."""

from __future__ import annotations

import csv
import io
import json
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.core.errors import UserError
from workbench.core.files import write_whole
from workbench.experiments.leaderboard import Leaderboard, rank_document
from workbench.gui.arena.board import BoardPanel
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.translate import mark, tr

KEY = "arena-export"
KINDS = {
    "csv": mark("Table as CSV…"),
    "json": mark("Everything as JSON…"),
    "png": mark("Win rates as PNG…"),
    "svg": mark("Win rates as SVG…"),
}


class BoardExports(QObject):
    """What the Export menu of the leaderboard does."""

    def __init__(self, window: QWidget, board: BoardPanel, messages: MessageBar) -> None:
        super().__init__(board)
        self._window, self._board, self._messages = window, board, messages
        for kind, text in KINDS.items():
            board.export_menu.addAction(tr(text), partial(self._ask, kind))

    def write(self, kind: str, path: Path) -> None:
        """Write what is shown.

        Raises:
            UserError: nothing is ranked, or the file cannot be written.
        """
        board, matrix = self._board.shown, self._board.matrix
        if board is None or not board.ranking.rated:
            raise UserError(
                tr("There is no leaderboard to export."), tr("Vote on a few pairings first.")
            )
        if kind == "csv":
            write_whole(path, table_csv(board))
        elif kind == "json":
            document = json.dumps(rank_document(board), ensure_ascii=False, indent=1)
            write_whole(path, document + "\n")
        elif matrix is not None:
            matrix.save_picture(path)

    def _ask(self, kind: str) -> None:
        ending = f"{kind.upper()} (*.{kind})"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr(KINDS[kind]).rstrip("…"), f"leaderboard.{kind}", ending
        )
        if not chosen:
            return
        path = Path(chosen)
        try:
            self.write(kind, path if path.suffix else path.with_suffix(f".{kind}"))
            self._messages.dismiss(KEY)
        except UserError as error:
            self._messages.show_message(KEY, from_error(error))


def table_csv(board: Leaderboard) -> str:
    """The rows of a leaderboard with every figure; empty where one cannot be told."""
    rows = rank_document(board)["rows"]
    out = io.StringIO()
    names = [name for name in rows[0] if name != "ranks"]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*names, "rank_low", "rank_high"])
    for row in rows:
        low, high = row["ranks"] or (None, None)
        writer.writerow([*(row[name] for name in names), low, high])
    return out.getvalue()
