"""Tokens become readable text: whole characters, whole graphemes, nothing lost."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.text import piece_text
from workbench.gui.token_text import Look, Piece, TokenText

FAMILY = "👨\u200d👩\u200d👧"


def _text_of(pieces: list[bytes]) -> TokenText:
    text = TokenText()
    text.append([Piece(piece) for piece in pieces])
    text.finish()
    return text


def _check_tiling(text: TokenText) -> None:
    at = token = 0
    for number, unit in enumerate(text.units):
        assert (unit.start, unit.first) == (at, token)
        assert unit.last > unit.first
        assert text.unit_of[unit.first : unit.last] == [number] * (unit.last - unit.first)
        at, token = unit.end, unit.last
    assert (at, token) == (len(text.text), len(text))


def _cut(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(data), *(c % (len(data) + 1) for c in cuts)})
    return [data[a:b] for a, b in itertools.pairwise(places)]


@given(st.text(st.characters(exclude_categories=("C", "Z"))), st.lists(st.integers(0, 200)))
def test_any_cut_of_a_text_shows_that_text(words: str, cuts: list[int]) -> None:
    text = _text_of(_cut(words.encode(), cuts))
    assert text.text == words
    _check_tiling(text)
    if text.units:
        assert text.source_text(0, len(text.units) - 1) == words


@given(st.lists(st.binary(max_size=6), max_size=30))
def test_any_bytes_are_shown_and_tile(pieces: list[bytes]) -> None:
    text = _text_of(pieces)
    _check_tiling(text)
    assert "\ufffd" not in text.text or b"\xef\xbf\xbd" in b"".join(pieces)
    if text.units:
        assert text.source_text(0, len(text.units) - 1) == piece_text(b"".join(pieces))


@given(st.lists(st.binary(max_size=5), max_size=20), st.integers(1, 5))
def test_streaming_ends_like_one_piece(pieces: list[bytes], step: int) -> None:
    streamed = TokenText()
    shown = ""
    for start in range(0, len(pieces), step):
        before = streamed.text
        changed = streamed.append([Piece(p) for p in pieces[start : start + step]])
        assert streamed.text[:changed] == before[:changed]
        shown = streamed.text
    streamed.finish()
    assert streamed.text.startswith(shown)
    assert streamed.text == _text_of(pieces).text


def test_half_characters_share_one_unit() -> None:
    emoji = "🎉".encode()
    text = _text_of([b"a", emoji[:1], emoji[1:3], emoji[3:], b"b"])
    assert text.text == "a🎉b"
    assert text.unit_of == [0, 1, 1, 1, 2]


def test_half_characters_wait_and_are_named_at_the_end() -> None:
    text = TokenText()
    text.append([Piece(b"\xf0"), Piece(b"\x9f")])
    assert (text.text, text.unit_of) == ("", [-1, -1])
    text.finish()
    assert text.text == "<0xF0><0x9F>"


def test_graphemes_stay_together() -> None:
    flags = "🇩🇪🇫🇷"
    for whole, units in ((FAMILY, 1), ("e\u0301", 1), ("👍🏽", 1), (flags, 2), ("नमस्ते", None)):
        text = _text_of([c.encode() for c in whole])
        assert text.text == whole
        if units is not None:
            assert len(text.units) == units, whole


def test_chips_show_their_label_and_copy_their_bytes() -> None:
    text = TokenText()
    text.append([Piece(b"<|end|>", Look.CHIP, "end"), Piece(b"hi")])
    assert "end" in text.text
    assert "<|end|>" not in text.text
    assert text.source_text(0, 1) == "<|end|>hi"


def test_control_characters_are_visible() -> None:
    assert _text_of([b"a\x00b\x07\x7f"]).text == "a\u2400b\u2407\u2421"


def test_marks_show_spaces_and_newlines() -> None:
    text = TokenText(marks=True)
    text.append([Piece(b" a"), Piece(b"\n")])
    assert text.text.replace("\u200b", "") == "·a⏎\n"
