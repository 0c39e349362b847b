"""Tints: one number per token, its scale, a colour and a sign that can be told apart."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from workbench.core.tokens import NO_RANK, TokenTable
from workbench.gui.fonts import Fonts
from workbench.gui.theme import DARK, LIGHT, Colours, Theme, contrast
from workbench.gui.tint_legend import TintLegend
from workbench.gui.tints import FULL_CHANGE, TINTS, Scale, rank_bucket
from workbench.gui.token_paint import tint_colour
from workbench.gui.token_text import Piece
from workbench.gui.token_view import TokenView


def table(p: list[float], rank: list[int], sampled: list[float]) -> TokenTable:
    n = len(p)
    with np.errstate(divide="ignore"):
        logprob = np.log(np.array(p, np.float32))
    return TokenTable(
        np.arange(n, dtype=np.int32),
        logprob,
        np.array(rank, np.int32),
        np.full(n, 2.0, np.float32),
        np.array(sampled, np.float32),
        np.empty((n, 0), np.int32),
        np.empty((n, 0), np.float32),
    )


ROWS = table([1.0, 0.5, 0.01, math.nan], [0, 9, 1000, NO_RANK], [1.0, 0.9, 0.0, math.nan])


@pytest.mark.parametrize("name", TINTS.names())
def test_strengths_are_in_range_and_unknown_stays_unknown(name: str) -> None:
    tint = TINTS.get(name)
    found = tint.strength(ROWS)
    assert found.dtype == np.float32
    assert len(found) == len(ROWS)
    low = -1.0 if tint.scale is Scale.SIGNED else 0.0
    assert np.nanmin(found) >= low
    assert np.nanmax(found) <= 1.0
    if name not in ("none", "entropy"):
        assert np.isnan(found[3])


def test_known_values() -> None:
    def of(name: str) -> list[float]:
        return [float(v) for v in TINTS.get(name).strength(ROWS)[:3]]

    assert of("surprise") == pytest.approx([0.0, math.log(2) / 4, 1.0])
    assert of("probability") == pytest.approx([0.0, 0.5, 0.99], abs=1e-6)
    assert of("rank") == pytest.approx([0.0, 0.25, 1.0])
    assert of("entropy") == pytest.approx([0.5, 0.5, 0.5])
    wanted = [0.0, min(1.0, 0.4 / FULL_CHANGE), -0.01 / FULL_CHANGE]
    assert of("sampling") == pytest.approx(wanted, abs=1e-6)


def test_rank_buckets_begin_where_gltr_has_them() -> None:
    ranks = np.array([0, 1, 9, 10, 99, 100, 999, 1000, 50_000])
    assert rank_bucket(ranks).tolist() == [0, 1, 1, 2, 2, 3, 3, 4, 4]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("strength", [-1.0, -0.5, -0.2, 0.2, 0.5, 1.0])
def test_signed_text_is_readable(colours: Colours, strength: float) -> None:
    wash = tint_colour(strength, colours, signed=True).name()
    assert contrast(colours.ink, wash) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("name", "matrix"),
    [
        ("protan", ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052))),
        ("deutan", ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969))),
        ("tritan", ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304))),
    ],
)
def test_more_and_less_differ_for_every_kind_of_eye(
    colours: Colours, name: str, matrix: tuple[tuple[float, float, float], ...]
) -> None:
    """Machado's matrices for full severity; the colours stay far apart."""

    def seen(colour: str) -> npt.NDArray[np.float64]:
        c = QColor(colour)
        light = np.array([c.redF(), c.greenF(), c.blueF()])
        return np.asarray(np.array(matrix) @ light, np.float64)

    assert float(np.linalg.norm(seen(colours.more) - seen(colours.less))) > 0.25, name


def test_the_sign_is_painted_beside_the_colour(theme: Theme, fonts: Fonts, qtbot: QtBot) -> None:
    view = TokenView(theme, fonts)
    qtbot.addWidget(view)
    view.resize(300, 100)
    view.show()
    view.append([Piece(b"word")])
    view.set_strengths(np.array([0.8], np.float32), signed=True)
    more = view.viewport().grab().toImage()
    view.set_strengths(np.array([-0.8], np.float32), signed=True)
    less = view.viewport().grab().toImage()
    box = view.rect_of(0)
    x, y = round(box.right() - 3), box.top() - 3
    ink = theme.colour("ink").lightness()

    def darkest(image: object) -> int:
        from PySide6.QtGui import QImage

        assert isinstance(image, QImage)
        spots = [image.pixelColor(x + i, y + j).lightness() for i in (-1, 0, 1) for j in (-1, 0)]
        return min(spots)

    assert darkest(more) < ink + 90
    assert darkest(less) > darkest(more)


def test_a_wrong_number_of_strengths_is_a_bug(theme: Theme, fonts: Fonts, qtbot: QtBot) -> None:
    view = TokenView(theme, fonts)
    qtbot.addWidget(view)
    view.append([Piece(b"a"), Piece(b"b")])
    with pytest.raises(ValueError, match="1 strengths for 2 tokens"):
        view.set_strengths(np.zeros(1, np.float32))


@pytest.mark.parametrize("name", TINTS.names())
def test_every_legend_paints(theme: Theme, qtbot: QtBot, name: str) -> None:
    legend = TintLegend(theme)
    qtbot.addWidget(legend)
    legend.show_tint(TINTS.get(name))
    colours = {
        legend.grab().toImage().pixelColor(x, legend.height() // 2).name() for x in range(4, 88, 6)
    }
    assert len(colours) >= (1 if name == "none" else 4)
