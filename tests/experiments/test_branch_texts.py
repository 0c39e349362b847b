"""Texts of branches: cut into tokens in the middle of a reply, and named by what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.core.types import EngineSettings, Tokenized
from workbench.engine.client import EngineClient
from workbench.experiments.branches import difference
from workbench.experiments.text_tokens import text_tokens


@pytest.mark.parametrize("text", ["a", " a", "  two", "\n", "🦊", "x\ny", " é"])
def test_text_in_the_middle_is_cut_into_tokens_that_say_it(demo_model: Path, text: str) -> None:
    client = EngineClient(demo_model, EngineSettings())
    try:
        found = text_tokens(text, lambda t: client.tokenize(t, add_bos=False).result())
    finally:
        client.close()
    assert b"".join(found.pieces) == text.encode()


def test_a_vocabulary_that_puts_spaces_in_front_of_texts_is_outwitted() -> None:
    """As SentencePiece does: a space before every text, none behind a line break."""

    def tokenize(text: str) -> Tokenized:
        pieces = [b"\n"] if text.startswith("\n") else []
        rest = text.removeprefix("\n")
        words = [rest.encode()] if pieces and rest else [b" " + rest.encode()] if rest else []
        found = (*pieces, *words)
        return Tokenized(tuple(range(len(found))), found, (False,) * len(found))

    assert text_tokens("cat", tokenize).pieces == (b"cat",)


@pytest.mark.parametrize(
    ("text", "parent", "shown"),
    [
        ("The old fox ran", "The old cat sat", "…fox ran"),
        ("The old fox", "The old forest", "…fox"),
        ("Same", "Same", "Same"),
        ("Same and more", "Same", "…and more"),
        ("A b", "A b c", "…b"),
        ("", "x", ""),
        ("New", "", "New"),
        ("One\ntwo\nthree", "One\nfour", "…two three"),
    ],
)
def test_a_branch_is_named_by_what_it_says_instead(text: str, parent: str, shown: str) -> None:
    assert difference(text, parent) == shown
