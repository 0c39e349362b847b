"""Writing a run's rows. Called on the writer's thread, inside a transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.types import Finish
from workbench.history.blob import encode_prompt_tokens, encode_tokens
from workbench.history.load import model_info
from workbench.history.owner import Owner, may_be_alive
from workbench.history.shared import Shared, content_of, row_of
from workbench.history.values import dumps, storable, value_json
from workbench.history.words import add_prompt, reindexed

SAMPLE_COLUMNS = ("run", "idx", "finish", "context_full", "n_tokens", "text", "tokens")

INTERRUPTED_ERROR = "The program ended before the run did."
CLOSED_ERROR = "The history was closed before the run ended."


def insert_start(db: Database, start: RunStart, owner: Owner) -> None:
    """A new run that is running."""
    tokens = encode_prompt_tokens(start.prompt_tokens)
    row = start_row(start, tokens, owner, lambda value: row_of(db, content_of(value)))
    _insert(db, "runs", row)
    add_prompt(db, int(str(row["rendered"])))


def start_row(
    start: RunStart, tokens: bytes, owner: Owner, number: Callable[[Shared], object]
) -> dict[str, object]:
    """The columns of a run that is running; `number` gives the row of what many runs share."""
    parent_run, parent_sample, fork_token = start.parent or (None, None, None)
    return {
        "run_id": start.run_id,
        "created_us": start.created_us,
        "updated_us": start.created_us,
        "status": RunStatus.RUNNING.value,
        "prompt_name": storable(start.prompt_name),
        "prompt_path": storable(start.prompt_path),
        "prompt_source": number(start.prompt_source),
        "variables": storable(dumps(start.variables)),
        "rendered": number(start.text),
        "chat_template": None if start.chat_template is None else number(start.chat_template),
        "model": number(start.model),
        "engine": number(start.engine),
        "settings": number(start.settings),
        "sampling": number(start.sampling),
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
    _update(db, row[0], {"model": row_of(db, content_of(replace(info, sha256=sha256)))})


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


def sample_rows(end: RunEnd) -> list[tuple[object, ...]]:
    """The rows of the replies, as `SAMPLE_COLUMNS` without the run."""
    return [
        (
            index,
            sample.finish.value,
            int(sample.context_full),
            len(sample.tokens),
            storable(sample.text),
            encode_tokens(sample.tokens, end.result.pieces),
        )
        for index, sample in enumerate(end.result.samples)
    ]


def end_row(end: RunEnd) -> dict[str, object]:
    """The columns of a run that its end sets."""
    result, timings, served = end.result, end.result.timings, end.result.served
    row: dict[str, object] = {
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
        "beside": timings.beside,
        "error": storable(result.error),
        "hint": storable(result.hint),
    }
    if served is not None:  # counts are the server's own, or nobody's
        row |= {
            "n_tokens": served.reply_tokens,
            "prefill_tokens": served.prompt_tokens,
            "cached_tokens": None,
            "prefill_tps": None,
            "decode_tokens": served.reply_tokens,
            "beside": None,
            "served": storable(value_json(served)),
        }
    return row


def _write_end(db: Database, run: int, end: RunEnd) -> None:
    db.execute("DELETE FROM samples WHERE run = ?", [run])
    for row in sample_rows(end):
        _insert(db, "samples", dict(zip(SAMPLE_COLUMNS, (run, *row), strict=True)))
    _update(db, run, end_row(end))


def _unfinished(db: Database, run_id: str) -> int:
    row = db.execute("SELECT id, status FROM runs WHERE run_id = ?", [run_id]).fetchone()
    if row is None:
        raise unknown_run(run_id)
    if row[1] not in (RunStatus.RUNNING.value, RunStatus.INTERRUPTED.value):
        raise UserError(f"Run {run_id} has ended already ({row[1]}); its record stays as it was.")
    return int(row[0])


def _insert(db: Database, table: str, row: Mapping[str, object]) -> int:
    marks = ", ".join("?" * len(row))
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608  # names are constants of this module
    number = db.execute(sql, list(row.values())).lastrowid
    return 0 if number is None else number


def _update(db: Database, run: int, changes: Mapping[str, object]) -> None:
    sets = ", ".join(f"{name} = ?" for name in changes)
    sql = f"UPDATE runs SET {sets} WHERE id = ?"  # noqa: S608  # names are constants of this module
    db.execute(sql, [*changes.values(), run])
