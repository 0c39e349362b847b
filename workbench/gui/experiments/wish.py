"""What a person wants to have measured, and the plan made from it. No Qt; any thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.sampling import PRESETS, Sampling
from workbench.core.task import Kind, Task
from workbench.experiments.evaluate.ask_plan import asked_metric, usual_sampling
from workbench.experiments.evaluate.plan import ChoiceStyle, EvalPlan, TaskSource
from workbench.experiments.evaluate.scoring import needs_unconditional
from workbench.experiments.suites import Suite
from workbench.gui.translate import mark, tr, tr_n
from workbench.templates.prompt_file import PromptFile

USUAL = "usual"
WINDOW = "window"
SETTINGS: Mapping[str, str] = {
    USUAL: mark("greedy, as benchmarks do"),
    WINDOW: mark("as in the Prompt workspace"),
    **{name: f"preset {name}" for name in PRESETS},
}
"""Ways to decode that can be measured, by key."""


@dataclass(frozen=True, slots=True)
class TaskChoice:
    """A task somebody chose: a bundled suite, or a file or folder of their own."""

    path: Path
    suite: Suite | None = None
    kind: Kind | None = None

    @property
    def name(self) -> str:
        """What it is called: a bundled one in the person's language."""
        return tr(self.suite.title) if self.suite is not None else self.path.name


@dataclass(frozen=True, slots=True, eq=False)
class PromptChoice:
    """A prompt that items can fill; `make` may read a file and gives None for the kind's own."""

    key: str
    label: str
    make: Callable[[], PromptFile | None]


@dataclass(frozen=True, slots=True, eq=False)
class EvalWish:
    """Everything the form says.

    Attributes:
        settings: keys of `SETTINGS`; `window`: what stands in the Prompt workspace.
        infill: whether gaps are filled by a code model's own marks.
        embedder, judge, guard: models that make vectors of replies, rate them, or call them safe
            or unsafe; None for none.
        style: "letters", "answers", or empty for what the task suggests.
        limit: items from the beginning; None for all.
    """

    models: tuple[Path, ...]
    prompts: tuple[PromptChoice, ...]
    settings: tuple[str, ...]
    metrics: tuple[str, ...]
    window: Sampling
    limit: int | None = None
    few_shot: int = 0
    n_samples: int = 1
    seed: int = 0
    style: str = ""
    permute: bool = False
    run_code: bool = False
    infill: bool = False
    embedder: Path | None = None
    judge: Path | None = None
    guard: Path | None = None

    @property
    def read_limit(self) -> int | None:
        """How many items are read: examples may be taken from them."""
        return None if self.limit is None else self.limit + self.few_shot


def plan_of(wish: EvalWish, task: Task) -> EvalPlan:
    """The plan to run over the task's items.

    Args:
        task: as it was read with the wish's limit.

    Raises:
        UserError: nothing is ticked where something is needed, or a prompt cannot be read.
    """
    if not wish.models:
        raise UserError(tr("No model is ticked."), tr("Tick at least one in the list of models."))
    if not wish.settings:
        raise UserError(tr("No settings are ticked."), tr("Tick at least one way to decode."))
    prompts = tuple(choice.make() for choice in wish.prompts) or (None,)
    own = all(prompt is not None for prompt in prompts)
    usual = usual_sampling(task.kind, wish.n_samples, own_prompt=own, stop=task.stop)
    metrics = tuple(asked_metric(name) for name in wish.metrics)
    metrics += tuple((name, {}) for name in _graded_by(wish) if name not in wish.metrics)
    return EvalPlan(
        task=TaskSource(Path(task.path).absolute(), task.kind, task.sha256, "", wish.limit),
        models=wish.models,
        prompts=_told_apart(prompts),
        samplings=tuple(dict.fromkeys(_sampling(key, usual, wish.window) for key in wish.settings)),
        seed=wish.seed,
        n_samples=wish.n_samples,
        few_shot=wish.few_shot,
        style=ChoiceStyle(wish.style) if wish.style else None,
        permute=wish.permute,
        unconditional=needs_unconditional(metrics),
        metrics=metrics,
        embedder=wish.embedder,
        infill=wish.infill,
        run_code=wish.run_code,
    )


def _graded_by(wish: EvalWish) -> list[str]:
    """Metrics that other models make possible; none when no metric is ticked at all."""
    if not wish.metrics:
        return []
    graders = (("judge_score", wish.judge), ("safety", wish.guard))
    return [name for name, model in graders if model is not None]


def _sampling(key: str, usual: Sampling, window: Sampling) -> Sampling:
    """How replies are made; length and what ends a reply are those that suit the task."""
    if key == USUAL:
        return usual
    if key == WINDOW:
        return window
    return replace(PRESETS[key], max_tokens=usual.max_tokens, stop=usual.stop)


def _told_apart(prompts: Sequence[PromptFile | None]) -> tuple[PromptFile | None, ...]:
    """Two prompts of one name get numbers, so that tables can tell them apart."""
    names = [p.name for p in prompts if p is not None]
    made: list[PromptFile | None] = []
    for number, prompt in enumerate(prompts, 1):
        if prompt is not None and names.count(prompt.name) > 1:
            made.append(replace(prompt, name=f"{prompt.name} {number}"))
        else:
            made.append(prompt)
    return tuple(made)


def size_words(n_items: int, wish: EvalWish) -> str:
    """How much it is, before anything runs: "40 items × 2 models = 80 runs"."""
    prompts, settings = len(wish.prompts), len(wish.settings)
    parts = [
        tr_n("1 item", "{n:,} items", n_items),
        tr_n("1 model", "{n:,} models", len(wish.models)),
    ]
    if prompts > 1:
        parts.append(tr_n("1 prompt", "{n:,} prompts", prompts))
    if settings > 1:
        parts.append(tr_n("1 setting", "{n:,} settings", settings))
    runs = n_items * len(wish.models) * max(1, len(wish.prompts)) * len(wish.settings)
    said = f"{' × '.join(parts)} = {tr_n('1 run', '{n:,} runs', runs)}"
    if wish.n_samples > 1:
        said += tr_n(" of 1 reply", " of {n:,} replies", wish.n_samples)
    return said
