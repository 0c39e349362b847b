"""The ranking of the votes in a history, for whoever shows it: read, ranked, as a document."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.ranking import Agreement, Interval, Ranking
from workbench.core.registry import did_you_mean
from workbench.core.votes import Vote, Voter, VoterKind
from workbench.experiments.contestants import Identities
from workbench.experiments.ranking import RankOptions, rank
from workbench.experiments.voter_agreement import agreements
from workbench.history.store import HistoryStore
from workbench.history.votes import VoteFilter, list_votes, prompt_labels, vote_tags, voters

HUMAN, JUDGE = VoterKind.HUMAN.value, VoterKind.JUDGE.value


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose votes are ranked.

    Attributes:
        voter: "human", "judge", or the name of one voter.
        tag: only votes with it; empty for all.
    """

    voter: str = HUMAN
    tag: str = ""
    options: RankOptions = field(default_factory=RankOptions)


@dataclass(frozen=True, slots=True, eq=False)
class Leaderboard:
    """A ranking and what stands beside it.

    Attributes:
        voters: everybody whose votes count, with their ballots.
        tags: of votes, the most used first.
        agreement: of people and judges, over all votes.
    """

    wish: Wish
    ranking: Ranking
    voters: tuple[tuple[Voter, int], ...]
    tags: tuple[tuple[str, int], ...]
    agreement: tuple[Agreement, ...]


def leaderboard(
    store: HistoryStore, wish: Wish | None = None, cancel: CancelToken | None = None
) -> Leaderboard:
    """Rank the votes of a history.

    Raises:
        UserError: the history cannot be read, or there is no such voter, tag or baseline.
        Cancelled: somebody asked to stop.
    """
    chosen = wish or Wish()
    everybody, tags = voters(store), vote_tags(store)
    if chosen.tag and chosen.tag not in dict(tags):
        raise UserError(
            f"No vote has the tag {chosen.tag}.", did_you_mean(chosen.tag, [t for t, _ in tags])
        )
    kind, name = _whose(chosen.voter, [voter for voter, _ in everybody])
    votes = list_votes(store, VoteFilter(withdrawn=True))
    mine = [vote for vote in votes if _is_wanted(vote, kind, name, chosen.tag)]
    contestants = [side.contestant for vote in votes for side in (vote.a, vote.b)]
    labels = prompt_labels(store, (one.prompt_hash for one in contestants))
    ranking = rank(mine, Identities(contestants, labels), chosen.options, cancel)
    return Leaderboard(chosen, ranking, tuple(everybody), tuple(tags), agreements(votes))


def _whose(text: str, known: Sequence[Voter]) -> tuple[VoterKind | None, str]:
    if text in (HUMAN, JUDGE):
        return VoterKind(text), ""
    found = [voter for voter in known if voter.name.casefold() == text.casefold()]
    if not found:
        names = [HUMAN, JUDGE, *(voter.name for voter in known)]
        raise UserError(f"Nobody called {text} has voted.", did_you_mean(text, names))
    # A person and a judge may have one name; then the votes of the first are meant.
    return found[0].kind, found[0].name


def _is_wanted(vote: Vote, kind: VoterKind | None, name: str, tag: str) -> bool:
    return (
        (kind is None or vote.voter.kind is kind)
        and (not name or vote.voter.name == name)
        and (not tag or tag in vote.tags)
    )


def rank_document(board: Leaderboard) -> dict[str, Any]:
    """A leaderboard as JSON values; null where something cannot be told.

    Ratings are points of the Elo scale, strengths natural log-odds, shares 0 to 1.
    """
    found, counted = board.ranking, board.ranking.counted
    return {
        "by": found.by.value,
        "voter": board.wish.voter,
        "tag": board.wish.tag or None,
        "votes": counted.ballots,
        "items": counted.items,
        "prior": found.prior,
        "baseline": found.baseline or None,
        "resamples": found.resamples,
        "rows": [
            {
                "name": one.name,
                "rank": number + 1,
                "ranks": list(one.ranks) if one.ranks else None,
                "rating": one.rating,
                **_interval(one.interval),
                "strength": one.strength,
                "p_best": one.p_best,
                "wins": one.wins,
                "losses": one.losses,
                "ties": one.ties,
                "both_bad": one.both_bad,
            }
            for number, one in enumerate(found.rated)
        ],
        "pairs": [
            {
                "a": found.rated[i].name,
                "b": found.rated[j].name,
                "votes": int(found.counts[i, j]),
                "share": float(found.wins[i, j] / found.counts[i, j]),
                "half_width": _number(found.half_widths[i, j]),
            }
            for i in range(len(found.rated))
            for j in range(i + 1, len(found.rated))
            if found.counts[i, j]
        ],
        "separated": [list(group) for group in found.separated],
        "by_curvature": found.by_curvature,
        "order": {
            "first": found.order.first,
            "second": found.order.second,
            "share_first": found.order.share,
            **_interval(found.order.interval),
            "p": found.order.p,
            "both_orders": found.order.both_orders,
            "flips": found.order.flips,
            "flip_rate": (
                found.order.flips / found.order.both_orders if found.order.both_orders else None
            ),
        },
        "left_out": {
            "same": counted.same,
            "mixed": counted.left_out_mixed,
            "own": counted.own,
            "withdrawn": counted.withdrawn,
        },
        "mixed": counted.mixed,
        "revealed": counted.revealed,
        "inconsistent": counted.inconsistent,
        "remarks": list(found.remarks),
        "refusal": (
            None
            if found.refusal is None
            else {
                "reason": found.refusal.reason,
                "hint": found.refusal.hint,
                "missing": [list(pair) for pair in found.refusal.missing],
                "groups": [list(group) for group in found.refusal.groups],
            }
        ),
        "voters": [
            {"kind": voter.kind.value, "name": voter.name, "votes": count}
            for voter, count in board.voters
        ],
        "tags": [{"tag": tag, "votes": count} for tag, count in board.tags],
        "agreement": [
            {
                "a": one.a,
                "b": one.b,
                "pairings": one.pairings,
                "same": one.same,
                "kappa": one.kappa,
                "alpha": one.alpha,
            }
            for one in board.agreement
        ],
    }


def _interval(found: Interval | None) -> dict[str, float | None]:
    return {
        "low": None if found is None else found.low,
        "high": None if found is None else found.high,
    }


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
