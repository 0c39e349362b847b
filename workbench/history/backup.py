"""Copies of the history made while it is in use. Any thread, any process."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from workbench.core.errors import UserError
from workbench.history.errors import explained
from workbench.history.owner import process_start

BACKUPS = "backups"
"""The folder beside the history file."""

_PAGES = 2048

Progress = Callable[[int, int], None]
"""Pages done and pages in all; may raise to stop."""


def back_up(path: Path, target: Path | None = None, progress: Progress | None = None) -> Path:
    """Copy the history at `path` as it stands now, and check the copy; others may go on writing.

    Without a `target` it goes into the folder `backups`, named by the time. The target appears
    when it is whole; an existing file is never overwritten.

    Raises:
        UserError: the target exists, or the disk or damage stands in the way.
    """
    chosen = target or _free_name(path, f"history-{_now()}")
    if chosen.exists():
        raise UserError(f"{chosen} exists already.", "Choose another name for the backup.")
    try:
        chosen.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {chosen.parent} cannot be made: {error.strerror or error}."
        ) from error
    _take_away_unfinished(chosen.parent)
    unfinished = chosen.with_name(f".{chosen.name}.{os.getpid()}.tmp")
    try:
        with explained(path):
            _copy(path, unfinished, progress)
        unfinished.rename(chosen)
    except OSError as error:
        raise UserError(
            f"The backup cannot be written to {chosen}: {error.strerror or error}."
        ) from error
    finally:
        for suffix in ("", "-journal"):
            unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)
    return chosen


def back_up_before(path: Path, what: str) -> Path:
    """A copy made before something that changes the whole file; `what` is part of its name.

    Raises:
        UserError: it cannot be made.
    """
    return back_up(path, _free_name(path, f"history-{what}-{_now()}"))


def backups_of(path: Path) -> list[Path]:
    """The backups beside a history, newest first."""
    folder = path.parent / BACKUPS
    found = folder.glob("*.db") if folder.is_dir() else []
    return sorted(found, key=lambda file: file.stat().st_mtime_ns, reverse=True)


def _copy(path: Path, target: Path, progress: Progress | None) -> None:
    target.unlink(missing_ok=True)

    def tell(_status: int, left: int, total: int) -> None:
        if progress is not None:
            progress(total - left, total)

    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as source:
        # One read transaction for all of it: what others write meanwhile does not begin it anew.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            source.backup(copy, pages=_PAGES, progress=tell)
            # A backup is one file, whatever mode the history is in.
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
            said = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise UserError(
            f"The history file {path} is damaged, and so would be its backup: {said}.",
            "`workbench history repair` saves what can be read.",
        )
    with target.open("rb") as written:
        os.fsync(written.fileno())


def _take_away_unfinished(folder: Path) -> None:
    """Delete what programs left that were killed while they wrote a copy."""
    for file in folder.glob(".*.db.*.tmp*"):
        pid = file.name.partition(".tmp")[0].rpartition(".")[2]
        if pid.isdigit() and process_start(int(pid)) is None:
            file.unlink(missing_ok=True)


def _free_name(path: Path, stem: str) -> Path:
    folder = path.parent / BACKUPS
    names = [f"{stem}.db", *(f"{stem}-{number}.db" for number in range(2, 100))]
    return next(
        (folder / name for name in names if not (folder / name).exists()), folder / names[0]
    )


def _now() -> str:
    return f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
