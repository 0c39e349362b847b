"""Two runs held against each other: what changed, where the replies part, in one sentence."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.sampling import Sampling
from workbench.core.tokens import PromptToken, TokenTable
from workbench.core.types import (
    EngineInfo,
    EngineSettings,
    Finish,
    GenerateResult,
    KvType,
    ModelInfo,
    SampleResult,
    Timings,
)
from workbench.experiments.run_diff import RunDiff, compare_runs, diff_document, run_diff
from workbench.history.load import StoredRun
from workbench.history.run_scores import StoredScore
from workbench.history.store import HistoryStore

MODEL = ModelInfo("demo", "/m/demo.gguf", "llama", "Q8_0", 10, 20, 30, 40, 1, 1, 1, 8, sha256="ab")
ENGINE = EngineInfo("0.3", "b1", "cpu", 2, 1024, True, KvType.F16)
WORDS = {1: b" the", 2: b" red", 3: b" blue", 4: b" cat", 5: b"."}


def table(*ids: int) -> TokenTable:
    """Tokens of which each has half of the probability."""
    n = len(ids)
    half = np.full(n, math.log(0.5), np.float32)
    none, alternatives = np.zeros(n, np.int32), np.zeros((n, 0), np.int32)
    return TokenTable(
        np.array(ids, np.int32), half, none, half, half, alternatives, np.zeros((n, 0), np.float32)
    )


def stored(run_id: str, *ids: int, **changes: object) -> StoredRun:
    """A run that said `ids`; `changes` replace what made it."""
    values: dict[str, object] = {
        "run_id": run_id,
        "created_us": 1,
        "prompt_name": "p",
        "prompt_path": "",
        "prompt_source": "text: Say {{ what }}",
        "variables": {"what": "hello"},
        "text": "Say hello",
        "prompt_tokens": (PromptToken(1, "Say", b"Say", "literal"),),
        "chat_template": None,
        "model": MODEL,
        "engine": ENGINE,
        "settings": EngineSettings(),
        "sampling": Sampling(),
        "seed": 41,
        "n_samples": 1,
        **changes,
    }
    text = b"".join(WORDS[i] for i in ids).decode()
    result = GenerateResult(
        (SampleResult(text, Finish.STOP, table(*ids)),), Timings(1, 0, 10.0, 5, 50.0, None), WORDS
    )
    end = RunEnd(2, RunStatus.DONE, result)
    return StoredRun(RunStart(**values), end, RunStatus.DONE)  # type: ignore[arg-type]  # field names as keys


def compared(*b: int, **changes: object) -> RunDiff:
    """A run that said "the red cat." beside one that said `b` and was made otherwise."""
    return compare_runs(stored("a", 1, 2, 4, 5), stored("b", *b, **changes))


def test_one_seed_changed() -> None:
    found = compared(1, 3, 4, 5, seed=42)
    assert found.sentence == (
        "Only the seed (41 → 42) changed; the replies part at token 2: “red” → “blue”."
    )
    tokens = found.replies[0].tokens
    assert tokens is not None
    assert (tokens.n_a, tokens.n_b, tokens.n_equal) == (4, 4, 3)
    assert tokens.first is not None
    assert (tokens.first.index, tokens.first.a, tokens.first.b) == (1, 2, 3)
    assert tokens.first.p_a == pytest.approx(0.5)
    assert [(s.group, s.name) for s in found.settings] == [("run", "seed")]
    assert (found.replies[0].text.removed, found.replies[0].text.added) == (1, 1)


@pytest.mark.parametrize(
    ("ids", "changes", "sentence"),
    [
        ((1, 2, 4, 5), {}, "Nothing that makes a reply changed, and the replies are identical."),
        ((1, 2), {}, "Nothing that makes a reply changed, yet the replies part at token 3:"),
        (
            (1, 2, 4, 5),
            {"sampling": Sampling(temperature=0.1, top_k=7), "seed": 3},
            "Temperature (0.8 → 0.1), top_k (40 → 7) and the seed (41 → 3) changed; the replies",
        ),
        (
            (1, 3),
            {"text": "Say hello twice", "variables": {"what": "hello twice"}},
            "Only the prompt (−0 +1 words) changed; the replies part at token 2:",
        ),
        (
            (1, 3),
            {"model": replace(MODEL, quantization="Q4_0", sha256="cd")},
            "Only the model's quantization (Q8_0 → Q4_0) changed;",
        ),
        (
            (1, 3),
            {
                "settings": EngineSettings(kv_type=KvType.Q8_0),
                "engine": replace(ENGINE, kv_type=KvType.Q8_0),
            },
            "Only kv_type (f16 → q8_0) changed; the replies part at token 2",
        ),
        ((1, 3), {"chat_template": "{{ x }}"}, "Only the chat template changed;"),
        (
            (1, 3),
            {"sampling": Sampling(temperature=1, top_k=1, top_p=0.5, min_p=0.5)},
            "Temperature (0.8 → 1), top_k (40 → 1) and 2 other settings changed;",
        ),
    ],
)
def test_the_sentence(ids: tuple[int, ...], changes: dict[str, object], sentence: str) -> None:
    assert compared(*ids, **changes).sentence.startswith(sentence)


def test_tokens_of_other_vocabularies_are_not_compared() -> None:
    a, b = stored("a", 1, 2), stored("b", 1, 3, model=replace(MODEL, n_vocab=41, name="other"))
    found = compare_runs(a, b)
    assert found.replies[0].tokens is None
    assert found.sentence == "Only the model (demo → other) changed; the replies differ."


def test_scores_stand_side_by_side_and_missing_ones_are_not_zero() -> None:
    one = StoredScore(0, "rouge_l", 1, "{}", 0.25, "")
    other = (replace(one, value=0.5), StoredScore(0, "bleu", 1, "{}", None, "no reference"))
    found = compare_runs(stored("a", 1), stored("b", 1), (one,), other)
    assert [(s.metric, s.a, s.b) for s in found.scores] == [
        ("bleu", None, None),
        ("rouge_l", 0.25, 0.5),
    ]
    assert [(t.name, t.a, t.b) for t in found.timings][-1] == ("first_token_ms", None, None)


def test_a_running_and_an_interrupted_run_can_be_compared() -> None:
    a, b = stored("a", 1, 2), stored("b", 1, 3)
    running = replace(b, end=None, status=RunStatus.RUNNING)
    assert compare_runs(a, running).replies == ()
    assert b.end is not None
    only_text = replace(b.end.result.samples[0], tokens=TokenTable.empty())
    end = replace(b.end, result=replace(b.end.result, samples=(only_text,)))
    found = compare_runs(a, replace(b, end=end))
    assert found.replies[0].tokens is None
    assert found.sentence.endswith("yet the replies differ.")


def test_the_document_is_strict_json_and_comes_from_a_history(tmp_path: Path) -> None:
    store = HistoryStore(tmp_path / "history.db")
    try:
        a = stored("a", 1, 2)
        b = stored("b", 1, 3, sampling=Sampling(logit_bias=((5, -math.inf),)))
        for run in (a, b):
            assert run.end is not None
            store.start_run(run.start).result()
            store.finish_run(run.start.run_id, run.end).result()
        document = diff_document(run_diff(store, "a", "b"))
    finally:
        store.close()
    json.dumps(document, allow_nan=False)
    assert document["settings"][0]["name"] == "logit_bias"
    assert document["replies"][0]["tokens"]["first_divergence"]["index"] == 1
    assert document["replies"][0]["changes"] == [
        {"kind": "replace", "a": "red", "b": "blue", "a_start": 5, "b_start": 5}
    ]
