"""Runs of the history as a file in any format, whole or not at all. Any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.files import file_in_place
from workbench.experiments.run_export import export_runs
from workbench.export.base import chosen
from workbench.export.runs import Document, RunFormat
from workbench.history.store import HistoryStore


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


def write_runs(
    store: HistoryStore,
    made: RunFormat,
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
    options = chosen(made.name, made.options, choice.options)
    documents = export_runs(store, choice.run_ids, user=choice.user, keep_paths=choice.keep_paths)
    told_of = _told(documents, len(choice.run_ids), told, cancel)
    if not isinstance(target, Path):
        return made.write(told_of, target, options)
    if target.is_dir():
        raise UserError(f"{target} is a folder.", "Name a file in it.")
    try:
        with file_in_place(target) as file:
            return made.write(told_of, file, options)
    except OSError as error:
        raise UserError(
            f"{target} cannot be written: {error.strerror or error}.", "Choose another place."
        ) from error


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
