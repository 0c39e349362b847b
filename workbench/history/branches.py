"""Runs that were forked from each other, as the rows of a tree. Any thread.

A run in the trash stays in its tree: what was forked from it stands on its tokens.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.types import Finish
from workbench.history.save import row_numbers, unknown_run
from workbench.history.store import HistoryStore
from workbench.history.values import loads, restored, storable
from workbench.history.words import reindexed

MOST_RUNS = 5000
"""Runs of one tree that are read; a larger tree shows its oldest ones."""

MOST_NAME = 200
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One reply of a run.

    Attributes:
        n_tokens: None while it runs, and when only its text was saved.
        finish: None while it runs.
    """

    text: str
    n_tokens: int | None
    finish: Finish | None


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A run as a tree shows it.

    Attributes:
        parent: run id, sample and token of the fork; None for a run of its own. The parent
            itself may be missing from the history.
        n_given: how many tokens a person put behind the fork.
        name: given by a person; empty when it has none.
        samples: its replies; of a running one as far as they were saved.
        trashed: whether it lies in the trash.
    """

    run_id: str
    parent: tuple[str, int, int] | None
    n_given: int
    created_us: int
    status: RunStatus
    name: str
    prompt_name: str
    model_name: str
    model_path: str
    seed: int
    n_samples: int
    error: str
    trashed: bool
    samples: tuple[SampleRow, ...]


def family(store: HistoryStore, run_id: str) -> tuple[BranchRow, ...]:
    """Every run of the tree that `run_id` belongs to, those in the trash too, oldest first.

    Raises:
        UserError: there is no such run, or the history cannot be read.
    """
    kept = store.in_memory()
    starts = {run.run_id: run.start for run in kept if run.start is not None}
    known = run_id
    while known in starts and (parent := starts[known].parent) is not None:
        known = parent[0]  # only in memory: the file does not know its parent
    rows = {row.run_id: row for row in store.read(partial(_family, run_id=known))}
    for run in sorted(kept, key=lambda run: run.run_id):
        start, end = run.start, run.end
        if start is not None and (
            run.run_id == known or (start.parent is not None and start.parent[0] in rows)
        ):
            rows[run.run_id] = _row_of(start, end)
        elif end is not None and run.run_id in rows:
            rows[run.run_id] = _with_end(rows[run.run_id], end)
    if not rows:
        raise unknown_run(run_id)
    return tuple(sorted(rows.values(), key=lambda row: row.run_id))


def trash(store: HistoryStore, run_ids: Sequence[str]) -> Future[None]:
    """Lay runs into the trash; lists do not show them any more. A run may still be running.

    The future raises UserError when one of them is not in the history file.
    """
    now = store.now_us()
    return store.write(lambda db: _mark(db, run_ids, now))


def restore(store: HistoryStore, run_ids: Sequence[str]) -> Future[None]:
    """Take runs out of the trash again.

    The future raises UserError when one of them is not in the history file.
    """
    return store.write(lambda db: _mark(db, run_ids, None))


def rename(store: HistoryStore, run_id: str, name: str) -> Future[None]:
    """Give a run a name; an empty one takes it away.

    The future raises UserError when the run is not in the history file or the name is too long.
    """
    wanted = " ".join(name.split())

    def task(db: Database) -> None:
        if len(wanted) > MOST_NAME:
            raise UserError(
                f"A name may have at most {MOST_NAME} characters, not {len(wanted):,}.",
                "Shorten it.",
            )
        value = storable(wanted) if wanted else None
        with reindexed(db, row_numbers(db, [run_id])):
            _update(db, "UPDATE runs SET name = ? WHERE run_id = ?", [value, run_id], run_id)

    return store.write(task)


def _mark(db: Database, run_ids: Iterable[str], when_us: int | None) -> None:
    for run_id in run_ids:
        _update(db, "UPDATE runs SET trashed_us = ? WHERE run_id = ?", [when_us, run_id], run_id)


def _update(db: Database, sql: str, values: Sequence[object], run_id: str) -> None:
    if db.execute(sql, list(values)).rowcount == 0:
        raise unknown_run(run_id)


def _family(connection: sqlite3.Connection, run_id: str) -> list[BranchRow]:
    root = _root(connection, run_id)
    rows = connection.execute(
        "WITH RECURSIVE tree(run_id) AS ("
        " SELECT ? UNION SELECT r.run_id FROM runs AS r JOIN tree ON r.parent_run = tree.run_id"
        ") SELECT r.id, r.run_id, r.parent_run, r.parent_sample, r.fork_token, r.given,"
        " r.created_us, r.status, r.name, r.prompt_name, m.name, m.path, r.seed, r.n_samples,"
        " r.error, r.trashed_us FROM tree JOIN runs AS r ON r.run_id = tree.run_id"
        " JOIN models AS m ON m.id = r.model ORDER BY r.run_id LIMIT ?",
        [root, MOST_RUNS],
    ).fetchall()
    samples = _samples(connection, [row[0] for row in rows])
    return [_row(row, samples.get(row[0], ())) for row in rows]


def _root(connection: sqlite3.Connection, run_id: str) -> str:
    """The oldest run that `run_id` was forked from and that is there; itself if there is none."""
    parents = dict(
        connection.execute(
            "WITH RECURSIVE line(run_id, parent_run) AS ("
            " SELECT run_id, parent_run FROM runs WHERE run_id = ?"
            " UNION SELECT r.run_id, r.parent_run FROM runs AS r"
            " JOIN line ON r.run_id = line.parent_run"
            ") SELECT run_id, parent_run FROM line",
            [run_id],
        ).fetchall()
    )
    seen: set[str] = set()
    while run_id not in seen and parents.get(run_id) in parents:
        seen.add(run_id)
        run_id = parents[run_id]
    return run_id


def _samples(
    connection: sqlite3.Connection, runs: Sequence[int]
) -> Mapping[int, tuple[SampleRow, ...]]:
    found: dict[int, tuple[SampleRow, ...]] = {}
    for run in runs:
        rows = connection.execute(
            "SELECT text, n_tokens, finish FROM samples WHERE run = ? ORDER BY idx", [run]
        ).fetchall()
        found[run] = tuple(
            SampleRow(restored(text), n_tokens, None if finish is None else Finish(finish))
            for text, n_tokens, finish in rows
        )
    return found


def _row(row: Sequence[object], samples: tuple[SampleRow, ...]) -> BranchRow:
    (_, run_id, parent, sample, token, given, created_us, status, name, prompt, model, path, seed,
     n_samples, error, trashed_us) = row  # fmt: skip
    ids = loads(restored(given)) if isinstance(given, str | bytes) else []
    return BranchRow(
        run_id=str(run_id),
        parent=(str(parent), _int(sample), _int(token)) if parent is not None else None,
        n_given=len(ids) if isinstance(ids, list) else 0,
        created_us=_int(created_us),
        status=RunStatus(_text(status)),
        name=_text(name),
        prompt_name=_text(prompt),
        model_name=_text(model),
        model_path=_text(path),
        seed=_int(seed),
        n_samples=_int(n_samples),
        error=_text(error),
        trashed=trashed_us is not None,
        samples=samples,
    )


def _row_of(start: RunStart, end: RunEnd | None) -> BranchRow:
    row = BranchRow(
        run_id=start.run_id,
        parent=start.parent,
        n_given=len(start.given),
        created_us=start.created_us,
        status=RunStatus.RUNNING,
        name="",
        prompt_name=start.prompt_name,
        model_name=start.model.name,
        model_path=start.model.path,
        seed=start.seed,
        n_samples=start.n_samples,
        error="",
        trashed=False,
        samples=(),
    )
    return row if end is None else _with_end(row, end)


def _with_end(row: BranchRow, end: RunEnd) -> BranchRow:
    samples = tuple(SampleRow(s.text, len(s.tokens), s.finish) for s in end.result.samples)
    return replace(row, status=end.status, error=end.result.error, samples=samples)


def _text(value: object) -> str:
    return restored(value) if isinstance(value, str | bytes) else ""


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
