"""Token records as plain rows, for people with `sqlite3` or Datasette. Any thread.

The records lie in compressed blobs, which SQL cannot read. `unpack` writes those of chosen runs
into the table `token_rows` as well, where the view `tokens_readable` shows them with names; about
80 bytes a token. The blobs stay what they are; deleting a run deletes its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.core.text import piece_text
from workbench.core.tokens import NO_RANK
from workbench.history.blob import decode_tokens
from workbench.history.save import row_numbers
from workbench.history.store import HistoryStore
from workbench.history.values import storable


def unpack(store: HistoryStore, run_ids: Sequence[str]) -> Future[int]:
    """Write the token records of runs as rows; answers with how many tokens it were.

    Doing it again changes nothing. The future raises UserError when there is no such run, or its
    records cannot be read; then nothing was written.
    """

    def task(db: Database) -> int:
        count = 0
        for run in row_numbers(db, run_ids):
            db.execute("DELETE FROM token_rows WHERE run = ?", [run])
            rows = list(_rows(db, run))
            db.conn.executemany("INSERT INTO token_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            count += len(rows)
        return count

    return store.write(task)


def forget_unpacked(store: HistoryStore) -> Future[int]:
    """Delete every such row again; the records themselves stay."""
    return store.write(lambda db: db.execute("DELETE FROM token_rows").rowcount)


def _rows(db: Database, run: int) -> Iterator[tuple[object, ...]]:
    samples = db.execute(
        "SELECT idx, tokens FROM samples WHERE run = ? AND tokens IS NOT NULL ORDER BY idx", [run]
    ).fetchall()
    for sample, blob in samples:
        try:
            table, pieces = decode_tokens(blob)
        except UserError as error:
            raise UserError(f"Reply {sample}: {error.message}", error.hint) from error
        for position, token in enumerate(table.ids.tolist()):
            piece = pieces.get(token)
            rank = int(table.rank[position])
            yield (
                run,
                sample,
                position,
                token,
                None if piece is None else storable(piece_text(piece)),
                # SQLite keeps NaN as NULL, which is what it means here.
                float(table.logprob[position]),
                None if rank == NO_RANK else rank,
                float(table.entropy[position]),
                float(table.p_sampled[position]),
            )
