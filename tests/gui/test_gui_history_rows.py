"""Rows of the table of runs as they are painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from workbench.gui.fonts import Fonts
from workbench.gui.history.columns import columns_of
from workbench.gui.history.row_painter import Place, Row, RowPainter
from workbench.gui.theme import Theme
from workbench.history.listing import RunLine

HEIGHT = 26
WIDTH = 400

LINE = RunLine(
    row=1, run_id="run-1", created_us=1_700_000_000_000_000, seconds=1.0, status="done",
    prompt_name="prompt", name="", experiment="", version=3, model="demo", quantization="Q8_0",
    prompt="the prompt", reply="word " * 60, n_samples=1, n_tokens=12, prefill_tokens=3, seed=4,
    finish="stop", decode_tps=80.0, first_token_ms=5.0, temperature=0.7, top_k=40, top_p=0.9,
    min_p=0.1, tags=("good",), starred=True, rating=None, note="", error="", is_branch=False,
)  # fmt: skip

Paint = Callable[..., QImage]


@pytest.fixture
def paint(theme: Theme, fonts: Fonts) -> Paint:
    """Paints one row of a few columns on the theme's pane."""
    painter = RowPainter(theme, fonts.ui(13), HEIGHT)

    def draw(
        line: RunLine | None, *, keys: str = "reply", chosen: bool = False, current: bool = False,
        width: int = 200,
    ) -> QImage:  # fmt: skip
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        image.fill(theme.colour("pane"))
        places = [
            Place(column, i * width, width) for i, column in enumerate(columns_of(keys.split()))
        ]
        on = QPainter(image)
        painter.paint(on, places, [Row(0, line, chosen, current)], focused=True)
        on.end()
        return image

    return draw


def inked(image: QImage, theme: Theme, area: QRect) -> int:
    """How many pixels of a part of a picture are not background."""
    pane = theme.colour("pane").rgb()
    return sum(
        image.pixel(x, y) != pane
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    )


def test_a_long_text_ends_inside_its_column(paint: Paint, theme: Theme) -> None:
    image = paint(LINE)
    assert inked(image, theme, QRect(0, 0, 200, HEIGHT)) > 200
    assert inked(image, theme, QRect(192, 0, WIDTH - 192, HEIGHT)) == 0


def test_numbers_stand_at_the_right(paint: Paint, theme: Theme, fonts: Fonts) -> None:
    """One digit too; only a sign that has no room beside itself stands in the middle."""
    for line in (LINE, replace(LINE, n_tokens=3)):
        taken = QFontMetrics(fonts.ui(13)).horizontalAdvance(f"{line.n_tokens}")
        image = paint(line, keys="tokens")
        assert inked(image, theme, QRect(200 - 9 - taken - 1, 0, taken + 2, HEIGHT)) > 5
        assert inked(image, theme, QRect(0, 0, 200 - 9 - taken - 2, HEIGHT)) == 0
    star = paint(LINE, keys="starred", width=26)
    assert inked(star, theme, QRect(5, 0, 16, HEIGHT)) > 5


def test_chosen_current_and_missing_rows_look_different(paint: Paint, theme: Theme) -> None:
    chosen = paint(LINE, chosen=True, current=True)
    assert chosen.pixel(0, 13) == theme.colour("focus").rgb()
    assert chosen.pixel(5, 1) == theme.colour("accent_wash").rgb()
    assert chosen.pixel(300, 1) == theme.colour("pane").rgb()
    waiting = paint(None)
    assert 0 < inked(waiting, theme, QRect(0, 0, 200, HEIGHT)) < 40


def test_a_row_that_was_read_again_is_painted_anew(paint: Paint) -> None:
    before = paint(LINE)
    assert paint(LINE) == before
    assert paint(replace(LINE, reply="another")) != before
    assert paint(LINE) == before
