"""Strengths against known answers and against what a maximum of the likelihood must be.

The figures marked "reference" were computed with SciPy's optimiser and, where it says so, with
choix 0.4.1 and evalica 0.4.2, by others.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.core.ranking import Floats
from workbench.experiments.bradley_terry import (
    POINTS,
    covariance,
    groups,
    half_width,
    prior_points,
    strengths,
    strengths_of_many,
    strong_groups,
)


def table(*rows: list[float]) -> Floats:
    return np.array(rows, np.float64)


def apart(wins: Floats, prior: float = 0.0) -> float:
    """Points between the first two."""
    found = strengths(wins, prior)
    return float(found[0] - found[1]) * POINTS


def test_three_to_one() -> None:
    """Reference, choix: 190.8485 points, which is 400 log10 3; log-odds 1.098612."""
    wins = table([0, 3], [1, 0])
    assert apart(wins) == pytest.approx(190.8485, abs=1e-4)
    assert apart(wins) == pytest.approx(400 * math.log10(3), abs=1e-9)
    assert apart(wins) / POINTS == pytest.approx(1.098612, abs=1e-6)


def test_two_wins_and_two_ties_are_three_to_one() -> None:
    """Reference: a tie is half a win each way."""
    wins = table([0, 2 + 0.5 * 2], [0.5 * 2, 0])
    assert apart(wins) == pytest.approx(190.8485, abs=1e-4)


def test_three_competitors() -> None:
    """Reference: A-B 7-3, B-C 6-4, A-C 8-2 gives +128.651, -25.904, -102.747 (its optimiser
    stopped at about 0.003 points); here the likelihood equations hold to rounding."""
    wins = table([0, 7, 8], [3, 0, 6], [2, 4, 0])
    found = strengths(wins)
    np.testing.assert_allclose(found * POINTS, [128.651, -25.904, -102.747], atol=4e-3)
    expected = (wins + wins.T) / (1 + np.exp(found[None] - found[:, None]))
    np.testing.assert_allclose(wins.sum(1), expected.sum(1), atol=1e-9)


def test_five_to_nothing_does_not_diverge() -> None:
    """Reference: with half a point each way 416.557, which is 400 log10 11."""
    assert apart(table([0, 5], [0, 0]), 0.5) == pytest.approx(416.557, abs=1e-3)
    assert apart(table([0, 5], [0, 0]), 0.5) == pytest.approx(400 * math.log10(11), abs=1e-8)
    assert apart(table([0, 1e6], [0, 0]), 0.5) == pytest.approx(400 * math.log10(2e6 + 1))
    with pytest.raises(UserError, match="never lost"):
        strengths(table([0, 5], [0, 0]))


@pytest.mark.parametrize(("won", "lost", "points"), [(3, 1, 393), (30, 10, 124), (60, 40, 70)])
def test_half_widths(won: int, lost: int, points: int) -> None:
    """Reference: Wald 95 % half-widths; the curvature of the fit says the same."""
    assert half_width(won, lost) == pytest.approx(points, abs=0.7)
    wins = table([0, won], [lost, 0])
    spread = covariance(strengths(wins), wins + wins.T)
    variance = spread[0, 0] + spread[1, 1] - 2 * spread[0, 1]
    assert 1.959964 * POINTS * math.sqrt(variance) == pytest.approx(half_width(won, lost), rel=1e-6)
    assert half_width(5, 0) == math.inf


@st.composite
def tables(draw: st.DrawFn) -> Floats:
    """Random tables of up to six competitors in which everybody met everybody's neighbour."""
    size = draw(st.integers(2, 6))
    values = draw(
        st.lists(st.integers(0, 9), min_size=size * size, max_size=size * size),
    )
    wins = np.array(values, np.float64).reshape(size, size)
    for i in range(size - 1):
        wins[i, i + 1] += 1
    np.fill_diagonal(wins, 0)
    return wins


@settings(deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_competitors_changes_nothing(wins: Floats, random: object) -> None:
    order = list(range(len(wins)))
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis' Random
    found = strengths(wins, 0.5)
    np.testing.assert_allclose(strengths(wins[np.ix_(order, order)], 0.5), found[order], atol=1e-8)
    assert abs(found.sum()) < 1e-9
    with_prior = wins + prior_points(wins, 0.5)
    expected = (with_prior + with_prior.T) / (1 + np.exp(found[None] - found[:, None]))
    np.testing.assert_allclose(with_prior.sum(1), expected.sum(1), atol=1e-7)
    np.testing.assert_allclose(strengths_of_many(with_prior[None])[0], found, atol=1e-12)


def test_groups_that_never_met_and_groups_that_never_lost() -> None:
    met = np.array([[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]], bool)
    assert groups(met) == [[0, 1], [2, 3]]
    wins = table([0, 0, 1], [3, 0, 4], [1, 0, 0])
    assert strong_groups(wins) == [[1], [0, 2]]
    assert strong_groups(table([0, 1], [1, 0])) == [[0, 1]]
