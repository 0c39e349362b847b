"""Verdicts of a replay from tables and facts alone."""

from __future__ import annotations

import math

import numpy as np
import pytest

from workbench.core.replay import (
    Aspect,
    Changed,
    FirstDifference,
    compare_tables,
    first_difference,
    judge,
)
from workbench.core.tokens import TokenTable

PIECES = {n: f" t{n}".encode() for n in range(9)}
FIRST = FirstDifference(0, 2, 5, 6, " t5", " t6", 0.4, 0.41, 0.01)


def table(ids: list[int], logprobs: list[float] | None = None) -> TokenTable:
    """Tokens with two alternatives: themselves and the next id, a tenth less likely."""
    n = len(ids)
    own = np.array(logprobs or [-1.0] * n, np.float32)
    none = np.zeros(n, np.int32)
    tops = np.array([[i, i + 1] for i in ids], np.int32).reshape(n, 2)
    top_logprob = np.stack([own, own - np.float32(0.1)], axis=1).reshape(n, 2)
    return TokenTable(np.array(ids, np.int32), own, none, own, own, tops, top_logprob)


def test_equal_tables_are_equal() -> None:
    found = compare_tables(table([1, 2, 3]), table([1, 2, 3]), partial=False)
    assert (found.same, found.is_equal, found.drift) == (3, True, 0.0)
    empty = compare_tables(table([]), table([]), partial=False)
    assert (empty.is_equal, empty.drift) == (True, None)


@pytest.mark.parametrize(
    ("then", "now", "partial", "same", "equal"),
    [
        ([1, 2], [1, 2, 3], False, 2, False),
        ([1, 2], [1, 2, 3], True, 2, True),
        ([1, 2, 3], [1, 2], False, 2, False),
        ([1, 2, 3], [1, 2], True, 2, False),
        ([1, 2, 3], [1, 5, 3], True, 1, False),
        ([], [1], False, 0, False),
    ],
)
def test_lengths_count_unless_the_run_was_stopped(
    then: list[int], now: list[int], partial: bool, same: int, equal: bool
) -> None:
    found = compare_tables(table(then), table(now), partial=partial)
    assert (found.same, found.is_equal) == (same, equal)


def test_drift_is_of_the_same_tokens_and_of_the_place_where_they_part() -> None:
    then, now = table([1, 2, 3], [-1, -1, -1]), table([1, 2, 4], [-1, -1.02, -1.5])
    assert compare_tables(then, now, partial=False).drift == pytest.approx(0.4, abs=1e-6)
    unknown = table([1, 2, 3], [math.nan] * 3)
    assert compare_tables(unknown, unknown, partial=False).drift is None


def test_a_difference_has_both_probabilities_and_the_gap() -> None:
    then, now = table([1, 2, 3]), table([1, 2, 4], [-1, -1, -0.5])
    found = first_difference(1, 10, 2, then, now, PIECES)
    assert (found.sample, found.index, found.expected, found.got) == (1, 12, 3, 4)
    assert (found.expected_text, found.got_text) == (" t3", " t4")
    assert found.p_expected == pytest.approx(math.exp(-1))
    assert found.p_got == pytest.approx(math.exp(-0.5))
    assert found.logit_gap == pytest.approx(0.1)
    ended = first_difference(0, 0, 2, then, table([1, 2]), PIECES)
    assert (ended.got, ended.p_got, ended.logit_gap) == (None, None, None)
    assert first_difference(0, 0, 0, table([1]), table([7]), PIECES).logit_gap is None


@pytest.mark.parametrize("aspect", list(Aspect))
def test_what_changed_is_to_blame(aspect: Aspect) -> None:
    found = judge("r", FIRST, [Changed(aspect, "old", "new")], 2, 0.01)
    word = "changed" if aspect in (Aspect.TEMPLATE, Aspect.TOKENS) else "different"
    assert found.verdict == f"{word} {aspect.value}"
    assert "old then, new now" in found.explanation
    assert not found.identical


def test_the_weightiest_change_is_named_first() -> None:
    changes = [Changed(a, "a", "b") for a in (Aspect.THREADS, Aspect.MODEL, Aspect.BUILD)]
    found = judge("r", FIRST, changes, 2, 0.01)
    assert found.verdict == "different model file"
    assert [c.aspect for c in found.changed] == [Aspect.MODEL, Aspect.BUILD, Aspect.THREADS]


@pytest.mark.parametrize(
    ("drift", "verdict"),
    [
        (0.0, "different sampling"),
        (1e-5, "near-tie noise"),
        (0.04, "near-tie noise"),
        (1.0, "unexplained difference"),
        (None, "unexplained difference"),
    ],
)
def test_when_nothing_changed_the_size_of_the_drift_decides(
    drift: float | None, verdict: str
) -> None:
    assert judge("r", FIRST, [], 2, drift).verdict == verdict


@pytest.mark.parametrize(
    ("drift", "verdict"),
    [
        (0.0, "different sampling"),
        (0.04, "near-tie noise"),
        (0.2, "different batch size"),
        (1.0, "unexplained difference"),
        (None, "unexplained difference"),
    ],
)
def test_a_batch_explains_rounding_and_nothing_more(drift: float | None, verdict: str) -> None:
    found = judge("r", FIRST, [], 2, drift, beside=True)
    assert found.verdict == verdict
    assert not found.identical
    assert ("in one batch with others" in found.explanation) is (drift == 0.2)
    assert judge("r", None, [], 2, 0.01, beside=True).verdict == "identical"


def test_an_identical_reply_is_identical_whatever_changed_beside_the_prompt() -> None:
    threads = Changed(Aspect.THREADS, "8", "2")
    found = judge("r", None, [threads], 1, 1e-6)
    assert (found.identical, found.verdict) == (True, "identical")
    assert "although there is another threads" not in found.explanation
    assert "1 sampled token" in found.explanation
    prompt = judge("r", None, [threads, Changed(Aspect.TEMPLATE, "a", "b")], 4, 0.0)
    assert (prompt.identical, prompt.verdict) == (False, "changed template")
    assert prompt.first_difference is None
