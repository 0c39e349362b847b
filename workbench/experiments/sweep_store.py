"""Sweeps in the history: the plan as JSON, and which cells are done already."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.run import RunStatus
from workbench.experiments.sweep_plan import (
    SWEEP,
    SweepPlan,
    axes_from,
    prompt_from,
    prompt_record,
)

if TYPE_CHECKING:
    from workbench.history.store import HistoryStore

KIND = SWEEP


def plan_record(plan: SweepPlan) -> dict[str, Any]:
    """A plan as JSON values."""
    from workbench.history.values import loads, sampling_json, value_json

    return {
        "axes": [{"name": a.name, "values": list(a.values)} for a in plan.axes],
        "models": [str(m) for m in plan.models],
        "prompts": [prompt_record(p) for p in plan.prompts],
        "values": dict(plan.values),
        "sampling": loads(sampling_json(plan.sampling)),
        "seed": plan.seed,
        "n_samples": plan.n_samples,
        "settings": loads(value_json(plan.settings)),
        "is_list": plan.is_list,
        "chat_template": plan.chat_template,
    }


def stored_plan(store: HistoryStore, name: str) -> tuple[str, SweepPlan]:
    """The name and the plan of a sweep; "last" means the newest.

    Raises:
        UserError: there is none, or it was written by a version that knows other values.
    """
    from workbench.history.experiments import find_experiment
    from workbench.history.values import dumps, rebuild, sampling_from

    found = find_experiment(store, KIND, name)
    record: Any = found.plan
    problems: list[str] = []
    try:
        plan = SweepPlan(
            axes=axes_from(record["axes"]),
            models=tuple(Path(m) for m in record["models"]),
            prompts=tuple(prompt_from(p) for p in record["prompts"]),
            values=record["values"],
            sampling=sampling_from(dumps(record["sampling"]), problems),
            seed=record["seed"],
            n_samples=record["n_samples"],
            settings=rebuild(EngineSettings, dumps(record["settings"]), "settings", problems),
            is_list=record["is_list"],
            chat_template=record.get("chat_template"),
        )
    except (KeyError, TypeError) as error:
        raise UserError(f"{found.name} cannot be read: {error!r}.") from error
    if problems:
        raise UserError(f"{found.name} cannot go on: {problems[0]}")
    return found.name, plan


def done_cells(store: HistoryStore, name: str) -> dict[int, str]:
    """The run of every cell that is done; of several the first.

    Raises:
        UserError: the history cannot be read.
    """
    from workbench.history.experiments import placed_runs

    done: dict[int, str] = {}
    for placed in placed_runs(store, name):
        if placed.status is RunStatus.DONE:
            done.setdefault(placed.place, placed.run_id)
    return done


@dataclass(frozen=True, slots=True)
class StoredSweep:
    """A sweep of the history.

    Attributes:
        created_us: microseconds since the Unix epoch.
        done: cells that are done.
    """

    name: str
    created_us: int
    plan: SweepPlan
    done: int

    @property
    def total(self) -> int:
        """How many cells it has."""
        return self.plan.n_cells


def stored_sweeps(store: HistoryStore, limit: int = 30) -> list[StoredSweep]:
    """The newest sweeps, newest first; those that cannot be read any more are left out.

    Raises:
        UserError: the history cannot be read.
    """
    from workbench.history.experiments import list_experiments

    found = []
    for known in list_experiments(store, KIND)[:limit]:
        with suppress(UserError):
            name, plan = stored_plan(store, known.name)
            done = len(done_cells(store, name))
            found.append(StoredSweep(name, known.created_us, plan, done))
    return found
