"""What an evaluation costs before it starts: tokens by filling some prompts, time by a trial."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from workbench.core.cancel import CancelToken
from workbench.core.task import Kind, Task
from workbench.experiments.evaluate.asker import Asker
from workbench.experiments.evaluate.items import asked_items
from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.evaluate.plan import EvalPlan, checked
from workbench.experiments.evaluate.runner import EvalProgress, Evaluation
from workbench.experiments.session import Session

TRIED = 3
"""Items that are asked of every subject to know its speed."""

_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class EvalCost:
    """What an evaluation costs, about.

    Attributes:
        runs: items times subjects.
        prompt_tokens: of all prompts together; shared beginnings are read only once, so that less
            is read. From a sample of the items.
        reply_tokens: to make at most; 0 for items whose answers are only scored.
        seconds: from asking `tried` items of every subject; None when that did not work.
        longest: tokens of the longest prompt of the sample.
    """

    runs: int
    prompt_tokens: int
    reply_tokens: int
    seconds: float | None
    tried: int
    longest: int


class _Clock:
    """An `EvalSink` that notes when items end."""

    def __init__(self) -> None:
        self.ends: dict[int, list[float]] = {}
        self.failed = False

    def item_finished(self, outcome: ItemOutcome, _progress: EvalProgress) -> None:
        """Note the time."""
        self.failed = self.failed or bool(outcome.error)
        self.ends.setdefault(outcome.subject, []).append(time.monotonic())


def eval_cost(
    session: Session, plan: EvalPlan, task: Task, cancel: CancelToken | None = None
) -> EvalCost:
    """Fill a sample of the prompts and ask a few items without keeping anything; loads the models.

    Raises:
        UserError: a model cannot be loaded, or a prompt does not fit the task.
        Cancelled: somebody asked to stop.
    """
    cancel = cancel or CancelToken()
    items = asked_items(task, plan)
    checked(plan, len(items))
    step = max(1, len(items) // _LOOKED_AT)
    sample = items[::step]
    total = longest = made = 0
    for subject in plan.subjects:
        asker = Asker(session, plan, subject, "")
        asker.check(items[0])
        lengths = []
        for asked in sample:
            cancel.check()
            lengths.append(len(asker.fill(asked).tokens.ids))
        longest = max(longest, *lengths)
        total += round(sum(lengths) / len(lengths) * len(items))
        if task.kind in (Kind.GENERATE, Kind.CODE, Kind.CALL):
            made += len(items) * plan.n_samples * subject.sampling.max_tokens
    few = [asked.item for asked in items if asked.item.variant != "control"][:TRIED]
    seconds = _tried(session, plan, replace(task, items=tuple(few)), len(items), cancel)
    runs = len(items) * len(plan.subjects)
    return EvalCost(runs, total, made, seconds, len(few), longest)


def _tried(
    session: Session, plan: EvalPlan, task: Task, n_items: int, cancel: CancelToken
) -> float | None:
    clock = _Clock()
    bare = replace(plan, few_shot=plan.few_shot if task.few_shot else 0)
    evaluation = Evaluation(session, bare, task, clock, save=False)
    began = time.monotonic()
    evaluation.start()
    while True:
        try:
            end = evaluation.wait(0.05)
            break
        except TimeoutError:
            if cancel:
                evaluation.cancel()
    cancel.check()
    if clock.failed or end.stopped or not end.outcomes:
        return None
    took = time.monotonic() - began
    return took / len(end.outcomes) * n_items * len(plan.subjects)


def cost_words(cost: EvalCost) -> str:
    """The cost as a sentence."""
    parts = [f"{cost.runs:,} runs", f"about {_round(cost.prompt_tokens):,} prompt tokens"]
    if cost.reply_tokens:
        parts.append(f"at most {cost.reply_tokens:,} to make")
    if cost.seconds is not None:
        parts.append(f"about {_time(cost.seconds)}, by asking {cost.tried} items")
    return " · ".join(parts)


def _round(number: int) -> int:
    """Two significant digits: a sample knows no more."""
    size: int = 10 ** max(0, len(str(number)) - 2)
    return round(number / size) * size


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
