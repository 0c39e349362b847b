"""Runs as the rows of a table: a block at a time, and their order. Any thread."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from workbench.core.text import elide
from workbench.history.find import Ids, packed_ids
from workbench.history.values import restored

PREVIEW_CHARACTERS = 160

ORDERS = ("created", "prompt", "model", "tokens", "speed", "rating")
"""What the rows may be ordered by; each has an index."""

_KEYS = {
    "created": "created_us",
    "prompt": "prompt_name",
    "model": "model",
    "tokens": "n_tokens",
    "speed": "decode_tps",
    "rating": "rating",
}
_FEW = 20_000


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run as a table shows it; None is what a run has not.

    Attributes:
        row: its row number, what `find` answers with.
        reply, prompt, note: their beginnings on one line.
        version: number of the prompt's version with exactly its text; None when none has.
        scores: value by metric, of the first reply; only those that have one.
        unsaved: why it is only in memory; empty when it is on the disk.
    """

    row: int
    run_id: str
    created_us: int
    seconds: float | None
    status: str
    prompt_name: str
    name: str
    experiment: str
    version: int | None
    model: str
    quantization: str
    prompt: str
    reply: str
    n_samples: int
    n_tokens: int | None
    prefill_tokens: int | None
    seed: int
    finish: str
    decode_tps: float | None
    first_token_ms: float | None
    temperature: float | None
    top_k: int | None
    top_p: float | None
    min_p: float | None
    tags: tuple[str, ...]
    starred: bool
    rating: int | None
    note: str
    error: str
    is_branch: bool
    scores: dict[str, float] = field(default_factory=dict)
    unsaved: str = ""


_BLOCK = """
SELECT
    r.id, r.run_id, r.created_us, (r.ended_us - r.created_us) / 1e6, r.status,
    r.prompt_name, r.name, r.experiment,
    (SELECT max(number) FROM prompt_versions AS v WHERE v.content = r.prompt_source),
    m.name, m.quantization,
    substr(p.text, 1, 400),
    (SELECT substr(text, 1, 400) FROM samples WHERE run = r.id AND idx = 0),
    r.n_samples, r.n_tokens, r.prefill_tokens, r.seed, r.finish, r.decode_tps, r.first_token_ms,
    json_extract(g.text, '$.temperature'), json_extract(g.text, '$.top_k'),
    json_extract(g.text, '$.top_p'), json_extract(g.text, '$.min_p'),
    (SELECT json_group_array(tag) FROM tags WHERE run = r.id),
    r.starred, r.rating, substr(r.note, 1, 400), r.error, r.parent_run IS NOT NULL,
    (SELECT json_group_array(json_array(metric, value)) FROM scores
     WHERE run = r.id AND sample = 0 AND value IS NOT NULL ORDER BY version)
FROM runs AS r
JOIN models AS m ON m.id = r.model
JOIN contents AS p ON p.id = r.rendered
JOIN contents AS g ON g.id = r.sampling
WHERE r.id IN (SELECT value FROM json_each(?))
"""


def lines(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, RunLine]:
    """The runs with these row numbers; those that are gone are missing."""
    found = connection.execute(_BLOCK, [json.dumps([int(row) for row in rows])]).fetchall()
    return {row[0]: _line(row) for row in found}


def run_ids(connection: sqlite3.Connection, rows: Sequence[int]) -> list[str]:
    """The run ids of row numbers, in their order; those that are gone are left out."""
    found = dict(
        connection.execute(
            "SELECT id, run_id FROM runs WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps([int(row) for row in rows])],
        ).fetchall()
    )
    return [found[row] for row in rows if row in found]


def ended_run_ids(connection: sqlite3.Connection, rows: Sequence[int]) -> list[str]:
    """Like `run_ids`, without the runs that go on still."""
    running = connection.execute("SELECT id FROM runs WHERE status = 'running'").fetchall()
    still = {row[0] for row in running}
    return run_ids(connection, [row for row in rows if row not in still])


def in_order(connection: sqlite3.Connection, ids: Ids, order: str, *, descending: bool) -> Ids:
    """`ids` (newest first) in another order; runs that have no such value stand last.

    Equal values keep the newest first when descending, the oldest first otherwise.
    """
    key, way = _KEYS[order], "DESC" if descending else "ASC"
    if len(ids) <= _FEW:
        chosen = json.dumps(ids.tolist())
        inside = "AND id IN (SELECT value FROM json_each(:ids))"
    else:
        chosen, inside = "", ""
    ordered = packed_ids(
        connection,
        # The plus leads to the index that is in order already.
        f"SELECT id FROM runs WHERE +trashed_us IS NULL AND {key} IS NOT NULL {inside} "  # noqa: S608
        f"ORDER BY {key} {way}, id {way}",
        {"ids": chosen},
    )
    if not inside:
        ordered = ordered[np.isin(ordered, ids)]
    return np.concatenate([ordered, ids[~np.isin(ids, ordered)]])


class TimeOrder:
    """Whether runs were recorded in the order of time, which an import of older ones is not.

    Asked again, it only looks at what is new. One thread.
    """

    def __init__(self) -> None:
        self._last, self._latest_us = 0, 0
        self._holds = True

    def holds(self, connection: sqlite3.Connection) -> bool:
        """Whether a run with a higher row number never began before one with a lower."""
        last = connection.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()[0]
        if last < self._last:  # the newest ones are deleted, and their numbers are given anew
            self._last, self._latest_us, self._holds = 0, 0, True
        if self._holds and last > self._last:
            # The plus leads through the index by time, which is quick for all and slow for few.
            row = "id" if self._last else "+id"
            by_time = packed_ids(
                connection,
                f"SELECT id FROM runs WHERE {row} > ? ORDER BY created_us, id",  # noqa: S608  # a column
                [self._last],
            )
            first_us, latest_us = (
                connection.execute(
                    "SELECT created_us FROM runs WHERE id = ?", [int(number)]
                ).fetchone()[0]
                for number in by_time[[0, -1]]
            )
            rises = bool(np.all(np.diff(by_time) > 0))
            self._holds = rises and first_us >= self._latest_us
            self._last, self._latest_us = int(by_time.max()), latest_us
        return self._holds


def _line(row: Sequence[object]) -> RunLine:
    (number, run_id, created_us, seconds, status, prompt_name, name, experiment, version, model,
     quantization, prompt, reply, n_samples, n_tokens, prefill_tokens, seed, finish, decode_tps,
     first_token_ms, temperature, top_k, top_p, min_p, tags, starred, rating, note, error,
     is_branch, scores) = row  # fmt: skip
    values: dict[str, object] = {
        "row": number,
        "run_id": run_id,
        "created_us": created_us,
        "seconds": seconds,
        "status": _text(status),
        "prompt_name": _text(prompt_name),
        "name": _text(name),
        "experiment": _text(experiment),
        "version": version,
        "model": _text(model),
        "quantization": _text(quantization),
        "prompt": elide(_text(prompt), PREVIEW_CHARACTERS),
        "reply": elide(_text(reply), PREVIEW_CHARACTERS),
        "n_samples": n_samples,
        "n_tokens": n_tokens,
        "prefill_tokens": prefill_tokens,
        "seed": seed,
        "finish": _text(finish),
        "decode_tps": decode_tps,
        "first_token_ms": first_token_ms,
        "temperature": temperature,
        "top_k": top_k,
        "top_p": top_p,
        "min_p": min_p,
        "tags": tuple(sorted(json.loads(str(tags)))),
        "starred": bool(starred),
        "rating": rating,
        "note": elide(_text(note), PREVIEW_CHARACTERS),
        "error": _text(error),
        "is_branch": bool(is_branch),
        "scores": dict(json.loads(str(scores))),
    }
    return RunLine(**values)  # type: ignore[arg-type]  # columns of the fields' own types


def _text(value: object) -> str:
    return restored(value) if isinstance(value, str | bytes) else ""
