"""How long runs are kept, and deleting them for good. Any thread; answers are Futures.

Nothing is deleted unless the person set a rule. What somebody marked in any way (a star, a tag,
a rating, a note, a name), what another run was forked from, and what still runs is never moved
by a rule.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.history.store import HistoryStore
from workbench.history.words import drop_prompt, drop_words

BATCH = 500
"""Runs that one call of `clear_up` moves or deletes at most, so that others may write too."""

_DAY_US = 86_400 * 1_000_000
_KEEP_MOST = 10_000_000

_UNMARKED = (
    "trashed_us IS NULL AND status <> 'running' AND NOT starred AND rating IS NULL "
    "AND note = '' AND name IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM tags WHERE tags.run = runs.id) "
    "AND NOT EXISTS (SELECT 1 FROM runs AS c WHERE c.parent_run = runs.run_id)"
)


@dataclass(frozen=True, slots=True)
class Rules:
    """How long runs are kept; None is no such rule, and everything None keeps all for ever.

    Attributes:
        days: runs that are older go to the trash.
        runs: so many of the newest are kept, older ones go to the trash.
        trash_days: what lies longer in the trash is deleted for good.
    """

    days: int | None = None
    runs: int | None = None
    trash_days: int | None = None


@dataclass(frozen=True, slots=True)
class Cleared:
    """What one call did; both 0 when nothing is left to do."""

    trashed: int
    deleted: int


def rules(store: HistoryStore) -> Rules:
    """The rules of this history.

    Raises:
        UserError: the history cannot be read.
    """
    return store.read(_rules)


def set_rules(store: HistoryStore, wanted: Rules) -> Future[None]:
    """Set the rules; they act at the next `clear_up`.

    Raises:
        UserError: a number is below 1 or too large.
    """
    for name in ("days", "runs", "trash_days"):
        value = getattr(wanted, name)
        if value is not None and not 1 <= value <= _KEEP_MOST:
            raise UserError(
                f"A rule of {value:,} {name.replace('_', ' ')} cannot be kept.",
                f"Give 1 to {_KEEP_MOST:,}, or none.",
            )

    def task(db: Database) -> None:
        db.execute(
            "INSERT OR REPLACE INTO keeping (id, days, runs, trash_days) VALUES (1, ?, ?, ?)",
            [wanted.days, wanted.runs, wanted.trash_days],
        )

    return store.write(task)


def clear_up(store: HistoryStore) -> Future[Cleared]:
    """Do what the rules say, for at most `BATCH` runs; again until nothing is done."""
    now = store.now_us()

    def task(db: Database) -> Cleared:
        wanted = _rules(db.conn)
        old = {*_too_old(db, wanted, now), *_too_many(db, wanted)}
        for run in sorted(old):
            db.execute("UPDATE runs SET trashed_us = ? WHERE id = ?", [now, run])
        gone: list[int] = []
        if wanted.trash_days is not None:
            rows = db.execute(
                "SELECT id FROM runs WHERE trashed_us < ? AND status <> 'running' LIMIT ?",
                [now - wanted.trash_days * _DAY_US, BATCH],
            )
            gone = [row[0] for row in rows]
            delete_rows(db, gone)
        return Cleared(len(old), len(gone))

    return store.write(task)


def clear_all(store: HistoryStore) -> Cleared:
    """Do everything that the rules say, batch by batch; waits for it.

    Raises:
        UserError: the history cannot be written; what was done so far stays done.
    """
    trashed = deleted = 0
    while True:
        done = clear_up(store).result()
        trashed, deleted = trashed + done.trashed, deleted + done.deleted
        if done == Cleared(0, 0):
            return Cleared(trashed, deleted)


def restore_all(store: HistoryStore) -> Future[int]:
    """Take every run out of the trash; answers with how many it were."""
    sql = "UPDATE runs SET trashed_us = NULL WHERE trashed_us IS NOT NULL"
    return store.write(lambda db: db.execute(sql).rowcount)


def empty_trash(store: HistoryStore) -> Future[int]:
    """Delete at most `BATCH` runs of the trash for good; answers with how many it were."""

    def task(db: Database) -> int:
        rows = db.execute(
            "SELECT id FROM runs WHERE trashed_us IS NOT NULL AND status <> 'running' LIMIT ?",
            [BATCH],
        )
        gone = [row[0] for row in rows]
        delete_rows(db, gone)
        return len(gone)

    return store.write(task)


def trash_count(store: HistoryStore) -> int:
    """How many runs lie in the trash.

    Raises:
        UserError: the history cannot be read.
    """
    sql = "SELECT count(*) FROM runs WHERE trashed_us IS NOT NULL"
    return store.read(lambda c: int(c.execute(sql).fetchone()[0]))


def delete_rows(db: Database, runs: Sequence[int]) -> None:
    """Delete runs for good, and every text that only they needed; in a transaction."""
    texts: set[int] = set()
    for run in runs:
        row = db.execute(
            "SELECT prompt_source, rendered, chat_template, engine, settings, sampling "
            "FROM runs WHERE id = ?",
            [run],
        ).fetchone()
        texts.update(text for text in row if text is not None)
    drop_words(db, runs)
    for run in runs:
        db.execute("DELETE FROM runs WHERE id = ?", [run])
    for text in sorted(texts):
        if db.execute("SELECT 1 FROM runs WHERE rendered = ? LIMIT 1", [text]).fetchone() is None:
            drop_prompt(db, text)
        if not _is_needed(db, text):
            db.execute("DELETE FROM contents WHERE id = ?", [text])


def _is_needed(db: Database, content: int) -> bool:
    for table, column in (
        ("runs", "rendered"),
        ("runs", "prompt_source"),
        ("runs", "sampling"),
        ("runs", "engine"),
        ("runs", "settings"),
        ("runs", "chat_template"),
        ("models", "chat_template"),
        ("prompt_versions", "content"),
    ):
        sql = f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1"  # noqa: S608  # constants
        if db.execute(sql, [content]).fetchone() is not None:
            return True
    return False


def _rules(connection: sqlite3.Connection) -> Rules:
    row = connection.execute("SELECT days, runs, trash_days FROM keeping WHERE id = 1").fetchone()
    return Rules() if row is None else Rules(*row)


def _too_old(db: Database, wanted: Rules, now: int) -> list[int]:
    if wanted.days is None:
        return []
    rows = db.execute(
        f"SELECT id FROM runs WHERE created_us < ? AND {_UNMARKED} LIMIT ?",  # noqa: S608
        [now - wanted.days * _DAY_US, BATCH],
    )
    return [row[0] for row in rows]


def _too_many(db: Database, wanted: Rules) -> list[int]:
    if wanted.runs is None:
        return []
    last = db.execute(
        "SELECT id FROM runs WHERE trashed_us IS NULL ORDER BY id DESC LIMIT 1 OFFSET ?",
        [wanted.runs - 1],
    ).fetchone()
    if last is None:
        return []
    rows = db.execute(
        f"SELECT id FROM runs WHERE id < ? AND {_UNMARKED} LIMIT ?",  # noqa: S608
        [last[0], BATCH],
    )
    return [row[0] for row in rows]
