"""8,000 tokens with everything that can be drawn on them scroll without a dropped frame."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme
from workbench.gui.token_text import Line, Look, Piece
from workbench.gui.token_view import TokenView

N = 8000
FRAME_MS = 16.0
WORDS = (
    *(" the", " quick", " brown", " fox", " jumps", "ed", " over", ",", " lazy", " dog", ".\n"),
    *("नम", "स्ते", "中", "文"),
)


def _pieces() -> list[Piece]:
    draw = random.Random(3)
    emoji = "👩\u200d🚀".encode()
    pieces: list[Piece] = []
    while len(pieces) < N:
        kind = draw.random()
        if kind < 0.02:
            pieces.append(Piece(b"<|end|>", Look.CHIP, "end"))
        elif kind < 0.03:
            pieces += [Piece(emoji[i : i + 1]) for i in range(len(emoji))]
        else:
            text = draw.choice(WORDS).encode()
            note = "" if text.isascii() else text.hex()
            pieces.append(Piece(text, note=note, line=draw.choice(list(Line))))
    return pieces[:N]


class Exposed(QObject):
    """Keeps how high the region of every paint event was."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.heights: list[int] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if isinstance(event, QPaintEvent):
            self.heights.append(event.region().boundingRect().height())
        return super().eventFilter(watched, event)


def test_scrolling_paints_only_what_comes_into_view(
    theme: Theme, fonts: Fonts, qtbot: QtBot
) -> None:
    view = TokenView(theme, fonts)
    qtbot.addWidget(view)
    view.resize(600, 300)
    with qtbot.waitExposed(view):
        view.show()
    view.append(_pieces()[:2000], np.full(2000, 0.5, np.float32))
    view.verticalScrollBar().setValue(500)
    QApplication.processEvents()
    exposed = Exposed(view.viewport())
    view.verticalScrollBar().setValue(530)
    qtbot.waitUntil(lambda: bool(exposed.heights))
    assert max(exposed.heights) <= 60


@pytest.mark.timing
@pytest.mark.parametrize("marks", [False, True], ids=["plain", "marks"])
@pytest.mark.parametrize("signed", [False, True], ids=["surprise", "signed"])
def test_scrolling_8000_tokens_keeps_60_frames_a_second(
    theme: Theme, fonts: Fonts, qtbot: QtBot, marks: bool, signed: bool
) -> None:
    view = TokenView(theme, fonts)
    qtbot.addWidget(view)
    view.resize(960, 420)
    with qtbot.waitExposed(view):
        view.show()
    view.append(_pieces())
    view.finish()
    view.show_marks(marks)
    low = -1.0 if signed else 0.0
    strengths = np.random.default_rng(1).uniform(low, 1.0, N).astype(np.float32)
    view.set_strengths(strengths, signed=signed)
    bar = view.verticalScrollBar()
    paints = []
    for value in np.linspace(0, bar.maximum(), 200):  # every frame shows lines never shown before
        bar.setValue(int(value))
        begin = time.thread_time()  # painting waits for nothing: this is its time when alone
        view.viewport().repaint()
        paints.append(1000.0 * (time.thread_time() - begin))
    p95 = float(np.quantile(paints, 0.95))
    print(f"{len(view)} tokens, paint p50 {np.median(paints):.1f} ms, p95 {p95:.1f} ms")
    assert min(paints) > 0.05, "nothing was painted"
    assert p95 < FRAME_MS
