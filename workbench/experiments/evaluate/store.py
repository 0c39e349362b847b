"""Evaluations in the history: the plan as JSON, and what is done already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.task import Kind, Task
from workbench.experiments.evaluate.evidence_json import from_json, to_json
from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.evaluate.plan import KIND, ChoiceStyle, EvalPlan, TaskSource
from workbench.experiments.sweep_plan import prompt_from, prompt_record
from workbench.experiments.tasks.load import load_task

if TYPE_CHECKING:
    from workbench.history.experiment_items import StoredItem
    from workbench.history.store import HistoryStore

VERSION = 1
"""Of the plan's JSON."""


def plan_record(plan: EvalPlan, task: Task, n_items: int) -> dict[str, Any]:
    """A plan as JSON values, with what lists show of its task."""
    from workbench.history.values import loads, sampling_json, value_json

    return {
        "version": VERSION,
        "task": {
            "name": task.name,
            "path": str(plan.task.path),
            "kind": plan.task.kind.value,
            "sha256": plan.task.sha256,
            "split": plan.task.split,
            "limit": plan.task.limit,
            "format": task.format,
            "metrics": list(task.metrics),
            "bad_rows": len(task.bad_rows),
        },
        "n_items": n_items,
        "models": [str(m) for m in plan.models],
        "prompts": [None if p is None else prompt_record(p) for p in plan.prompts],
        "samplings": [loads(sampling_json(s)) for s in plan.samplings],
        "settings": loads(value_json(plan.settings)),
        "seed": plan.seed,
        "n_samples": plan.n_samples,
        "few_shot": plan.few_shot,
        "style": None if plan.style is None else plan.style.value,
        "permute": plan.permute,
        "unconditional": plan.unconditional,
        "metrics": [[name, dict(arguments)] for name, arguments in plan.metrics],
        "embedder": None if plan.embedder is None else str(plan.embedder),
        "infill": plan.infill,
        "one_by_one": plan.one_by_one,
        "run_code": plan.run_code,
        "force_code": plan.force_code,
    }


def stored_plan(store: HistoryStore, name: str) -> tuple[str, EvalPlan]:
    """The name and the plan of an evaluation; "last" means the newest.

    Raises:
        UserError: there is none, or it was written by a version that knows other values.
    """
    from workbench.history.experiments import find_experiment
    from workbench.history.values import dumps, rebuild, sampling_from

    found = find_experiment(store, KIND, name)
    record: Any = found.plan
    problems: list[str] = []
    try:
        source = record["task"]
        plan = EvalPlan(
            task=TaskSource(
                Path(source["path"]),
                Kind(source["kind"]),
                source["sha256"],
                source["split"],
                source["limit"],
            ),
            models=tuple(Path(m) for m in record["models"]),
            prompts=tuple(None if p is None else prompt_from(p) for p in record["prompts"]),
            samplings=tuple(sampling_from(dumps(s), problems) for s in record["samplings"]),
            settings=rebuild(EngineSettings, dumps(record["settings"]), "settings", problems),
            seed=record["seed"],
            n_samples=record["n_samples"],
            few_shot=record["few_shot"],
            style=None if record["style"] is None else ChoiceStyle(record["style"]),
            permute=record["permute"],
            unconditional=record["unconditional"],
            metrics=tuple((name, arguments) for name, arguments in record["metrics"]),
            embedder=_path(record.get("embedder")),
            infill=record.get("infill", False),
            one_by_one=record.get("one_by_one", False),
            run_code=record["run_code"],
            force_code=record["force_code"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"{found.name} cannot be read: {error!r}.") from error
    if problems:
        raise UserError(f"{found.name} cannot go on: {problems[0]}")
    return found.name, plan


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def task_of(plan: EvalPlan) -> Task:
    """The plan's items, read again.

    Raises:
        UserError: the file is gone or holds something else now.
    """
    source = plan.task
    limit = source.read_limit(plan.few_shot)
    task = load_task(source.path, source.kind, limit=limit, split=source.split)
    if task.sha256 != source.sha256:
        raise UserError(
            f"{source.path.name} was changed since the evaluation began.",
            "Put the old file back, or begin a new evaluation.",
        )
    return task


def record_of(outcome: ItemOutcome) -> StoredItem:
    """An outcome as the history keeps it."""
    from workbench.history.experiment_items import StoredItem

    return StoredItem(
        outcome.place,
        outcome.item_id,
        outcome.run_id,
        outcome.error,
        {
            "replies": [to_json(evidence) for evidence in outcome.evidence],
            "details": dict(outcome.details),
        },
    )


def outcomes(store: HistoryStore, name: str, n_items: int) -> list[ItemOutcome]:
    """Every item of an evaluation that is over, by place.

    Raises:
        UserError: the history cannot be read, or an item was written by another version.
    """
    from workbench.history.experiment_items import stored_items

    return [_outcome(stored, n_items) for stored in stored_items(store, name)]


def _outcome(stored: StoredItem, n_items: int) -> ItemOutcome:
    kept: Any = stored.evidence
    try:
        evidence = tuple(from_json(reply) for reply in kept["replies"])
        details = dict(kept["details"])
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"The result of item {stored.item} cannot be read: {error!r}.") from error
    subject, index = divmod(stored.place, n_items)
    return ItemOutcome(
        stored.place,
        subject,
        index,
        stored.item,
        stored.run_id,
        evidence,
        details,
        stored.error,
        kept=True,
    )
