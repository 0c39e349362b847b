"""Simulated experiments: intervals hold the truth, and tests cry wolf, as often as they say."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.core.metric import Direction, MetricInfo
from workbench.experiments.statistics.aggregate import aggregate
from workbench.experiments.statistics.bootstrap import Resampling
from workbench.experiments.statistics.paired import paired

INFO = MetricInfo("m", "M", "", Direction.HIGHER, frozenset(), "", "", "", low=0.0, high=1.0)
FEW = Resampling(400)
ROUNDS = 200


@pytest.mark.parametrize("share", [0.05, 0.5, 0.93])
def test_wilson_holds_the_truth(share: float) -> None:
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(ROUNDS):
        found = aggregate(INFO, (rng.random(60) < share).astype(float).tolist())
        assert found.low is not None
        assert found.high is not None
        held += found.low <= share <= found.high
    assert held / ROUNDS >= 0.92


def test_bootstrap_holds_the_truth() -> None:
    rng = np.random.default_rng(2)
    held = 0
    for _ in range(ROUNDS):
        found = aggregate(INFO, rng.beta(2, 3, size=60).tolist(), how=FEW)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.4 <= found.high
    assert held / ROUNDS >= 0.91


def test_clusters_need_the_cluster_bootstrap() -> None:
    """Ten questions per passage: resampled by item the interval is far too narrow."""
    rng = np.random.default_rng(3)
    held = {True: 0, False: 0}
    clusters = [f"passage {k // 10}" for k in range(400)]
    for _ in range(ROUNDS):
        easy = np.repeat(rng.normal(scale=0.2, size=40), 10)
        values = np.clip(0.5 + easy + rng.normal(scale=0.05, size=400), 0, 1)
        for grouped in (True, False):
            found = aggregate(INFO, values.tolist(), clusters if grouped else (), how=FEW)
            assert found.low is not None
            assert found.high is not None
            held[grouped] += found.low <= 0.5 <= found.high
    assert held[True] / ROUNDS >= 0.9
    assert held[False] / ROUNDS <= 0.6


@pytest.mark.parametrize("graded", [False, True])
def test_tests_cry_wolf_as_seldom_as_they_say(graded: bool) -> None:
    """Two equal prompts: p is below 0.05 in at most about one of twenty experiments."""
    rng = np.random.default_rng(4)
    alarms = 0
    for _ in range(ROUNDS):
        hard = rng.random(50)
        a, b = rng.random(50), rng.random(50)
        if graded:
            one, two = (a + hard) / 2, (b + hard) / 2
        else:
            one, two = (a < hard).astype(float), (b < hard).astype(float)
        found = paired(one.tolist(), two.tolist(), how=FEW)
        assert found.p is not None
        alarms += found.p < 0.05
    assert alarms / ROUNDS <= 0.085


def test_a_real_difference_is_found() -> None:
    rng = np.random.default_rng(5)
    found = 0
    for _ in range(100):
        hard = rng.random(200)
        one, two = rng.random(200) < hard - 0.1, rng.random(200) < hard + 0.1
        result = paired(one.astype(float).tolist(), two.astype(float).tolist(), how=FEW)
        assert result.p is not None
        found += result.p < 0.05
    assert found >= 90
