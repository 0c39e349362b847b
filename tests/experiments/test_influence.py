"""Influence: right numbers, the right part first, and little decoded for it."""

from __future__ import annotations

import random

import numpy as np
import pytest
from support.influences import asked_about, chat, greedy, ids_of, source_of, text

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.parts import PartKind, PartLevel, parts_at, selection
from workbench.core.tokens import Float32
from workbench.core.types import ScoreRequest
from workbench.engine.llama import LlamaEngine
from workbench.experiments.influence import Asked, influence
from workbench.experiments.scorer import DirectScorer
from workbench.templates.prompt_file import PromptFile, parse_prompt
from workbench.templates.removal import By, Replacement, without

NAMES = ["Ann", "Leo", "Rosa", "Will", "Alex", "Tom", "Ella", "Noah"]


def lookup(seed: int) -> tuple[PromptFile, str, str]:
    """A list of names with values, the line that is asked for, and its value."""
    drawn = random.Random(seed)
    names = drawn.sample(NAMES, 5)
    values = drawn.sample(range(10, 99), 5)
    key = drawn.randrange(5)
    lines = "\n".join(f"{n}: {v}" for n, v in zip(names, values, strict=True))
    question = f"What is the value of {names[key]}?"
    return (
        chat(("user", f"{lines}\n{question}")),
        f"{names[key]}: {values[key]}",
        str(values[key]),
    )


def fresh(engine: LlamaEngine, ids: tuple[int, ...], start: int) -> Float32:
    """Log-probabilities with nothing of the text in the cache."""
    engine.score(ScoreRequest(ids[-1:], 0, 0), lambda _d, _t: None, CancelToken())
    return engine.score(ScoreRequest(ids, 0, 0), lambda _d, _t: None, CancelToken()).logprob[start:]


def test_only_the_asked_line_of_a_list_matters(direct: LlamaEngine) -> None:
    """The known answer: of the lines of a list, the one that was asked for comes first."""
    right = 0
    for seed in range(8):
        prompt, line, value = lookup(seed)
        asked = asked_about(direct, prompt)
        said = b"".join(direct.pieces[t] for t in asked.reply_ids).decode()
        if not said.startswith(value):
            continue  # a model that misreads the list has no known answer
        right += 1
        parts = parts_at(asked.source.rendered, PartLevel.SENTENCE)
        found = influence(DirectScorer(direct), asked, parts)
        lines = [e for e in found.ranked() if ":" in e.part.label]
        assert len(lines) == 5
        assert line in lines[0].part.label
        first, second = lines[0].change(), lines[1].change()
        floor = found.floor()
        assert first is not None
        assert second is not None
        assert floor is not None
        assert first < -1.0
        assert first < second - 1.0
        assert abs(first) > floor
    assert right >= 3


def test_changes_are_differences_of_two_fresh_scores(direct: LlamaEngine) -> None:
    prompt, _, _ = lookup(1)
    asked = asked_about(direct, prompt, reply="42 or so")
    parts = parts_at(asked.source.rendered, PartLevel.SENTENCE)
    found = influence(DirectScorer(direct), asked, parts)
    n = len(asked.reply_ids)
    before = fresh(direct, asked.prompt_ids + asked.reply_ids, len(asked.prompt_ids))
    np.testing.assert_array_equal(found.baseline, before)
    for effect in found.effects:
        made = without(asked.source, [effect.part])
        ids = direct.tokenize(made.text, add_bos=made.adds_bos).ids
        after = fresh(direct, ids + asked.reply_ids, len(ids))
        assert effect.token_change is not None
        assert effect.token_change.shape == (n,)
        np.testing.assert_array_equal(effect.token_change, after - before)
        assert effect.tokens_saved == len(asked.prompt_ids) - len(ids)
        assert effect.change(1, 2) == pytest.approx(float((after - before)[1]))


def test_the_reply_keeps_its_own_tokens_behind_a_seam(direct: LlamaEngine) -> None:
    """The prompt's last word goes, so its text ends elsewhere; the reply's ids stay."""
    asked = asked_about(direct, text("Once upon a time there was a girl named"), reply=" Zoe.")
    end = len(asked.source.rendered.text)
    part = selection(asked.source.rendered, end - 3, end)
    found = influence(DirectScorer(direct), asked, [part], n_neutral=0)
    ids = direct.tokenize(asked.source.rendered.text[:-3], add_bos=True).ids
    expected = fresh(direct, ids + asked.reply_ids, len(ids)) - found.baseline
    assert found.effects[0].token_change is not None
    np.testing.assert_array_equal(found.effects[0].token_change, expected)
    assert found.neutral == ()
    assert found.floor() is None


def test_what_changes_nothing_changes_exactly_nothing(direct: LlamaEngine) -> None:
    prompt = parse_prompt(
        "variables: {unused: {default: a}, name: {default: Zoe}}\ntext: 'Story of {{ name }}:'\n",
        "unused",
    )
    asked = asked_about(direct, prompt, {"name": "Zoe"}, reply=" One day")
    (name,) = [p for p in parts_at(asked.source.rendered, PartLevel.SOURCE) if "name" in p.source]
    found = influence(DirectScorer(direct), asked, [name], Replacement(By.DEFAULT))
    assert found.effects[0].change() == 0.0
    assert found.effects[0].tokens_saved == 0


def test_what_cannot_be_measured_says_why(direct: LlamaEngine) -> None:
    asked = asked_about(direct, text("Only this"), reply=" here")
    whole = selection(asked.source.rendered, 0, 9)
    scorer = DirectScorer(direct)
    if not direct.loaded.vocab.adds_bos:
        gone = influence(scorer, asked, [whole], n_neutral=0).effects[0]
        assert gone.change() is None
        assert "Nothing of the prompt is left" in gone.reason
    long = influence(
        scorer, asked, [whole], Replacement(By.TEXT, "word " * 2000), n_neutral=0
    ).effects[0]
    assert long.change() is None
    assert "1,024" in long.reason
    by_default = influence(scorer, asked, [whole], Replacement(By.DEFAULT), n_neutral=0)
    assert "has no default" in by_default.effects[0].reason


def test_no_reply_is_refused(direct: LlamaEngine) -> None:
    asked = asked_about(direct, text("Some words"), reply="")
    with pytest.raises(UserError, match="no reply"):
        influence(DirectScorer(direct), asked, [])


def test_other_tokens_of_the_same_text_are_told(direct: LlamaEngine) -> None:
    prompt = text("A story about a small house")
    source = source_of(direct, prompt)
    letters = tuple(i for c in source.rendered.text for i in direct.tokenize(c, add_bos=False).ids)
    asked = Asked(source, letters, direct.tokenize(" and", add_bos=False).ids)
    found = influence(DirectScorer(direct), asked, [], n_neutral=0)
    assert found.retokenized is not None
    assert found.retokenized != 0.0


def test_a_cancel_stops_between_two_prompts(direct: LlamaEngine) -> None:
    prompt, _, _ = lookup(3)
    asked = asked_about(direct, prompt, reply="1")
    parts = parts_at(asked.source.rendered, PartLevel.SENTENCE)
    cancel = CancelToken()
    seen: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 3:
            cancel.cancel()

    with pytest.raises(Cancelled):
        influence(DirectScorer(direct), asked, parts, progress=watch, cancel=cancel)
    assert [done for done, _ in seen] == [0, 1, 2, 3]
    assert {total for _, total in seen} == {len(parts) + 8 + 1}
    again = influence(DirectScorer(direct), asked, parts)
    assert len(again.effects) == len(parts)


def test_leaving_one_example_out_renders_the_others_again(direct: LlamaEngine) -> None:
    prompt = parse_prompt(
        "variables:\n  examples:\n    type: list\n    default:\n"
        "      - {review: The hotel was awful., sentiment: negative}\n"
        "      - {review: The show is superb., sentiment: positive}\n"
        "text: |-\n  {% for e in examples %}Review: {{ e.review }}\n"
        "  Sentiment: {{ e.sentiment }}\n  {% endfor %}Review: It was wonderful.\n  Sentiment:\n",
        "shots",
    )
    asked = asked_about(direct, prompt, reply=" positive")
    parts = parts_at(asked.source.rendered, PartLevel.EXAMPLE)
    assert [p.kind for p in parts] == [PartKind.EXAMPLE] * 2
    found = influence(DirectScorer(direct), asked, parts)
    assert all(e.rendered_again and e.tokens_saved > 5 for e in found.effects)
    left = without(asked.source, [parts[0]]).text
    assert left.startswith("Review: The show")


def test_only_what_stands_behind_a_part_is_decoded_again(
    direct: LlamaEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve parts of a long prompt cost their tails, not twelve prompts."""
    words = [f"Item {i}: the {n} was in the garden with {n}." for i, n in enumerate(NAMES * 6)]
    prompt = text("\n".join(words))
    source = source_of(direct, prompt)
    ids = ids_of(direct, source)
    assert 600 < len(ids) < 1000
    asked = Asked(source, ids, greedy(direct, ids, 4))
    size = -(-len(source.rendered.text) // 12)
    parts = [
        selection(source.rendered, at, at + size)
        for at in range(0, len(source.rendered.text), size)
    ]
    whole = ids + asked.reply_ids
    scorer = DirectScorer(direct)
    tails = sum(
        len(whole) - len(direct.tokenize(source.rendered.text[: p.spans[0][0]], add_bos=True).ids)
        for p in parts
    )
    scorer.logprobs(whole, len(ids), CancelToken())
    context = direct._kv.context
    decode = context.decode
    decoded = 0

    def counting(tokens: list[int], *rest: object) -> None:
        nonlocal decoded
        decoded += len(tokens)
        decode(tokens, *rest)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(context, "decode", counting)
    influence(scorer, asked, parts, n_neutral=0)
    assert decoded <= tails
    assert decoded < 0.6 * len(parts) * len(whole)


def test_a_full_context_has_no_noise_floor_and_says_why(direct: LlamaEngine) -> None:
    source = source_of(direct, text("one two three four five six"))
    prompt = ids_of(direct, source)
    reply = prompt[-1:] * (direct.n_ctx - len(prompt))
    found = influence(DirectScorer(direct), Asked(source, prompt, reply), [])
    assert found.floor() is None
    assert "context holds" in found.no_neutral
    short = Asked(source, prompt, reply[:1])
    assert influence(DirectScorer(direct), short, []).no_neutral == ""
    assert influence(DirectScorer(direct), short, [], n_neutral=0).no_neutral == ""


def test_a_prompt_without_words_has_no_noise_floor_and_says_why(direct: LlamaEngine) -> None:
    asked = asked_about(direct, text("!"))
    assert "no place" in influence(DirectScorer(direct), asked, []).no_neutral
