"""What a person adds to runs: tags, stars, ratings, notes. Any thread; answers are Futures.

Every change takes many runs at once and is one transaction: all of them or none. Each raises, in
its future, UserError when a run is not in the history file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.history.save import row_numbers
from workbench.history.store import HistoryStore
from workbench.history.values import restored, storable
from workbench.history.words import reindexed

MOST_TAG = 60
"""Characters of a tag."""

MOST_NOTE = 100_000
"""Characters of a note."""

RATINGS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a person said about a run.

    Attributes:
        rating: one of `RATINGS`; None when it has none.
        trashed: whether the run lies in the trash.
    """

    tags: tuple[str, ...]
    starred: bool
    rating: int | None
    note: str
    trashed: bool


def remarks(store: HistoryStore, run_id: str) -> Remarks | None:
    """What was said about a run; None when it is not in the file (private, or not saved yet).

    Raises:
        UserError: the history cannot be read.
    """

    def query(connection: sqlite3.Connection) -> Remarks | None:
        row = connection.execute(
            "SELECT id, starred, rating, note, trashed_us FROM runs WHERE run_id = ?", [run_id]
        ).fetchone()
        if row is None:
            return None
        tags = connection.execute("SELECT tag FROM tags WHERE run = ? ORDER BY tag", [row[0]])
        return Remarks(
            tuple(restored(tag) for (tag,) in tags),
            bool(row[1]),
            row[2],
            restored(row[3]),
            row[4] is not None,
        )

    return store.read(query)


def all_tags(store: HistoryStore) -> list[tuple[str, int]]:
    """Every tag with the number of its runs, the most used first.

    Raises:
        UserError: the history cannot be read.
    """
    return store.read(
        lambda c: c.execute(
            "SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY count(*) DESC, tag"
        ).fetchall()
    )


def clean_tag(text: str) -> str:
    """A tag as it is kept: spaces become hyphens.

    Raises:
        UserError: it is empty, too long, or holds a comma, a quote or a control character.
    """
    tag = "-".join(text.split())
    if not tag or len(tag) > MOST_TAG:
        raise UserError(
            f"A tag has 1 to {MOST_TAG} characters, not {len(tag):,}.", "Write it shorter."
        )
    if not tag.isprintable() or any(sign in tag for sign in ',"*'):
        raise UserError(
            f"The tag {tag!r} holds a sign that searching could not find again.",
            "Leave out commas, quotes, stars and control characters.",
        )
    return tag


def change_tags(
    store: HistoryStore, run_ids: Sequence[str], add: Sequence[str] = (), remove: Sequence[str] = ()
) -> Future[None]:
    """Add tags to runs and take others away; what is so already stays.

    Raises:
        UserError: a tag cannot be used.
    """
    new, old = [clean_tag(tag) for tag in add], list(remove)

    def change(db: Database, run: int) -> None:
        for tag in new:
            db.execute("INSERT OR IGNORE INTO tags (run, tag) VALUES (?, ?)", [run, tag])
        for tag in old:
            db.execute("DELETE FROM tags WHERE run = ? AND tag = ?", [run, tag])

    return _each(store, run_ids, change)


def star(store: HistoryStore, run_ids: Sequence[str], starred: bool) -> Future[None]:
    """Mark runs with a star, or take it away."""
    return _each(store, run_ids, _setter("starred", int(starred)))


def rate(store: HistoryStore, run_ids: Sequence[str], rating: int | None) -> Future[None]:
    """Give runs a rating; None takes it away.

    Raises:
        UserError: it is none of `RATINGS`.
    """
    if rating is not None and rating not in RATINGS:
        raise UserError(f"A rating is one of 1 to 5, not {rating}.")
    return _each(store, run_ids, _setter("rating", rating))


def note(store: HistoryStore, run_id: str, text: str) -> Future[None]:
    """Write the note of a run in place of the one it has; an empty one takes it away.

    Raises:
        UserError: it is too long.
    """
    if len(text) > MOST_NOTE:
        raise UserError(
            f"A note may have at most {MOST_NOTE:,} characters, not {len(text):,}.", "Shorten it."
        )
    return _each(store, [run_id], _setter("note", storable(text)))


def _setter(column: str, value: object) -> Callable[[Database, int], None]:
    def change(db: Database, run: int) -> None:
        db.execute(f"UPDATE runs SET {column} = ? WHERE id = ?", [value, run])  # noqa: S608

    return change


def _each(
    store: HistoryStore, run_ids: Sequence[str], change: Callable[[Database, int], None]
) -> Future[None]:
    chosen = tuple(dict.fromkeys(run_ids))

    def task(db: Database) -> None:
        rows = row_numbers(db, chosen)
        with reindexed(db, rows):
            for row in rows:
                change(db, row)

    return store.write(task)
