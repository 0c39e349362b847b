"""Every token of a prompt knows which part of the prompt produced it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.rendered import Rendered, Span, attribute_tokens
from workbench.core.tokens import PromptToken


def rendered(*parts: tuple[str, str, int | None]) -> Rendered:
    """A prompt made of (text, source, message)."""
    spans, text = [], ""
    for piece, source, message in parts:
        spans.append(Span(len(text), len(text) + len(piece), source, message))
        text += piece
    return Rendered(text, tuple(spans))


def tokens_of(
    prompt: Rendered, pieces: list[bytes], special: list[bool] | None = None
) -> tuple[PromptToken, ...]:
    """The prompt's tokens, with ids that count up."""
    return attribute_tokens(prompt, range(len(pieces)), pieces, special or [False] * len(pieces))


def sources(tokens: tuple[PromptToken, ...]) -> list[tuple[str, int | None]]:
    """Source and message of each."""
    return [(t.source, t.message) for t in tokens]


PROMPT = rendered(
    ("<|user|>\n", "special", None),
    ("Tell of ", "literal", 0),
    ("Zoé", "variable:name", 0),
    ("!", "literal", 0),
)


def test_tokens_take_the_source_they_cover() -> None:
    found = tokens_of(
        PROMPT,
        [b"<|user|>", b"\n", b"Tell", b" of ", "Zoé".encode(), b"!"],
        [True, False, False, False, False, False],
    )
    assert sources(found) == [
        ("special", None), ("special", None), ("literal", 0), ("literal", 0),
        ("variable:name", 0), ("literal", 0),
    ]  # fmt: skip


def test_a_token_across_two_sources_takes_the_larger_share() -> None:
    assert sources(tokens_of(PROMPT, [b"<|user|>\nTell", b" of Zo", "é!".encode()])) == [
        ("special", None), ("literal", 0), ("variable:name", 0),
    ]  # fmt: skip
    tie = rendered(("ab", "literal", 0), ("cd", "variable:x", 1))
    assert sources(tokens_of(tie, [b"a", b"bc", b"d"]))[1] == ("literal", 0)


def test_halves_of_a_character_belong_to_it() -> None:
    prompt = rendered(("a", "literal", 0), ("🙂", "variable:mood", 0), ("b", "literal", 0))
    smile = "🙂".encode()
    found = tokens_of(prompt, [b"a", smile[:1], smile[1:3], smile[3:], b"b"])
    assert sources(found)[1:4] == [("variable:mood", 0)] * 3
    assert found[1].text == "<0xF0>"


def test_a_bos_in_front_is_special_and_moves_nothing() -> None:
    prompt = rendered(("Hi ", "literal", 0), ("you", "variable:who", 0))
    found = tokens_of(prompt, [b"<s>", b"Hi", b" ", b"you"], [True, False, False, False])
    assert sources(found) == [
        ("special", None), ("literal", 0), ("literal", 0), ("variable:who", 0),
    ]  # fmt: skip


def test_a_control_token_in_a_variable_is_special_and_keeps_its_message() -> None:
    prompt = rendered(("a", "literal", 0), ("<|end|>", "variable:x", 1))
    assert sources(tokens_of(prompt, [b"a", b"<|end|>"], [False, True]))[1] == ("special", 1)


def test_empty_spans_and_an_empty_prompt() -> None:
    prompt = rendered(("a", "literal", 0), ("", "variable:none", 0), ("b", "literal", 1))
    assert sources(tokens_of(prompt, [b"a", b"b"])) == [("literal", 0), ("literal", 1)]
    assert tokens_of(Rendered("", ()), []) == ()
    assert sources(tokens_of(Rendered("", ()), [b"<s>"], [True])) == [("special", None)]


@given(
    st.lists(st.tuples(st.text("aé🙂 ", max_size=4), st.integers(0, 3)), max_size=6),
    st.lists(st.integers(0, 60), max_size=8),
    st.booleans(),
)
def test_tokens_tile_the_text_and_share_bytes_with_their_source(
    parts: list[tuple[str, int]], cuts: list[int], bos: bool
) -> None:
    prompt = rendered(*[(text, f"variable:{n}", i) for i, (text, n) in enumerate(parts)])
    data = prompt.text.encode()
    edges = sorted({0, len(data), *(c % (len(data) + 1) for c in cuts)})
    pieces = [data[a:b] for a, b in pairwise(edges)]
    found = tokens_of(prompt, [b"<s>"] * bos + pieces, [True] * bos + [False] * len(pieces))
    assert b"".join(t.bytes for t in found[bos:]) == data
    owner = [
        (s.source, s.message) for s in prompt.spans for _ in prompt.text[s.start : s.end].encode()
    ]
    at = 0
    for token in found[bos:]:
        covered = owner[at : at + len(token.bytes)]
        most = max(covered.count(o) for o in covered)
        assert covered.count((token.source, token.message)) == most
        at += len(token.bytes)
