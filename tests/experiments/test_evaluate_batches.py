"""Choice items asked together, as on a GPU: the same answers, and bad ones fail by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reference.gguf_models import ModelFolder
from support.evaluations import choice_rows, evaluated, plan_for, write_rows
from support.gguf_files import rewritten

from workbench.core.cancel import CancelToken
from workbench.core.paths import Profile
from workbench.engine.pool import EnginePool
from workbench.experiments.evaluate.asker import Asker
from workbench.experiments.evaluate.batches import ON_GPU, Maker, batches_of
from workbench.experiments.evaluate.code import CodeRunner
from workbench.experiments.evaluate.items import asked_items
from workbench.experiments.session import Session, open_session
from workbench.experiments.tasks.load import load_task
from workbench.sandbox.values import Permission


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    opened, _ = open_session(own_profile, EnginePool())
    yield opened
    opened.close()


@pytest.fixture
def codes() -> Iterator[CodeRunner]:
    runner = CodeRunner(Permission(), CancelToken())
    yield runner
    runner.close()


def test_places_alone_say_what_goes_together(small_demo_model: Path, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(2 * ON_GPU + 3))
    items = asked_items(load_task(path), plan_for(path, small_demo_model))
    assert [len(batch) for batch in batches_of(items, on_cpu=False)] == [ON_GPU, ON_GPU, 3]
    assert batches_of(items, on_cpu=True) == [(index,) for index in range(len(items))]


def test_a_batch_gives_what_each_gives_alone(
    session: Session, codes: CodeRunner, small_demo_model: Path, tmp_path: Path
) -> None:
    rows = choice_rows(9)
    rows[4]["question"] = "pear " * 900
    path = write_rows(tmp_path / "t.jsonl", rows)
    plan = plan_for(path, small_demo_model, few_shot=2)
    items = asked_items(load_task(path), plan)
    maker = Maker(Asker(session, plan, plan.subjects[0], "x"), items, codes)
    begun = maker.begin(tuple(range(len(items))))
    assert begun.work is not None
    assert (begun.indices, begun.alone) == ((0, 1, 3, 4, 5, 6), (2,))
    together = begun.work.answers()
    for index, answered in zip(begun.indices, together, strict=True):
        alone = maker.begin((index,)).work
        assert alone is not None
        (expected,) = alone.answers()
        for a, b in zip(answered.evidence[0].choices, expected.evidence[0].choices, strict=True):
            assert (a.text, a.n_tokens) == (b.text, b.n_tokens)
            # Half-precision cells in another order, in a model of half a million weights.
            assert a.logprob == pytest.approx(b.logprob, abs=0.5)
        assert answered.run[0].text == expected.run[0].text
        assert len(answered.run[1].result.samples) == 4


def test_a_middle_is_asked_by_a_code_models_own_marks(session: Session, tmp_path: Path) -> None:
    marks = {"fim_pre_token_id": 3, "fim_suf_token_id": 5, "fim_mid_token_id": 7}
    ids = {f"tokenizer.ggml.{key}": token for key, token in marks.items()}
    plain = ModelFolder(tmp_path).path("qwen2")
    coder = rewritten(plain, tmp_path / "fim.gguf", ids=ids)
    rows = [
        {"id": "a", "prefix": "def f(", "suffix": "): pass", "question": "?", "answer": "x"},
        {"id": "b", "question": "?", "answer": "x"},
    ]
    path = write_rows(tmp_path / "t.jsonl", rows)
    _, end = evaluated(session, plan_for(path, coder, infill=True))
    run = session.store.get(end.outcomes[0].run_id or "")
    read = [token.id for token in run.start.prompt_tokens]
    assert [read.index(mark) for mark in (3, 5, 7)] == sorted(read.index(m) for m in (3, 5, 7))
    assert read[-1] == 7
    assert "no prefix and suffix" in end.outcomes[1].error
    _, without = evaluated(session, plan_for(path, plain, infill=True))
    assert "no fill-in-the-middle tokens" in without.outcomes[0].error
