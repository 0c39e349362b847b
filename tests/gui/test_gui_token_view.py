"""The token view: lines, pointing, copying, following the end, and speed."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.gui.fonts import Fonts
from workbench.gui.theme import Mode, Theme
from workbench.gui.token_layout import Style, TokenLayout
from workbench.gui.token_text import Look, Piece, TokenText
from workbench.gui.token_view import TokenView

WORDS = [
    *("the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog", "and"),
    *("👨\u200d👩\u200d👧", "שלום", "नमस्ते", "ไทย", "中文字\n"),
]


def _pieces(count: int, seed: int = 1) -> list[Piece]:
    draw = random.Random(seed)
    return [Piece((" " + draw.choice(WORDS)).encode()) for _ in range(count)]


@pytest.fixture
def view(theme: Theme, fonts: Fonts, qtbot: QtBot) -> TokenView:
    made = TokenView(theme, fonts)
    qtbot.addWidget(made)
    made.resize(640, 300)
    made.show()
    return made


def _style(fonts: Fonts) -> Style:
    ink = QColor("black")
    return Style(fonts.mono(15), fonts.mono(13), fonts.mono(9), ink, ink, ink, ink)


@pytest.mark.parametrize("step", [1, 7, 50])
def test_growing_gives_the_same_lines_as_all_at_once(fonts: Fonts, step: int) -> None:
    pieces = _pieces(300, seed=step)
    grown_text = TokenText()
    grown = TokenLayout(grown_text, _style(fonts), 420.0)
    for start in range(0, len(pieces), step):
        grown.update(grown_text.append(pieces[start : start + step]))
    whole_text = TokenText()
    whole_text.append(pieces)
    whole = TokenLayout(whole_text, _style(fonts), 420.0)
    assert grown.lines == whole.lines
    joined = "".join(whole_text.text[line.start : line.end] for line in whole.lines)
    assert joined == whole_text.text.replace("\n", "")


def test_every_token_can_be_pointed_at(view: TokenView) -> None:
    pieces = [
        Piece(w.encode()) for w in ("One", " day", " Zoe", " saw", " a", " grey", " owl", ".")
    ]
    view.append(pieces)
    for token in range(len(pieces)):
        assert view.token_at(view.rect_of(token).center().toPointF()) == token


def test_the_view_follows_only_from_the_end(view: TokenView) -> None:
    bar = view.verticalScrollBar()
    view.append(_pieces(600))
    assert bar.value() == bar.maximum() > 0
    bar.setValue(40)
    view.append(_pieces(200, seed=2))
    assert bar.value() == 40


def test_arrows_walk_and_escape_is_left_to_the_window(view: TokenView) -> None:
    view.append(_pieces(20))
    seen: list[int] = []
    view.locked.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        QTest.keyClick(view, key)
    assert seen == [0, 1, 0, 19]


def test_copy_gives_what_the_tokens_say(view: TokenView) -> None:
    view.append([Piece(b"<|end|>", Look.CHIP, "end"), Piece(b"Hello"), Piece(" wörld".encode())])
    view.select_all()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "<|end|>Hello wörld"


def test_dragging_selects_tokens(view: TokenView) -> None:
    view.append([Piece(w.encode()) for w in ("One", " day", " Zoe", " saw")])
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=view.rect_of(1).center())
    QTest.mouseMove(port, view.rect_of(2).center())
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=view.rect_of(2).center())
    assert view.selected_text() == " day Zoe"
    assert view.locked_token == -1


def test_any_script_paints(view: TokenView) -> None:
    text = "שלום عليكم नमस्ते ไทย 中文字 👩\u200d🚀 e\u0301 \u202eevil\u202c \u2028 \x00"
    for index in range(len(text.encode())):
        view.append([Piece(text.encode()[index : index + 1])], np.array([0.5], np.float32))
    view.append([Piece(b"\xff\xfe"), Piece(b"")])
    view.finish()
    for token in range(len(view)):
        view.lock(token)
    assert not view.grab().isNull()


def test_newline_tokens_have_a_place(view: TokenView) -> None:
    view.append([Piece(b"a"), Piece(b"\n\n"), Piece(b"b")])
    view.lock(1)
    assert view.rect_of(1).isValid()
    assert view.token_at(view.rect_of(1).center().toPointF()) == 1
    assert view.rect_of(2).top() > view.rect_of(0).bottom()


def test_marks_can_be_switched_without_losing_tokens(view: TokenView) -> None:
    view.append(_pieces(30))
    plain = view.plain_text()
    view.show_marks(True)
    assert "·" in view.shown_text()
    assert view.plain_text() == plain


def test_theme_change_repaints_with_other_ink(view: TokenView, theme: Theme) -> None:
    view.append([Piece("█".encode())])
    point = view.rect_of(0).center()
    light = view.viewport().grab().toImage().pixelColor(point)
    theme.set_mode(Mode.DARK)
    dark = view.viewport().grab().toImage().pixelColor(point)
    assert dark.lightness() > light.lightness()


def test_8000_tokens_append_and_paint_quickly(view: TokenView) -> None:
    draw = np.random.default_rng(5)
    pieces = [Piece(p.bytes) for p in _pieces(8000) if b"\n" not in p.bytes]
    begin = time.thread_time()  # nothing here waits: this is its time when alone
    for start in range(0, len(pieces), 50):
        part = pieces[start : start + 50]
        view.append(part, draw.random(len(part)).astype(np.float32))
    appended = time.thread_time() - begin
    paints = []
    bar = view.verticalScrollBar()
    for value in np.linspace(0, bar.maximum(), 60):
        bar.setValue(int(value))
        begin = time.thread_time()
        view.viewport().repaint()
        paints.append(time.thread_time() - begin)
    print(f"append {1000 * appended:.0f} ms, paint p95 {1000 * np.quantile(paints, 0.95):.1f} ms")
    assert appended < 3.0
    assert np.quantile(paints, 0.95) < 0.05  # 16 ms on an idle machine


@pytest.mark.parametrize("where", [0, 1, 150, 299, 300])
def test_replacing_gives_what_showing_anew_gives(
    view: TokenView, theme: Theme, fonts: Fonts, qtbot: QtBot, where: int
) -> None:
    old = _pieces(300)
    old[100:104] = [Piece(b) for b in (b"\xf0\x9f", b"\x8e\x89", b"e", "\u0301".encode())]
    new = [*old[:where], Piece("\u0301 new".encode()), *old[where + 3 :]]
    view.append(old)
    view.finish()
    view.replace(new)
    fresh = TokenView(theme, fonts)
    qtbot.addWidget(fresh)
    fresh.resize(640, 300)
    fresh.show()
    fresh.append(new)
    fresh.finish()
    assert view.shown_text() == fresh.shown_text()
    assert len(view) == len(fresh) == len(new)
    assert view.rect_of(len(new) - 1).size() == fresh.rect_of(len(new) - 1).size()
    assert view.verticalScrollBar().maximum() == fresh.verticalScrollBar().maximum()


def test_leaving_points_at_nothing(view: TokenView) -> None:
    view.append(_pieces(5))
    seen: list[int] = []
    view.pointed.connect(lambda token, _rect: seen.append(token))
    QTest.mouseMove(view.viewport(), view.rect_of(1).center())
    QTest.mouseMove(view.viewport(), QPoint(620, 290))
    assert seen == [1, -1]
