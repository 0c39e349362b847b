"""Runs put into groups: by prompt, by version of a prompt, by model, by experiment, by tag."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from workbench.history.find import Ids
from workbench.history.query import Condition, OfVersion, OneOf
from workbench.history.values import restored

MOST_GROUPS = 2000

_KEYS = {
    "prompt": "r.prompt_name",
    "version": "r.prompt_source",
    "model": "r.model",
    "experiment": "r.experiment",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Runs that have something in common.

    Attributes:
        count: how many of the runs that were asked about belong to it.
        condition: finds exactly its runs; None for those that have no experiment or no tag.
    """

    label: str
    count: int
    condition: Condition | None


def groups(connection: sqlite3.Connection, by: str, ids: Ids | None) -> list[Group]:
    """The groups of runs, the largest first, at most `MOST_GROUPS`; `ids` None: of every run."""
    chosen = "" if ids is None else "AND r.id IN (SELECT value FROM json_each(:ids))"
    if by == "tag":
        sql = (
            "SELECT t.tag, count(*) FROM tags AS t JOIN runs AS r ON r.id = t.run "  # noqa: S608
            f"WHERE r.trashed_us IS NULL {chosen} GROUP BY t.tag"
        )
    else:
        key = _KEYS[by]
        sql = (
            f"SELECT {key}, count(*) FROM runs AS r "  # noqa: S608
            f"WHERE r.trashed_us IS NULL {chosen} GROUP BY {key}"
        )
    values = {} if ids is None else {"ids": json.dumps(ids.tolist())}
    rows = connection.execute(f"{sql} ORDER BY 2 DESC, 1 LIMIT {MOST_GROUPS}", values).fetchall()
    return [_group(connection, by, key, count) for key, count in rows]


def _group(connection: sqlite3.Connection, by: str, key: object, count: int) -> Group:
    if by == "version" and isinstance(key, int):
        return Group(version_label(connection, key), count, OfVersion(key))
    if by == "model":
        name, quantization = connection.execute(
            "SELECT name, quantization FROM models WHERE id = ?", [key]
        ).fetchone()
        label = f"{restored(name)} {restored(quantization)}".strip()
        return Group(label, count, OneOf("model", (restored(name),), exact=True))
    if key is None:
        return Group(f"no {by}", count, None)
    name = restored(key) if isinstance(key, str | bytes) else str(key)
    return Group(name or "no name", count, OneOf(by, (name,), exact=True))


def version_label(connection: sqlite3.Connection, content: int) -> str:
    """How a person knows a text of a prompt: the version that has it, else its hash."""
    row = connection.execute(
        "SELECT prompt_key, number, name FROM prompt_versions WHERE content = ? "
        "ORDER BY number DESC LIMIT 1",
        [content],
    ).fetchone()
    if row is not None:
        named = f" “{restored(row[2])}”" if row[2] else ""
        return f"{restored(row[0])} v{row[1]}{named}"
    name, digest = connection.execute(
        "SELECT (SELECT prompt_name FROM runs WHERE prompt_source = c.id LIMIT 1), c.hash "
        "FROM contents AS c WHERE c.id = ?",
        [content],
    ).fetchone()
    return f"{restored(name or '')} · {digest.removeprefix('sha256:')[:8]}"
