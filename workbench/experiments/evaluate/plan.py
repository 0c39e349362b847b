"""What an evaluation is: prompts x models x settings x items. Values and checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.remote import model_label
from workbench.core.sampling import MAX_SEED, Sampling
from workbench.core.task import Kind
from workbench.templates.prompt_file import PromptFile

KIND = "evaluation"
"""What the history calls it."""

MAX_RUNS = 1_000_000


class ChoiceStyle(StrEnum):
    """What follows the prompt when the answers of a choice item are weighed."""

    LETTERS = "letters"
    """The answers are listed and their letters are scored, as MMLU is."""
    ANSWERS = "answers"
    """The answers' whole texts are scored, as TruthfulQA is; they are not listed."""


@dataclass(frozen=True, slots=True)
class TaskSource:
    """Which items, so that the very same ones can be read again.

    Attributes:
        sha256: of the file, as `Task` has it.
        split: of a data set folder; "" for the usual one.
        limit: how many items from the beginning are asked; None for all.
    """

    path: Path
    kind: Kind
    sha256: str
    split: str = ""
    limit: int | None = None

    def read_limit(self, few_shot: int) -> int | None:
        """How many items are read: examples may be taken from them."""
        return None if self.limit is None else self.limit + few_shot


@dataclass(frozen=True, slots=True)
class EvalPlan:
    """Everything that makes an evaluation repeatable.

    Attributes:
        prompts: what is filled with each item; None for the kind's own prompt.
        samplings: decoding settings, one or more; for choice and sequence items they mean
            nothing.
        seed: of the first sample of the first item; item i takes seed + i * n_samples.
        few_shot: examples in front of every item.
        style: of choice items whose answers are no exact texts; None for what the task suggests.
        permute: whether the answers of choice items are shown in a shuffled order (the seed says
            which); items that ask for it are shuffled anyway.
        metrics: names, with arguments as JSON values; empty for what the task suggests.
        unconditional: whether answers are also scored behind nothing (mutual information).
        embedder: a model that makes vectors of replies in words and of their references.
        infill: whether items with a prefix and a suffix are asked by a code model's own marks for
            what stands between.
        one_by_one: whether items that are answered in words are made each by itself, as a single
            run is, and not beside each other in one batch.
        run_code, force_code: whether the programs of code items may run, and even without all
            the sandbox's walls.
    """

    task: TaskSource
    models: tuple[Path, ...]
    prompts: tuple[PromptFile | None, ...] = (None,)
    samplings: tuple[Sampling, ...] = (Sampling(),)
    settings: EngineSettings = field(default_factory=EngineSettings)
    seed: int = 0
    n_samples: int = 1
    few_shot: int = 0
    style: ChoiceStyle | None = None
    permute: bool = False
    unconditional: bool = False
    metrics: tuple[tuple[str, Mapping[str, object]], ...] = ()
    embedder: Path | None = None
    infill: bool = False
    one_by_one: bool = False
    run_code: bool = False
    force_code: bool = False

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What is compared, models one after another so that each is loaded once."""
        return tuple(
            Subject(number, model, prompt, sampling)
            for number, (model, prompt, sampling) in enumerate(
                (m, p, s) for m in self.models for p in self.prompts for s in self.samplings
            )
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """One model with one prompt and one setting."""

    number: int
    model: Path
    prompt: PromptFile | None
    sampling: Sampling


def label_of(plan: EvalPlan, subject: Subject) -> str:
    """What to call a subject: the model, and what else tells it from the others."""
    names = [model_label(model) for model in plan.models]
    short = model_label(subject.model)
    parts = [short if names.count(short) == 1 else str(subject.model)]
    if len(plan.prompts) > 1:
        parts.append(subject.prompt.name if subject.prompt is not None else "default prompt")
    if len(plan.samplings) > 1:
        parts.append(f"settings {plan.samplings.index(subject.sampling) + 1}")
    return ", ".join(parts)


def checked(plan: EvalPlan, n_items: int) -> EvalPlan:
    """The plan, if it can be run over so many items.

    Raises:
        UserError: no model, one twice, a number out of range, or too much of everything.
    """
    if not plan.models:
        raise UserError("An evaluation needs a model.", "Name one with -m.")
    if len(set(plan.models)) < len(plan.models):
        raise UserError("A model is named twice.")
    if len(set(plan.samplings)) < len(plan.samplings):
        raise UserError("Two settings are the same.")
    if not 1 <= plan.n_samples <= 1024:
        raise UserError(f"n_samples must be between 1 and 1,024, not {plan.n_samples}.")
    if not 0 <= plan.seed <= MAX_SEED:
        raise UserError(f"seed must be between 0 and {MAX_SEED}, not {plan.seed}.")
    if plan.few_shot < 0:
        raise UserError(f"few_shot must be 0 or more, not {plan.few_shot}.")
    total = n_items * len(plan.subjects)
    if total > MAX_RUNS:
        raise UserError(
            f"That would be {total:,} runs; {MAX_RUNS:,} are possible.", "Set a limit on the items."
        )
    return plan


def seed_of(plan: EvalPlan, index: int) -> int:
    """The seed of an item's first sample; the same for every subject."""
    return (plan.seed + index * plan.n_samples) % (MAX_SEED - plan.n_samples + 1)
