"""Edits that mean nothing: where they are made, and where never."""

from __future__ import annotations

from itertools import pairwise

from workbench.core.neutral_edits import neutral_edits
from workbench.core.rendered import Rendered, Span

CHAT = Rendered(
    "<|user|>\nOne two three.\nFour five six<|end|>\n<|a b c|>\n",
    (
        Span(0, 9, "special"),
        Span(9, 37, "literal", 0),
        Span(37, 55, "special"),
    ),
)


def test_every_edit_adds_one_space_to_what_the_person_wrote() -> None:
    edits = neutral_edits(CHAT, 8)
    assert len({e.text for e in edits}) == len(edits) > 4
    for edit in edits:
        assert len(edit.text) == len(CHAT.text) + 1
        assert edit.text.split() == CHAT.text.split() or "six <|end|>" in edit.text
        assert edit.text.startswith("<|user|>\nOne")
        assert edit.text.endswith("<|end|>\n<|a b c|>\n")


def test_no_more_than_asked_for_and_spread_out() -> None:
    text = "word " * 1000
    edits = neutral_edits(Rendered(text, (Span(0, len(text), "literal"),)), 5)
    places = [next(i for i, c in enumerate(e.text) if e.text[i : i + 2] == "  ") for e in edits]
    assert len(edits) == 5
    assert min(b - a for a, b in pairwise(places)) > 500


def test_never_at_the_end_of_a_raw_prompt() -> None:
    """A space there would take the one that the reply begins with."""
    text = "Review: good\nSentiment:"
    edits = neutral_edits(Rendered(text, (Span(0, len(text), "literal"),)))
    assert [e.text for e in edits] == ["Review: good \nSentiment:"]


def test_a_prompt_without_room_has_none() -> None:
    assert neutral_edits(Rendered("", ())) == ()
    assert neutral_edits(Rendered("Hello", (Span(0, 5, "literal"),))) == ()
