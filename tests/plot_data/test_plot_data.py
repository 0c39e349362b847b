"""The arithmetic behind the plots: known answers, bounds, order of items."""

from __future__ import annotations

import importlib
import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.metric import Direction, MetricInfo
from workbench.experiments.plot_data.calibration import calibration
from workbench.experiments.plot_data.confusion import NONE, OTHER, confusion
from workbench.experiments.plot_data.groups import group_scores
from workbench.experiments.plot_data.scatter import scatter
from workbench.experiments.plot_data.size_trend import size_trend
from workbench.metrics.calibration import reliability

INFO = MetricInfo("a", "A", "0 to 1", Direction.HIGHER, frozenset(), "", "", "", low=0.0, high=1.0)
KNOWN = [(0.9, 1.0), (0.8, 0.0), (0.6, 1.0), (0.55, 0.0)]
point = st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0]))


def test_calibration_error() -> None:
    """views-and-metrics §3.2: equal width 10 bins .4625; equal mass 2 bins .2125; 1 bin .2125."""
    assert calibration(KNOWN).error == pytest.approx(0.4625)
    assert calibration(KNOWN, bins=2, equal_mass=True).error == pytest.approx(0.2125)
    assert calibration(KNOWN, bins=1).error == pytest.approx(0.2125)


@settings(deadline=None)
@given(st.lists(point, min_size=1, max_size=40), st.integers(1, 15), st.booleans())
def test_the_diagram_is_the_metric(
    points: list[tuple[float, float]], bins: int, equal_mass: bool
) -> None:
    """The error drawn is the error of the metrics `ece` and `ece_equal_mass`."""
    found = calibration(points, bins=bins, equal_mass=equal_mass)
    metric = reliability(points, bins, equal_mass)
    error = math.fsum(n * abs(right - sure) for sure, right, n in metric) / len(points)
    assert found.error == pytest.approx(error)
    assert 0.0 <= (found.error or 0.0) <= 1.0
    assert sum(part.n for part in found.bins) == found.n == len(points)
    shuffled = random.Random(1).sample(points, len(points))
    assert calibration(shuffled, bins=bins, equal_mass=equal_mass) == found
    for part in found.bins:
        assert part.start - 1e-12 <= part.confidence <= part.end + 1e-12
        assert part.low is not None
        assert part.high is not None
        assert part.low <= part.right <= part.high


def test_calibration_without_items() -> None:
    empty = calibration([None, None])
    assert (empty.error, empty.bins, empty.left_out, empty.note) == (None, (), 2, "")
    assert "mostly chance" in calibration(KNOWN).note
    graded = calibration([(0.5, 0.5)])
    assert (graded.bins[0].low, graded.bins[0].high) == (None, None)
    for points, bins in (([(1.2, 1.0)], 10), ([(0.5, math.nan)], 10), (KNOWN, 0)):
        with pytest.raises(ValueError, match=r"between 0 and 1|bins"):
            calibration(points, bins=bins)


def test_confusion_by_hand() -> None:
    found = confusion(["B", "A", "A", "B", "A"], ["A", "A", "B", "B", None])
    assert found.rows == ("A", "B")
    assert found.columns == ("A", "B", NONE)
    assert found.counts == ((1, 1, 1), (1, 1, 0))
    assert found.recall == pytest.approx((1 / 3, 1 / 2))
    assert found.precision == pytest.approx((1 / 2, 1 / 2))
    assert (found.accuracy, found.n, found.largest) == (0.4, 5, 1)


def test_confusion_is_sklearns() -> None:
    metrics = importlib.import_module("sklearn.metrics")  # it ships no types
    rng = random.Random(2)
    gold = [rng.choice("ABCD") for _ in range(200)]
    given_ = [rng.choice("ABCD") for _ in range(200)]
    found = confusion(gold, given_)
    theirs = metrics.confusion_matrix(gold, given_, labels=list("ABCD"))
    assert found.counts == tuple(map(tuple, theirs.tolist()))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.none() | st.sampled_from("ABCDEFGHXYZ"))),
    st.integers(1, 4),
)
def test_every_item_is_counted_once(pairs: list[tuple[str, str | None]], most: int) -> None:
    gold, answers = [g for g, _ in pairs], [a for _, a in pairs]
    found = confusion(gold, answers, most_labels=most)
    assert sum(map(sum, found.counts)) == found.n == len(pairs)
    assert len(found.rows) <= most + 1
    assert all(len(row) == len(found.columns) for row in found.counts)
    for label, row in zip(found.rows, found.counts, strict=True):
        if label != OTHER:
            assert sum(row) == gold.count(label)
    assert found.accuracy is None or 0.0 <= found.accuracy <= 1.0


def test_confusion_without_items() -> None:
    empty = confusion([], [])
    assert (empty.rows, empty.counts, empty.accuracy, empty.largest) == ((), (), None, 0)
    with pytest.raises(ValueError, match="answers"):
        confusion(["A"], [])


def test_scatter_by_hand() -> None:
    found = scatter([1.0, 0.0, 1.0, None, 0.0], [1.0, 1.0, 0.0, 1.0, 1.0])
    assert (found.above, found.below, found.same, found.left_out) == (2, 1, 1, 1)
    assert [(dot.x, dot.y, dot.count, dot.items) for dot in found.dots] == [
        (0.0, 1.0, 2, (1, 4)),
        (1.0, 0.0, 1, (2,)),
        (1.0, 1.0, 1, (0,)),
    ]
    with pytest.raises(ValueError, match="scores"):
        scatter([1.0], [])
    assert scatter([], []).dots == ()


def test_many_dots_are_gathered() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.random(20_000).tolist(), rng.random(20_000).tolist()
    found = scatter(x, y, most_dots=2000)
    assert len(found.dots) <= 2000
    assert sum(dot.count for dot in found.dots) == 20_000
    assert found.above + found.below == 20_000
    huge = scatter([1e300, -1e300], [0.0, math.inf])
    assert (len(huge.dots), huge.left_out) == (1, 1)


def test_groups() -> None:
    found = group_scores(INFO, ["law", "art", "law", ""], [1.0, 0.0, 0.0, None])
    assert [(g.name, g.score.value, g.score.n) for g in found] == [
        ("law", 0.5, 2),
        ("art", 0.0, 1),
        ("", None, 0),
    ]
    with pytest.raises(ValueError, match="lengths"):
        group_scores(INFO, ["law"], [])


def test_size_trend_is_a_line_through_the_means() -> None:
    """Least squares of the means over log10 of the size, against numpy.polyfit."""
    rng = np.random.default_rng(4)
    sizes = [1e9, 1e6, 1e7, 3e8]
    scores = [(rng.random(60) < p).astype(float).tolist() for p in (0.2, 0.9, 0.7, 0.4)]
    found = size_trend(sizes, scores, Direction.HIGHER)
    slope, at_one = np.polyfit(np.log10(sizes), [np.mean(s) for s in scores], 1)
    assert found.slope is not None
    assert found.slope.difference == pytest.approx(slope)
    assert found.at_one == pytest.approx(at_one)
    assert [x for x, _ in found.points] == pytest.approx(sorted(sizes))
    assert "inverse scaling" in found.verdict
    assert found.slope.low is not None
    assert found.slope.high is not None
    assert found.slope.low < slope < found.slope.high < 0


def test_size_trend_the_other_way_and_without() -> None:
    rising = [[0.0] * 40, [1.0] * 30 + [0.0] * 10]
    assert "better" in size_trend([1e6, 1e9], rising, Direction.HIGHER).verdict
    assert "inverse" in size_trend([1e6, 1e9], rising, Direction.LOWER).verdict
    assert "grows" in size_trend([1e6, 1e9], rising, Direction.NEITHER).verdict
    assert "Two sizes" in size_trend([1e6, 1e9], rising, Direction.HIGHER).verdict
    flat = size_trend([1e6, 1e9], [[1.0, 0.0], [0.0, 1.0]], Direction.HIGHER)
    assert "noise" in flat.verdict
    same = size_trend([1e6, 1e6], rising, Direction.HIGHER)
    assert (same.slope, same.verdict) == (None, "All models have the same size.")
    none = size_trend([1e6, 1e9], [[None], [1.0]], Direction.HIGHER)
    assert (none.n, none.left_out, none.points) == (0, 1, ())
    partly = size_trend([1e6, 1e9], [[None, 0.0, 0.5], [1.0, 1.0, 0.7]], Direction.HIGHER)
    assert (partly.n, partly.left_out) == (2, 1)
    for sizes, scores in (([1.0], []), ([0.0], [[1.0]]), ([], []), ([1, 2], [[1.0], []])):
        with pytest.raises(ValueError, match="size"):
            size_trend(sizes, scores, Direction.HIGHER)
