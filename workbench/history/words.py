"""Keeps the full-text indexes equal to the texts. On the writer's thread, in a transaction.

The indexes hold no texts: what is taken out of them must be read before it changes. So every
change of a text that is searched stands inside `reindexed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlite_utils import Database

_ADD = (
    "INSERT INTO run_words (rowid, reply, variables, note, tags, names) "
    "SELECT id, reply, variables, note, tags, names FROM run_texts WHERE id = ?"
)
_DROP = (
    "INSERT INTO run_words (run_words, rowid, reply, variables, note, tags, names) "
    "SELECT 'delete', id, reply, variables, note, tags, names FROM run_texts WHERE id = ?"
)


@contextmanager
def reindexed(db: Database, runs: Sequence[int]) -> Iterator[None]:
    """Around a change of runs, given by row number; a running run has no words yet."""
    drop_words(db, runs)
    yield
    add_words(db, runs)


def add_words(db: Database, runs: Sequence[int]) -> None:
    """Index runs that are not in the index."""
    for run in runs:
        db.execute(_ADD, [run])


def add_words_between(db: Database, first: int, last: int) -> None:
    """Index every run from one row number to another, none of which is in the index."""
    db.execute(_ADD.replace("id = ?", "id BETWEEN ? AND ?"), [first, last])


def drop_words(db: Database, runs: Sequence[int]) -> None:
    """Take runs out of the index, before they are deleted."""
    for run in runs:
        db.execute(_DROP, [run])


def add_prompt(db: Database, content: int) -> None:
    """Index a rendered prompt; one that is indexed already stays."""
    known = db.execute("SELECT 1 FROM prompt_words_docsize WHERE id = ?", [content]).fetchone()
    if known is None:
        db.execute(
            "INSERT INTO prompt_words (rowid, text) SELECT id, text FROM contents WHERE id = ?",
            [content],
        )


def drop_prompt(db: Database, content: int) -> None:
    """Take a prompt out of the index if it is in it, before it is deleted."""
    known = db.execute("SELECT 1 FROM prompt_words_docsize WHERE id = ?", [content]).fetchone()
    if known is not None:
        db.execute(
            "INSERT INTO prompt_words (prompt_words, rowid, text) "
            "SELECT 'delete', id, text FROM contents WHERE id = ?",
            [content],
        )


def rebuild(db: Database) -> None:
    """Make both indexes anew from the texts; for a repair."""
    db.execute("INSERT INTO run_words (run_words) VALUES ('rebuild')")
    db.execute("INSERT INTO prompt_words (prompt_words) VALUES ('rebuild')")
