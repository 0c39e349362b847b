"""Reading runs back. Works on any connection to a history, a read-only one too."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from workbench.core.errors import UserError
from workbench.core.remote import Served
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.text import elide
from workbench.core.tokens import PromptToken, TokenTable
from workbench.core.types import (
    EngineInfo,
    EngineSettings,
    Finish,
    GenerateResult,
    ModelInfo,
    SampleResult,
    Timings,
)
from workbench.history.blob import decode_prompt_tokens, decode_tokens
from workbench.history.values import loads, rebuild, restored, sampling_from

PREVIEW_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as a list shows it.

    Attributes:
        reply: the beginning of the first reply on one line, at most 100 characters.
        n_tokens: tokens of all replies; None while it runs.
        finish: of the first reply; None while it runs and when there is no reply.
    """

    run_id: str
    created_us: int
    status: RunStatus
    prompt_name: str
    model_name: str
    reply: str
    n_tokens: int | None
    seed: int
    finish: Finish | None
    error: str


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as it was recorded.

    Attributes:
        end: None while it runs. Of an interrupted run it holds the last texts that were saved,
            without tokens, and `ended_us` is its last sign of life.
        problems: sentences about parts that an older or newer version wrote differently, or
            that are damaged; what they name is a default in `start` or empty in `end`.
        unsaved: why it is only in memory so far; empty when it is on the disk.
    """

    start: RunStart
    end: RunEnd | None
    status: RunStatus
    problems: tuple[str, ...] = ()
    unsaved: str = ""


def recent_rows(connection: sqlite3.Connection, limit: int, before: str | None) -> list[RunRow]:
    """The newest runs that are not in the trash, older than run `before` if it is given."""
    rows = connection.execute(
        "SELECT r.run_id, r.created_us, r.status, r.prompt_name, m.name, "
        "substr(s.text, 1, ?), r.n_tokens, r.seed, r.finish, r.error "
        "FROM runs AS r JOIN models AS m ON m.id = r.model "
        "LEFT JOIN samples AS s ON s.run = r.id AND s.idx = 0 "
        "WHERE r.trashed_us IS NULL AND (? IS NULL OR r.run_id < ?) "
        "ORDER BY r.run_id DESC LIMIT ?",
        [4 * PREVIEW_CHARACTERS, before, before, limit],
    ).fetchall()
    return [
        RunRow(
            run_id=run_id,
            created_us=created_us,
            status=RunStatus(status),
            prompt_name=restored(prompt_name),
            model_name=restored(model_name),
            reply=elide(restored(text or ""), PREVIEW_CHARACTERS),
            n_tokens=n_tokens,
            seed=seed,
            finish=None if finish is None else Finish(finish),
            error=restored(error),
        )
        for (
            run_id, created_us, status, prompt_name, model_name,
            text, n_tokens, seed, finish, error,
        ) in rows
    ]  # fmt: skip


def row_of(start: RunStart, end: RunEnd | None) -> RunRow:
    """The list row of a run that is only in memory."""
    row = RunRow(
        run_id=start.run_id,
        created_us=start.created_us,
        status=RunStatus.RUNNING,
        prompt_name=start.prompt_name,
        model_name=start.model.name,
        reply="",
        n_tokens=None,
        seed=start.seed,
        finish=None,
        error="",
    )
    return row if end is None else with_end(row, end)


def with_end(row: RunRow, end: RunEnd) -> RunRow:
    """The list row of a run whose end is only in memory."""
    samples = end.result.samples
    return replace(
        row,
        status=end.status,
        reply=elide(samples[0].text, PREVIEW_CHARACTERS) if samples else "",
        n_tokens=sum(len(sample.tokens) for sample in samples),
        finish=samples[0].finish if samples else None,
        error=end.result.error,
    )


def stored_run(connection: sqlite3.Connection, run_id: str) -> StoredRun | None:
    """A whole run, or None when there is no such run.

    Raises:
        UserError: what made the run is damaged beyond reading.
    """
    cursor = connection.execute("SELECT * FROM runs WHERE run_id = ?", [run_id])
    row = cursor.fetchone()
    if row is None:
        return None
    run = dict(zip((column[0] for column in cursor.description), row, strict=True))
    problems: list[str] = []
    start = _start(connection, run, problems)
    status = RunStatus(_restored(run["status"]))
    end = None if status is RunStatus.RUNNING else _end(connection, run, problems)
    return StoredRun(start, end, status, tuple(problems))


def model_info(connection: sqlite3.Connection, model: int, problems: list[str]) -> ModelInfo:
    """The description of a model by its row number."""
    info, template = connection.execute(
        "SELECT info, chat_template FROM models WHERE id = ?", [model]
    ).fetchone()
    rebuilt = rebuild(ModelInfo, restored(info), "model", problems)
    return replace(rebuilt, chat_template=_content_or_none(connection, template))


def _start(connection: sqlite3.Connection, run: dict[str, object], problems: list[str]) -> RunStart:
    def text(column: str) -> str:
        return _content(connection, run[column])

    parent = (run["parent_run"], run["parent_sample"], run["fork_token"])
    values: dict[str, object] = {
        "run_id": run["run_id"],
        "created_us": run["created_us"],
        "prompt_name": _restored(run["prompt_name"]),
        "prompt_path": _restored(run["prompt_path"]),
        "prompt_source": text("prompt_source"),
        "variables": loads(_restored(run["variables"])),
        "text": text("rendered"),
        "prompt_tokens": _prompt_tokens(run["prompt_tokens"], problems),
        "chat_template": _content_or_none(connection, run["chat_template"]),
        "model": model_info(connection, _integer(run["model"]), problems),
        "engine": rebuild(EngineInfo, text("engine"), "engine", problems),
        "settings": rebuild(EngineSettings, text("settings"), "settings", problems),
        "sampling": sampling_from(text("sampling"), problems),
        "seed": run["seed"],
        "n_samples": run["n_samples"],
        "parent": parent if None not in parent else None,
        "given": _given(run["given"], problems),
        "experiment": _restored(run["experiment"]),
    }
    return RunStart(**values)  # type: ignore[arg-type]  # the schema holds each field's own type


def _given(stored: object, problems: list[str]) -> tuple[int, ...]:
    ids = loads(_restored(stored))
    if isinstance(ids, list) and all(type(i) is int for i in ids):
        return tuple(ids)
    problems.append("given: the stored value is no list of token ids.")
    return ()


def _end(connection: sqlite3.Connection, run: dict[str, object], problems: list[str]) -> RunEnd:
    rows = connection.execute(
        "SELECT idx, text, finish, context_full, tokens FROM samples WHERE run = ? ORDER BY idx",
        [run["id"]],
    ).fetchall()
    pieces: dict[int, bytes] = {}
    samples = []
    for index, text, finish, context_full, blob in rows:
        table = _table(blob, index, pieces, problems)
        samples.append(SampleResult(restored(text), Finish(finish), table, bool(context_full)))
    timings = {name: run[name] for name in Timings.__slots__ if run[name] is not None}
    result = GenerateResult(
        samples=tuple(samples),
        timings=Timings(**timings),  # type: ignore[arg-type]  # columns of the same types
        pieces=pieces,
        error=_restored(run["error"]),
        hint=_restored(run["hint"]),
        served=_served(run["served"], problems),
    )
    return RunEnd(_integer(run["ended_us"]), RunStatus(_restored(run["status"])), result)


def _served(stored: object, problems: list[str]) -> Served | None:
    if stored is None:
        return None
    return rebuild(Served, _restored(stored), "served", problems)


def _table(
    blob: bytes | None, index: int, pieces: dict[int, bytes], problems: list[str]
) -> TokenTable:
    if blob is None:
        return TokenTable.empty()
    try:
        table, mentioned = decode_tokens(blob)
    except UserError as error:
        problems.append(f"Sample {index}: {error.message}")
        return TokenTable.empty()
    pieces.update(mentioned)
    return table


def _prompt_tokens(blob: object, problems: list[str]) -> tuple[PromptToken, ...]:
    try:
        return decode_prompt_tokens(blob if isinstance(blob, bytes) else b"")
    except UserError as error:
        problems.append(error.message)
        return ()


def _content(connection: sqlite3.Connection, content: object) -> str:
    row = connection.execute("SELECT text FROM contents WHERE id = ?", [content]).fetchone()
    if row is None:
        raise UserError(
            f"A text that a run refers to (number {content}) is missing from the history.",
            "The history file may be damaged; restore a backup to read this run.",
        )
    return restored(row[0])


def _content_or_none(connection: sqlite3.Connection, content: object) -> str | None:
    return None if content is None else _content(connection, content)


def _restored(value: object) -> str:
    return restored(value) if isinstance(value, str | bytes) else ""


def _integer(value: object) -> int:
    return value if isinstance(value, int) else 0
