"""Which runs were made with which version of a prompt. Any thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import partial

from workbench.history.store import HistoryStore
from workbench.history.versions import Version

_MOST_HASHES = 500
"""SQLite allows a limited number of values in one query."""


def runs_by_version(store: HistoryStore, versions: Sequence[Version]) -> Mapping[int, list[str]]:
    """For each version's number the ids of the runs that had exactly its text, newest first.

    Of several versions with one text a run belongs to the one that stood when it began. Runs in
    the trash do not count.

    Raises:
        UserError: the history cannot be read.
    """
    hashes = sorted({version.content_hash for version in versions})
    found: dict[int, list[str]] = {version.number: [] for version in versions}
    for start in range(0, len(hashes), _MOST_HASHES):
        some = hashes[start : start + _MOST_HASHES]
        for content_hash, run_id, created_us in store.read(partial(_runs, hashes=some)):
            found[_standing(versions, content_hash, created_us).number].append(run_id)
    return found


def _standing(versions: Sequence[Version], content_hash: str, when_us: int) -> Version:
    """The newest version with a text that was there already, else the first with it."""
    same = sorted(
        (v for v in versions if v.content_hash == content_hash), key=lambda v: v.created_us
    )
    before = [version for version in same if version.created_us <= when_us]
    return before[-1] if before else same[0]


def _runs(connection: sqlite3.Connection, hashes: Sequence[str]) -> list[tuple[str, str, int]]:
    marks = ", ".join("?" * len(hashes))
    return connection.execute(
        "SELECT c.hash, r.run_id, r.created_us FROM runs AS r "  # noqa: S608  # only marks go in
        "JOIN contents AS c ON c.id = r.prompt_source "
        f"WHERE r.trashed_us IS NULL AND c.hash IN ({marks}) ORDER BY r.run_id DESC",
        list(hashes),
    ).fetchall()
