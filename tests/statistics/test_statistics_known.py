"""Known answers of statistics, each with where it comes from."""

from __future__ import annotations

import math

import numpy as np
import pytest

from workbench.core.metric import Direction, MetricInfo, Score
from workbench.experiments.statistics.aggregate import aggregate
from workbench.experiments.statistics.bootstrap import Resampling, statistic_interval
from workbench.experiments.statistics.many import comparisons_note, holm
from workbench.experiments.statistics.paired import mcnemar_exact, paired, unpaired_error
from workbench.experiments.statistics.pooling import Subtask, pool
from workbench.experiments.statistics.power import items_for
from workbench.experiments.statistics.proportion import (
    clustered_error,
    exact_interval,
    standard_error,
    t_interval,
    t_quantile,
    wilson,
)

ACCURACY = MetricInfo(
    "accuracy", "Accuracy", "0 to 1", Direction.HIGHER, frozenset(), "", "", "", low=0.0, high=1.0
)
PERPLEXITY = MetricInfo("ppl", "Perplexity", "", Direction.LOWER, frozenset(), "", "", "", low=1.0)


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(8, 10, 0.490162, 0.943318), (10, 10, 0.722467, 1.0), (0, 10, 0.0, 0.277533)],
)
def test_wilson(right: int, n: int, low: float, high: float) -> None:
    """scipy 1.17.1, binomtest(...).proportion_ci(method="wilson"); views-and-metrics §3.2."""
    assert wilson(right, n) == pytest.approx((low, high), abs=1e-6)


def test_wilson_is_scipys() -> None:
    from scipy.stats import binomtest

    for right, n in [(1, 1), (0, 1), (3, 7), (999, 1000), (50_000, 100_000)]:
        theirs = binomtest(right, n).proportion_ci(0.95, "wilson")
        assert wilson(right, n) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_exact_interval() -> None:
    """scipy 1.17.1, method="exact"; views-and-metrics §3.2."""
    assert exact_interval(8, 10) == pytest.approx((0.443905, 0.974789), abs=1e-6)
    assert exact_interval(0, 10)[0] == 0.0
    assert exact_interval(10, 10)[1] == 1.0


def test_standard_error() -> None:
    """Scores 0 to 9: inspect_ai tests/scorer/test_metric.py (.957); variance 9.167."""
    assert standard_error(range(10)) == pytest.approx(0.9574, abs=5e-5)
    assert np.var(np.arange(10), ddof=1) == pytest.approx(9.1667, abs=1e-4)


def test_clustered_error() -> None:
    """0 to 19 in 4 clusters of i % 4: inspect_ai .645497; Miller's form .559017; naive 1.3229."""
    clusters = [f"c{i % 4}" for i in range(20)]
    assert clustered_error(range(20), clusters) == pytest.approx(0.645497, abs=1e-6)
    assert clustered_error(range(20), clusters, few_clusters=False) == pytest.approx(
        0.559017, abs=1e-6
    )
    assert standard_error(range(20)) == pytest.approx(1.3229, abs=1e-4)


def test_one_cluster_has_no_error() -> None:
    """inspect_ai returns 0 here; views-and-metrics §3.4 asks for "n/a"."""
    assert clustered_error(range(20), ["same"] * 20) is None
    assert t_interval(range(20), ["same"] * 20) is None


@pytest.mark.parametrize(
    ("degrees", "expected"), [(1, 12.7062), (4, 2.77645), (9, 2.26216), (30, 2.04227)]
)
def test_t_quantiles(degrees: int, expected: float) -> None:
    """inspect_ai tests/scorer/test_metric.py."""
    assert t_quantile(degrees) == pytest.approx(expected, abs=5e-5)


def test_t_interval_by_hand() -> None:
    assert t_interval(range(10)) == pytest.approx(
        (4.5 - 2.26216 * 0.957427, 4.5 + 2.26216 * 0.957427), abs=1e-4
    )


def test_pooling() -> None:
    """lm-evaluation-harness tests/test_utils.py: means .3 .2 .4 of sizes 20, 40, 100."""
    parts = [Subtask(0.3, 20), Subtask(0.2, 40), Subtask(0.4, 100)]
    assert pool(parts, by_size=False).value == pytest.approx(0.3)
    assert pool(parts, by_size=True).value == pytest.approx(0.3375)
    assert pool(parts, by_size=True).low is None


def hundred() -> tuple[list[float], list[float]]:
    """100 items: 60 both right, 20 only A, 10 only B, 10 neither; views-and-metrics §3.4."""
    a = [1.0] * 60 + [1.0] * 20 + [0.0] * 10 + [0.0] * 10
    b = [1.0] * 60 + [0.0] * 20 + [1.0] * 10 + [0.0] * 10
    return a, b


def test_paired_beats_unpaired() -> None:
    """views-and-metrics §3.4: difference .10, paired SE .0541, unpaired .0611, McNemar .0987."""
    a, b = hundred()
    result = paired(a, b)
    assert result.difference == pytest.approx(-0.1)
    assert result.error == pytest.approx(0.0541, abs=5e-5)
    assert unpaired_error(a, b) == pytest.approx(0.0611, abs=5e-5)
    assert result.p == pytest.approx(0.0987, abs=5e-5)
    assert (result.a_better, result.b_better, result.n) == (20, 10, 100)
    assert result.test == "McNemar exact"
    assert result.low is not None
    assert result.high is not None
    assert result.low == pytest.approx(-0.1 - 1.96 * 0.0541, abs=0.012)
    assert result.high == pytest.approx(-0.1 + 1.96 * 0.0541, abs=0.012)


def test_mcnemar() -> None:
    """b = 1, c = 9: .021484 (views-and-metrics §3.4); and against scipy's binomial test."""
    from scipy.stats import binomtest

    assert mcnemar_exact(1, 9) == pytest.approx(0.021484, abs=5e-7)
    assert mcnemar_exact(0, 0) == mcnemar_exact(7, 7) == 1.0
    for b, c in [(0, 5), (30, 12), (1200, 1100), (30_000, 30_600)]:
        assert mcnemar_exact(b, c) == pytest.approx(binomtest(b, b + c).pvalue, rel=1e-9)


def test_holm() -> None:
    """statsmodels' documentation of multipletests names the method; values by hand."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.02, None]) == [0.02, None]
    note = comparisons_note([0.01, 0.04, 0.03, 0.005])
    assert "4 comparisons" in note
    assert "4 had, and 2 of them still" in note
    assert comparisons_note([0.01, None]) == ""


def test_items_for_a_difference() -> None:
    """Miller, "Adding error bars to evals": ω² = 1/9 and a difference of 3 points: 969 items."""
    assert items_for(1 / 9, 0.03) == 969


def test_bootstrap_error_is_near_the_central_limit() -> None:
    rng = np.random.default_rng(7)
    values = rng.exponential(size=400).tolist()
    result = aggregate(PERPLEXITY, values)
    error = standard_error(values)
    assert error is not None
    assert result.low is not None
    assert result.high is not None
    assert result.interval == "bootstrap"
    assert (result.high - result.low) / 2 == pytest.approx(1.96 * error, rel=0.08)


def test_cluster_bootstrap_follows_the_clustered_error() -> None:
    rng = np.random.default_rng(3)
    centres = rng.normal(size=60)
    values = np.repeat(centres, 10) + rng.normal(scale=0.1, size=600)
    clusters = [f"p{i // 10}" for i in range(600)]
    result = aggregate(PERPLEXITY, values.tolist(), clusters)
    error = clustered_error(values.tolist(), clusters)
    assert error is not None
    assert result.low is not None
    assert result.high is not None
    assert result.interval == "cluster bootstrap"
    assert (result.high - result.low) / 2 == pytest.approx(1.96 * error, rel=0.1)
    single = aggregate(PERPLEXITY, values.tolist())
    assert single.low is not None
    assert single.high is not None
    assert (result.high - result.low) > 2 * (single.high - single.low)


def test_accuracy_gets_wilson_and_the_rest_the_bootstrap() -> None:
    scores = [Score(1.0)] * 8 + [Score(0.0)] * 2 + [Score(None, "no reply")]
    result = aggregate(ACCURACY, scores)
    assert (result.value, result.n, result.unscored) == (0.8, 10, 1)
    assert result.interval == "wilson"
    assert (result.low, result.high) == pytest.approx((0.490162, 0.943318), abs=1e-6)
    graded = aggregate(ACCURACY, [1.0, 0.5, 0.0])
    assert graded.interval == "bootstrap"


def test_weights_move_the_mean() -> None:
    result = aggregate(ACCURACY, [1.0, 0.0], weights=[3.0, 1.0])
    assert result.value == 0.75
    assert result.interval == "bootstrap"


def test_statistic_of_drawn_items() -> None:
    """A ratio over items (as ECE or F1 are): the interval holds the value and is repeatable."""
    values = np.arange(1, 101, dtype=float)

    def ratio(picked: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> float:
        return float(values[picked].max() / values[picked].mean())

    once = statistic_interval(100, ratio, how=Resampling(200))
    again = statistic_interval(100, ratio, how=Resampling(200))
    assert once == again
    assert once is not None
    assert once[0] <= 100 / 50.5 <= once[1] * 1.0001 or math.isclose(once[1], 100 / 50.5)
    assert statistic_interval(1, ratio) is None
    assert statistic_interval(10, ratio, clusters=["one"] * 10) is None
    assert statistic_interval(100, lambda _: None, how=Resampling(50)) is None


def test_pooled_intervals() -> None:
    """By hand: standard errors add in squares; intervals of shares keep their lopsidedness."""
    plain = pool([Subtask(0.3, 20, 0.03), Subtask(0.5, 20, 0.04)], by_size=False)
    assert plain.low == pytest.approx(0.4 - 1.959964 * 0.025)
    assert plain.high == pytest.approx(0.4 + 1.959964 * 0.025)
    none_right = [
        Subtask(0.0, 10, low=0.0, high=0.277533),
        Subtask(0.0, 10, low=0.0, high=0.277533),
    ]
    found = pool(none_right, by_size=True)
    assert found.low == 0.0
    assert found.high == pytest.approx(0.277533 / math.sqrt(2))
    half = pool([none_right[0], Subtask(0.5, 10)], by_size=True)
    assert (half.value, half.low, half.reason) == (0.25, None, "No interval: a subtask has none.")
    assert pool([], by_size=True).value is None
