"""SQLite's foreseeable errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.core.errors import UserError

_MEMORY = "The history in memory"


class StorageError(UserError):
    """The file, the disk or a lock refuses; the same write may succeed later."""


class NewerSchemaError(UserError):
    """A newer version of the program wrote the file; this one may read it and must not write."""


@contextmanager
def explained(path: Path | None, limit_s: float | None = None) -> Iterator[None]:
    """Turn SQLite's foreseeable errors into a StorageError; bugs pass through unchanged."""
    try:
        yield
    except sqlite3.Error as error:
        known = user_error(error, path, limit_s)
        if known is None:
            raise
        raise known from error


def user_error(
    error: sqlite3.Error, path: Path | None, limit_s: float | None = None
) -> StorageError | None:
    """What a person can do about a SQLite error; None when it is a bug of ours.

    Decided by SQLite's result code, never by its text.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    where = _MEMORY if path is None else f"The history file {path}"
    if code & 0xFF == sqlite3.SQLITE_INTERRUPT:
        took = "" if limit_s is None else f" It took longer than {limit_s:g} seconds."
        return StorageError(f"Reading the history was stopped.{took}", "Narrow the search.")
    if code & 0xFF not in _KNOWN:
        return None
    what, hint = _KNOWN[code & 0xFF]
    return StorageError(f"{where} {what}.", hint, details=f"{error.sqlite_errorname}: {error}")


_DAMAGED_HINT = (
    "Close every window and run `workbench history repair`, or restore a backup; "
    "the damaged file is kept."
)
_KNOWN: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: (
        "cannot grow: the disk is full",
        "Free some space. An open window keeps its runs in memory and saves them then.",
    ),
    sqlite3.SQLITE_READONLY: (
        "cannot be written: it, or its folder, is read-only",
        "Allow writing there, or choose another folder with --profile DIR.",
    ),
    sqlite3.SQLITE_PERM: (
        "cannot be used: access is not permitted",
        "Allow access to it, or choose another folder with --profile DIR.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "cannot be opened",
        "See that the folder exists and may be written, or choose another with --profile DIR.",
    ),
    sqlite3.SQLITE_BUSY: (
        "is locked by another program",
        "Close the program that holds it (a backup, a database browser) and try again.",
    ),
    sqlite3.SQLITE_LOCKED: (
        "is locked by another program",
        "Close the program that holds it (a backup, a database browser) and try again.",
    ),
    sqlite3.SQLITE_CORRUPT: ("is damaged", _DAMAGED_HINT),
    sqlite3.SQLITE_NOTADB: ("is not a SQLite database, or is damaged", _DAMAGED_HINT),
    sqlite3.SQLITE_IOERR: (
        "could not be read or written: the disk reported an error",
        "See that the disk is connected and has space and quota left.",
    ),
    sqlite3.SQLITE_NOMEM: ("cannot be used: memory is exhausted", "Close other programs."),
    sqlite3.SQLITE_TOOBIG: (
        "cannot keep so much in one run",
        "Lower max tokens, the number of samples or the length of the prompt.",
    ),
}
