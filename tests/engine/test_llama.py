"""The engine without a process around it: seeds, endings, constraints, refusals."""

from __future__ import annotations

import gc
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.sampling import MAX_SEED, Sampling
from workbench.core.types import EngineSettings, Finish, GenerateRequest, GenerateResult, KvType
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

STORY = "Once upon a time there was a small hen who lived in"
FREE = Sampling(temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, max_tokens=40, ignore_eos=True)


def ids_of(engine: LlamaEngine, text: str) -> tuple[int, ...]:
    """With BOS."""
    return engine.tokenize(text, add_bos=True).ids


def run(
    engine: LlamaEngine,
    text: str = STORY,
    sampling: Sampling = FREE,
    sink: KeepingSink | None = None,
    **request: Any,
) -> GenerateResult:
    """Generate with seed 0 unless `request` says otherwise."""
    made = GenerateRequest(ids_of(engine, text), sampling, **{"seed": 0, **request})
    return engine.generate(made, sink or KeepingSink(), CancelToken())


def ids(result: GenerateResult, sample: int = 0) -> list[int]:
    """The sampled tokens."""
    return [int(t) for t in result.samples[sample].tokens.ids]


def test_the_same_seed_says_the_same_twice_and_another_something_else(
    engine: LlamaEngine,
) -> None:
    first, again, other = run(engine, seed=7), run(engine, seed=7), run(engine, seed=8)
    assert first.samples[0].text == again.samples[0].text
    assert ids(first) == ids(again) != ids(other)


def test_seed_zero_is_a_seed_like_any_other(engine: LlamaEngine) -> None:
    assert ids(run(engine, seed=0)) == ids(run(engine, seed=0)) != ids(run(engine, seed=1))
    assert len(ids(run(engine, seed=MAX_SEED))) == 40


def test_temperature_zero_takes_the_likeliest(engine: LlamaEngine) -> None:
    result = run(engine, sampling=Sampling(temperature=0.0, max_tokens=30))
    table = result.samples[0].tokens
    assert set(table.rank.tolist()) == {0}
    assert table.p_sampled.tolist() == pytest.approx([1.0] * len(table))
    assert table.ids.tolist() == table.top_ids[:, 0].tolist()


def test_what_streams_is_what_is_returned(engine: LlamaEngine) -> None:
    sink = KeepingSink()
    result = run(engine, sink=sink, n_samples=3)
    n_prompt = len(ids_of(engine, STORY))
    assert sink.progress[-1] == (n_prompt, n_prompt)
    for index, sample in enumerate(result.samples):
        assert sink.texts[index] == sample.text
        assert [int(t) for part in sink.tables[index] for t in part.ids] == ids(result, index)
        assert all(result.pieces[t] == sink.pieces[t] for t in ids(result, index))


def test_token_bytes_make_the_text_and_special_tokens_do_not_enter_it(
    engine: LlamaEngine,
) -> None:
    special = engine.loaded.vocab.special_texts
    control = next(
        t for t in special if t not in (engine.loaded.vocab.bos, engine.loaded.vocab.eos)
    )
    # The smallest bias that brings the control token into the reply: how much that takes depends
    # on how sure the model is.
    for bias in range(6, 30, 2):
        loud = replace(FREE, logit_bias=((control, float(bias)),), max_tokens=60)
        result = run(engine, sampling=loud)
        said = ids(result)
        if control in said:
            break
    sample = result.samples[0]
    assert control in said
    assert sample.text
    assert special[control] not in sample.text
    plain = b"".join(result.pieces[t] for t in said if t not in special)
    assert sample.text == plain.decode("utf-8", "replace")


def test_the_end_token_is_recorded_but_not_shown(engine: LlamaEngine) -> None:
    eos = engine.loaded.vocab.eos
    assert eos is not None
    result = run(engine, sampling=replace(FREE, logit_bias=((eos, 100.0),), ignore_eos=False))
    assert (ids(result), result.samples[0].text) == ([eos], "")
    assert result.samples[0].finish is Finish.STOP


def test_a_stop_string_ends_the_reply_before_it(engine: LlamaEngine) -> None:
    greedy = Sampling(temperature=0.0, max_tokens=40, ignore_eos=True)
    whole = run(engine, sampling=greedy).samples[0].text
    stop = whole[12:17]
    sink = KeepingSink()
    result = run(engine, sampling=replace(greedy, stop=("never said", stop)), sink=sink)
    sample = result.samples[0]
    assert sample.text == whole[: whole.find(stop)] == sink.texts[0]
    assert sample.finish is Finish.STOP
    assert b"".join(result.pieces[t] for t in ids(result)).decode().count(stop) == 1


def test_a_stop_string_completed_by_the_last_token_counts(engine: LlamaEngine) -> None:
    """The longer stop string may still have come, but the reply ends first."""
    greedy = Sampling(temperature=0.0, max_tokens=6, ignore_eos=True)
    whole = run(engine, sampling=greedy).samples[0].text
    end = whole[-3:]
    sampling = replace(greedy, stop=(end, end + "\ue000"))
    sample = run(engine, sampling=sampling).samples[0]
    assert sample.text == whole[: whole.find(end)]
    assert sample.finish is Finish.STOP


def test_max_tokens_end_the_reply(engine: LlamaEngine) -> None:
    result = run(engine, sampling=replace(FREE, max_tokens=3))
    assert (len(ids(result)), result.samples[0].finish) == (3, Finish.LENGTH)
    assert not result.samples[0].context_full


@pytest.mark.parametrize("n_samples", [1, 3])
def test_a_full_context_ends_the_reply_and_says_so(
    demo_model: Path, native_log: NativeLog, n_samples: int
) -> None:
    small = LlamaEngine(demo_model, EngineSettings(n_ctx=48), native_log)
    try:
        n_prompt = len(ids_of(small, STORY))
        result = run(small, sampling=replace(FREE, max_tokens=500), n_samples=n_samples)
        for sample in result.samples:
            assert sample.finish is Finish.LENGTH
            assert sample.context_full
            assert len(sample.tokens) == 48 - n_prompt
    finally:
        small.close()


def test_a_prompt_longer_than_the_context_names_both_numbers(engine: LlamaEngine) -> None:
    for n in (1024, 1500):
        request = GenerateRequest((5,) * n, FREE, seed=0)
        with pytest.raises(UserError, match=rf"{n:,} tokens.*1,024") as caught:
            engine.generate(request, KeepingSink(), CancelToken())
        assert "n_ctx" in caught.value.hint
    longest = GenerateRequest((5,) * 1023, FREE, seed=0)
    result = engine.generate(longest, KeepingSink(), CancelToken())
    assert (len(ids(result)), result.samples[0].context_full) == (1, True)


@pytest.mark.parametrize(
    ("prompt", "changes", "named"),
    [
        ((), {}, "prompt is empty"),
        ((5, 4000), {}, "token 4000"),
        ((5, -1), {}, "token -1"),
        ((5,), {"n_samples": 0}, "n_samples"),
        ((5,), {"n_samples": 2000}, "n_samples"),
        ((5,), {"seed": -1}, "seed"),
        ((5,), {"seed": MAX_SEED, "n_samples": 2}, "seed"),
        ((5,), {"sampling": Sampling(min_p=2.0)}, "min_p"),
        ((5,), {"sampling": Sampling(temperature=math.nan)}, "temperature"),
        ((5,), {"sampling": Sampling(grammar="root ::= (")}, "grammar"),
        ((5,), {"sampling": Sampling(grammar="start ::= 'a'")}, "grammar"),
        ((5,), {"sampling": Sampling(json_schema="{")}, "json_schema"),
        ((5,), {"sampling": Sampling(json_schema='{"$ref": "#"}')}, "json_schema"),
        ((5,), {"sampling": Sampling(json_schema='{"type": "no such"}')}, "json_schema"),
        ((5,), {"sampling": Sampling(banned_tokens=(99999,))}, "banned_tokens"),
        ((5,), {"sampling": Sampling(banned_tokens=("\u00b2",))}, "banned_tokens"),
        ((5,), {"sampling": Sampling(banned_tokens=("--5",))}, "banned_tokens"),
        ((5,), {"sampling": Sampling(banned_tokens=("-5",))}, "banned_tokens"),
        ((5,), {"sampling": Sampling(logit_bias=(("two words here", 1.0),))}, "logit_bias"),
    ],
)
def test_impossible_requests_are_refused_by_name(
    engine: LlamaEngine, prompt: tuple[int, ...], changes: dict[str, Any], named: str
) -> None:
    request = GenerateRequest(prompt, **{"sampling": FREE, "seed": 0, **changes})
    with pytest.raises(UserError, match=named):
        engine.generate(request, KeepingSink(), CancelToken())
    assert len(ids(run(engine))) == 40


def test_samples_differ_and_each_is_repeatable(engine: LlamaEngine) -> None:
    result = run(engine, n_samples=4, seed=20)
    replies = [ids(result, i) for i in range(4)]
    assert len({tuple(r) for r in replies}) == 4
    again = run(engine, n_samples=4, seed=20)
    assert [ids(again, i) for i in range(4)] == replies
    assert result.timings.decode_tokens == 160


def test_bans_and_biases(engine: LlamaEngine) -> None:
    greedy = Sampling(temperature=0.0, max_tokens=1)
    table = run(engine, sampling=greedy).samples[0].tokens
    best, second = (int(t) for t in table.top_ids[0][:2])
    banned = run(engine, sampling=replace(greedy, banned_tokens=(best,)))
    assert ids(banned) == [second]
    # The record still is of the raw distribution: the ban shows as rank 1.
    assert banned.samples[0].tokens.rank.tolist() == [1]
    biased = run(engine, sampling=replace(greedy, logit_bias=((second, 50.0),)))
    assert ids(biased) == [second]
    by_text = run(engine, sampling=replace(greedy, logit_bias=((" the", 99.0),)))
    assert by_text.samples[0].text == " the"


def test_a_grammar_is_followed(engine: LlamaEngine) -> None:
    sampling = replace(FREE, grammar='root ::= ("yes" | "no") "!"', ignore_eos=False)
    for seed in range(4):
        sample = run(engine, sampling=sampling, seed=seed).samples[0]
        assert sample.text in ("yes!", "no!")
        assert sample.finish is Finish.STOP


def test_a_grammar_without_an_end_token_stops_where_it_ends(engine: LlamaEngine) -> None:
    """The end tokens are banned, so after the grammar's last letter nothing is left to say."""
    sample = run(engine, sampling=replace(FREE, grammar='root ::= "yes"')).samples[0]
    assert (sample.text, sample.finish) == ("yes", Finish.STOP)


def test_a_json_schema_is_followed(engine: LlamaEngine) -> None:
    schema = {
        "type": "object",
        "properties": {"name": {"enum": ["Ann", "Bob"]}, "old": {"type": "boolean"}},
        "required": ["name", "old"],
        "additionalProperties": False,
    }
    sampling = replace(FREE, json_schema=json.dumps(schema), ignore_eos=False, max_tokens=200)
    for seed in range(3):
        said = json.loads(run(engine, sampling=sampling, seed=seed).samples[0].text)
        assert set(said) == {"name", "old"}
        assert said["name"] in ("Ann", "Bob")


def test_ignore_eos_never_ends_by_itself(engine: LlamaEngine) -> None:
    eos = engine.loaded.vocab.eos
    assert eos is not None
    sampling = replace(FREE, max_tokens=100, logit_bias=((eos, 50.0),))
    result = run(engine, sampling=sampling)
    assert eos not in ids(result)
    assert len(ids(result)) == 100


def test_records_hold_as_many_alternatives_as_asked_for(engine: LlamaEngine) -> None:
    for top in (0, 1, 50, 5000):
        table = run(engine, sampling=replace(FREE, max_tokens=2), top=top).samples[0].tokens
        assert table.top_ids.shape == (2, min(top, engine.loaded.vocab.n_vocab))


def test_tokenizing_goes_by_bytes(engine: LlamaEngine) -> None:
    text = "Naïve 猫 🙂 <|end|>\n\0 end"
    found = engine.tokenize(text, add_bos=False, parse_special=True)
    assert b"".join(found.pieces) == text.encode()
    assert any(found.special)
    plain = engine.tokenize(text, add_bos=True, parse_special=False)
    assert plain.ids[0] == engine.loaded.vocab.bos
    assert not any(plain.special[1:])
    assert b"".join(plain.pieces[1:]) == text.encode()
    assert engine.tokenize("", add_bos=False).ids == ()


def test_what_was_loaded_is_described(engine: LlamaEngine, demo_model: Path) -> None:
    loaded = engine.loaded
    assert (loaded.engine.n_ctx, loaded.engine.kv_type) == (1024, KvType.F16)
    assert (loaded.model.path, loaded.model.quantization) == (str(demo_model), "Q8_0")
    assert loaded.engine.llama_cpp_python
    assert loaded.vocab.n_vocab == loaded.model.n_vocab == len(engine.pieces)


def test_closing_twice_is_harmless(demo_model: Path, native_log: NativeLog) -> None:
    one = LlamaEngine(demo_model, EngineSettings(n_ctx=256), native_log)
    one.close()
    one.close()


def test_a_log_that_is_gone_is_not_written_to(demo_model: Path, native_log: NativeLog) -> None:
    """llama.cpp has one log for the process; a freed callback would end it at the next load."""
    log = NativeLog()
    one = LlamaEngine(demo_model, EngineSettings(n_ctx=256), log)
    one.close()
    del one, log
    gc.collect()
    junk = [bytearray(1000) for _ in range(1000)]
    other = LlamaEngine(demo_model, EngineSettings(n_ctx=256), native_log)
    other.close()
    assert len(junk) == 1000
