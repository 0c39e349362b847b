"""Whether a history is whole: SQLite's own check, every hash, every blob, no orphans.

Reads only, on a connection of its own; others may go on writing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from workbench.core.errors import UserError
from workbench.core.ids import text_hash
from workbench.history.blob import count_tokens, decode_prompt_tokens
from workbench.history.errors import explained
from workbench.history.schema import APPLICATION_ID, MIGRATION_NAMES
from workbench.history.values import dumps, restored

T = TypeVar("T")

MOST_PROBLEMS = 100
"""Problems of one kind that are listed."""

LOST = "lost:"
"""What the hash of a text begins with that a repair could not bring back."""

_TELL_EVERY = 500
_MOST_GOOD = 500

Progress = Callable[[int, int], None]
"""Rows looked at and rows in all; may raise to stop."""

_NOBODY = (
    "a_contestant NOT IN (SELECT id FROM contestants)"
    " OR b_contestant NOT IN (SELECT id FROM contestants)"
)

ORPHANS = (
    ("samples", "run NOT IN (SELECT id FROM runs)", "replies of runs that are not there"),
    ("scores", "run NOT IN (SELECT id FROM runs)", "scores of runs that are not there"),
    ("tags", "run NOT IN (SELECT id FROM runs)", "tags of runs that are not there"),
    ("votes", _NOBODY, "votes about nobody"),
    ("vote_tags", "vote NOT IN (SELECT id FROM votes)", "tags of votes that are not there"),
)
"""Table, condition and words for rows that belong to nothing."""

_REFERENCES = (
    ("prompt_source", "contents", "prompt file"),
    ("rendered", "contents", "prompt"),
    ("engine", "contents", "engine"),
    ("settings", "contents", "settings"),
    ("sampling", "contents", "sampling"),
    ("chat_template", "contents", "chat template"),
    ("model", "models", "model"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written.

    Attributes:
        kind: "file", "hash", "blob", "reference", "orphan" or "index".
        where: table and row, or run; empty for the whole file.
    """

    kind: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at and found.

    Attributes:
        problems: damage; at most `MOST_PROBLEMS` of each kind.
        remarks: what is unusual and harms nothing, each a sentence.
    """

    runs: int
    texts: int
    replies: int
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is damaged."""
        return not self.problems


def unused_texts(connection: sqlite3.Connection) -> str:
    """The condition for texts that nothing refers to, whatever tables there are."""
    found = connection.execute(
        """
        SELECT m.name, k."from" FROM sqlite_master AS m
        JOIN pragma_foreign_key_list(m.name) AS k
        WHERE m.type = 'table' AND k."table" = 'contents'
        """
    ).fetchall()
    users = [
        f"SELECT {_text(column)} FROM {_text(table)} WHERE {_text(column)} IS NOT NULL"  # noqa: S608  # the schema's names
        for table, column in found
    ]
    return f"id NOT IN ({' UNION '.join(users)})"


def verify(path: Path, progress: Progress | None = None) -> Verified:
    """Check the history at `path`; a damaged page does not end the check of the others.

    Raises:
        UserError: there is no such file, it is no history, or cannot be opened.
    """
    if not path.is_file():
        raise UserError(f"There is no history at {path}.", "`workbench run` begins one.")
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with explained(path), closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.text_factory = bytes
        _check_identity(connection, path)
        return _Check(connection, progress).run()


def _check_identity(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError(f"The file {path} is no history of the workbench.")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != len(MIGRATION_NAMES):
        raise UserError(
            f"The history file {path} has schema {version}, this version knows "
            f"{len(MIGRATION_NAMES)}.",
            "Open it with the workbench first, or use the version that wrote it.",
        )


class _Check:
    def __init__(self, connection: sqlite3.Connection, progress: Progress | None) -> None:
        self._connection, self._progress = connection, progress
        self._problems: list[Problem] = []
        self._kinds: dict[str, int] = {}
        self._remarks: list[str] = []
        self._counts: dict[str, int] = {}
        self._done = self._total = 0

    def run(self) -> Verified:
        for (line,) in self._rows(f"PRAGMA integrity_check({MOST_PROBLEMS})"):
            if line != b"ok":
                self._add("file", "", _text(line))
        for table in ("runs", "contents", "models", "samples"):
            self._counts[table] = self._count(f"SELECT count(*) FROM {table}")  # noqa: S608  # names of this module
        self._total = sum(self._counts.values())
        self._hashes()
        self._blobs()
        self._references()
        self._orphans()
        self._words()
        for kind, count in self._kinds.items():
            if count > MOST_PROBLEMS:
                self._remarks.append(f"{count - MOST_PROBLEMS:,} more problems of kind {kind}.")
        return Verified(
            self._counts["runs"],
            self._counts["contents"],
            self._counts["samples"],
            tuple(self._problems),
            tuple(self._remarks),
        )

    def _hashes(self) -> None:
        lost = 0
        for number, known, text in self._rows("SELECT id, hash, text FROM contents"):
            self._tell()
            if _text(known).startswith(LOST):
                lost += 1
            elif text_hash(_text(text)) != _text(known):
                self._add("hash", f"text {number}", "the text is not the one its hash names")
        rows = self._rows(
            "SELECT m.id, m.hash, m.info, c.text FROM models AS m "
            "LEFT JOIN contents AS c ON c.id = m.chat_template"
        )
        for number, known, info, template in rows:
            self._tell()
            if _text(known).startswith(LOST):
                lost += 1
                continue
            template_text = None if template is None else _text(template)
            if text_hash(dumps([_text(info), template_text])) != _text(known):
                self._add(
                    "hash", f"model {number}", "the description is not the one its hash names"
                )

        if lost:
            self._remarks.append(f"{lost:,} texts were lost before and are marked as such.")

    def _blobs(self) -> None:
        good: set[object] = set()  # many runs have the same prompt
        for run_id, blob in self._rows("SELECT run_id, prompt_tokens FROM runs"):
            self._tell()
            if blob in good:
                continue
            where = f"run {_text(run_id)}"
            if self._decode(where, "the prompt's tokens", blob, decode_prompt_tokens) is not None:
                if len(good) >= _MOST_GOOD:
                    good.clear()
                good.add(blob)
        rows = self._rows(
            "SELECT r.run_id, s.idx, s.n_tokens, s.tokens FROM samples AS s "
            "JOIN runs AS r ON r.id = s.run"
        )
        for run_id, index, n_tokens, blob in rows:
            self._tell()
            if blob is None:
                continue
            where = f"run {_text(run_id)}, reply {index}"
            count = self._decode(where, "the tokens", blob, count_tokens)
            if count is not None and count != n_tokens:
                self._add("blob", where, f"{count} tokens are stored, not {n_tokens}")

    def _decode(
        self, where: str, what: str, blob: object, decode: Callable[[bytes], T]
    ) -> T | None:
        try:
            return decode(blob if isinstance(blob, bytes) else b"")
        except UserError as error:
            self._add("blob", where, f"{what} cannot be read: {error.message}")
            return None

    def _references(self) -> None:
        for column, table, what in _REFERENCES:
            sql = (
                f"SELECT run_id FROM runs WHERE {column} IS NOT NULL "  # noqa: S608  # names of this module
                f"AND {column} NOT IN (SELECT id FROM {table})"
            )
            for (run_id,) in self._rows(sql):
                self._add("reference", f"run {_text(run_id)}", f"its {what} is missing")
        ended = (
            "SELECT run_id, n_samples, (SELECT count(*) FROM samples WHERE run = runs.id) AS n "
            "FROM runs WHERE status = 'done' AND n <> n_samples"
        )
        for run_id, wanted, there in self._rows(ended):
            self._add(
                "reference", f"run {_text(run_id)}", f"{there} of its {wanted} replies are there"
            )
        missing = self._count(
            "SELECT count(*) FROM runs WHERE parent_run IS NOT NULL "
            "AND parent_run NOT IN (SELECT run_id FROM runs)"
        )
        if missing:
            self._remarks.append(f"{missing:,} forks stand without the run they came from.")

    def _orphans(self) -> None:
        for table, condition, what in ORPHANS:
            count = self._count(f"SELECT count(*) FROM {table} WHERE {condition}")  # noqa: S608  # names of this module
            if count:
                self._add("orphan", table, f"{count:,} {what}")
        try:
            condition = unused_texts(self._connection)
        except sqlite3.DatabaseError as error:
            self._add_damage(error, "the list of tables")
            return
        unused = self._count(f"SELECT count(*) FROM contents WHERE {condition}")  # noqa: S608  # the schema's names
        if unused:
            self._remarks.append(f"{unused:,} texts belong to no run any more.")

    def _words(self) -> None:
        """Whether the search index has exactly the runs that have ended."""
        ended = "SELECT id FROM runs WHERE status <> 'running'"
        known = "SELECT id FROM run_words_docsize"
        if count := self._count(f"SELECT count(*) FROM ({ended} EXCEPT {known})"):  # noqa: S608  # constants
            self._add("index", "run_words", f"{count:,} runs are missing from the search index")
        if count := self._count(f"SELECT count(*) FROM ({known} EXCEPT {ended})"):  # noqa: S608  # constants
            self._add("index", "run_words", f"{count:,} runs of the search index are not there")

    def _rows(self, sql: str) -> Iterator[tuple[object, ...]]:
        """The rows of a query; damage in the middle of it is a problem, not the end."""
        try:
            yield from self._connection.execute(sql)
        except sqlite3.DatabaseError as error:
            self._add_damage(error, sql[:60])

    def _count(self, sql: str) -> int:
        for (count,) in self._rows(sql):
            return count if isinstance(count, int) else 0
        return 0

    def _add(self, kind: str, where: str, what: str) -> None:
        self._kinds[kind] = self._kinds.get(kind, 0) + 1
        if self._kinds[kind] <= MOST_PROBLEMS:
            self._problems.append(Problem(kind, where, what))

    def _add_damage(self, error: sqlite3.DatabaseError, where: str) -> None:
        """Note damage of the file; any other error is raised again."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise error
        self._add("file", "", f"{error} (in: {where})")

    def _tell(self) -> None:
        self._done += 1
        if self._progress is not None and self._done % _TELL_EVERY == 0:
            self._progress(self._done, max(self._done, self._total))


def _text(value: object) -> str:
    """What a column says; read as bytes, so that damage cannot stop the reading."""
    return restored(value) if isinstance(value, str | bytes) else ""
