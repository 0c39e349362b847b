"""Runs of the history as a file in any format, whole or not at all. Any thread."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.files import file_in_place
from workbench.core.registry import Registry
from workbench.experiments.run_export import export_runs
from workbench.export.base import Option, chosen
from workbench.export.run_formats import run_formats
from workbench.export.runs import Document, RunFormat
from workbench.history.store import HistoryStore
from workbench.history.subset import write_subset


@dataclass(frozen=True, slots=True)
class RunChoice:
    """Which runs leave, and how.

    Attributes:
        options: what was chosen of the format's options; the others take their defaults.
        user: whose name is taken out.
        keep_paths: whether folders and names stay.
    """

    run_ids: Sequence[str]
    options: Mapping[str, str | bool]
    user: str
    keep_paths: bool = False


Told = Callable[[int, int], None]
"""Called on the working thread with how many runs are done, and of how many."""

Write = Callable[[HistoryStore, RunChoice, Path | BinaryIO, Told | None, CancelToken | None], int]


@dataclass(frozen=True, slots=True)
class RunFile:
    """One way to hand runs on; the same words as `RunFormat`.

    Attributes:
        keeps_paths: whether it can only be written with folders and names.
    """

    name: str
    title: str
    help: str
    suffix: str
    write: Write
    options: tuple[Option, ...] = ()
    leaves_out: tuple[str, ...] = ()
    is_text: bool = True
    keeps_paths: bool = False


def run_files() -> Registry[RunFile]:
    """Every way, in the order of their names."""
    found = [
        RunFile(
            made.name, made.title, made.help, made.suffix, partial(_write_documents, made),
            made.options, made.leaves_out, made.is_text,
        )
        for made in run_formats()
    ]  # fmt: skip
    registry: Registry[RunFile] = Registry("format for runs")
    for one in sorted([*found, _SQLITE], key=lambda one: one.name):
        registry.add(one.name, one)
    return registry


def check_paths(made: RunFile, choice: RunChoice) -> None:
    """Raises UserError when folders and names would stay in a file that may not have them."""
    if made.keeps_paths and not choice.keep_paths:
        raise UserError(
            f"{made.title}: folders and user names would stay in it.",
            "Say that they may, with --keep-paths or its box, or choose another format.",
        )


def write_runs(
    store: HistoryStore,
    made: RunFile,
    choice: RunChoice,
    target: Path | BinaryIO,
    *,
    told: Told | None = None,
    cancel: CancelToken | None = None,
) -> int:
    """Write the runs in their order; a file that was there stays until the new one is whole.

    Returns:
        how many runs or rows were written.

    Raises:
        UserError: a run is not there, an option or a library, or the file cannot be written.
        Cancelled: `cancel` was set; the file is as it was.
    """
    check_paths(made, choice)
    if isinstance(target, Path) and target.is_dir():
        raise UserError(f"{target} is a folder.", "Name a file in it.")
    try:
        return made.write(store, choice, target, told, cancel)
    except OSError as error:
        raise UserError(
            f"{target} cannot be written: {error.strerror or error}.", "Choose another place."
        ) from error


def _write_documents(
    made: RunFormat,
    store: HistoryStore,
    choice: RunChoice,
    target: Path | BinaryIO,
    told: Told | None,
    cancel: CancelToken | None,
) -> int:
    options = chosen(made.name, made.options, choice.options)
    documents = export_runs(store, choice.run_ids, user=choice.user, keep_paths=choice.keep_paths)
    told_of = _told(documents, len(choice.run_ids), told, cancel)
    if not isinstance(target, Path):
        return made.write(told_of, target, options)
    with file_in_place(target) as file:
        return made.write(told_of, file, options)


def _told(
    documents: Iterator[dict[str, Any]],
    total: int,
    told: Told | None,
    cancel: CancelToken | None,
) -> Iterator[Document]:
    for count, document in enumerate(documents, start=1):
        if cancel is not None:
            cancel.check()
        yield document
        if told is not None:
            told(count, total)


def _write_history(
    store: HistoryStore,
    choice: RunChoice,
    target: Path | BinaryIO,
    told: Told | None,
    cancel: CancelToken | None,
) -> int:
    chosen("sqlite", (), choice.options)
    if not isinstance(target, Path):
        raise UserError("A history is written to a file.", "Name one with -o.")
    if store.path is not None and os.path.realpath(target) == os.path.realpath(store.path):
        raise UserError(f"{target} is the history itself.", "Choose another file.")
    whole = Path(os.path.realpath(target))
    fresh = whole.with_name(f".{whole.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    whole.parent.mkdir(parents=True, exist_ok=True)
    try:
        done = write_subset(
            store,
            choice.run_ids,
            fresh,
            progress=None if told is None else lambda p: told(p.added, p.total or 0),
            cancel=cancel,
        )
        fresh.replace(whole)
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
    return done.added


_SQLITE = RunFile(
    "sqlite",
    "SQLite history",
    "A history file of these runs alone, with all their rows; for the workbench and Datasette.",
    ".db",
    _write_history,
    leaves_out=(
        "Votes on other runs, and items of experiments whose runs are not chosen.",
        "The order in which the runs were named: they stand as they were recorded.",
    ),
    is_text=False,
    keeps_paths=True,
)
