"""Keeps the full-text indexes equal to the texts. On the writer's thread, in a transaction.

The indexes hold no texts: what is taken out of them must be read before it changes. So every
change of a text that is searched stands inside `reindexed`. What they get is the texts'
`search_form`, which SQL only asks for where a text is not plain ASCII.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlite_utils import Database

from workbench.history.scripts import FUNCTION

_COLUMNS = ("reply", "variables", "note", "tags", "names")
_BLOCK = 1000


def _form(column: str) -> str:
    return (
        f"iif({column} IS NULL OR length({column}) = length(CAST({column} AS BLOB)), {column}, "
        f"{FUNCTION}(CAST({column} AS BLOB)))"
    )


_NAMES = ", ".join(_COLUMNS)
_FORMS = ", ".join(_form(column) for column in _COLUMNS)
# Each text is put together once, however often its form names it.
_RUN_TEXTS = "WITH t AS MATERIALIZED (SELECT * FROM run_texts WHERE id BETWEEN ? AND ?) "
_ADD = f"{_RUN_TEXTS} INSERT INTO run_words (rowid, {_NAMES}) SELECT id, {_FORMS} FROM t"  # noqa: S608  # names of this module
_DROP = (
    f"{_RUN_TEXTS} INSERT INTO run_words (run_words, rowid, {_NAMES}) "  # noqa: S608  # names of this module
    f"SELECT 'delete', id, {_FORMS} FROM t"
)
_ADD_PROMPTS = (
    f"INSERT INTO prompt_words (rowid, text) SELECT id, {_form('text')} FROM contents "  # noqa: S608  # names of this module
    "WHERE id BETWEEN ? AND ?"
)
_DROP_PROMPT = (
    "INSERT INTO prompt_words (prompt_words, rowid, text) "  # noqa: S608  # names of this module
    f"SELECT 'delete', id, {_form('text')} FROM contents WHERE id = ?"
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
        add_words_between(db, run, run)


def add_words_between(db: Database, first: int, last: int) -> None:
    """Index every run from one row number to another, none of which is in the index."""
    db.execute(_ADD, [first, last])


def drop_words(db: Database, runs: Sequence[int]) -> None:
    """Take runs out of the index, before they are deleted."""
    for run in runs:
        db.execute(_DROP, [run, run])


def add_prompt(db: Database, content: int) -> None:
    """Index a rendered prompt; one that is indexed already stays."""
    known = db.execute("SELECT 1 FROM prompt_words_docsize WHERE id = ?", [content]).fetchone()
    if known is None:
        db.execute(_ADD_PROMPTS, [content, content])


def drop_prompt(db: Database, content: int) -> None:
    """Take a prompt out of the index if it is in it, before it is deleted."""
    known = db.execute("SELECT 1 FROM prompt_words_docsize WHERE id = ?", [content]).fetchone()
    if known is not None:
        db.execute(_DROP_PROMPT, [content])


def rebuild(db: Database) -> None:
    """Make both indexes anew from the texts; for a repair."""
    db.execute("INSERT INTO run_words (run_words) VALUES ('delete-all')")
    db.execute("INSERT INTO prompt_words (prompt_words) VALUES ('delete-all')")
    for first, last in _blocks(db, "runs"):
        add_words_between(db, first, last)
    rendered = " AND id IN (SELECT rendered FROM runs)"
    for first, last in _blocks(db, "contents"):
        db.execute(_ADD_PROMPTS + rendered, [first, last])


def _blocks(db: Database, table: str) -> Iterator[tuple[int, int]]:
    last = db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]  # noqa: S608  # a constant
    for first in range(1, last + 1, _BLOCK):
        yield first, first + _BLOCK - 1
