"""Prompt stability: worst case over perturbations, spread over repeats, flips of ranks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.metric import Direction, MetricInfo
from workbench.experiments.statistics.repeats import rank_flips, repeat_spread
from workbench.experiments.statistics.robustness import robustness


def info(direction: Direction = Direction.HIGHER) -> MetricInfo:
    """A metric from 0 to 1."""
    return MetricInfo("m", "M", "0 to 1", direction, frozenset(), "", "", "", low=0.0, high=1.0)


IDS = ["q1", "q2", "q3", "q4", "q1t", "q2t", "q3t", "q4t", "q1c", "q2c", "q3c"]
OF = ["", "", "", "", "q1", "q2", "q3", "q4", "q1", "q2", "q3"]
KINDS = ["", "", "", "", "typos", "typos", "typos", "typos", "case", "case", "case"]
SCORES = [1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0]


def test_worst_case_by_hand() -> None:
    """HELM compute_worst_case_metrics: mean over questions of the worst, the original included."""
    found = robustness(info(), IDS, OF, KINDS, SCORES)
    assert found.before.value == 0.75
    assert found.worst is not None
    assert found.worst.value == 0.25
    assert found.drop is not None
    assert found.drop.difference == -0.5
    assert found.kinds["typos"].difference == -0.25
    assert found.kinds["case"].difference == pytest.approx(-1 / 3)
    assert found.changed == 0.5
    assert (found.questions, found.with_versions) == (4, 4)


def test_worse_is_larger_for_a_loss() -> None:
    found = robustness(info(Direction.LOWER), IDS, OF, KINDS, SCORES)
    assert found.worst is not None
    assert found.worst.value == 0.75
    assert robustness(info(Direction.NEITHER), IDS, OF, KINDS, SCORES).worst is None


def test_a_control_is_no_version() -> None:
    found = robustness(info(), ["a", "a/control"], ["", "a"], ["", "control"], [1.0, 0.0])
    assert found.worst is not None
    assert found.worst.value == 1.0
    assert found.with_versions == 0
    assert found.kinds["control"].difference == -1.0


def test_versions_without_score_are_left_out() -> None:
    found = robustness(info(), ["a", "b", "a2"], ["", "", "a"], ["", "", "typos"], [1, None, None])
    assert (found.before.value, found.questions, found.with_versions) == (1.0, 1, 0)
    assert found.changed is None
    assert found.kinds["typos"].difference is None
    with pytest.raises(ValueError, match="lengths"):
        robustness(info(), ["a"], [], [], [1])


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=4), max_size=8))
def test_the_worst_is_never_better(families: list[list[float]]) -> None:
    ids, of, kinds, scores = [], [], [], []
    for number, family in enumerate(families):
        for place, score in enumerate(family):
            ids.append(f"{number}.{place}")
            of.append(f"{number}.0" if place else "")
            kinds.append(f"kind {place}" if place else "")
            scores.append(score)
    found = robustness(info(), ids, of, kinds, scores)
    if found.worst is not None and found.worst.value is not None:
        assert found.before.value is not None
        assert found.worst.value <= found.before.value


def test_repeats_by_hand() -> None:
    found = repeat_spread([[1, 0, 1, 1], [1, 1, 0, 1], [1, 0, 0, None]])
    assert found.means == pytest.approx((2 / 3, 2 / 3, 1 / 3))
    assert (found.low, found.high) == pytest.approx((1 / 3, 2 / 3))
    assert found.spread == pytest.approx(np.std([2 / 3, 2 / 3, 1 / 3], ddof=1))
    assert found.changed == pytest.approx(2 / 3)
    assert found.within == pytest.approx((2 / 9) ** 0.5)
    assert found.share == pytest.approx((4 / 27) / (20 / 81))
    assert (found.n, found.left_out) == (3, 1)


def test_repeats_that_say_nothing() -> None:
    one = repeat_spread([[1.0, 0.0]])
    assert (one.spread, one.within, one.share, one.changed) == (None, None, None, 0.0)
    none = repeat_spread([[None], [1.0]])
    assert (none.means, none.low, none.n, none.left_out) == ((), None, 0, 1)
    same = repeat_spread([[1.0, 1.0], [1.0, 1.0]])
    assert (same.share, same.changed, same.spread) == (None, 0.0, 0.0)
    for bad in ([], [[1.0], [1.0, 2.0]]):
        with pytest.raises(ValueError, match="same items"):
            repeat_spread(bad)


def test_ranks_by_hand() -> None:
    found = rank_flips([[0.9, 0.8, 0.7], [0.9, 0.7, 0.8], [0.1, 0.2, 0.3]])
    assert found.pairs == 3
    assert found.flipped == pytest.approx(4 / 6)
    assert found.agreement == pytest.approx((1 / 3, -1.0))
    assert found.ranks == ((1, 3), (2, 3), (1, 3))


def test_tau_is_scipys() -> None:
    from scipy.stats import kendalltau

    rng = np.random.default_rng(5)
    table = rng.integers(0, 5, size=(6, 7)).astype(float)
    found = rank_flips(table.tolist())
    for condition, tau in zip(table[1:], found.agreement, strict=True):
        assert tau == pytest.approx(kendalltau(table[0], condition).statistic)


def test_ranks_that_say_nothing() -> None:
    alone = rank_flips([[0.5], [0.7]])
    assert (alone.pairs, alone.flipped, alone.ranks) == (0, None, ((1, 1),))
    ties = rank_flips([[0.5, 0.5], [0.7, 0.1]])
    assert (ties.flipped, ties.agreement) == (None, (None,))
    with pytest.raises(ValueError, match="finite"):
        rank_flips([[0.5, float("nan")]])
