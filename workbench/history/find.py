"""Finding runs: a query's conditions as SQL, answered newest first and piece by piece.

The newest runs are asked first, so that the first rows of a common word are there at once. Then,
if few runs meet one of the conditions, the others are asked only about those, a piece at a time;
otherwise the older runs are gone through in windows that grow.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from workbench.history.find_sql import TRASHED, WINDOW, Sql, sql_of
from workbench.history.query import Query

T = TypeVar("T")
Ids = npt.NDArray[np.int64]
"""Row numbers of runs."""


class Read(Protocol):
    """Calls a function with a connection and returns its answer, like `HistoryStore.read`."""

    def __call__(self, query: Callable[[sqlite3.Connection], T], /) -> T:
        """The answer of `query`."""


FEW = 20_000
"""A condition that no more runs meet is asked first."""

MANY = 100_000
"""The same for a condition on a value, which windows cannot ask quickly."""

_FIRST_WINDOW = 4000
_FIRST_PIECE = 800
_GROWTH = 4
_WIDEST = 400_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some of the runs that were found, newest first; all older than those before.

    Attributes:
        done: the share of the history that has been looked through, 0 to 1.
    """

    ids: Ids
    done: float


def find(read: Read, query: Query) -> Iterator[Chunk]:
    """The runs that a query finds, in pieces; those in the trash are left out.

    Every piece is one call of `read`.

    Raises:
        UserError: what `read` raises.
    """
    first = read(partial(_newest, query=query))
    if first.low == 1 or len(first.ids):
        yield Chunk(first.ids, 1.0 if first.low == 1 else _FIRST_WINDOW / first.last)
    if first.low == 1:
        return
    few = read(partial(_few, conditions=first.conditions))
    if few is not None:
        ids, rest = few
        yield from _through(read, ids[ids < first.low], rest)
        return
    high, width = first.low - 1, _FIRST_WINDOW * _GROWTH
    while high > 0:
        low = max(1, high - width + 1)
        found = read(partial(_window, conditions=first.conditions, low=low, high=high))
        high = low - 1
        yield Chunk(found, 1.0 - high / first.last)
        width = min(width * _GROWTH, _WIDEST)


def _through(read: Read, ids: Ids, conditions: tuple[Sql, ...]) -> Iterator[Chunk]:
    """Those of `ids` that meet every condition, the newest of them first."""
    at, width = 0, _FIRST_PIECE if conditions else len(ids)
    while at < len(ids):
        some = ids[at : at + width]
        at += len(some)
        found = read(partial(_among, ids=some, conditions=conditions))
        yield Chunk(found, at / len(ids))
        width = min(width * _GROWTH, _WIDEST)


def find_all(read: Read, query: Query) -> Ids:
    """Every run that a query finds, newest first.

    Raises:
        UserError: what `read` raises.
    """
    chunks = [chunk.ids for chunk in find(read, query)]
    return np.concatenate(chunks) if chunks else np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class _Newest:
    """What the newest window has, from row number `low` to `last`."""

    last: int
    low: int
    ids: Ids
    conditions: tuple[Sql, ...]


def _newest(connection: sqlite3.Connection, query: Query) -> _Newest:
    last = connection.execute("SELECT max(id) FROM runs").fetchone()[0] or 0
    conditions = tuple(sql_of(connection, condition) for condition in query.conditions)
    low = max(1, last - _FIRST_WINDOW + 1)
    return _Newest(last, low, _window(connection, conditions, low, last), conditions)


def _few(
    connection: sqlite3.Connection, conditions: tuple[Sql, ...]
) -> tuple[Ids, tuple[Sql, ...]] | None:
    """The runs of the condition that the fewest meet, newest first, and the other conditions.

    None when every condition is met by many.
    """
    for most, chosen in (
        (FEW, [sql for sql in conditions if sql.probe]),
        (MANY, [sql for sql in conditions if sql.probe and sql.by_value]),
    ):
        best: tuple[Ids, Sql] | None = None
        for sql in chosen:
            limit = most + 1 if best is None else len(best[0])
            found = packed_ids(
                connection,
                f"SELECT * FROM ({sql.probe}) LIMIT {limit}",  # noqa: S608  # parts of `find_sql`
                sql.probe_values,
            )
            if len(found) <= most and (best is None or len(found) < len(best[0])):
                best = found, sql
        if best is not None:
            return np.unique(best[0])[::-1], tuple(sql for sql in conditions if sql is not best[1])
    return None


def _among(connection: sqlite3.Connection, ids: Ids, conditions: tuple[Sql, ...]) -> Ids:
    tests = "".join(f" AND {sql.row}" for sql in conditions)
    values = [value for sql in conditions for value in sql.row_values]
    return packed_ids(
        connection,
        "SELECT r.id FROM runs AS r WHERE r.id IN (SELECT value FROM json_each(?)) "  # noqa: S608
        f"AND {TRASHED}{tests} ORDER BY r.id DESC",
        [json.dumps(ids.tolist()), *values],
    )


def _window(
    connection: sqlite3.Connection, conditions: tuple[Sql, ...], low: int, high: int
) -> Ids:
    window: dict[str, object] = {"low": low, "high": high}
    tests = []
    for number, sql in enumerate(conditions):
        names = [f":v{number}_{i}" for i in range(len(sql.many_values))]
        tests.append(_numbered(sql.many, names))
        window.update({n[1:]: v for n, v in zip(names, sql.many_values, strict=True)})
    where = "".join(f" AND {test}" for test in tests)
    return packed_ids(
        connection,
        f"SELECT r.id FROM runs AS r WHERE {TRASHED} AND r.id {WINDOW}{where} "  # noqa: S608
        "ORDER BY r.id DESC",
        window,
    )


def packed_ids(connection: sqlite3.Connection, sql: str, values: object) -> Ids:
    """The ids that a query selects, in its order.

    SQLite puts them into one text, which takes a third of the time of a million rows and
    leaves the interpreter to others meanwhile.
    """
    text = connection.execute(
        f"SELECT group_concat(n) FROM (WITH found(n) AS ({sql}) SELECT n FROM found)",  # noqa: S608  # parts of this package
        values,  # type: ignore[arg-type]  # a list or a mapping
    ).fetchone()[0]
    if text is None:
        return np.empty(0, np.int64)
    return np.fromstring(str(text), dtype=np.int64, sep=",")


def _numbered(sql: str, names: list[str]) -> str:
    """`sql` with its question marks replaced; texts never stand in it, only marks."""
    pieces = sql.split("?")
    return pieces[0] + "".join(n + p for n, p in zip(names, pieces[1:], strict=True))
