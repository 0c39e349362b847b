"""What must hold for any scores."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.metric import Direction, MetricInfo, Score
from workbench.experiments.statistics.aggregate import aggregate
from workbench.experiments.statistics.bootstrap import (
    Resampling,
    resampled_means,
    statistic_interval,
)
from workbench.experiments.statistics.many import holm
from workbench.experiments.statistics.paired import mcnemar_exact, paired
from workbench.experiments.statistics.power import detectable_difference, items_needed
from workbench.experiments.statistics.proportion import exact_interval, wilson
from workbench.experiments.statistics.units import units_of
from workbench.experiments.statistics.words import interval_text, is_it_noise, number

INFO = MetricInfo(
    "f1", "F1", "0 to 1", Direction.HIGHER, frozenset(), "", "", "", low=0.0, high=1.0
)
FEW = Resampling(200)
unit = st.floats(0, 1)


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(1, 300))
def test_wilson_holds_the_share_and_is_symmetric(right: int, n: int) -> None:
    right = min(right, n)
    low, high = wilson(right, n)
    assert 0.0 <= low <= right / n <= high <= 1.0
    assert low < high
    assert wilson(n - right, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)
    outer = exact_interval(right, n)
    assert outer[0] <= right / n <= outer[1]


@pytest.mark.parametrize(("right", "n"), [(0, 0), (3, 2), (-1, 4)])
def test_impossible_shares(right: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(right, n)


@settings(deadline=None, max_examples=50)
@given(st.lists(unit, min_size=1, max_size=40), st.integers(0, 3))
def test_interval_stays_among_the_values(values: list[float], missing: int) -> None:
    result = aggregate(INFO, [*values, *[None] * missing], how=FEW)
    assert result.value is not None
    assert result.value == pytest.approx(math.fsum(values) / len(values))
    assert (result.n, result.unscored) == (len(values), missing)
    if result.low is None or result.high is None:
        assert result.reason
        return
    assert 0.0 <= result.low <= result.high <= 1.0
    if result.interval == "bootstrap":
        assert min(values) - 1e-9 <= result.low
        assert result.high <= max(values) + 1e-9


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(unit, unit), min_size=1, max_size=30), st.booleans())
def test_comparing_the_other_way_round(pairs: list[tuple[float, float]], right: bool) -> None:
    a = [float(round(x)) if right else x for x, _ in pairs]
    b = [float(round(y)) if right else y for _, y in pairs]
    there, back = paired(a, b, how=FEW), paired(b, a, how=FEW)
    assert there.difference is not None
    assert back.difference is not None
    assert there.difference == pytest.approx(-back.difference)
    assert there.p == pytest.approx(back.p, abs=0.02)
    assert (there.a_better, there.b_better) == (back.b_better, back.a_better)
    assert there.p is not None
    assert 0.0 < there.p <= 1.0
    assert is_it_noise(there)


@settings(deadline=None)
@given(st.lists(unit, min_size=1, max_size=30))
def test_the_same_against_itself(values: list[float]) -> None:
    result = paired(values, values, how=FEW)
    assert (result.difference, result.p) == (0.0, 1.0)
    assert "no difference was seen" in is_it_noise(result)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1) | st.none(), max_size=12))
def test_holm_never_lowers_and_keeps_the_order(values: list[float | None]) -> None:
    corrected = holm(values)
    both = [
        (p, q) for p, q in zip(values, corrected, strict=True) if p is not None and q is not None
    ]
    assert [p is None for p in values] == [q is None for q in corrected]
    assert all(p <= q <= 1.0 for p, q in both)
    ordered = [q for _, q in sorted(both)]
    assert ordered == sorted(ordered)


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_symmetric_and_a_probability(b: int, c: int) -> None:
    assert mcnemar_exact(b, c) == mcnemar_exact(c, b)
    assert 0.0 < mcnemar_exact(b, c) <= 1.0


def test_order_of_items_does_not_matter_to_right_or_wrong() -> None:
    a = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0]
    b = [0.0, 0.0, 1.0, 1.0, 1.0, 1.0]
    forward, back = paired(a, b), paired(a[::-1], b[::-1])
    assert forward == back


def test_few_values_take_the_short_way_to_the_same_spread() -> None:
    """Multinomial counts and drawn indices are two ways to the same distribution."""
    values = np.array([0.0, 1.0] * 200)
    short = resampled_means(units_of(values), Resampling(4000))
    jitter = values + np.arange(400) * 1e-9
    long = resampled_means(units_of(jitter), Resampling(4000))
    assert short.std() == pytest.approx(0.5 / 20, rel=0.06)
    assert long.std() == pytest.approx(0.5 / 20, rel=0.06)


def test_sign_flips_agree_with_the_exact_test() -> None:
    """Right-or-wrong scores through the sign-flip test (weights force it) give McNemar's p."""
    a, b = [1.0] * 20 + [0.0] * 10, [0.0] * 20 + [1.0] * 10
    flipped = paired(a, b, clusters=[f"c{i}" for i in range(30)], weights=[2.0] * 29 + [2.0001])
    assert flipped.test == "sign flip"
    assert flipped.p == pytest.approx(mcnemar_exact(20, 10), abs=0.02)


def test_unscored_is_never_zero() -> None:
    empty = aggregate(INFO, [Score(None, "The reply was cut."), Score(None, "The reply was cut.")])
    assert (empty.value, empty.low, empty.n, empty.unscored) == (None, None, 0, 2)
    assert "The reply was cut." in empty.reason
    assert aggregate(INFO, []).reason == "There are no items."
    odd = aggregate(INFO, [math.nan, math.inf, 0.5, 0.25])
    assert (odd.value, odd.n, odd.unscored) == (0.375, 2, 2)
    lost = paired([1.0, None, 0.0], [None, 1.0, 1.0])
    assert (lost.n, lost.left_out, lost.difference) == (1, 2, 1.0)
    assert paired([None], [1.0]).difference is None
    assert "cannot be compared" in is_it_noise(paired([None], [1.0]))


def test_where_an_interval_means_nothing_there_is_none() -> None:
    same = aggregate(INFO, [0.4, 0.4, 0.4])
    assert same.value == pytest.approx(0.4)
    assert (same.low, same.interval) == (None, "")
    assert "same value" in same.reason
    one = aggregate(INFO, [0.4])
    assert (one.low, one.reason) == (None, "One item has no interval.")
    passage = aggregate(INFO, [0.0, 1.0, 0.5], clusters=["p", "p", "p"])
    assert (passage.value, passage.low) == (0.5, None)
    assert "one cluster" in passage.reason
    rough = aggregate(INFO, [0.0, 1.0, 0.2], clusters=["p", "p", "q"], how=FEW)
    assert "only 2 clusters" in rough.reason


def test_wrong_counts_are_refused() -> None:
    for call in (
        lambda: aggregate(INFO, [1.0], clusters=["a", "b"]),
        lambda: aggregate(INFO, [1.0], weights=[1.0, 2.0]),
        lambda: aggregate(INFO, [1.0], weights=[-1.0]),
        lambda: paired([1.0], [1.0, 0.0]),
        lambda: paired([1.0], [1.0], clusters=["a", "b"]),
    ):
        with pytest.raises(ValueError, match=r"weight|cluster|scores"):
            call()
    assert aggregate(INFO, [1.0], weights=[0.0]).value is None


def test_a_difference_that_items_can_show() -> None:
    a = [1.0] * 60 + [1.0] * 20 + [0.0] * 20
    b = [1.0] * 60 + [0.0] * 20 + [1.0] * 10 + [0.0] * 10
    result = paired(a, b)
    reach = detectable_difference(result)
    assert reach == pytest.approx(2.8016 * 0.05412, rel=1e-3)
    assert items_needed(result, 0.1) == pytest.approx(230, abs=2)
    text = is_it_noise(result, "plain", "polite")
    assert text.startswith("polite is worse than plain by 0.100 on 100 items")
    assert "may well be noise (p = 0.099)" in text
    assert "needs about" in text
    lower = is_it_noise(result, "plain", "polite", Direction.LOWER)
    assert lower.startswith("polite is better than plain")


def test_a_clear_difference_is_called_so() -> None:
    text = is_it_noise(paired([0.0] * 80, [1.0] * 40 + [0.0] * 40))
    assert "unlikely to be noise (p < 0.001)" in text
    corrected = is_it_noise(paired([0.0] * 80, [1.0] * 7 + [0.0] * 73), corrected_p=0.3)
    assert "may well be noise (p = 0.016, p = 0.3 after correction" in corrected
    few = is_it_noise(paired([0.0] * 10, [1.0] * 9 + [0.0]))
    assert "only 10 items" in few


def test_a_slow_number_of_many_items_is_made_less_often() -> None:
    calls = []

    def counted(picked: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> float:
        calls.append(len(picked))
        return float(picked[0])

    for n, times in ((50, 1000), (10_000, 300), (100_000, 200)):
        calls.clear()
        statistic_interval(n, counted)
        assert len(calls) == times
        assert set(calls) == {n}


def test_a_long_resampling_can_be_stopped() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        statistic_interval(10, lambda picked: float(picked.mean()), cancel=token)


def test_figures_for_people() -> None:
    assert [number(x) for x in (0.0871234, 12.49, 1340.2, 0.0, 1e-9)] == [
        "0.0871",
        "12.5",
        "1340",
        "0",
        "1.00e-09",
    ]
    assert interval_text(aggregate(INFO, [1.0] * 8 + [0.0] * 2)) == (
        "0.800 (0.490 to 0.943, 95 %, 10 items)"
    )
    assert interval_text(aggregate(INFO, [])) == "not scored: There are no items."


def test_memory_stays_small_with_many_items() -> None:
    import tracemalloc

    values = np.random.default_rng(0).random(200_000)
    tracemalloc.start()
    try:
        aggregate(INFO, values.tolist(), how=Resampling(20))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 120 * 2**20


def test_words_where_interval_and_test_disagree_or_one_is_missing() -> None:
    base = paired([0.0, 0.0, 0.0, 0.0], [0.2, 0.3, 0.1, 0.4])
    assert base.p == pytest.approx(0.125)
    assert "not clear that this is more than noise" in is_it_noise(base)
    untested = replace(base, p=None, test="")
    assert "leaves out 0: this is unlikely to be noise" in is_it_noise(untested)
    around = replace(untested, low=-0.1)
    assert "holds 0: this may well be noise" in is_it_noise(around)
    nothing = replace(untested, low=None, high=None, reason="One item has no interval.")
    assert "cannot be said" in is_it_noise(nothing)
