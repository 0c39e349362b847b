"""Every row that can still be read of a damaged history, into a new one. Any thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.history.connect import immediate, open_writer

_FARTHEST = 1 << 40
"""Row numbers behind a damaged page are looked for up to here."""


def salvage(damaged: Path, target: Path) -> dict[str, int]:
    """Make `target` anew from what can be read of `damaged`; the rows taken over, by table.

    Raises:
        UserError: not even the list of tables can be read.
    """
    taken: dict[str, int] = {}
    db = open_writer(target)
    uri = f"{damaged.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as source:
            source.text_factory = bytes
            db.execute("PRAGMA foreign_keys = OFF")
            with immediate(db):
                for table in _tables(db):
                    taken[table] = _copy(source, db, table, damaged)
    finally:
        db.close()
    return taken


def _tables(db: Database) -> list[str]:
    """Every table of the schema that holds what somebody wrote; the search index is made anew."""
    rows = db.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE '!_sqlite!_%' ESCAPE '!'"
    )
    return [row[0] for row in rows]


def _copy(source: sqlite3.Connection, db: Database, table: str, path: Path) -> int:
    try:
        there = [row[1].decode() for row in source.execute(f"PRAGMA table_info({table})")]
    except sqlite3.DatabaseError as error:
        raise UserError(
            f"Nothing of {path} can be read any more: {error}.", "Restore a backup of it."
        ) from error
    here = {row[1]: row[2] for row in db.execute(f"PRAGMA table_info({table})")}
    names = [name for name in there if name in here]
    if not names and table == "runs":
        raise UserError(
            f"Nothing of {path} can be read any more: it names no runs.",
            "Restore a backup of it.",
        )
    if not names:
        return 0
    marks = ", ".join("?" * len(names))
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608  # names of the schema
    is_blob = [here[name] == "BLOB" for name in names]
    before = db.conn.total_changes
    for row in _readable(source, table, names):
        db.execute(insert, [_value(v, blob) for v, blob in zip(row, is_blob, strict=True)])
    return db.conn.total_changes - before


def _value(value: object, is_blob: bool) -> object:
    """Texts come as bytes, so that a damaged one can be read; valid ones become texts again."""
    if is_blob or not isinstance(value, bytes):
        return value
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value


def _readable(
    source: sqlite3.Connection, table: str, names: list[str]
) -> Iterator[tuple[object, ...]]:
    sql = f"SELECT rowid, {', '.join(names)} FROM {table} WHERE rowid > ? ORDER BY rowid"  # noqa: S608  # names of the schema
    at: int | None = -1
    while at is not None:
        try:
            for number, *row in source.execute(sql, [at]):
                yield tuple(row)
                at = int(number)
        except sqlite3.DatabaseError:
            at = _behind_damage(source, table, at)
        else:
            return


def _behind_damage(source: sqlite3.Connection, table: str, at: int) -> int | None:
    """The nearest row number from which reading goes on; None when there is none."""
    sql = f"SELECT rowid FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT 1"  # noqa: S608  # names of the schema

    def reads(number: int) -> bool:
        try:
            return source.execute(sql, [number]).fetchone() is not None
        except sqlite3.DatabaseError:
            return False

    step = 1
    while not reads(at + step):
        step *= 2
        if step > _FARTHEST:
            return None
    bad, good = at + step // 2, at + step
    while good - bad > 1:
        middle = (bad + good) // 2
        bad, good = (bad, middle) if reads(middle) else (middle, good)
    return good
