"""Versions of prompts: what a prompt file contained each time it was saved. Any thread.

A prompt is known by its key: the path of its file relative to its library folder. Versions stay
when the file is deleted, and move with the key when it is renamed. Writes answer with a Future,
like the store's; reads see everything whose Future has ended.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.core.ids import text_hash
from workbench.history.shared import content_id
from workbench.history.store import HistoryStore
from workbench.history.values import restored, storable

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a prompt; its text is `PromptVersions.source`.

    Attributes:
        number: 1, 2, 3, … within the prompt.
        content_hash: `core.ids.text_hash` of the file's text.
        created_us: microseconds since the Unix epoch.
        name: what a person called it, once per prompt; None when it has no name.
        origin_run: id of the run its text was taken from; None when it was typed.
        restored_from: number of the older version it repeats; None when it repeats none.
    """

    prompt_key: str
    number: int
    content_hash: str
    created_us: int
    name: str | None = None
    origin_run: str | None = None
    restored_from: int | None = None

    @property
    def label(self) -> str:
        """How it is called in lists: "v7"."""
        return f"v{self.number}"


class PromptVersions:
    """The versions in one history."""

    def __init__(self, store: HistoryStore) -> None:
        self._store = store

    def save(
        self,
        prompt_key: str,
        source: str,
        *,
        before: str | None = None,
        origin_run: str | None = None,
        restored_from: int | None = None,
    ) -> Future[Version]:
        """Record that the prompt's file contains `source` now.

        Nothing is added when the newest version says the same; the answer is that version then.
        `before` is what the file contained until now: if no program of ours saved that (the first
        save, another editor), it becomes a version of its own, so that nothing is lost.
        `restored_from`: number of the version that the text was taken from.
        """
        _check_key(prompt_key)

        def task(db: Database) -> Version:
            if before is not None:
                self._add(db, prompt_key, before)
            return self._add(
                db, prompt_key, source, origin_run=origin_run, restored_from=restored_from
            )

        return self._store.write(task)

    def restore(self, prompt_key: str, number: int) -> Future[Version]:
        """Add a version with the text of an older one; the file itself is the caller's to write.

        When the newest version has that text already, it is the answer and nothing is added.
        The future fails with UserError when there is no such version.
        """

        def task(db: Database) -> Version:
            old = _get(db.conn, prompt_key, number)
            source = _source(db.conn, old.content_hash)
            return self._add(db, prompt_key, source, restored_from=number)

        return self._store.write(task)

    def name(self, prompt_key: str, number: int, name: str | None) -> Future[Version]:
        """Call a version something, once per prompt; None or blank takes its name away.

        The future fails with UserError when there is no such version, the name is too long, or
        another version of the prompt has it.
        """
        wanted = " ".join((name or "").split()) or None

        def task(db: Database) -> Version:
            _get(db.conn, prompt_key, number)
            if wanted is not None:
                if len(wanted) > LONGEST_NAME:
                    raise UserError(
                        f"A version's name may have {LONGEST_NAME} characters; "
                        f"this one has {len(wanted)}.",
                        "Choose a shorter name.",
                    )
                taken = _select(
                    db.conn,
                    "v.prompt_key = ? AND v.name = ?",
                    [storable(prompt_key), storable(wanted)],
                )
                if taken and taken[0].number != number:
                    raise UserError(
                        f"{taken[0].label} of {prompt_key} is called {wanted} already.",
                        "Choose another name, or take it away from that version first.",
                    )
            db.execute(
                "UPDATE prompt_versions SET name = ? WHERE prompt_key = ? AND number = ?",
                [None if wanted is None else storable(wanted), storable(prompt_key), number],
            )
            return _get(db.conn, prompt_key, number)

        return self._store.write(task)

    def rename(self, old_key: str, new_key: str) -> Future[int]:
        """Move a prompt's versions to the new key of its file; answers with how many there are.

        Versions that a deleted prompt left under the new key are kept under "KEY~1" (or the next
        free number); without versions under the old key nothing is moved.
        """
        _check_key(new_key)

        def task(db: Database) -> int:
            moved = len(_select(db.conn, "v.prompt_key = ?", [storable(old_key)]))
            if not moved or old_key == new_key:
                return moved
            self._set_aside(db, new_key)
            _move(db, old_key, new_key)
            return moved

        return self._store.write(task)

    def list(self, prompt_key: str) -> tuple[Version, ...]:
        """Every version of a prompt, newest first; empty when it was never saved.

        Raises:
            UserError: the history cannot be read.
        """
        return self._find("v.prompt_key = ? ORDER BY v.number DESC", [storable(prompt_key)])

    def get(self, prompt_key: str, number: int) -> Version:
        """One version.

        Raises:
            UserError: there is no such version, or the history cannot be read.
        """
        return self._store.read(lambda c: _get(c, prompt_key, number))

    def source(self, version: Version) -> str:
        """The text of a version, exactly as it was saved.

        Raises:
            UserError: it is not in this history, or the history cannot be read.
        """
        return self._store.read(lambda c: _source(c, version.content_hash))

    def prompt_keys(self) -> tuple[str, ...]:
        """Every prompt that has versions, also those whose file is gone, in order.

        Raises:
            UserError: the history cannot be read.
        """
        sql = "SELECT DISTINCT prompt_key FROM prompt_versions"
        rows = self._store.read(lambda c: c.execute(sql).fetchall())
        return tuple(sorted(restored(key) for (key,) in rows))

    def of_content(self, content_hash: str, prompt_key: str | None = None) -> tuple[Version, ...]:
        """Versions that contain exactly this text, newest first: which version a run used.

        With a `prompt_key` only those of that prompt, or saved while it was called so.

        Raises:
            UserError: the history cannot be read.
        """
        where = "c.hash = ?"
        values: Sequence[str | bytes] = [content_hash]
        if prompt_key is not None:
            where += " AND (v.prompt_key = ? OR v.saved_as = ?)"
            values = [content_hash, storable(prompt_key), storable(prompt_key)]
        return self._find(f"{where} ORDER BY v.created_us DESC, v.id DESC", values)

    def at(self, prompt_key: str, when_us: int) -> Version | None:
        """The newest version that stood at a moment (microseconds since the epoch), or None.

        A key that the prompt had then is as good as its key now.

        Raises:
            UserError: the history cannot be read.
        """
        found = self._find(
            "(v.prompt_key = ? OR v.saved_as = ?) AND v.created_us <= ? "
            "ORDER BY v.created_us DESC, v.id DESC LIMIT 1",
            [storable(prompt_key), storable(prompt_key), when_us],
        )
        return found[0] if found else None

    def _find(self, where: str, values: Sequence[object]) -> tuple[Version, ...]:
        return self._store.read(lambda c: _select(c, where, values))

    def _add(
        self,
        db: Database,
        prompt_key: str,
        source: str,
        *,
        origin_run: str | None = None,
        restored_from: int | None = None,
    ) -> Version:
        """The newest version if it has this text, else a new one after it."""
        key = storable(prompt_key)
        newest = _select(db.conn, "v.prompt_key = ? ORDER BY v.number DESC LIMIT 1", [key])
        if newest and newest[0].content_hash == text_hash(source):
            return newest[0]
        number = newest[0].number + 1 if newest else 1
        db.execute(
            "INSERT INTO prompt_versions (prompt_key, number, content, created_us, origin_run, "
            "restored_from, saved_as) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                *(key, number, content_id(db, source), self._store.now_us()),
                *(origin_run, restored_from, key),
            ],
        )
        return _get(db.conn, prompt_key, number)

    def _set_aside(self, db: Database, key: str) -> None:
        """Make room under a key whose versions belong to a prompt that is gone."""
        if not _select(db.conn, "v.prompt_key = ? LIMIT 1", [storable(key)]):
            return
        number = 1
        while _select(db.conn, "v.prompt_key = ? LIMIT 1", [storable(f"{key}~{number}")]):
            number += 1
        _move(db, key, f"{key}~{number}")


_SELECT = """
SELECT v.prompt_key, v.number, c.hash, v.created_us, v.name, v.origin_run, v.restored_from
FROM prompt_versions AS v JOIN contents AS c ON c.id = v.content
WHERE """


def _select(
    connection: sqlite3.Connection, where: str, values: Sequence[object]
) -> tuple[Version, ...]:
    return tuple(
        Version(
            prompt_key=restored(key),
            number=number,
            content_hash=content_hash,
            created_us=created_us,
            name=None if name is None else restored(name),
            origin_run=origin_run,
            restored_from=restored_from,
        )
        for key, number, content_hash, created_us, name, origin_run, restored_from in (
            connection.execute(_SELECT + where, values).fetchall()
        )
    )


def _get(connection: sqlite3.Connection, prompt_key: str, number: int) -> Version:
    values = [storable(prompt_key), number]
    found = _select(connection, "v.prompt_key = ? AND v.number = ?", values)
    if not found:
        newest = _select(
            connection, "v.prompt_key = ? ORDER BY v.number DESC LIMIT 1", [storable(prompt_key)]
        )
        raise UserError(
            f"There is no version {number} of {prompt_key}.",
            f"Its newest one is {newest[0].label}."
            if newest
            else "It was never saved here; saving it makes the first version.",
        )
    return found[0]


def _source(connection: sqlite3.Connection, content_hash: str) -> str:
    row = connection.execute("SELECT text FROM contents WHERE hash = ?", [content_hash]).fetchone()
    if row is None:
        raise UserError(
            f"The text {content_hash} of a prompt version is not in the history.",
            "The history file may be damaged; restore a backup to read this version.",
        )
    return restored(row[0])


def _move(db: Database, old_key: str, new_key: str) -> None:
    db.execute(
        "UPDATE prompt_versions SET prompt_key = ? WHERE prompt_key = ?",
        [storable(new_key), storable(old_key)],
    )


def _check_key(prompt_key: str) -> None:
    if not prompt_key:
        raise ValueError("a prompt without a key has no versions")
