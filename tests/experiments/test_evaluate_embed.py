"""Embed items: vectors of the engine, compared; likeness beside what people say of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.evaluations import (
    SETTINGS,
    WAIT_S,
    Watching,
    evaluated,
    plan_for,
    word_rows,
    write_rows,
)

from workbench.core.cancel import CancelToken
from workbench.core.metric import Evidence
from workbench.core.paths import Profile
from workbench.core.task import Kind
from workbench.engine.llama import LlamaEngine
from workbench.engine.pool import EnginePool
from workbench.experiments.evaluate.runner import EvalProgress, Evaluation
from workbench.experiments.evaluate.scoring import Scorer
from workbench.experiments.evaluate.store import outcomes, stored_plan
from workbench.experiments.evaluate.summary import Summarizer
from workbench.experiments.session import Session, open_session
from workbench.experiments.tasks.load import load_task
from workbench.metrics.registry import built_in_metrics
from workbench.metrics.scoring import aggregate
from workbench.templates.prompt_file import raw_prompt

ROWS = [
    {"query": "bread", "positives": ["keep bread fresh"], "negatives": ["a boat", "the sky"]},
    {"query": "sky", "positives": ["the sky is blue", "sky"], "negatives": ["a loaf"]},
]


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    opened, _ = open_session(own_profile, EnginePool())
    yield opened
    opened.close()


def test_texts_become_the_engines_vectors(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", ROWS)
    plan = plan_for(path, small_demo_model)
    assert plan.task.kind is Kind.EMBED
    _, end = evaluated(session, plan)
    engine = LlamaEngine(small_demo_model, SETTINGS)
    try:
        for row, outcome in zip(ROWS, end.outcomes, strict=True):
            assert outcome.error == ""
            texts = (str(row["query"]), *row["positives"], *row["negatives"])
            vectors = engine.embedder.embed(texts, lambda _d, _t: None, CancelToken()).vectors
            (evidence,) = outcome.evidence
            assert evidence.embeddings == tuple(tuple(v.tolist()) for v in vectors)
            assert outcome.details == {"pooling": "mean", "pooling_unnamed": True}
            run = session.store.get(outcome.run_id or "")
            assert run.start.text == texts[0]
            assert run.end is not None
            assert tuple(s.text for s in run.end.result.samples) == texts[1:]
        prompted = plan_for(path, small_demo_model, prompts=(raw_prompt("find: {{ prompt }}"),))
        _, other = evaluated(session, prompted)
        assert other.outcomes[0].evidence[0].prediction == "find: bread"
    finally:
        engine.close()


def test_a_text_that_is_too_long_fails_alone(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    rows = [{"sentence1": "a", "sentence2": "b", "score": 3},
            {"sentence1": "a", "sentence2": "word " * 2000, "score": 3}]  # fmt: skip
    plan = plan_for(write_rows(tmp_path / "t.jsonl", rows), small_demo_model)
    _, end = evaluated(session, plan)
    assert [bool(o.error) for o in end.outcomes] == [False, True]
    assert end.outcomes[0].evidence[0].rating == 3.0


def like(cosine: float, rating: float) -> Evidence:
    return Evidence(
        prediction="a",
        references=("b",),
        embeddings=((1.0, 0.0), (cosine, math.sqrt(1 - cosine * cosine))),
        rating=rating,
    )


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        # scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), from its documentation
        ((5, 6, 7, 8, 7), 0.8207826816681233),
        ((1, 2, 3, 4, 5), 1.0),
        ((5, 4, 3, 2, 1), -1.0),
    ],
)
def test_spearman_has_its_known_answers(ratings: tuple[float, ...], expected: float) -> None:
    metric = built_in_metrics().get("similarity_spearman")
    items = [like(c, r) for c, r in zip((0.1, 0.2, 0.3, 0.4, 0.5), ratings, strict=True)]
    assert aggregate(metric, items).value == pytest.approx(expected, abs=1e-12)
    assert aggregate(metric, items[:1]).value is None
    assert aggregate(metric, [like(0.5, 3), like(0.2, 3)]).value is None


def test_replies_are_compared_by_a_model_of_its_own(
    session: Session, small_demo_model: Path, demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", word_rows(5))
    plan = replace(plan_for(path, small_demo_model, n_samples=2), embedder=demo_model)

    def stop(_outcome: object, progress: EvalProgress) -> None:
        if progress.stage and progress.done == 2:
            first.cancel()

    first = Evaluation(session, plan, load_task(path), Watching(stop))
    first.start()
    end = first.wait(WAIT_S)
    there = [all(e.embeddings for e in o.evidence) for o in end.outcomes]
    assert 2 <= sum(there) < 5
    assert stored_plan(session.store, "last")[1] == plan
    again, whole = evaluated(session, plan, name=first.name)
    assert all(len(e.embeddings) == 2 for o in whole.outcomes for e in o.evidence)
    for before, after in zip(end.outcomes, whole.outcomes, strict=True):
        assert before.run_id == after.run_id
    stored = outcomes(session.store, first.name, 5)
    assert [o.evidence for o in stored] == [o.evidence for o in whole.outcomes]
    scorer = Scorer()
    metrics = scorer.chosen(plan, again.task)
    summary = Summarizer(plan, again.items, metrics, scorer).summary(whole.outcomes)
    assert summary.subjects[0].aggregates["embedding_similarity"].n == 5
