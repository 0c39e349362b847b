"""The leaderboard: the newest counts, the best is found, ties with it are told."""

from __future__ import annotations

import pytest

from workbench.core.metric import Direction, MetricInfo, Score
from workbench.experiments.plot_data.board import Entry, board
from workbench.experiments.statistics.aggregate import aggregate


def info(direction: Direction = Direction.HIGHER, high: float | None = 1.0) -> MetricInfo:
    """A metric."""
    return MetricInfo("m", "M", "", direction, frozenset(), "", "", "", low=0.0, high=high)


def entry(
    subject: str,
    suite: str,
    right: int,
    n: int = 100,
    when: int = 1,
    about: MetricInfo | None = None,
) -> Entry:
    """The first `right` of n items are right."""
    about = about or info()
    scores = {f"i{k}": Score(float(k < right)) for k in range(n)}
    found = aggregate(about, list(scores.values()))
    return Entry(suite, subject, about.name, about, found, when, f"eval {when}", scores)


def test_best_and_level_with_it() -> None:
    found = board([entry("a", "s", 50), entry("b", "s", 80), entry("c", "s", 78)])
    cells = {name: found.cells[name, "s"] for name in "abc"}
    assert [cells[name].best for name in "abc"] == [False, True, False]
    assert [cells[name].level for name in "abc"] == [False, True, True]
    assert cells["c"].against_best is not None
    assert cells["c"].against_best.difference == pytest.approx(-0.02)
    assert found.why_no_means == "A mean needs more than one suite."


def test_means_order_the_models() -> None:
    entries = [entry(m, s, k) for m, s, k in [("a", "s", 50), ("b", "s", 80), ("a", "t", 90)]]
    found = board([*entries, entry("b", "t", 20)])
    assert found.subjects == ("a", "b")
    assert found.means == pytest.approx({"a": 0.7, "b": 0.5})
    partly = board(entries)
    assert partly.means["b"] is None
    assert partly.subjects == ("a", "b")
    assert ("b", "t") not in partly.cells


def test_the_newest_counts() -> None:
    found = board([entry("a", "s", 90, when=5), entry("a", "s", 10, when=2)])
    assert found.cells["a", "s"].entry.source == "eval 5"


def test_lower_is_better_for_a_loss() -> None:
    loss = info(Direction.LOWER)
    found = board([entry(m, s, k, about=loss) for m, s, k in
                   [("a", "s", 50), ("b", "s", 10), ("a", "t", 50), ("b", "t", 10)]])  # fmt: skip
    assert found.cells["b", "s"].best
    assert found.subjects == ("b", "a")


def test_no_mean_over_different_scales() -> None:
    other = board([entry("a", "s", 5), entry("a", "t", 5, about=info(high=None))])
    assert "different scales" in other.why_no_means
    assert other.means == {"a": None}


def test_what_cannot_be_compared_is_not_level() -> None:
    neither = board([entry("a", "s", 5, about=info(Direction.NEITHER))])
    assert not neither.cells["a", "s"].best
    unscored = board([entry("a", "s", 0, n=0), entry("b", "s", 3)])
    assert not unscored.cells["a", "s"].level
    assert unscored.cells["b", "s"].best
    assert board([]).subjects == ()
