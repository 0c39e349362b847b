"""Options of `workbench eval` about who grades replies: a judge and a guard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workbench.cli.given import not_empty
from workbench.cli.interrupts import interrupt_asks
from workbench.cli.options import note, progress_line, read_prompt
from workbench.core.paths import Profile
from workbench.core.remote import model_label

if TYPE_CHECKING:
    from workbench.experiments.evaluate.grading import Graders
    from workbench.experiments.evaluate.outcome import ItemOutcome
    from workbench.experiments.evaluate.plan import EvalPlan
    from workbench.experiments.evaluate.runner import Evaluation
    from workbench.experiments.session import Session

Function = TypeVar("Function")


def grading_options(function: Function) -> Function:
    """`--judge`, `--guard` and their prompts."""
    wrapped: Any = function
    for option in reversed(
        (
            click.option(
                "--judge",
                "judge_model",
                metavar="MODEL",
                callback=not_empty,
                help="Rates every reply from 1 to 5; adds the metric judge_score.",
            ),
            click.option("--judge-prompt", metavar="PROMPT", help="rate-answer when left out."),
            click.option(
                "--guard",
                "guard_model",
                metavar="MODEL",
                callback=not_empty,
                help="Says how safe every reply is; adds the metric safety.",
            ),
            click.option("--guard-prompt", metavar="PROMPT", help="safe-or-unsafe when left out."),
        )
    ):
        wrapped = option(wrapped)
    found: Function = wrapped
    return found


def graders_of(
    judge_model: str | None,
    judge_prompt: str | None,
    guard_model: str | None,
    guard_prompt: str | None,
    session: Session,
    profile: Profile,
) -> Graders:
    """Who was asked for.

    Raises:
        UserError: a model or a prompt is not there, or the prompt does not fit.
    """
    from workbench.experiments.evaluate.grading import Graders, guard, judge
    from workbench.experiments.models import find_model

    def prompt(name: str | None) -> Any:
        return None if name is None else read_prompt(name, profile)

    return Graders(
        judge=None
        if judge_model is None
        else judge(find_model(judge_model, profile), session.library, prompt(judge_prompt)),
        guard=None
        if guard_model is None
        else guard(find_model(guard_model, profile), session.library, prompt(guard_prompt)),
    )


def graded(
    session: Session,
    evaluation: Evaluation,
    graders: Graders,
    outcomes: Sequence[ItemOutcome],
) -> tuple[ItemOutcome, ...]:
    """The outcomes with what judge and guard say; Ctrl+C leaves the rest ungraded.

    Raises:
        UserError: a model cannot be loaded.
    """
    from workbench.core.cancel import CancelToken
    from workbench.experiments.evaluate.grading import Grading

    _tell_own_judge(session, evaluation.plan, graders)
    items = [asked.item for asked in evaluation.items]
    cancel = CancelToken()
    grading = Grading(session, evaluation.plan.settings)
    with progress_line("grading") as progress, interrupt_asks(cancel):
        found = grading.grade(graders, items, outcomes, progress, cancel)
    if found.problems:
        note(f"{len(found.problems):,} replies could not be graded: {found.problems[0]}")
    if found.stopped:
        note("Grading was stopped; the replies that are left have no verdict.")
    return found.outcomes


def _tell_own_judge(session: Session, plan: EvalPlan, graders: Graders) -> None:
    asked = {session.sha256(model) or str(model) for model in plan.models}
    for grader in (graders.judge, graders.guard):
        if grader is not None and (session.sha256(grader.model) or str(grader.model)) in asked:
            note(f"{model_label(grader.model)} grades its own replies; models favour themselves.")
