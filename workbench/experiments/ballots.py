"""Votes put together into decisions between competitors, and what was left out on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.core.ranking import By, Counted
from workbench.core.votes import Contestant, Verdict, Vote, VoterKind
from workbench.experiments.contestants import Identities

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Ballot:
    """One decision between two competitors.

    Attributes:
        x, y: their keys; x is the smaller one, whatever was shown first.
        verdict: A for x, B for y.
        votes: what it was made of.
    """

    x: str
    y: str
    verdict: Verdict
    item: str
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """All ballots that count."""

    ballots: tuple[Ballot, ...]
    counted: Counted


def gather(
    votes: Iterable[Vote], identities: Identities, by: By, *, clean_only: bool = False
) -> Box:
    """The ballots of votes; withdrawn ones, those of a judge on its own replies, and those in
    which a competitor met itself do not count. The order of `votes` does not matter.

    Args:
        clean_only: leave out ballots in which something else than what is ranked differs.
    """
    counted = Counted()
    found: list[Ballot] = []
    for group in by_ballot(votes):
        standing = tuple(vote for vote in group if vote.withdrawn_us is None)
        counted = replace(counted, withdrawn=counted.withdrawn + len(group) - len(standing))
        if not standing:
            continue
        first = standing[0]
        a, b = first.a.contestant, first.b.contestant
        if any(is_own(vote, identities) for vote in standing):
            counted = replace(counted, own=counted.own + 1)
            continue
        x, y = sorted((identities.key(a, by), identities.key(b, by)))
        if x == y:
            counted = replace(counted, same=counted.same + 1)
            continue
        mixed = identities.differs_otherwise(a, b, by)
        if mixed and clean_only:
            counted = replace(counted, left_out_mixed=counted.left_out_mixed + 1)
            continue
        verdict, consistent = _decision(standing, identities, by, x)
        found.append(Ballot(x, y, verdict, first.item.key, standing))
        counted = replace(
            counted,
            ballots=counted.ballots + 1,
            mixed=counted.mixed + mixed,
            revealed=counted.revealed + any(vote.revealed for vote in standing),
            inconsistent=counted.inconsistent + (not consistent),
        )
    counted = replace(counted, items=len({ballot.item for ballot in found}))
    return Box(tuple(found), counted)


def is_own(vote: Vote, identities: Identities) -> bool:
    """Whether a judge voted on a reply of its own model."""
    if vote.voter.kind is not VoterKind.JUDGE:
        return False
    judge = Contestant("", "", vote.voter.model_path, vote.voter.model_sha256, "", "", "", "{}")
    sides = (vote.a.contestant, vote.b.contestant)
    return any(
        identities.model(judge) == identities.model(one)
        or (judge.model_path and judge.model_path == one.model_path)
        for one in sides
    )


def pairing(vote: Vote) -> tuple[Place, Place]:
    """The two replies of a vote, whatever their order."""
    first, second = sorted((vote.a.place, vote.b.place))
    return first, second


def told_of(vote: Vote) -> Verdict:
    """The verdict as if the replies had been shown in the order of `pairing`."""
    return vote.verdict if vote.a.place == pairing(vote)[0] else vote.verdict.swapped


def by_ballot(votes: Iterable[Vote]) -> list[list[Vote]]:
    """The votes of each ballot, the oldest first."""
    found: dict[str, list[Vote]] = {}
    for vote in sorted(votes, key=lambda v: v.vote_id):
        found.setdefault(vote.ballot, []).append(vote)
    return list(found.values())


def _decision(
    votes: Sequence[Vote], identities: Identities, by: By, x: str
) -> tuple[Verdict, bool]:
    """What all orders say of x; a tie where they disagree."""
    said = {
        vote.verdict if identities.key(vote.a.contestant, by) == x else vote.verdict.swapped
        for vote in votes
    }
    if len(said) == 1:
        return said.pop(), True
    return Verdict.TIE, False
