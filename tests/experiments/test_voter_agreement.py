"""People and judges on the same pairings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.votes import PERSON, vote

from workbench.core.votes import Verdict, Vote, Voter, VoterKind
from workbench.experiments.voter_agreement import agreements

A, B, TIE = Verdict.A, Verdict.B, Verdict.TIE
JUDGE = Voter(VoterKind.JUDGE, "judge Q8_0", "hash", "/judge.gguf")
BOB = Voter(VoterKind.HUMAN, "Bob")


def of(voter: Voter, *verdicts: Verdict) -> list[Vote]:
    """The verdicts of a voter on pairings 0, 1, 2, …"""
    return [vote(n, "A", "B", said, voter=voter) for n, said in enumerate(verdicts)]


def test_people_and_a_judge() -> None:
    """Of 8 pairings 6 the same. Both orientations: po 0.75; each says A and B half the time."""
    votes = of(PERSON, A, A, A, A, B, B, B, B) + of(JUDGE, A, A, A, B, B, B, B, A)
    (found,) = agreements(votes)
    assert (found.a, found.b, found.pairings) == ("people", "judge Q8_0", 8)
    assert found.same == 0.75
    assert found.kappa == pytest.approx(0.5)
    # Nominal alpha of two coders: 1 - (n - 1) disagreements / (2 nA nB / ...), n = 32 values.
    assert found.alpha == pytest.approx(1 - 31 * 8 / (2 * 16 * 16))


def test_what_stands_first_does_not_matter() -> None:
    votes = of(PERSON, A, A, B, TIE) + of(JUDGE, A, B, B, A)
    turned = [
        replace(v, a=v.b, b=v.a, verdict=v.verdict.swapped) if n % 2 else v
        for n, v in enumerate(votes)
    ]
    assert agreements(votes) == agreements(turned)


def test_the_majority_of_people_and_both_orders_of_a_judge() -> None:
    votes = of(PERSON, A, A, Verdict.BOTH_BAD) + of(BOB, A, B, TIE)
    first = of(JUDGE, A, A, A)
    second = [
        replace(v, a=v.b, b=v.a, verdict=said) for v, said in zip(first, (B, A, A), strict=True)
    ]
    (found,) = agreements([*votes, *first, *second])
    # A; a split majority and a judge whose orders disagree; both bad and disagreeing orders.
    assert found.same == 1.0
    assert found.kappa == pytest.approx(1.0)


def test_withdrawn_votes_and_strangers() -> None:
    votes = of(PERSON, A) + [replace(v, withdrawn_us=1) for v in of(JUDGE, B)]
    assert agreements(votes) == ()
    other = Voter(VoterKind.JUDGE, "other")
    two = agreements(of(JUDGE, A, B) + of(other, A, B) + of(PERSON, A)[:0])
    assert [(one.a, one.b, one.kappa) for one in two] == [("judge Q8_0", "other", 1.0)]
    apart = agreements([*of(PERSON, A), vote(7, "A", "B", A, voter=JUDGE)])
    assert (apart[0].pairings, apart[0].same, apart[0].kappa, apart[0].alpha) == (
        0,
        None,
        None,
        None,
    )
    assert agreements([]) == ()
