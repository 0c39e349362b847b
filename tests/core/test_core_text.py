"""Text that arrives in pieces reads the same however it was cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.text import StopStrings, Utf8Stream, elide, piece_text, plural

_LETTERS = st.text("ab", max_size=24)
_STOPS = st.lists(st.text("ab", min_size=1, max_size=4), max_size=3)


def cut(whole: Sequence[int], places: list[int]) -> list[slice]:
    """Slices that tile `whole`, cut at `places`."""
    edges = [0, *sorted(p % (len(whole) + 1) for p in places), len(whole)]
    return [slice(a, b) for a, b in pairwise(edges)]


@given(st.binary(max_size=40), st.lists(st.integers(0, 60)))
def test_utf8_is_the_same_for_every_cut(data: bytes, places: list[int]) -> None:
    stream = Utf8Stream()
    text = "".join(stream.feed(data[part]) for part in cut(data, places)) + stream.finish()
    assert text == data.decode("utf-8", "replace")


def test_a_split_character_waits_until_it_is_whole() -> None:
    stream = Utf8Stream()
    shown = [stream.feed(bytes([b])) for b in "é🙂".encode()]
    assert shown == ["", "é", "", "", "", "🙂"]
    assert stream.finish() == ""


def run_stops(stops: list[str], parts: list[str]) -> tuple[str, str | None]:
    """The text let through and the stop string that ended it."""
    holder = StopStrings(stops)
    shown = "".join(holder.feed(part) for part in parts)
    return shown + holder.finish(), holder.matched


def first_stop(stops: list[str], text: str) -> tuple[str, str | None]:
    """The rule itself: the earliest match, the longest of those that start together."""
    found = [(text.find(s), -len(s), s) for s in stops if s in text]
    if not found:
        return text, None
    at, _, stop = min(found)
    return text[:at], stop


@given(_STOPS, _LETTERS, st.lists(st.integers(0, 30)))
def test_stop_strings_follow_the_rule_for_every_cut(
    stops: list[str], text: str, places: list[int]
) -> None:
    parts = [text[part] for part in cut(text.encode(), places)]
    assert run_stops(stops, parts) == first_stop(stops, text)


@given(_STOPS, _LETTERS)
def test_nothing_shown_is_taken_back(stops: list[str], text: str) -> None:
    """Every prefix that was shown is a prefix of the final text, letter by letter."""
    final, _ = first_stop(stops, text)
    holder = StopStrings(stops)
    shown = ""
    for letter in text:
        shown += holder.feed(letter)
        assert final.startswith(shown)


def test_what_may_begin_a_stop_string_is_held_back() -> None:
    holder = StopStrings(["\n\nUser:"])
    assert holder.feed("Hello\n") == "Hello"
    assert holder.feed("\nUs") == ""
    assert holder.feed("ually") == "\n\nUsually"
    assert holder.matched is None


@pytest.mark.parametrize(
    ("stops", "text", "shown", "matched"),
    [
        (["b", "ab"], "xaby", "x", "ab"),
        (["ab", "abc"], "xabcd", "x", "abc"),
        (["ab", "abc"], "xabd", "x", "ab"),
        (["abc", "b"], "xabd", "xa", "b"),
        (["ab", "abc"], "xab", "x", "ab"),
        ([""], "all", "all", None),
        (["END"], "EN", "EN", None),
    ],
)
def test_the_earliest_and_then_the_longest_wins(
    stops: list[str], text: str, shown: str, matched: str | None
) -> None:
    assert run_stops(stops, [text]) == (shown, matched)
    assert run_stops(stops, list(text)) == (shown, matched)


def test_nothing_follows_a_stop_string() -> None:
    holder = StopStrings(["."])
    assert holder.feed("One. Two") == "One"
    assert holder.feed(" three") == ""
    assert holder.finish() == ""


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        (b" the", " the"),
        (b"\xf0", "<0xF0>"),
        (b"\xa9 ok", "<0xA9> ok"),
        (b"caf\xc3", "caf<0xC3>"),
        ("é".encode(), "é"),
        (b"", ""),
    ],
)
def test_half_characters_have_names(piece: bytes, text: str) -> None:
    assert piece_text(piece) == text


@given(st.binary(max_size=6))
def test_piece_text_never_replaces(piece: bytes) -> None:
    if "\ufffd".encode() not in piece:
        assert "\ufffd" not in piece_text(piece)


def test_elide_keeps_one_line_within_the_limit() -> None:
    assert elide("a\n b\tc", 10) == "a b c"
    assert elide("one two three", 8) == "one two…"
    assert len(elide("x" * 50, 7)) == 7


def test_numbers_with_their_nouns() -> None:
    counted = [plural(n, "vote") for n in (0, 1, 2, 1200)]
    assert counted == ["0 votes", "1 vote", "2 votes", "1,200 votes"]
