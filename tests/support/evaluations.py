"""Tasks and evaluations of a test's own, in few words."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.core.engine_settings import EngineSettings
from workbench.core.sampling import Sampling
from workbench.core.task import Kind
from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.evaluate.plan import EvalPlan, TaskSource
from workbench.experiments.evaluate.runner import EvalEnd, EvalProgress, Evaluation
from workbench.experiments.session import Session
from workbench.experiments.tasks.load import load_task

WAIT_S = 110.0
SETTINGS = EngineSettings(n_ctx=512)
_WORDS = ("pear", "boat", "green", "fox", "owl", "tea", "plane", "milk", "pink", "cup")


def choice_rows(n: int, seed: int = 1) -> list[dict[str, Any]]:
    """Questions with four answers each."""
    drawn = random.Random(seed)
    return [
        {
            "id": f"q{number}",
            "question": f"Which one is number {number} of the {drawn.choice(_WORDS)}s?",
            "choices": drawn.sample(_WORDS, 4),
            "answer": drawn.randrange(4),
        }
        for number in range(n)
    ]


def word_rows(n: int) -> list[dict[str, Any]]:
    """Questions to be answered in words."""
    cities = {"Norway": "Oslo", "Kenya": "Nairobi", "Greece": "Athens", "Peru": "Lima"}
    named = list(cities.items())
    return [
        {"id": f"w{i}", "question": f"What is the capital of {named[i % 4][0]}? {i}",
         "answer": named[i % 4][1]}
        for i in range(n)
    ]  # fmt: skip


def write_rows(path: Path, rows: Sequence[object]) -> Path:
    """A JSON Lines file."""
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def plan_for(path: Path, model: Path, kind: Kind | None = None, **more: Any) -> EvalPlan:
    """A small plan over a file."""
    task = load_task(path, kind)
    plan = EvalPlan(
        TaskSource(path, task.kind, task.sha256),
        (model,),
        samplings=(Sampling(temperature=0.0, max_tokens=8),),
        settings=SETTINGS,
    )
    return replace(plan, **more)


def stored_items(profile: Path) -> int:
    """Items of evaluations on the disk, as another program sees them."""
    file = profile / "history.db"
    if not file.is_file():
        return 0
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM experiment_items").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


class Watching:
    """Keeps what it is told; `act` is called at every item."""

    def __init__(self, act: Callable[[ItemOutcome, EvalProgress], None] | None = None) -> None:
        self._act = act
        self.outcomes: list[ItemOutcome] = []
        self.progress: list[EvalProgress] = []

    def item_finished(self, outcome: ItemOutcome, progress: EvalProgress) -> None:
        """Keep both."""
        self.outcomes.append(outcome)
        self.progress.append(progress)
        if self._act is not None:
            self._act(outcome, progress)


def evaluated(
    session: Session, plan: EvalPlan, *, name: str = "", save: bool = True
) -> tuple[Evaluation, EvalEnd]:
    """An evaluation that has come to its end."""
    task = load_task(plan.task.path, plan.task.kind)
    evaluation = Evaluation(session, plan, task, Watching(), name=name, save=save)
    evaluation.start()
    return evaluation, evaluation.wait(WAIT_S)
