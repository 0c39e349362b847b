"""Items asked of models: what is scored is what the engine says, and every item has its run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.evaluations import (
    SETTINGS,
    WAIT_S,
    Watching,
    choice_rows,
    evaluated,
    plan_for,
    word_rows,
    write_rows,
)
from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.metric import CallEvidence, ChoiceEvidence, Evidence
from workbench.core.paths import Profile
from workbench.core.sampling import Sampling
from workbench.core.task import Kind
from workbench.core.types import GenerateRequest, ScoreRequest
from workbench.engine.llama import LlamaEngine
from workbench.engine.pool import EnginePool
from workbench.experiments.evaluate.evidence_json import from_json, to_json
from workbench.experiments.evaluate.plan import ChoiceStyle
from workbench.experiments.evaluate.read_calls import calls_in
from workbench.experiments.evaluate.runner import Evaluation
from workbench.experiments.evaluate.store import outcomes, stored_plan, task_of
from workbench.experiments.replay import NotReplayableError, replay
from workbench.experiments.session import Session, open_session
from workbench.experiments.tasks.load import load_task
from workbench.templates.prompt_file import raw_prompt


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    opened, _ = open_session(own_profile, EnginePool())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def alone(small_demo_model: Path) -> Iterator[LlamaEngine]:
    engine = LlamaEngine(small_demo_model, SETTINGS)
    yield engine
    engine.close()


def logprob_alone(engine: LlamaEngine, prompt: str, text: str) -> float:
    """Of a text behind a prompt, both tokenised as one and scored by themselves."""
    head = engine.tokenize(prompt, add_bos=True).ids
    whole = engine.tokenize(prompt + text, add_bos=True).ids
    assert whole[: len(head)] == head
    table = engine.score(ScoreRequest(whole, len(head), 0), lambda _d, _t: None, CancelToken())
    return float(table.logprob.sum(dtype=np.float64))


def test_answers_are_scored_behind_their_prompt(
    session: Session, small_demo_model: Path, alone: LlamaEngine, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(12))
    for style in ChoiceStyle:
        plan = plan_for(path, small_demo_model, few_shot=2, style=style, permute=True)
        evaluation, end = evaluated(session, plan)
        assert not end.save_error
        assert len(end.outcomes) == 10
        for outcome in end.outcomes:
            assert outcome.error == ""
            assert outcome.run_id is not None
            item = evaluation.items[outcome.index].item
            run = session.store.get(outcome.run_id)
            assert run.end is not None
            (evidence,) = outcome.evidence
            order = outcome.details.get("order", [0, 1, 2, 3])
            assert isinstance(order, list)
            texts = [sample.text for sample in run.end.result.samples]
            if style is ChoiceStyle.LETTERS:
                assert texts == [" A", " B", " C", " D"]
            else:
                assert texts == [f" {item.options[i]}" for i in order]
            for shown, own in enumerate(order):
                expected = logprob_alone(alone, run.start.text, texts[shown])
                assert evidence.choices[own].logprob == pytest.approx(expected, abs=1e-5)
                table = run.end.result.samples[shown].tokens
                assert table.logprob.sum(dtype=np.float64) == pytest.approx(
                    evidence.choices[own].logprob, abs=1e-5
                )
            best = max(range(4), key=lambda i: evidence.choices[i].logprob)
            assert evidence.prediction == item.options[best]
            assert evidence.gold == item.gold
            assert outcome.details["examples"] == ["q0", "q1"]
        orders = {str(outcome.details.get("order")) for outcome in end.outcomes}
        assert len(orders) > 2


def test_a_text_that_grows_together_with_its_prompt_is_scored_as_one(
    session: Session, small_demo_model: Path, alone: LlamaEngine, tmp_path: Path
) -> None:
    """The border: "Answer: " and "yes" are other tokens than "Answer:" and " yes"."""
    rows = [{"prompt": "The fox said ", "classes": ["milk", "tea"], "answer_index": 0}]
    plan = plan_for(write_rows(tmp_path / "t.jsonl", rows), small_demo_model)
    _, end = evaluated(session, plan)
    (outcome,) = end.outcomes
    assert outcome.details["moved_tokens"] == 1
    whole = alone.tokenize("The fox said milk", add_bos=True).ids
    head = alone.tokenize("The fox said", add_bos=True).ids
    table = alone.score(ScoreRequest(whole, len(head), 0), lambda _d, _t: None, CancelToken())
    expected = float(table.logprob.sum(dtype=np.float64))
    assert outcome.evidence[0].choices[0].logprob == pytest.approx(expected, abs=1e-5)


def test_a_text_is_scored_token_by_token(
    session: Session, small_demo_model: Path, alone: LlamaEngine, tmp_path: Path
) -> None:
    rows = [
        {"prompt": "Once upon a", "completion": " time there was"},
        {"text": "The fox saw a green boat."},
    ]
    plan = plan_for(write_rows(tmp_path / "t.jsonl", rows), small_demo_model, Kind.SEQUENCE)
    _, end = evaluated(session, plan)
    behind, whole = (outcome.evidence[0].logprobs for outcome in end.outcomes)
    assert behind is not None
    assert whole is not None
    expected = logprob_alone(alone, "Once upon a", " time there was")
    assert sum(behind.logprobs) == pytest.approx(expected, abs=1e-5)
    assert behind.n_bytes == len(" time there was")
    assert (behind.span, whole.span) == ("completion", "text")
    ids = alone.tokenize("The fox saw a green boat.", add_bos=True).ids
    assert len(whole.logprobs) == len(ids) - 1
    assert whole.n_bytes == len("The fox saw a green boat.")


def test_replies_are_those_of_the_engine(
    session: Session, small_demo_model: Path, alone: LlamaEngine, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", word_rows(4))
    sampling = Sampling(temperature=0.9, max_tokens=6)
    plan = plan_for(path, small_demo_model, samplings=(sampling,), n_samples=3, seed=5)
    _, end = evaluated(session, plan)
    for outcome in end.outcomes:
        assert outcome.run_id is not None
        run = session.store.get(outcome.run_id)
        assert run.start.seed == 5 + 3 * outcome.index
        ids = tuple(token.id for token in run.start.prompt_tokens)
        request = GenerateRequest(ids, sampling, run.start.seed, 3, top=10)
        expected = alone.generate(request, KeepingSink(), CancelToken())
        said = [sample.text.strip() for sample in expected.samples]
        assert [evidence.prediction for evidence in outcome.evidence] == said
        assert run.start.experiment.startswith("evaluation ")


def test_what_is_stored_comes_back_and_can_be_gone_on_with(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(40))
    task = load_task(path)
    plan = plan_for(path, small_demo_model, permute=True, metrics=(("accuracy", {}),))

    def stop(_outcome: object, _progress: object) -> None:
        if len(sink.outcomes) == 7:
            first.cancel()

    sink = Watching(stop)
    first = Evaluation(session, plan, task, sink)
    first.start()
    end = first.wait(WAIT_S)
    assert end.stopped
    assert 7 <= len(end.outcomes) < 40
    name, again = stored_plan(session.store, "last")
    assert (name, again) == (first.name, plan)
    second, whole = evaluated(session, again, name=name)
    assert len(whole.outcomes) == 40
    assert {o.place for o in whole.outcomes if o.kept} == {o.place for o in end.outcomes}
    _, plain = evaluated(session, plan, save=False)
    assert [(o.item_id, o.evidence, o.details) for o in whole.outcomes] == [
        (o.item_id, o.evidence, o.details) for o in plain.outcomes
    ]
    stored = outcomes(session.store, name, len(second.items))
    assert [(o.place, o.run_id, o.evidence) for o in stored] == [
        (o.place, o.run_id, o.evidence) for o in whole.outcomes
    ]
    assert session.store.count() == 40
    write_rows(path, choice_rows(41))
    with pytest.raises(UserError, match="was changed"):
        task_of(again)


def test_scored_answers_cannot_be_replayed(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(1))
    _, end = evaluated(session, plan_for(path, small_demo_model))
    assert end.outcomes[0].run_id is not None
    with pytest.raises(NotReplayableError, match="scored"):
        replay(session, session.store.get(end.outcomes[0].run_id))


def test_a_pause_lasts_until_it_goes_on(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(30))
    task = load_task(path)

    paused = threading.Event()

    def pause(_outcome: object, _progress: object) -> None:
        if len(sink.outcomes) == 3:
            evaluation.pause()
            paused.set()

    sink = Watching(pause)
    evaluation = Evaluation(session, plan_for(path, small_demo_model), task, sink)
    evaluation.start()
    assert paused.wait(WAIT_S)
    with pytest.raises(TimeoutError):
        evaluation.wait(1.0)
    assert evaluation.paused
    assert 3 <= len(sink.outcomes) < 30
    evaluation.go_on()
    assert len(evaluation.wait(WAIT_S).outcomes) == 30


def test_several_models_prompts_and_settings(
    session: Session, demo_model: Path, small_demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", word_rows(2))
    prompts = (raw_prompt("{{ question }}", "plain"), raw_prompt("Hi. {{ question }}", "hi"))
    samplings = tuple(Sampling(temperature=t, max_tokens=3) for t in (0.0, 1.0))
    plan = plan_for(path, demo_model, prompts=prompts, samplings=samplings)
    plan = replace(plan, models=(demo_model, small_demo_model))
    _, end = evaluated(session, plan)
    assert [o.place for o in end.outcomes] == list(range(16))
    runs = [session.store.get(o.run_id) for o in end.outcomes if o.run_id is not None]
    kinds = [(r.start.model.name, r.start.prompt_name, r.start.sampling.temperature) for r in runs]
    assert len(set(kinds)) == 8
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"few_shot": 9}, "has 3 examples"),
        ({"few_shot": 3}, "used as examples"),
        ({"models": ()}, "needs a model"),
        ({"n_samples": 0}, "n_samples"),
        ({"samplings": (Sampling(), Sampling())}, "the same"),
    ],
)
def test_a_plan_that_cannot_run_is_refused(
    session: Session, small_demo_model: Path, tmp_path: Path, more: dict[str, Any], words: str
) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(3))
    plan = plan_for(path, small_demo_model, **more)
    with pytest.raises(UserError, match=words):
        Evaluation(session, plan, load_task(path), Watching())


def test_a_prompt_that_does_not_fit_is_told_before_the_first_item(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", word_rows(3))
    plan = plan_for(path, small_demo_model, prompts=(raw_prompt("{{ country }}?", "x"),))
    evaluation = Evaluation(session, plan, load_task(path), Watching())
    evaluation.start()
    with pytest.raises(UserError, match="variable country"):
        evaluation.wait(WAIT_S)


def test_an_item_that_is_too_long_fails_alone(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    rows = choice_rows(3)
    rows[1]["question"] = "pear " * 900
    plan = plan_for(write_rows(tmp_path / "t.jsonl", rows), small_demo_model)
    _, end = evaluated(session, plan)
    assert [bool(o.error) for o in end.outcomes] == [False, True, False]
    assert "the context holds 512" in end.outcomes[1].error


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ('[{"name": "f", "arguments": {"a": 1}}]', (CallEvidence("f", {"a": 1}),)),
        ('```json\n{"f": {"a": [1]}}\n```', (CallEvidence("f", {"a": [1]}),)),
        ('<tool_call>\n{"name": "f", "arguments": "{\\"a\\": 1}"}\n</tool_call>',
         (CallEvidence("f", {"a": 1}),)),
        ('[f(a=1), g.h(b="x")]', (CallEvidence("f", {"a": 1}), CallEvidence("g.h", {"b": "x"}))),
        ("[]", ()),
        ("I cannot do that.", None),
        ("f(1)", None),
        ("[" * 5000, None),
        ('{"name": 3, "arguments": {}}', None),
    ],
)  # fmt: skip
def test_calls_are_read_out_of_replies(text: str, calls: tuple[CallEvidence, ...] | None) -> None:
    assert calls_in(text) == calls


def test_evidence_comes_back_as_it_was() -> None:
    evidence = Evidence(
        prediction="x",
        references=("a", "b"),
        attempts=(True, False),
        calls=(CallEvidence("f", {"a": [1, None]}),),
        embeddings=((0.5, -1.0), (0.25, 2.0)),
        verdict_range=(1.0, 5.0),
        functions=({"name": "f"},),
        judge_choices=(ChoiceEvidence("5", -0.5, 1, 1, -2.0),),
        preference=0.5,
        rating=3.0,
    )
    assert from_json(to_json(evidence)) == evidence
    assert from_json(to_json(Evidence(calls=()))) == Evidence(calls=())
