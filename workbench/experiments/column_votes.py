"""How people judged what stands in columns, against each other: wins, share and its interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.ranking import By, Interval
from workbench.core.votes import Contestant, Verdict, Vote, VoterKind
from workbench.experiments.ballots import gather
from workbench.experiments.contestants import Identities
from workbench.experiments.statistics.proportion import wilson_of_share
from workbench.history.store import HistoryStore
from workbench.history.votes import VoteFilter, list_votes


@dataclass(frozen=True, slots=True)
class Record:
    """Decisions for and against one side.

    Attributes:
        ties: "both are bad" included.
        items: what was judged, different ones.
        effective: decisions that count as independent (Kish): as many as there are items when
            each was judged equally often, fewer when one was judged more than others.
    """

    wins: int = 0
    losses: int = 0
    ties: int = 0
    items: int = 0
    effective: float = 0.0

    @property
    def decisions(self) -> int:
        """All of them."""
        return self.wins + self.losses + self.ties

    @property
    def share(self) -> float | None:
        """Points won of those that could be, a tie half a point; None without a decision."""
        return (self.wins + self.ties / 2) / self.decisions if self.decisions else None

    @property
    def interval(self) -> Interval | None:
        """95 % Wilson interval of `share` over the items; None without a decision."""
        if self.share is None:
            return None
        return Interval(*wilson_of_share(self.share, self.effective))


@dataclass(frozen=True, slots=True)
class ColumnVotes:
    """What votes say of columns.

    Attributes:
        records: of each column against all others; None for one that has not run.
        against: by (column, other column); two columns that cannot be told apart have none.
        decisions, items: over all shown columns, each decision once.
    """

    records: tuple[Record | None, ...]
    against: dict[tuple[int, int], Record]
    decisions: int
    items: int


def column_votes(store: HistoryStore, columns: Sequence[Contestant | None]) -> ColumnVotes:
    """The votes of people on pairs of what stands in the columns; None: it has not run.

    Columns with one prompt are told apart by model and settings, and votes on other prompts count
    where both replies answered the same one. Columns with different prompts, or versions of one,
    are told apart by it too.

    Raises:
        UserError: the history cannot be read.
    """
    return votes_on(list_votes(store, VoteFilter(kind=VoterKind.HUMAN)), columns)


def votes_on(votes: Sequence[Vote], columns: Sequence[Contestant | None]) -> ColumnVotes:
    """The same of votes that were read."""
    shown = [one for one in columns if one is not None]
    voted = [side.contestant for vote in votes for side in (vote.a, vote.b)]
    told = Identities([*shown, *voted])
    by_prompt = len({told.key(one, By.PROMPT) for one in shown}) > 1

    def key(one: Contestant) -> str:
        parts = (By.MODEL, By.SETTINGS, By.PROMPT) if by_prompt else (By.MODEL, By.SETTINGS)
        return "\n".join(told.key(one, part) for part in parts)

    keys = [None if one is None else key(one) for one in columns]
    wanted = set(keys) - {None}
    found: dict[tuple[str, str], list[tuple[Verdict, str]]] = {}
    decided: list[str] = []
    for ballot in gather(votes, told, By.ALL).ballots:
        first = ballot.votes[0]
        a, b = first.a.contestant, first.b.contestant
        of_a, of_b = key(a), key(b)
        if of_a == of_b or not {of_a, of_b} <= wanted:
            continue
        if not by_prompt and told.key(a, By.PROMPT) != told.key(b, By.PROMPT):
            continue
        # The ballot speaks of x, which is one of the two.
        for_a = ballot.verdict if told.key(a, By.ALL) == ballot.x else ballot.verdict.swapped
        found.setdefault((of_a, of_b), []).append((for_a, ballot.item))
        found.setdefault((of_b, of_a), []).append((for_a.swapped, ballot.item))
        decided.append(ballot.item)
    against = {
        (i, j): _record(found.get((one, other), ()))
        for i, one in enumerate(keys)
        for j, other in enumerate(keys)
        if one is not None and other is not None and one != other
    }
    records = tuple(
        None
        if own is None
        else _record([said for (of, _), some in found.items() if of == own for said in some])
        for own in keys
    )
    return ColumnVotes(records, against, len(decided), len(set(decided)))


def _record(said: Sequence[tuple[Verdict, str]]) -> Record:
    if not said:
        return Record()
    verdicts = Counter(verdict for verdict, _ in said)
    on_item = Counter(item for _, item in said)
    return Record(
        wins=verdicts[Verdict.A],
        losses=verdicts[Verdict.B],
        ties=verdicts[Verdict.TIE] + verdicts[Verdict.BOTH_BAD],
        items=len(on_item),
        effective=len(said) ** 2 / sum(count**2 for count in on_item.values()),
    )
