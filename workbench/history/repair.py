"""Making a history whole again: what a backup still has is taken from there. Any thread.

The damaged file is kept beside the backups before anything is changed.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.core.ids import text_hash
from workbench.history.backup import BACKUPS, backups_of
from workbench.history.blob import count_tokens, decode_prompt_tokens, encode_prompt_tokens
from workbench.history.connect import immediate, open_writer
from workbench.history.errors import StorageError, explained
from workbench.history.salvage import salvage
from workbench.history.values import restored
from workbench.history.verify import LOST, ORPHANS, Verified, unused_texts, verify
from workbench.history.words import rebuild

_JSON_COLUMNS = ("engine", "settings", "sampling")
_TEXT_COLUMNS = ("prompt_source", "rendered", "chat_template")
_LOST_TEXT = "(this text was lost)"


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done.

    Attributes:
        kept: the file as it was before.
        done: what was repaired, each a sentence.
        lost: what could not be brought back, each a sentence.
        after: the check of the repaired file.
    """

    kept: Path
    done: tuple[str, ...]
    lost: tuple[str, ...]
    after: Verified


def repair(path: Path) -> Repaired:
    """Repair the history at `path`; a sound one only gets its indexes made anew.

    Raises:
        UserError: it is in use by another program, is none of ours, or nothing can be read of it.
    """
    if not path.is_file():
        raise UserError(f"There is no history at {path}.")
    before = _checked(path)
    kept = _keep(path)
    done: list[str] = []
    lost: list[str] = []
    if before is None or any(p.kind == "file" for p in before.problems):
        _rescue(path, done, lost)
    with explained(path):
        db = open_writer(path)
    try:
        with explained(path), closing(_Old(backups_of(path), kept)) as old:
            db.execute("PRAGMA foreign_keys = OFF")
            with immediate(db):
                tokens = before is None or any(p.kind in ("file", "blob") for p in before.problems)
                _Repair(db, old, done, lost).run(tokens=tokens)
            db.execute("REINDEX")
    finally:
        db.close()
    return Repaired(kept, tuple(done), tuple(lost), verify(path))


def _checked(path: Path) -> Verified | None:
    """The check of the file as it is; None when it cannot even be opened for its damage."""
    try:
        return verify(path)
    except StorageError:
        return None


def _keep(path: Path) -> Path:
    """A copy of the file, byte by byte, once nobody else has it open."""
    with closing(sqlite3.connect(path, timeout=1.0)) as connection:
        try:
            # Takes what waits in the log into the file; refused while another program is there.
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise UserError(
                    f"The history file {path} is in use by another program.",
                    "Close the window and every other program that has it open, then repair it.",
                ) from error
        except sqlite3.DatabaseError:
            pass  # damage is why we are here
    folder = path.parent / BACKUPS
    kept = folder / f"history-before-repair-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suffix in ("", "-wal"):
            file = path.with_name(path.name + suffix)
            if file.exists():
                shutil.copy2(file, kept.with_name(kept.name + suffix))
    except OSError as error:
        raise UserError(
            f"The damaged file cannot be kept as {kept}: {error.strerror or error}.",
            "Nothing was changed. Free some space and try again.",
        ) from error
    return kept


def _rescue(path: Path, done: list[str], lost: list[str]) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            taken = salvage(path, fresh)
        except UserError as error:
            backup = _newest_whole(path)
            if backup is None:
                raise
            _remove(fresh)
            shutil.copyfile(backup, fresh)
            lost.append(f"{error.message} The backup {backup.name} took its place; "
                        "what came after it is lost.")  # fmt: skip
        else:
            done.append(
                f"The file was damaged and was made anew: {taken['runs']:,} runs could be read."
            )
            with closing(sqlite3.connect(fresh)) as connection:
                connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        fresh.replace(path)
    finally:
        _remove(fresh)


def _newest_whole(path: Path) -> Path | None:
    for file in backups_of(path):
        with suppress(UserError):
            if verify(file).is_whole:
                return file
    return None


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


class _Old:
    """The backups, to look things up in; damaged ones are passed over."""

    def __init__(self, backups: list[Path], own: Path) -> None:
        self._open: list[sqlite3.Connection] = []
        for file in backups:
            if file == own or "before-repair" in file.name:
                continue
            connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
            connection.text_factory = bytes
            self._open.append(connection)

    def find(self, sql: str, *values: object) -> Iterator[tuple[object, ...]]:
        """Rows of every backup, the newest first."""
        for connection in self._open:
            with suppress(sqlite3.DatabaseError):
                yield from connection.execute(sql, values)

    def close(self) -> None:
        """Close them."""
        for connection in self._open:
            connection.close()


class _Repair:
    def __init__(self, db: Database, old: _Old, done: list[str], lost: list[str]) -> None:
        self._db, self._old, self._done, self._lost = db, old, done, lost

    def run(self, *, tokens: bool) -> None:
        """Everything, inside one transaction; `tokens`: some of their records may be damaged."""
        self._runs_from_backups()
        self._texts()
        self._missing()
        if tokens:
            self._tokens()
        for table, condition, what in ORPHANS:
            gone = self._db.execute(f"DELETE FROM {table} WHERE {condition}").rowcount  # noqa: S608  # constants
            self._note(gone, f"{what} were removed")
        condition = unused_texts(self._db.conn)
        unused = self._db.execute(f"DELETE FROM contents WHERE {condition}").rowcount  # noqa: S608  # the schema's names
        self._note(unused, "texts that belonged to nothing were removed")
        rebuild(self._db)
        self._done.append("The indexes were made anew.")

    def _runs_from_backups(self) -> None:
        """Replies that should be there and are not."""
        short = self._db.execute(
            "SELECT id, run_id, n_samples FROM runs WHERE status = 'done' "
            "AND (SELECT count(*) FROM samples WHERE run = runs.id) < n_samples"
        ).fetchall()
        back = 0
        for number, run_id, wanted in short:
            rows = self._old.find(
                "SELECT s.idx, s.finish, s.context_full, s.n_tokens, s.text, s.tokens "
                "FROM samples AS s JOIN runs AS r ON r.id = s.run WHERE r.run_id = ?",
                run_id,
            )
            for index, finish, full, n_tokens, text, tokens in rows:
                values = [number, index, _text(finish), full, n_tokens, _stored(text), tokens]
                back += self._db.execute(
                    "INSERT OR IGNORE INTO samples "
                    "(run, idx, finish, context_full, n_tokens, text, tokens) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    values,
                ).rowcount
            there = self._db.execute(
                "SELECT count(*) FROM samples WHERE run = ?", [number]
            ).fetchone()[0]
            if there < wanted:
                self._lost.append(f"Run {run_id}: {wanted - there} of its {wanted} replies.")
                self._db.execute(
                    "UPDATE runs SET status = 'interrupted', error = ? WHERE id = ?",
                    ["Some of its replies were lost to damage of the file.", number],
                )
        self._note(back, "replies were taken from a backup")

    def _texts(self) -> None:
        """Texts that are not what their hash names."""
        back = 0
        for number, known, text in self._db.execute("SELECT id, hash, text FROM contents"):
            if known.startswith(LOST) or text_hash(restored(text)) == known:
                continue
            for (found,) in self._old.find("SELECT text FROM contents WHERE hash = ?", known):
                if text_hash(_text(found)) == known:
                    self._db.execute(
                        "UPDATE contents SET text = ? WHERE id = ?", [_stored(found), number]
                    )
                    back += 1
                    break
            else:
                self._lost.append(f"Text {number} is damaged and in no backup; it stays as it is.")
                self._db.execute(
                    "UPDATE contents SET hash = ? WHERE id = ?", [f"{LOST}{number}", number]
                )
        self._note(back, "damaged texts were taken from a backup")

    def _missing(self) -> None:
        """Texts and models that runs refer to and that are gone."""
        for column in (*_TEXT_COLUMNS, *_JSON_COLUMNS):
            lost = "{}" if column in _JSON_COLUMNS else _LOST_TEXT
            for (number,) in self._references("runs", column, "contents"):
                self._bring_back_text(number, lost)
        for (number,) in self._references("prompt_versions", "content", "contents"):
            self._bring_back_text(number, _LOST_TEXT)
        for (number,) in self._references("runs", "model", "models"):
            self._bring_back_model(number)
        for (number,) in self._references("models", "chat_template", "contents"):
            self._bring_back_text(number, _LOST_TEXT)

    def _references(self, table: str, column: str, target: str) -> list[tuple[int]]:
        return self._db.execute(
            f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL "  # noqa: S608  # constants
            f"AND {column} NOT IN (SELECT id FROM {target})"
        ).fetchall()

    def _bring_back_text(self, number: int, lost: str) -> None:
        for known, text in self._old.find("SELECT hash, text FROM contents WHERE id = ?", number):
            if text_hash(_text(text)) == _text(known):
                values = [number, _text(known), _stored(text)]
                self._db.execute("INSERT OR IGNORE INTO contents VALUES (?, ?, ?)", values)
                self._done.append(f"Text {number} was taken from a backup.")
                return
        values = [number, f"{LOST}{number}", lost]
        self._db.execute("INSERT OR IGNORE INTO contents VALUES (?, ?, ?)", values)
        self._lost.append(f"Text {number}, in no backup.")

    def _bring_back_model(self, number: int) -> None:
        names = [row[1] for row in self._db.execute("PRAGMA table_info(models)")]
        columns, marks = ", ".join(names), ", ".join("?" * len(names))
        insert = f"INSERT OR IGNORE INTO models ({columns}) VALUES ({marks})"  # noqa: S608  # the schema's names
        for row in self._old.find(f"SELECT {columns} FROM models WHERE id = ?", number):  # noqa: S608  # as above
            self._db.execute(insert, [_stored(v) if isinstance(v, bytes) else v for v in row])
            self._done.append(f"Model {number} was taken from a backup.")
            return
        self._db.execute(
            "INSERT INTO models VALUES (?, ?, '(lost)', '', '', '', '', 0, 0, NULL, '{}')",
            [number, f"{LOST}{number}"],
        )
        self._lost.append(f"The description of model {number}, in no backup.")

    def _tokens(self) -> None:
        """Records of tokens that cannot be decoded."""
        for number, run_id, blob in self._db.execute("SELECT id, run_id, prompt_tokens FROM runs"):
            if not _decodes(blob, decode_prompt_tokens):
                sql = "SELECT prompt_tokens FROM runs WHERE run_id = ?"
                good = self._first(sql, decode_prompt_tokens, run_id)
                self._tell(good is not None, f"The prompt's tokens of run {run_id}")
                value = encode_prompt_tokens(()) if good is None else good
                self._db.execute("UPDATE runs SET prompt_tokens = ? WHERE id = ?", [value, number])
        rows = self._db.execute(
            "SELECT s.run, s.idx, r.run_id, s.tokens FROM samples AS s "
            "JOIN runs AS r ON r.id = s.run WHERE s.tokens IS NOT NULL"
        )
        for number, index, run_id, blob in rows:
            if not _decodes(blob, count_tokens):
                sql = (
                    "SELECT s.tokens FROM samples AS s JOIN runs AS r ON r.id = s.run "
                    "WHERE r.run_id = ? AND s.idx = ?"
                )
                good = self._first(sql, count_tokens, run_id, index)
                self._tell(good is not None, f"The tokens of run {run_id}, reply {index}")
                n_tokens = None if good is None else count_tokens(good)
                self._db.execute(
                    "UPDATE samples SET tokens = ?, n_tokens = ? WHERE run = ? AND idx = ?",
                    [good, n_tokens, number, index],
                )

    def _first(self, sql: str, decode: Callable[[bytes], object], *values: object) -> bytes | None:
        for (blob,) in self._old.find(sql, *values):
            if isinstance(blob, bytes) and _decodes(blob, decode):
                return blob
        return None

    def _tell(self, is_back: bool, what: str) -> None:
        if is_back:
            self._done.append(f"{what} were taken from a backup.")
        else:
            self._lost.append(f"{what}, in no backup; the text is kept.")

    def _note(self, count: int, what: str) -> None:
        if count > 0:
            self._done.append(f"{count:,} {what}.")


def _decodes(blob: object, decode: Callable[[bytes], object]) -> bool:
    try:
        decode(blob if isinstance(blob, bytes) else b"")
    except UserError:
        return False
    return True


def _text(value: object) -> str:
    return restored(value) if isinstance(value, str | bytes) else ""


def _stored(value: object) -> object:
    """A text that was read as bytes, as it was stored."""
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value
