"""Judge and guard: the points and classes of replies are the engine's own probabilities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.evaluations import SETTINGS, evaluated, plan_for, word_rows, write_rows

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.types import ChooseRequest
from workbench.engine.llama import LlamaEngine
from workbench.engine.pool import EnginePool
from workbench.experiments.evaluate.grading import (
    CLASSES,
    RATINGS,
    Graders,
    Grading,
    guard,
    judge,
    keep_grades,
)
from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.evaluate.runner import Evaluation
from workbench.experiments.evaluate.scoring import Scorer
from workbench.experiments.evaluate.store import outcomes as stored_outcomes
from workbench.experiments.evaluate.summary import Summarizer
from workbench.experiments.session import Session, open_session
from workbench.metrics.registry import built_in_metrics
from workbench.metrics.scoring import score
from workbench.templates.prompt_file import parse_prompt


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    opened, _ = open_session(own_profile, EnginePool())
    yield opened
    opened.close()


def ignore(_done: int, _total: int) -> None:
    """Nobody follows."""


def asked(
    session: Session, model: Path, folder: Path
) -> tuple[Evaluation, tuple[ItemOutcome, ...]]:
    """Three questions answered by the model."""
    plan = plan_for(write_rows(folder / "t.jsonl", word_rows(3)), model)
    evaluation, end = evaluated(session, plan)
    return evaluation, tuple(end.outcomes)


PLAIN = """\
name: Rate
variables:
  question: {type: text}
  answer: {type: text}
text: "{{ question }} {{ answer }} Points: "
"""


def test_points_are_exact_probabilities(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    evaluation, outcomes = asked(session, small_demo_model, tmp_path)
    items = [one.item for one in evaluation.items]
    prompt = parse_prompt(PLAIN, "rate")
    graders = Graders(judge(small_demo_model, session.library, prompt))
    seen: list[tuple[int, int]] = []
    found = Grading(session, SETTINGS).grade(
        graders, items, outcomes, lambda done, total: seen.append((done, total)), CancelToken()
    )
    assert not found.problems
    assert not found.stopped
    assert seen == [(1, 3), (2, 3), (3, 3)]
    engine = LlamaEngine(small_demo_model, SETTINGS)
    try:
        for item, outcome in zip(items, found.outcomes, strict=True):
            (reply,) = outcome.evidence
            text = f"{item.variables['question']} {reply.prediction} Points: "
            ids = engine.tokenize(text, add_bos=True).ids
            whole = [engine.tokenize(text + c, add_bos=True).ids for c in RATINGS]
            ends = tuple(
                w[len(ids) :] if w[: len(ids)] == ids else engine.tokenize(c, add_bos=False).ids
                for c, w in zip(RATINGS, whole, strict=True)
            )
            expected = engine.choose(ChooseRequest(ids, ends), ignore, CancelToken())
            logprobs = np.array([e.logprob for e in expected])
            assert [c.text for c in reply.judge_choices] == list(RATINGS)
            assert [c.logprob for c in reply.judge_choices] == pytest.approx(logprobs, abs=1e-5)
            p = np.exp(logprobs - logprobs.max())
            mean = (p / p.sum() * np.arange(1, 6)).sum()
            value = score(built_in_metrics().get("judge_score"), reply).value
            assert value == pytest.approx((mean - 1) / 4, abs=1e-5)
    finally:
        engine.close()


def test_bundled_prompts_grade_and_nothing_is_graded_twice(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    evaluation, outcomes = asked(session, small_demo_model, tmp_path)
    items = [one.item for one in evaluation.items]
    graders = Graders(
        judge(small_demo_model, session.library), guard(small_demo_model, session.library)
    )
    assert graders.metrics == ("judge_score", "safety")
    grading = Grading(session, SETTINGS)
    found = grading.grade(graders, items, outcomes, ignore, CancelToken())
    assert not found.problems
    for outcome in found.outcomes:
        (reply,) = outcome.evidence
        assert [c.text for c in reply.guard_choices] == list(CLASSES)
        for name in graders.metrics:
            value = score(built_in_metrics().get(name), reply).value
            assert value is not None
            assert 0 <= value <= 1
    keep_grades(session.store, evaluation.name, found.outcomes)
    kept = stored_outcomes(session.store, evaluation.name, len(items))
    assert [o.evidence[0].judge_choices for o in kept] == [
        o.evidence[0].judge_choices for o in found.outcomes
    ]
    # Other weights would be seen at once if anything were asked again.
    other = Graders(judge(small_demo_model, session.library, parse_prompt(PLAIN, "rate")))
    again = grading.grade(other, items, kept, ignore, CancelToken())
    assert [o.evidence[0].judge_choices for o in again.outcomes] == [
        o.evidence[0].judge_choices for o in kept
    ]


def test_a_stop_keeps_what_was_graded(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    evaluation, outcomes = asked(session, small_demo_model, tmp_path)
    cancel = CancelToken()
    found = Grading(session, SETTINGS).grade(
        Graders(guard=guard(small_demo_model, session.library)),
        [one.item for one in evaluation.items],
        outcomes,
        lambda done, _total: cancel.cancel() if done == 1 else None,
        cancel,
    )
    assert found.stopped
    assert [bool(o.evidence[0].guard_choices) for o in found.outcomes] == [True, False, False]


def test_a_prompt_without_a_place_for_the_reply_is_refused(
    session: Session, small_demo_model: Path
) -> None:
    prompt = parse_prompt("name: x\ntext: hello\n", "x")
    with pytest.raises(UserError, match="question and no answer"):
        judge(small_demo_model, session.library, prompt)


def test_what_does_not_fit_is_a_problem_and_the_rest_is_graded(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    evaluation, outcomes = asked(session, small_demo_model, tmp_path)
    items = [one.item for one in evaluation.items]
    items[1] = type(items[1])(
        items[1].id, items[1].kind, variables={"question": "word " * 2000}, references=("x",)
    )
    graders = Graders(judge(small_demo_model, session.library))
    found = Grading(session, SETTINGS).grade(graders, items, outcomes, ignore, CancelToken())
    (problem,) = found.problems
    assert problem.startswith(f"{outcomes[1].item_id}: ")
    assert [bool(o.evidence[0].judge_choices) for o in found.outcomes] == [True, False, True]


def test_metrics_see_the_columns_of_the_item(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    """BBQ's roles stand in columns that only metrics ask for."""
    rows = [
        {"prompt": f"Who was it? {i}:", "classes": [" he", " she", " nobody"], "answer_index": 2,
         "biased_idx": 0, "unknown_idx": 2, "ambig": "yes"}
        for i in range(3)
    ]  # fmt: skip
    plan = plan_for(write_rows(tmp_path / "t.jsonl", rows), small_demo_model)
    evaluation, end = evaluated(session, plan)
    scorer = Scorer()
    measured = (scorer.measured("bias_score", {}),)
    summary = Summarizer(plan, evaluation.items, measured, scorer).summary(end.outcomes)
    (subject,) = summary.subjects
    assert subject.aggregates["bias_score"].n == 3
    found = subject.items[0].outcome
    assert found is not None
    assert found.evidence[0].prompt == "Who was it? 0:"
