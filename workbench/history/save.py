"""Writing a run's rows. Called on the writer's thread, inside a transaction."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.core.ids import text_hash
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.sampling import Sampling
from workbench.core.tokens import PromptToken
from workbench.core.types import EngineInfo, EngineSettings, Finish, ModelInfo
from workbench.history.blob import encode_prompt_tokens, encode_tokens
from workbench.history.load import model_info
from workbench.history.owner import Owner, may_be_alive
from workbench.history.values import dumps, sampling_json, storable, value_json
from workbench.history.words import add_prompt, reindexed

T = TypeVar("T", bound=Hashable)

_MOST_KNOWN = 50_000
_MOST_PROMPTS = 200

INTERRUPTED_ERROR = "The program ended before the run did."
CLOSED_ERROR = "The history was closed before the run ended."


def insert_start(db: Database, start: RunStart, owner: Owner) -> None:
    """A new run that is running."""
    row = _start_row(db, start, encode_prompt_tokens(start.prompt_tokens), owner, {})
    _insert(db, "runs", row)
    add_prompt(db, int(str(row["rendered"])))


@dataclass(frozen=True, slots=True)
class WholeRun:
    """A run that has ended, its tokens encoded: half of the work of writing it."""

    start: RunStart
    end: RunEnd
    prompt_blob: bytes
    token_blobs: tuple[bytes, ...]


class Encoder:
    """Encodes runs one after the other; prompts that runs share are encoded once. One thread."""

    def __init__(self) -> None:
        # By identity: comparing the tokens would take as long as encoding them.
        self._prompts: dict[int, tuple[tuple[PromptToken, ...], bytes]] = {}

    def encode(self, start: RunStart, end: RunEnd) -> WholeRun:
        """A run with its tokens encoded."""
        tokens = start.prompt_tokens
        known = self._prompts.get(id(tokens))
        if known is None:
            if len(self._prompts) > _MOST_PROMPTS:
                self._prompts.clear()
            known = self._prompts[id(tokens)] = tokens, encode_prompt_tokens(tokens)
        return WholeRun(start, end, known[1], _token_blobs(end))


def insert_whole(db: Database, run: WholeRun, owner: Owner, known: dict[Hashable, int]) -> int:
    """The row number of a new run that has ended; its words are not indexed yet.

    `known` remembers the rows of texts and models between calls of one import.
    """
    row = _start_row(db, run.start, run.prompt_blob, owner, known)
    number = _insert(db, "runs", row | _end_row(run.end))
    _insert_samples(db, number, run.end, run.token_blobs)
    rendered = int(str(row["rendered"]))
    if ("indexed", rendered) not in known:
        add_prompt(db, rendered)
        known["indexed", rendered] = 1
    return number


def _start_row(
    db: Database, start: RunStart, tokens: bytes, owner: Owner, known: dict[Hashable, int]
) -> dict[str, object]:
    def once(value: T, make: Callable[[Database, T], int]) -> int:
        key = (make, value)
        if key not in known:
            if len(known) > _MOST_KNOWN:
                known.clear()
            known[key] = make(db, value)
        return known[key]

    template = start.chat_template
    parent_run, parent_sample, fork_token = start.parent or (None, None, None)
    return {
        "run_id": start.run_id,
        "created_us": start.created_us,
        "updated_us": start.created_us,
        "status": RunStatus.RUNNING.value,
        "prompt_name": storable(start.prompt_name),
        "prompt_path": storable(start.prompt_path),
        "prompt_source": once(start.prompt_source, content_id),
        "variables": storable(dumps(start.variables)),
        "rendered": once(start.text, content_id),
        "chat_template": None if template is None else once(template, content_id),
        "model": once(start.model, model_id),
        "engine": once(start.engine, _value_id),
        "settings": once(start.settings, _value_id),
        "sampling": once(start.sampling, _sampling_id),
        "seed": start.seed,
        "n_samples": start.n_samples,
        "parent_run": parent_run,
        "parent_sample": parent_sample,
        "fork_token": fork_token,
        "given": dumps(start.given),
        "experiment": storable(start.experiment) if start.experiment else None,
        "owner_host": owner.host,
        "owner_pid": owner.pid,
        "owner_started": owner.started,
        "prompt_tokens": tokens,
    }


def _value_id(db: Database, value: EngineInfo | EngineSettings) -> int:
    return content_id(db, value_json(value))


def _sampling_id(db: Database, sampling: Sampling) -> int:
    return content_id(db, sampling_json(sampling))


def update_end(db: Database, run_id: str, end: RunEnd) -> None:
    """How a run ended, with all its replies. An interrupted run may still end properly.

    Raises:
        UserError: there is no such run, or it has ended already.
    """
    run = _unfinished(db, run_id)
    with reindexed(db, [run]):
        _write_end(db, run, end)


def update_texts(db: Database, run_id: str, texts: Sequence[str], now_us: int) -> None:
    """The replies of a running run as far as they stand; kept if the program dies now.

    Raises:
        UserError: there is no such run, or it has ended already.
    """
    run = _unfinished(db, run_id)
    for index, text in enumerate(texts):
        db.execute(
            "INSERT INTO samples (run, idx, text) VALUES (?, ?, ?) "
            "ON CONFLICT (run, idx) DO UPDATE SET text = excluded.text",
            [run, index, storable(text)],
        )
    _update(db, run, {"updated_us": now_us})


def update_sha256(db: Database, run_id: str, sha256: str) -> None:
    """The hash of the run's model file, computed after the run had started.

    Raises:
        UserError: there is no such run.
    """
    row = db.execute("SELECT id, model FROM runs WHERE run_id = ?", [run_id]).fetchone()
    if row is None:
        raise unknown_run(run_id)
    info = model_info(db.conn, row[1], [])
    _update(db, row[0], {"model": model_id(db, replace(info, sha256=sha256))})


def dead_runs(db: Database, now_us: int) -> list[tuple[int, str]]:
    """Running runs whose process is gone, as (row number, run id)."""
    running = db.execute(
        "SELECT id, run_id, updated_us, owner_host, owner_pid, owner_started "
        "FROM runs WHERE status = 'running' ORDER BY run_id"
    ).fetchall()
    return [
        (run, run_id)
        for run, run_id, updated_us, host, pid, started in running
        if not may_be_alive(Owner(host, pid, started), now_us - updated_us)
    ]


def interrupt_own(db: Database, run_ids: Sequence[str]) -> None:
    """Mark those of `run_ids` that still run: the store they would end through is closing."""
    for run_id in run_ids:
        row = db.execute(
            "SELECT id FROM runs WHERE run_id = ? AND status = 'running'", [run_id]
        ).fetchone()
        if row is not None:
            interrupt(db, row[0], CLOSED_ERROR)


def interrupt(db: Database, run: int, error: str) -> None:
    """One running run becomes interrupted; it ended when it last gave a sign of life."""
    with reindexed(db, [run]):
        db.execute(
            "UPDATE runs SET status = ?, finish = ?, ended_us = updated_us, error = ? WHERE id = ?",
            [RunStatus.INTERRUPTED.value, Finish.ERROR.value, error, run],
        )
        db.execute("UPDATE samples SET finish = ? WHERE run = ?", [Finish.ERROR.value, run])


def content_id(db: Database, text: str) -> int:
    """The row of a text; the same text is kept once."""
    return _id_by_hash(db, "contents", {"hash": text_hash(text), "text": storable(text)})


def model_id(db: Database, info: ModelInfo) -> int:
    """The row of a model's description; the same description is kept once."""
    description = value_json(replace(info, chat_template=None))
    row = {
        "hash": text_hash(dumps([description, info.chat_template])),
        "name": storable(info.name),
        "path": storable(info.path),
        "sha256": info.sha256,
        "architecture": storable(info.architecture),
        "quantization": storable(info.quantization),
        "n_params": info.n_params,
        "size_bytes": info.size_bytes,
        "chat_template": _content_or_none(db, info.chat_template),
        "info": storable(description),
    }
    return _id_by_hash(db, "models", row)


def row_numbers(db: Database, run_ids: Sequence[str]) -> list[int]:
    """The row numbers of runs, in their order.

    Raises:
        UserError: one of them is not in the history file.
    """
    numbers = []
    for run_id in run_ids:
        row = db.execute("SELECT id FROM runs WHERE run_id = ?", [run_id]).fetchone()
        if row is None:
            raise unknown_run(run_id)
        numbers.append(int(row[0]))
    return numbers


def unknown_run(run_id: str) -> UserError:
    """The error for a run id that is not in the history."""
    return UserError(
        f"There is no run {run_id} in the history.", "`workbench history list` shows the ids."
    )


def _write_end(db: Database, run: int, end: RunEnd) -> None:
    db.execute("DELETE FROM samples WHERE run = ?", [run])
    _insert_samples(db, run, end, _token_blobs(end))
    _update(db, run, _end_row(end))


def _token_blobs(end: RunEnd) -> tuple[bytes, ...]:
    result = end.result
    return tuple(encode_tokens(sample.tokens, result.pieces) for sample in result.samples)


def _insert_samples(db: Database, run: int, end: RunEnd, blobs: Sequence[bytes]) -> None:
    for index, (sample, blob) in enumerate(zip(end.result.samples, blobs, strict=True)):
        row = {
            "run": run,
            "idx": index,
            "finish": sample.finish.value,
            "context_full": int(sample.context_full),
            "n_tokens": len(sample.tokens),
            "text": storable(sample.text),
            "tokens": blob,
        }
        _insert(db, "samples", row)


def _end_row(end: RunEnd) -> dict[str, object]:
    result, timings = end.result, end.result.timings
    return {
        "status": end.status.value,
        "ended_us": end.ended_us,
        "updated_us": end.ended_us,
        "finish": result.samples[0].finish.value if result.samples else None,
        "n_tokens": sum(len(sample.tokens) for sample in result.samples),
        "prefill_tokens": timings.prefill_tokens,
        "cached_tokens": timings.cached_tokens,
        "prefill_tps": timings.prefill_tps,
        "decode_tokens": timings.decode_tokens,
        "decode_tps": timings.decode_tps,
        "first_token_ms": timings.first_token_ms,
        "error": storable(result.error),
        "hint": storable(result.hint),
    }


def _unfinished(db: Database, run_id: str) -> int:
    row = db.execute("SELECT id, status FROM runs WHERE run_id = ?", [run_id]).fetchone()
    if row is None:
        raise unknown_run(run_id)
    if row[1] not in (RunStatus.RUNNING.value, RunStatus.INTERRUPTED.value):
        raise UserError(f"Run {run_id} has ended already ({row[1]}); its record stays as it was.")
    return int(row[0])


def _content_or_none(db: Database, text: str | None) -> int | None:
    return None if text is None else content_id(db, text)


def _id_by_hash(db: Database, table: str, row: Mapping[str, object]) -> int:
    sql = f"SELECT id FROM {table} WHERE hash = ?"  # noqa: S608  # names are constants of this module
    found = db.execute(sql, [row["hash"]]).fetchone()
    return int(found[0]) if found else _insert(db, table, row)


def _insert(db: Database, table: str, row: Mapping[str, object]) -> int:
    marks = ", ".join("?" * len(row))
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608  # names are constants of this module
    number = db.execute(sql, list(row.values())).lastrowid
    return 0 if number is None else number


def _update(db: Database, run: int, changes: Mapping[str, object]) -> None:
    sets = ", ".join(f"{name} = ?" for name in changes)
    sql = f"UPDATE runs SET {sets} WHERE id = ?"  # noqa: S608  # names are constants of this module
    db.execute(sql, [*changes.values(), run])
