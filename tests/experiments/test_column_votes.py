"""Votes on what stands in columns: who counts, shares, intervals."""

from __future__ import annotations

import pytest
from scipy.stats import binomtest
from support.votes import contestant, vote

from workbench.core.votes import Verdict
from workbench.experiments.column_votes import votes_on
from workbench.experiments.statistics.proportion import wilson, wilson_of_share

A, B, C = contestant("A"), contestant("B"), contestant("C")


def test_wins_losses_ties_of_each_column_and_each_pair() -> None:
    votes = [
        vote(0, "A", "B", Verdict.A),
        vote(1, "B", "A", Verdict.B),
        vote(2, "A", "B", Verdict.B),
        vote(3, "A", "B", Verdict.TIE),
        vote(4, "C", "A", Verdict.BOTH_BAD),
        vote(5, "C", "B", Verdict.A),
        vote(6, "A", "D", Verdict.B),  # D is not shown
    ]
    found = votes_on(votes, [A, B, None, C])
    assert found.decisions == 6
    assert found.items == 6
    first, second, none, last = found.records
    assert none is None
    assert first is not None
    assert second is not None
    assert last is not None
    assert (first.wins, first.losses, first.ties) == (2, 1, 2)
    assert (second.wins, second.losses, second.ties) == (1, 3, 1)
    assert (last.wins, last.losses, last.ties) == (1, 0, 1)
    assert first.share == pytest.approx(3 / 5)
    pair = found.against[0, 1]
    assert (pair.wins, pair.losses, pair.ties) == (2, 1, 1)
    back = found.against[1, 0]
    assert (back.wins, back.losses, back.ties) == (1, 2, 1)


def test_the_interval_is_wilsons_and_repeated_items_widen_it() -> None:
    found = votes_on(
        [vote(n, "A", "B", Verdict.A if n < 7 else Verdict.B) for n in range(10)], [A, B]
    )
    record = found.records[0]
    assert record is not None
    assert record.interval is not None
    expected = binomtest(7, 10).proportion_ci(method="wilson")
    assert (record.interval.low, record.interval.high) == pytest.approx(
        (expected.low, expected.high)
    )
    again = votes_on(
        [vote(n, "A", "B", Verdict.A if n < 7 else Verdict.B, item="one") for n in range(10)],
        [A, B],
    ).records[0]
    assert again is not None
    assert again.interval is not None
    assert again.effective == pytest.approx(1.0)
    assert again.interval.low < record.interval.low
    assert again.interval.high > record.interval.high


def test_withdrawn_and_mixed_votes() -> None:
    other = contestant("B", prompt_hash="sha256:other")
    votes = [
        vote(0, "A", "B", Verdict.A, withdrawn_us=5),
        vote(1, "A", other, Verdict.A),  # another prompt on one side only
    ]
    assert votes_on(votes, [A, B]).decisions == 0
    # With the prompt among what differs, that vote is one on these columns.
    assert votes_on(votes, [A, other]).decisions == 1
    # One model and two prompts: they differ in the prompt.
    same = contestant("A", prompt_hash="sha256:other")
    assert votes_on([vote(2, "A", same, Verdict.B)], [A, same]).against[1, 0].wins == 1
    # Both replies answered another prompt than the columns': model and settings are the same.
    one, two = (contestant(name, prompt_hash="sha256:other") for name in "AB")
    assert votes_on([vote(3, one, two, Verdict.A)], [A, B]).decisions == 1


def test_columns_that_are_alike_have_no_pair() -> None:
    found = votes_on([vote(0, "A", "B", Verdict.A)], [A, A])
    assert found.decisions == 0
    assert found.against == {}
    assert all(record is not None and record.share is None for record in found.records)
    both = votes_on([vote(0, "A", "B", Verdict.A)], [A, A, B])
    assert both.decisions == 1
    assert both.records[0] == both.records[1]


def test_no_columns_no_votes() -> None:
    assert votes_on([], []).decisions == 0
    assert votes_on([vote(0, "A", "B", Verdict.A)], [None, A]).decisions == 0


def test_wilson_of_whole_and_half_points() -> None:
    assert wilson_of_share(0.7, 10) == pytest.approx(wilson(7, 10))
    assert wilson_of_share(0.0, 3)[0] == 0.0
    assert wilson_of_share(1.0, 3)[1] == 1.0
    for share, n in ((0.5, 0), (-0.1, 2), (1.1, 2)):
        with pytest.raises(ValueError, match="no share"):
            wilson_of_share(share, n)
