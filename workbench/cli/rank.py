"""`workbench rank`: a leaderboard from stored votes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from workbench.cli.history_open import open_history
from workbench.cli.main import EXIT_NO
from workbench.cli.options import json_option, note, print_json, profile_option
from workbench.core.paths import Profile
from workbench.core.ranking import points_text
from workbench.core.text import plural

if TYPE_CHECKING:
    from workbench.core.ranking import Ranking, Rated
    from workbench.experiments.leaderboard import Leaderboard, Wish
    from workbench.history.store import HistoryStore

_BY = ("model", "settings", "prompt", "all")
_MOST_IN_MATRIX = 12


@click.command(epilog="Example: workbench rank --by model --tag story --json")
@click.option(
    "--by",
    type=click.Choice(_BY),
    default="model",
    show_default=True,
    help="What is ranked; all: a model with its settings and prompt.",
)
@click.option(
    "--voter",
    default="human",
    show_default=True,
    help="human, judge, or the name of one voter; people and judges are never mixed.",
)
@click.option("--tag", default="", help="Only votes with this tag.")
@click.option("--each-tag", is_flag=True, help="One more leaderboard for every tag.")
@click.option("--baseline", default="", metavar="NAME", help="Whose rating is 0, not the mean.")
@click.option(
    "--prior",
    type=float,
    default=0.5,
    show_default=True,
    help="Points each way for every pair that met.",
)
@click.option("--clean", is_flag=True, help="Only votes in which nothing else differs.")
@click.option("--skip-both-bad", is_flag=True, help='Leave out "both bad"; it counts as a tie.')
@json_option
@profile_option
def command(
    by: str,
    voter: str,
    tag: str,
    each_tag: bool,
    baseline: str,
    prior: float,
    clean: bool,
    skip_both_bad: bool,
    as_json: bool,
    profile: Profile,
) -> int:
    """Rank what wrote the replies that were voted on (in the arena, or by `judge`).

    Bradley-Terry strengths on the Elo scale (400 points are ten to one), ties as half a win each
    way; 95 % intervals, ranks and P(best) from 1,000 resamples of whole items. Groups that never
    met are not ranked: the missing pairings are named, and the exit code is 1.
    """
    from contextlib import closing

    from workbench.core.ranking import By
    from workbench.experiments.leaderboard import Wish, rank_document
    from workbench.experiments.ranking import RankOptions

    options = RankOptions(
        by=By(by),
        baseline=baseline,
        prior=prior,
        clean_only=clean,
        skip_both_bad=skip_both_bad,
    )
    wish = Wish(voter, tag, options)
    with closing(open_history(profile)) as store:
        boards = _boards(store, wish, each_tag=each_tag)
    first = boards[0]
    if as_json:
        document = rank_document(first)
        if each_tag:
            document["by_tag"] = [rank_document(board) for board in boards[1:]]
        print_json(document)
    else:
        for board in boards:
            _print(board)
        _print_agreement(first)
    refusal = first.ranking.refusal
    if refusal is not None:
        note(f"{refusal.reason} {_other_voters(first) or refusal.hint}".strip())
        return EXIT_NO
    return 0


def _boards(store: HistoryStore, wish: Wish, *, each_tag: bool) -> list[Leaderboard]:
    from workbench.experiments.leaderboard import leaderboard

    first = leaderboard(store, wish)
    if not each_tag:
        return [first]
    return [first, *(leaderboard(store, replace(wish, tag=tag)) for tag, _ in first.tags)]


def _other_voters(board: Leaderboard) -> str:
    """Who else voted, when the one that was asked for did not."""
    if board.ranking.counted.ballots or not board.voters or board.ranking.refusal is None:
        return ""
    if "no votes" not in board.ranking.refusal.reason:
        return ""
    others = ", ".join(f"{voter.name} ({voter.kind.value})" for voter, _ in board.voters)
    return f"Others have voted: {others}; name one with --voter."


def _print(board: Leaderboard) -> None:
    found = board.ranking
    if found.refusal is not None:
        if board.wish.tag:
            print(f"{board.wish.tag}: {found.refusal.reason}\n")
        return
    about = f", tag {board.wish.tag}" if board.wish.tag else ""
    counted = found.counted
    print(
        f"By {found.by.value}, voter {board.wish.voter}{about}: "
        f"{plural(counted.ballots, 'vote')} on {plural(counted.items, 'item')}"
    )
    wide = max(10, *(len(one.name) for one in found.rated))
    print(
        f"{'rank':>6}  {found.by.value if found.by.value != 'all' else 'competitor':{wide}}"
        f"{'rating':>8}  {'95 %':^17}{'P(best)':>8}{'wins':>7}{'losses':>8}{'ties':>6}"
        f"{'both bad':>10}"
    )
    for one in found.rated:
        print(_line(one, wide))
    _print_pairs(found)
    for remark in found.remarks:
        print(f"  {remark}")
    print()


def _line(one: Rated, wide: int) -> str:
    ranks = "n/a" if one.ranks is None else "–".join(str(r) for r in dict.fromkeys(one.ranks))
    interval = (
        "n/a"
        if one.interval is None
        else f"{points_text(one.interval.low)} to {points_text(one.interval.high)}"
    )
    best = "n/a" if one.p_best is None else f"{one.p_best:.2f}"
    return (
        f"{ranks:>6}  {one.name:{wide}}{points_text(one.rating):>8}  {interval:^17}{best:>8}"
        f"{one.wins:>7,}{one.losses:>8,}{one.ties:>6,}{one.both_bad:>10,}"
    )


def _print_pairs(found: Ranking) -> None:
    """Who took what share of the points from whom, with the votes behind it."""
    count = len(found.rated)
    if count > _MOST_IN_MATRIX:
        print(f"  (the table of {count} x {count} win rates is in --json)")
        return
    print("Points that the row took from the column, of how many votes:")
    wide = max(10, *(len(one.name) for one in found.rated))
    print(f"{'':>6}  {'':{wide}}" + "".join(f"{f'#{n + 1}':>12}" for n in range(count)))
    for i, one in enumerate(found.rated):
        cells = ""
        for j in range(count):
            votes = found.counts[i, j]
            cell = "·" if i == j else "–"
            if votes:
                cell = f"{found.wins[i, j] / votes:.0%} of {votes:,.0f}"
            cells += f"{cell:>12}"
        print(f"{f'#{i + 1}':>6}  {one.name:{wide}}{cells}")


def _print_agreement(board: Leaderboard) -> None:
    for one in board.agreement:
        if not one.pairings:
            continue
        print(
            f"{one.a} and {one.b}: the same verdict on {one.same or 0.0:.0%} of "
            f"{plural(one.pairings, 'pairing')}; Cohen's kappa {_number(one.kappa)}, "
            f"Krippendorff's alpha {_number(one.alpha)}"
        )


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.2f}"
