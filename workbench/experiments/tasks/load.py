"""Any data file or folder as a task: which shape it has, its items, and its rows that are bad."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.ids import file_sha256
from workbench.core.task import BadRow, Item, Kind, Task
from workbench.experiments.tasks.bfcl import bfcl
from workbench.experiments.tasks.big_bench import BIG_BENCH
from workbench.experiments.tasks.code_tasks import HUMANEVAL, MBPP
from workbench.experiments.tasks.containers import open_rows
from workbench.experiments.tasks.fields import Fields
from workbench.experiments.tasks.hf_folder import Folder, open_folder
from workbench.experiments.tasks.inverse_scaling import INVERSE_SCALING
from workbench.experiments.tasks.known_docs import KNOWN_DOCS
from workbench.experiments.tasks.lm_eval import data_of, harness_reader, is_harness_task
from workbench.experiments.tasks.openai_evals import OPENAI_EVALS
from workbench.experiments.tasks.own import OWN
from workbench.experiments.tasks.prompt_rows import prompt_rows
from workbench.experiments.tasks.promptfoo import PROMPTFOO, PROMPTFOO_CSV
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.rows import BadField, Row, Rows
from workbench.experiments.tasks.squad import SQUAD
from workbench.experiments.tasks.truthfulqa import TRUTHFULQA
from workbench.templates.prompt_file import prompt_name

MAX_BAD_ROWS = 1000
"""Bad rows that are kept; the last one says how many more there were."""

MAX_SHOTS = 5000
_LOOKED_AT = 20
_SHOT_SPLITS = ("dev", "fewshot", "few_shot", "train")


def readers() -> tuple[Reader, ...]:
    """Every shape, the more particular ones first. Made anew: some remember what they read."""
    return (
        prompt_rows(),
        BIG_BENCH,
        bfcl(),
        HUMANEVAL,
        MBPP,
        TRUTHFULQA,
        SQUAD,
        INVERSE_SCALING,
        PROMPTFOO,
        PROMPTFOO_CSV,
        OPENAI_EVALS,
        *KNOWN_DOCS,
        OWN,
    )


def load_task(
    path: Path,
    kind: Kind | None = None,
    *,
    limit: int | None = None,
    split: str = "",
    cancel: CancelToken | None = None,
) -> Task:
    """Read a task; rows that cannot be used are named in `bad_rows`, the others are its items.

    Args:
        kind: what is asked of a model; None takes what the shape suggests.
        limit: stop after so many items.
        split: of a folder, which split is scored.

    Raises:
        UserError: nothing there can be read as a task, or no row can be used.
        Cancelled: somebody asked to stop.
    """
    reading = _Reading(kind, limit, cancel or CancelToken())
    if path.is_dir():
        task = reading.folder(open_folder(path), split)
    elif path.is_file():
        task = reading.file(path, split)
    else:
        raise UserError(f"There is no file or folder {path}.", "Check the path.")
    if not task.items:
        raise _nothing(path, task.bad_rows)
    return task


def _nothing(path: Path, bad_rows: Sequence[BadRow]) -> UserError:
    why = ""
    if bad_rows:
        bad = bad_rows[0]
        column = f"{bad.column}: " if bad.column else ""
        why = f" Line {bad.line}: {column}{bad.message}"
    return UserError(
        f"{path.name} has no row that can be used.{why}", "See the help page on tasks."
    )


@dataclass(slots=True)
class _Reading:
    """One reading of one task."""

    wanted: Kind | None
    limit: int | None
    cancel: CancelToken
    bad: list[BadRow] = field(default_factory=list)
    more: int = 0

    def file(self, path: Path, split: str) -> Task:
        """A task of one file, or of the files that a harness task names."""
        rows = open_rows(path, self.report)
        if rows.container == "yaml" and is_harness_task(rows.header):
            reader = harness_reader(path, rows.header)
            place, own_split = data_of(path, rows.header)
            if place.is_dir():
                task = self.folder(open_folder(place), split or own_split, reader)
            else:
                task = self._task(reader, place, open_rows(place, self.report), {})
            name = str(rows.header.get("task", prompt_name(path)))
            return replace(task, name=name, path=str(path), format=reader.name)
        if split:
            raise UserError(
                f"{path.name} is one file, and only folders have splits.", "Leave --split out."
            )
        look, rows = _looked(path, rows, self.wanted)
        return self._task(self._reader(look), path, rows, {}, look)

    def folder(self, folder: Folder, split: str, reader: Reader | None = None) -> Task:
        """A task of a split of a data set, its examples from another split."""
        scored = folder.scored(split)
        task = self._split(folder, scored, reader, self.limit)
        shots: tuple[Item, ...] = task.few_shot
        if not shots and (other := folder.shots(scored)) is not None:
            shots = self._split(folder, other, reader, MAX_SHOTS, task.kind).items
        name = f"{folder.path.name} {scored}".strip()
        return replace(
            task,
            name=name,
            path=str(folder.path),
            few_shot=shots,
            bad_rows=self._bad_rows(),
            description=folder.description,
            licence=folder.licence,
            sha256=_many_sha256([f for files in folder.files.values() for f in files]),
            format=f"data set folder ({task.format})",
        )

    def _split(
        self,
        folder: Folder,
        split: str,
        reader: Reader | None,
        limit: int | None,
        kind: Kind | None = None,
    ) -> Task:
        files = folder.files[split]
        opened = [open_rows(file, self.report) for file in files]
        stream = chain.from_iterable(rows.stream for rows in opened)
        rows = replace(opened[0], stream=stream)
        look, rows = _looked(files[0], rows, kind or self.wanted)
        return self._task(
            reader or self._reader(look), files[0], rows, folder.labels, look, limit=limit
        )

    def _task(
        self,
        reader: Reader,
        path: Path,
        rows: Rows,
        labels: Mapping[str, tuple[str, ...]],
        look: Look | None = None,
        *,
        limit: int | None = None,
    ) -> Task:
        if look is None:
            look, rows = _looked(path, rows, self.wanted)
        kind = self.wanted or reader.kind(look)
        source = Source(path, kind, rows.header, self.report, labels)
        most = self.limit if limit is None else limit
        items = list(self._items(reader, source, rows.stream, most))
        shots = [i for i in items if i.split in _SHOT_SPLITS]
        scored = [i for i in items if i.split not in _SHOT_SPLITS]
        if not scored:
            scored, shots = items, []
        found = {item.kind for item in scored}
        return Task(
            name=_name(path),
            kind=found.pop() if len(found) == 1 else kind,
            items=tuple(scored),
            metrics=reader.metrics(source),
            few_shot=tuple(shots),
            bad_rows=self._bad_rows(),
            path=str(path),
            sha256=file_sha256(path, self.cancel.check),
            format=reader.name,
            description=str(rows.header.get("description") or ""),
            stop=reader.stop,
        )

    def _items(
        self, reader: Reader, source: Source, rows: Iterable[Row], limit: int | None
    ) -> Iterator[Item]:
        seen: dict[str, int | None] = {}
        made = 0
        for row in rows:
            self.cancel.check()
            for item in self._of_row(reader, source, row):
                if item.id in seen:
                    before = seen[item.id]
                    where = "" if before is None else f" (line {before})"
                    self.report(
                        BadRow(row.line, "id", f"The id {item.id} was there before{where}.")
                    )
                    continue
                seen[item.id] = item.line
                yield item
                made += item.split not in _SHOT_SPLITS
                if limit is not None and made >= limit:
                    return

    def _of_row(self, reader: Reader, source: Source, row: Row) -> list[Item]:
        try:
            return list(reader.items(source, Fields(row)))
        except BadField as error:
            self.report(BadRow(row.line, error.column, error.message))
        except RecursionError:
            self.report(BadRow(row.line, "", "The row is nested too deeply."))
        return []

    def _reader(self, look: Look) -> Reader:
        for reader in readers():
            if reader.fits(look):
                return reader
        raise _nothing(look.path, self.bad)

    def report(self, bad: BadRow) -> None:
        """Keep a bad row, or count it."""
        if len(self.bad) < MAX_BAD_ROWS:
            self.bad.append(bad)
        else:
            self.more += 1

    def _bad_rows(self) -> tuple[BadRow, ...]:
        if not self.more:
            return tuple(self.bad)
        last = BadRow(self.bad[-1].line, "", f"{self.more:,} more rows behind it cannot be used.")
        return (*self.bad, last)


def _looked(path: Path, rows: Rows, kind: Kind | None) -> tuple[Look, Rows]:
    """The beginning of a file, and the file as if nobody had looked."""
    first = tuple(islice(rows.stream, _LOOKED_AT))
    look = Look(path, rows.container, rows.header, first, kind)
    return look, replace(rows, stream=chain(first, rows.stream))


def _name(path: Path) -> str:
    name = prompt_name(path)
    return Path(name).stem if name == path.name else name


def _many_sha256(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}:{file_sha256(file)}\n".encode())
    return digest.hexdigest()
