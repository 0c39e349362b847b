"""How far people and judges agree on the pairings that both judged.

Which of two replies comes first in a table is arbitrary, so every pairing is counted in both
orientations; otherwise kappa would depend on the ids of the runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from workbench.core.ranking import Agreement
from workbench.core.votes import Verdict, Vote, Voter, VoterKind
from workbench.experiments.agreement import cohen_kappa, krippendorff_alpha
from workbench.experiments.ballots import Place, pairing, told_of

PEOPLE = "people"

_Pair = tuple[Place, Place]
_Said = Mapping[_Pair, Verdict]


def agreements(votes: Iterable[Vote]) -> tuple[Agreement, ...]:
    """People, by majority, against each judge; and judges against each other."""
    said = _said(votes)
    humans = [voter for voter in said if voter.kind is VoterKind.HUMAN]
    judges = sorted((v for v in said if v.kind is VoterKind.JUDGE), key=lambda v: v.name)
    made = []
    if humans:
        people = _majority([said[voter] for voter in humans])
        for judge in judges:
            coders = [said[voter] for voter in (*humans, judge)]
            made.append(_agreement(PEOPLE, judge.name, people, said[judge], coders))
    for number, one in enumerate(judges):
        for other in judges[number + 1 :]:
            a, b = said[one], said[other]
            made.append(_agreement(one.name, other.name, a, b, [a, b]))
    return tuple(made)


def _said(votes: Iterable[Vote]) -> dict[Voter, dict[_Pair, Verdict]]:
    """What each voter decided; both orders together, a tie where they disagree."""
    told: dict[Voter, dict[_Pair, set[Verdict]]] = {}
    for vote in votes:
        if vote.withdrawn_us is None:
            one = told_of(vote)
            # "Both bad" is no preference either; judges are not asked for it.
            plain = Verdict.TIE if one is Verdict.BOTH_BAD else one
            who = Voter(vote.voter.kind, vote.voter.name)
            told.setdefault(who, {}).setdefault(pairing(vote), set()).add(plain)
    return {
        voter: {pair: v.copy().pop() if len(v) == 1 else Verdict.TIE for pair, v in pairs.items()}
        for voter, pairs in told.items()
    }


def _majority(some: Sequence[_Said]) -> dict[_Pair, Verdict]:
    """What most said; a tie where no verdict has most."""
    found = {}
    for pair in {pair for said in some for pair in said}:
        counts = Counter(said[pair] for said in some if pair in said).most_common()
        split = len(counts) > 1 and counts[0][1] == counts[1][1]
        found[pair] = Verdict.TIE if split else counts[0][0]
    return found


def _agreement(a: str, b: str, one: _Said, other: _Said, coders: Sequence[_Said]) -> Agreement:
    both = sorted(set(one) & set(other))
    first = [one[pair] for pair in both]
    second = [other[pair] for pair in both]
    same = sum(x is y for x, y in zip(first, second, strict=True))
    units = [
        [said[pair] for said in coders if pair in said]
        for pair in sorted({pair for said in coders for pair in said})
    ]
    turned = [[verdict.swapped for verdict in unit] for unit in units]
    return Agreement(
        a,
        b,
        len(both),
        same / len(both) if both else None,
        cohen_kappa([*first, *(v.swapped for v in first)], [*second, *(v.swapped for v in second)]),
        krippendorff_alpha([*units, *turned]) if both else None,
    )
