"""Opening the history file: pragmas, whose file it is, read-only readers, errors in plain words.

A connection belongs to one thread at a time: the writer's to the writer's thread, a reader's to
whoever borrowed it from `Readers`.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.history.backup import back_up_before
from workbench.history.errors import NewerSchemaError, explained
from workbench.history.schema import APPLICATION_ID, MIGRATION_NAMES, MIGRATIONS
from workbench.history.scripts import register

BUSY_TIMEOUT_S = 10.0
"""How long a statement waits for another program's lock."""

READ_LIMIT_S = 5.0
"""How long a read may take before it is stopped."""

Stop = Callable[[], bool]

_OPCODES_BETWEEN_CHECKS = 20_000
"""Each check waits for the interpreter: too many would make reads as slow as a busy window."""
_RETRY_S = 0.02
_MOST_IDLE_READERS = 4


def open_writer(path: Path | None, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Database:
    """The one connection that writes, its schema brought up to date; None keeps it in memory.

    Raises:
        UserError: the file cannot be used; it says whether the folder, the disk, a lock, damage,
            another program or a newer version of this one stands in the way.
    """
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"The history folder {path.parent} cannot be made: {error.strerror or error}.",
                "Choose another with --profile DIR or WORKBENCH_PROFILE.",
            ) from error
    with explained(path):
        connection = sqlite3.connect(path or ":memory:", timeout=busy_timeout_s)
        try:
            db = Database(connection, execute_plugins=False)
            register(connection)
            _check_identity(db, path)
            _set_pragmas(db, busy_timeout_s)
            # Taken even when nothing is to be done: a file that cannot be written says so now.
            with immediate(db):
                version = _check_identity(db, path)
                if version < len(MIGRATION_NAMES):
                    if path is not None and version > 0:
                        back_up_before(path, f"schema-{version}")
                    MIGRATIONS.apply(db)
                    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    db.execute(f"PRAGMA user_version = {len(MIGRATION_NAMES)}")
        except BaseException:
            connection.close()
            raise
    return db


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """One transaction that takes the write lock at once, so that waiting for it works.

    A transaction that reads first and writes later is refused without waiting when another
    program wrote in between.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


class Readers:
    """Read-only connections, lent to one borrower at a time. Any thread."""

    def __init__(
        self, path: Path, busy_timeout_s: float = BUSY_TIMEOUT_S, *, frozen: bool = False
    ) -> None:
        """`frozen`: nobody here writes; a folder that cannot be written is no hindrance then."""
        self._path = path
        self._frozen = frozen
        self._busy_timeout_s = busy_timeout_s
        self._lock = threading.Lock()  # protects _idle and _closed
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    @contextmanager
    def borrow(
        self, limit_s: float = READ_LIMIT_S, stop: Stop | None = None
    ) -> Iterator[sqlite3.Connection]:
        """A connection for a read of at most `limit_s` seconds; it ends early when `stop` says so.

        Raises:
            UserError: the file cannot be read, or the time is up.
        """
        with explained(self._path, limit_s):
            with self._lock:
                if self._closed:
                    raise UserError("The history is closed.")
                connection = self._idle.pop() if self._idle else None
            if connection is None:
                connection = self._open()
            try:
                with time_limit(connection, limit_s, stop):
                    yield connection
            finally:
                self._give_back(connection)

    def close(self) -> None:
        """Close every idle connection; lent ones close when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _open(self) -> sqlite3.Connection:
        wal = self._path.with_name(self._path.name + "-wal")
        # A read-only folder has no room for the files that readers share with a writer.
        alone = self._frozen and not wal.exists() and not os.access(self._path.parent, os.W_OK)
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}",
            uri=True,
            timeout=self._busy_timeout_s,
            check_same_thread=False,  # lent to one thread at a time, see `borrow`
        )
        # Damaged text must not keep the rest of a row from being read.
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            keep = not self._closed and len(self._idle) < _MOST_IDLE_READERS
            if keep:
                self._idle.append(connection)
        if not keep:
            connection.close()


@contextmanager
def time_limit(
    connection: sqlite3.Connection, limit_s: float, stop: Stop | None = None
) -> Iterator[None]:
    """Interrupt whatever the connection is doing after `limit_s` seconds, or when `stop` is true.

    `stop` is asked on the thread that reads, about a thousand times a second.
    """
    end = time.monotonic() + limit_s

    def over() -> bool:
        return time.monotonic() > end or (stop is not None and stop())

    connection.set_progress_handler(over, _OPCODES_BETWEEN_CHECKS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def _check_identity(db: Database, path: Path | None) -> int:
    """The schema's version, 0 for a new file; refuse files that are not ours."""
    identity = _pragma(db, "application_id")
    version = _pragma(db, "user_version")
    if identity == APPLICATION_ID:
        if version > len(MIGRATION_NAMES):
            raise NewerSchemaError(
                f"The history file {path} was written by a newer version of the workbench "
                f"(schema {version}; this one knows up to {len(MIGRATION_NAMES)}).",
                "Update the workbench, or choose another folder with --profile DIR.",
            )
        return version
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise UserError(
            f"The file {path} is a database of another program; it was left as it is.",
            "Move it away, or choose another folder with --profile DIR.",
        )
    return 0


def _set_pragmas(db: Database, busy_timeout_s: float) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    end = time.monotonic() + busy_timeout_s
    while not _switch_to_wal(db, last_try=time.monotonic() > end):
        time.sleep(_RETRY_S)


def _switch_to_wal(db: Database, last_try: bool) -> bool:
    """Whether it worked; the switch does not wait for other programs by itself."""
    try:
        # Memory and some network disks know no WAL and keep their own mode; that works too.
        db.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError as error:
        if last_try or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _pragma(db: Database, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
