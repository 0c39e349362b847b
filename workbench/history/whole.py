"""Runs that have ended, ready to be written many at a time.

What takes time in Python is done on the thread that prepares them; writing is a few statements
of many rows each, in which SQLite leaves the interpreter to that thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlite_utils import Database

from workbench.core.run import RunEnd, RunStart
from workbench.core.tokens import PromptToken
from workbench.history.blob import encode_prompt_tokens
from workbench.history.owner import Owner
from workbench.history.save import SAMPLE_COLUMNS, end_row, sample_rows, start_row
from workbench.history.shared import Content, Model, Shared, content_of, row_of
from workbench.history.words import add_prompt, add_words_between

_MOST_SHARED = 2000
"""What is remembered of values that runs share: they may be long texts."""

_AT_ONCE = 20
"""Rows of one statement: fewer hold up the other threads, more make SQL of a thousand marks."""

SHARED_COLUMNS = (
    "prompt_source", "rendered", "chat_template", "model", "engine", "settings", "sampling",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WholeRun:
    """A run as rows.

    Attributes:
        row: its columns in `runs`; those of `SHARED_COLUMNS` are rows still to be found.
        samples: as `SAMPLE_COLUMNS` without the run.
        tags, scores: likewise, as their tables have them.
    """

    run_id: str
    row: Mapping[str, object]
    samples: Sequence[tuple[object, ...]]
    tags: Sequence[object] = ()
    scores: Sequence[tuple[object, ...]] = ()


class Encoder:
    """Makes rows of runs, one after the other. One thread."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        # By identity: comparing long values would take as long as writing them.
        self._shared: dict[int, tuple[Shared, Content | Model]] = {}
        self._prompts: dict[int, tuple[tuple[PromptToken, ...], bytes]] = {}

    def encode(self, start: RunStart, end: RunEnd) -> WholeRun:
        """The rows of a run."""
        tokens = start.prompt_tokens
        known = self._prompts.get(id(tokens))
        if known is None:
            if len(self._prompts) > _MOST_SHARED:
                self._prompts.clear()
            known = self._prompts[id(tokens)] = tokens, encode_prompt_tokens(tokens)
        row = start_row(start, known[1], self._owner, self._once)
        row.update(end_row(end))
        return WholeRun(start.run_id, row, sample_rows(end))

    def _once(self, value: Shared) -> Content | Model:
        known = self._shared.get(id(value))
        if known is None:
            if len(self._shared) > _MOST_SHARED:
                self._shared.clear()
            known = self._shared[id(value)] = value, content_of(value)
        return known[1]


def write_all(db: Database, runs: Sequence[WholeRun]) -> int:
    """Write those runs whose id is not there yet, and their words; how many they were."""
    asked = json.dumps([run.run_id for run in runs])
    there = db.execute(
        "SELECT run_id FROM runs WHERE run_id IN (SELECT value FROM json_each(?))", [asked]
    )
    known = {row[0] for row in there}
    new = {run.run_id: run for run in reversed(runs) if run.run_id not in known}
    if not new:
        return 0
    chosen = [run for run in runs if new.get(run.run_id) is run]
    numbers: dict[str, int] = {}
    prompts: set[int] = set()
    first = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM runs").fetchone()[0])
    names = ("id", *chosen[0].row)
    rows: list[tuple[object, ...]] = []
    samples: list[tuple[object, ...]] = []
    tags: list[tuple[object, ...]] = []
    scores: list[tuple[object, ...]] = []
    for number, run in enumerate(chosen, first):
        row = dict(run.row)
        for column in SHARED_COLUMNS:
            kept = row[column]
            if isinstance(kept, Content | Model):
                if kept.hash not in numbers:
                    numbers[kept.hash] = row_of(db, kept)
                row[column] = numbers[kept.hash]
        prompts.add(row["rendered"])  # type: ignore[arg-type]  # a number now
        rows.append((number, *row.values()))
        samples.extend((number, *sample) for sample in run.samples)
        tags.extend((number, tag) for tag in run.tags)
        scores.extend((number, *score) for score in run.scores)
    _insert_all(db, "runs", names, rows)
    _insert_all(db, "samples", SAMPLE_COLUMNS, samples)
    _insert_all(db, "tags", ("run", "tag"), tags)
    _insert_all(db, "scores", ("run", *SCORE_COLUMNS), scores)
    for prompt in prompts:
        add_prompt(db, prompt)
    add_words_between(db, first, first + len(chosen) - 1)
    return len(chosen)


SCORE_COLUMNS = ("sample", "metric", "version", "args_json", "value", "reason", "created_us")


def _insert_all(
    db: Database, table: str, names: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    row = f"({', '.join('?' * len(names))})"
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([row] * len(some))}"  # noqa: S608  # the schema's names
        db.execute(sql, [value for one in some for value in one])
