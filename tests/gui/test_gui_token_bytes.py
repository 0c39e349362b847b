"""Byte-level cases in the token view: every token has a place, no U+FFFD, sums stay."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from workbench.core.rendered import Rendered, Span, attribute_tokens
from workbench.core.text import piece_text
from workbench.core.tokens import NO_TOKEN, PromptToken, TokenTable
from workbench.experiments.alternatives import alternatives
from workbench.gui.card_data import make_card
from workbench.gui.current import Part
from workbench.gui.fonts import Fonts
from workbench.gui.hover_card import HoverCard
from workbench.gui.probabilities.run_view import prompt_piece
from workbench.gui.shown_tokens import ShownTokens
from workbench.gui.theme import Theme
from workbench.gui.token_cards import TokenCards
from workbench.gui.token_text import Look, Piece, TokenText
from workbench.gui.token_view import TokenView

FAMILY = "👨\u200d👩\u200d👧"
CASES = {
    "emoji ZWJ": FAMILY,
    "flags": "🇩🇪🇫🇷",
    "Devanagari": "नमस्ते क्षत्रिय",
    "right to left": "שלום עליכם",
    "combining marks": "e\u0301a\u0308\u0323",
    "CJK": "中文字",
    "skin tone": "👍🏽",
    "half a character at the end": "ok 🎉",
}


def byte_tokens(text: str, size: int) -> list[bytes]:
    """The text cut every `size` bytes, wherever that is."""
    data = text.encode()
    return [data[i : i + size] for i in range(0, len(data), size)]


def table_of(pieces: list[bytes], seed: int = 0) -> tuple[TokenTable, dict[int, bytes]]:
    """Made-up records of tokens 0, 1, 2…, each with three alternatives."""
    n = len(pieces)
    rng = np.random.default_rng(seed)
    p = np.sort(rng.dirichlet(np.ones(5), n)[:, :3], axis=1)[:, ::-1].astype(np.float32)
    top_ids = np.arange(n, dtype=np.int32)[:, None] * np.ones(3, np.int32)
    top_ids[:, 1:] = NO_TOKEN
    table = TokenTable(
        np.arange(n, dtype=np.int32),
        np.log(p[:, 0]),
        np.zeros(n, np.int32),
        rng.random(n).astype(np.float32),
        p[:, 1],
        top_ids,
        np.log(p),
    )
    return table, dict(enumerate(pieces))


@pytest.fixture
def shown(theme: Theme, fonts: Fonts, qtbot: QtBot) -> ShownTokens:
    view = TokenView(theme, fonts)
    qtbot.addWidget(view)
    view.resize(640, 300)
    view.show()
    return ShownTokens(view, TokenCards(HoverCard(theme, fonts, view)), view, Part.REPLY)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_every_byte_token_can_be_pointed_at_and_keeps_its_numbers(
    shown: ShownTokens, name: str, size: int
) -> None:
    pieces = byte_tokens(CASES[name], size)
    table, texts = table_of(pieces)
    shown.begin(())
    for index in range(len(table)):  # as it streams
        shown.add(table.slice(index, index + 1), texts)
    shown.finish()
    view = shown.view
    assert view.plain_text() == CASES[name]
    assert "\ufffd" not in view.shown_text()
    for index in range(len(table)):
        view.lock(index)
        assert view.locked_token == index
        record = shown.record(index)
        assert record is not None
        assert record.bytes == pieces[index]
        known = alternatives(record, 8)
        assert known is not None
        assert math.fsum(r.p for r in known.rows) + known.rest == pytest.approx(1.0, abs=1e-6)
        assert "\ufffd" not in make_card(record, index).token
    assert not view.grab().isNull()


def test_the_tokens_below_one_character_are_told_apart_by_the_pointer(shown: ShownTokens) -> None:
    pieces = [b"a", *byte_tokens("🎉", 1), b"b"]
    table, texts = table_of(pieces)
    shown.begin(())
    shown.add(table, texts)
    view = shown.view
    box = view.rect_of(1)
    step = box.width() / 4
    found = [
        view.token_at(QPointF(box.left() + (i + 0.5) * step, box.center().y())) for i in range(4)
    ]
    assert found == [1, 2, 3, 4]


def test_an_empty_piece_and_a_control_token_are_chips(shown: ShownTokens) -> None:
    pieces = [b"hi", b"", b"<|end|>", b"\x00"]
    table, texts = table_of(pieces)
    shown.begin({2})
    shown.add(table, texts)
    text = shown.view.shown_text()
    assert "#1" in text
    assert "end" in text
    assert "<|end|>" not in text
    assert "\u2400" in text
    for index in range(4):
        shown.view.lock(index)
        assert shown.view.rect_of(index).isValid()


def test_an_empty_piece_amid_half_a_character_loses_nothing() -> None:
    emoji = "🎉".encode()
    text = TokenText()
    text.append([Piece(emoji[:2]), Piece(b""), Piece(emoji[2:])])
    text.finish()
    assert text.text == "🎉"
    assert text.unit_of == [0, 0, 0]
    cut = TokenText()
    cut.append([Piece(emoji[:2]), Piece(b"")])
    cut.finish()
    assert cut.text == "<0xF0><0x9F>"


def test_bytes_are_shown_behind_what_is_not_ascii(shown: ShownTokens) -> None:
    pieces = [b"a", *byte_tokens("é", 1), "字".encode()]
    table, texts = table_of(pieces)
    shown.begin(())
    shown.add(table, texts)
    shown.view.show_marks(True)
    text = shown.view.shown_text()
    assert "c3 a9" in text
    assert "e5ad97" in text
    assert shown.view.plain_text() == "aé字"


cuts = st.lists(st.integers(0, 400), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(max_size=60), cuts, st.lists(st.integers(0, 60), max_size=3))
def test_the_bytes_of_all_pieces_are_the_bytes_of_the_text(
    text: str, places: list[int], borders: list[int]
) -> None:
    data = text.encode("utf-8", "surrogatepass")
    ends = sorted({0, len(data), *(p % (len(data) + 1) for p in places)})
    pieces = [data[a:b] for a, b in itertools.pairwise(ends)]
    spots = sorted({0, len(text), *(b % (len(text) + 1) for b in borders)})
    spans = tuple(
        Span(a, b, ("literal", "variable:x", "special")[i % 3])
        for i, (a, b) in enumerate(itertools.pairwise(spots))
    )
    tokens = attribute_tokens(
        Rendered(text, spans), range(len(pieces)), pieces, [False] * len(pieces)
    )
    assert b"".join(t.bytes for t in tokens) == data
    shown = TokenText()
    shown.append([prompt_piece(token, frozenset()) for token in tokens])
    shown.finish()
    assert b"".join(shown.bytes) == data
    assert [u.first for u in shown.units] == [0, *[u.last for u in shown.units[:-1]]][
        : len(shown.units)
    ]
    if shown.units:
        assert shown.source_text(0, len(shown.units) - 1) == piece_text(data)


def test_where_a_token_came_from_is_below_it() -> None:
    def piece(source: str) -> Piece:
        return prompt_piece(PromptToken(5, "x", b"x", source), frozenset())

    lines = [piece(s).line.name for s in ("literal", "special", "variable:a", "example:2")]
    assert lines == ["NONE", "TEMPLATE", "VARIABLE", "EXAMPLE"]
    control = prompt_piece(PromptToken(9, "<|end|>", b"<|end|>", "special"), frozenset({9}))
    assert (control.look, control.label) == (Look.CHIP, "end")
