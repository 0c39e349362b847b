"""Which two replies to judge next, and which of them to show first.

Competitors that have not met, directly or through others, come first; then those with the fewest
votes; then items without votes. Of two competitors the one that was shown first less often is
shown first. Chance decides the rest, so that nobody can guess who is who.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from workbench.core.errors import UserError
from workbench.core.ranking import By
from workbench.core.votes import Contestant, Item, Vote, Voter, VoterKind
from workbench.experiments.contestants import Identities, contestant_of, item_of, variables_hash
from workbench.history.replies import RunReplies
from workbench.templates.prompt_file import parse_prompt

MOST_ITEMS = 1000
MOST_PER_ITEM = 40
"""Runs of one item that are held against each other, by chance if there are more."""

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Reply:
    """One finished reply."""

    run_id: str
    sample: int
    contestant: Contestant

    @property
    def place(self) -> Place:
        """Where it stands in the history."""
        return self.run_id, self.sample


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two replies to judge; `a` is to be shown first.

    Attributes:
        variables: canonical JSON of what the prompt was filled with.
        tags: of the prompt, and those both runs have.
    """

    a: Reply
    b: Reply
    item: Item
    variables: str
    tags: tuple[str, ...]

    @property
    def places(self) -> frozenset[Place]:
        """Both, whatever their order."""
        return frozenset((self.a.place, self.b.place))

    @property
    def swapped(self) -> Pairing:
        """The same in the other order."""
        return Pairing(self.b, self.a, self.item, self.variables, self.tags)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two runs that can be held against each other; x is the competitor with the smaller key."""

    x: str
    y: str
    run_x: RunReplies
    run_y: RunReplies
    item: Item


class Matchmaker:
    """Chooses pairings among runs for one voter. One thread at a time.

    Attributes:
        competitors: how many can meet.
    """

    def __init__(
        self,
        runs: Sequence[RunReplies],
        votes: Iterable[Vote],
        voter: Voter,
        by: By,
        *,
        seed: int | None = None,
    ) -> None:
        """`votes`: all there are; those of this voter are not asked again.

        Without a `seed` nobody can foretell the order.
        """
        self._random = random.Random(seed)
        self._by = by
        self._contestants = {run.run_id: contestant_of(run) for run in runs}
        known = list(votes)
        self._identities = Identities(
            [
                *self._contestants.values(),
                *(side.contestant for vote in known for side in (vote.a, vote.b)),
            ]
        )
        self._judge = (
            Contestant("", "", voter.model_path, voter.model_sha256, "", "", "", "{}")
            if voter.kind is VoterKind.JUDGE
            else None
        )
        self._skipped: set[frozenset[Place]] = set()
        self._shown: dict[frozenset[Place], list[tuple[Place, Place]]] = defaultdict(list)
        self._met: Counter[tuple[str, str]] = Counter()
        self._first: Counter[tuple[str, str]] = Counter()
        self._on_item: Counter[tuple[str, str, str]] = Counter()
        self._meetings = self._possible(runs)
        self._by_runs = {frozenset((m.run_x.run_id, m.run_y.run_id)): m for m in self._meetings}
        self._by_pair: dict[tuple[str, str], list[_Meeting]] = defaultdict(list)
        for meeting in self._meetings:
            self._by_pair[meeting.x, meeting.y].append(meeting)
        self.competitors = len({key for m in self._meetings for key in (m.x, m.y)})
        for vote in known:
            own = (vote.voter.kind, vote.voter.name) == (voter.kind, voter.name)
            if own and vote.withdrawn_us is None:
                self._count(vote.a.contestant, vote.b.contestant, vote.item)
                self._shown[frozenset((vote.a.place, vote.b.place))].append(
                    (vote.a.place, vote.b.place)
                )

    def next(self) -> Pairing | None:
        """The next pairing that this voter has not judged; None when there is none left."""
        for pair in self._by_need():
            meetings = list(self._by_pair[pair])
            self._random.shuffle(meetings)
            meetings.sort(key=lambda m: self._on_item[m.x, m.y, m.item.key])
            for meeting in meetings:
                found = self._fresh(meeting)
                if found is not None:
                    return found
        return None

    def next_swapped(self) -> Pairing | None:
        """A pairing the voter judged in one order only, in the other one; None without any."""
        once = [shown[0] for shown in self._shown.values() if len(set(shown)) == 1]
        self._random.shuffle(once)
        for first, second in once:
            meeting = self._by_runs.get(frozenset((first[0], second[0])))
            if meeting is not None and frozenset((first, second)) not in self._skipped:
                return self._pairing(meeting, second, first)
        return None

    @property
    def has_swapped(self) -> bool:
        """Whether some pairing was judged in one order only."""
        return any(
            len(set(shown)) == 1
            and places not in self._skipped
            and frozenset(run_id for run_id, _ in places) in self._by_runs
            for places, shown in self._shown.items()
        )

    def of(self, first: Place, second: Place) -> Pairing | None:
        """These two replies, in a balanced order; None when they cannot meet or were judged."""
        if self._shown[frozenset((first, second))]:
            return None
        meeting = self._by_runs.get(frozenset((first[0], second[0])))
        if meeting is None:
            return None
        of_x = first if first[0] == meeting.run_x.run_id else second
        of_y = second if of_x is first else first
        in_order = (of_x, of_y) if self._x_first(meeting) else (of_y, of_x)
        return self._pairing(meeting, *in_order)

    def given(self, pairing: Pairing) -> None:
        """The voter judged this one now."""
        self._shown[pairing.places].append((pairing.a.place, pairing.b.place))
        self._count(pairing.a.contestant, pairing.b.contestant, pairing.item)

    def taken_back(self, pairing: Pairing) -> None:
        """The vote on this one was withdrawn."""
        shown = self._shown[pairing.places]
        if (pairing.a.place, pairing.b.place) in shown:
            shown.remove((pairing.a.place, pairing.b.place))
            self._count(pairing.a.contestant, pairing.b.contestant, pairing.item, -1)

    def skip(self, pairing: Pairing) -> None:
        """Never offer this one again: its replies are the same, or gone."""
        self._skipped.add(pairing.places)

    def left(self) -> int:
        """How many pairings were not judged yet."""
        total = sum(len(m.run_x.samples) * len(m.run_y.samples) for m in self._meetings)
        pairs = {frozenset((m.run_x.run_id, m.run_y.run_id)) for m in self._meetings}
        done = {p for p, shown in self._shown.items() if shown} | self._skipped
        return total - sum(frozenset(run for run, _ in p) in pairs for p in done)

    def _possible(self, runs: Sequence[RunReplies]) -> list[_Meeting]:
        """Every two runs that answer the same and differ in what is ranked, and only there."""
        by_item: dict[tuple[str, str], list[RunReplies]] = {}
        for run in runs:
            variables = _variables_hash(run.variables)
            key = self._contestants[run.run_id].prompt_key
            by_item.setdefault((key, variables), []).append(run)
            if run.experiment:
                by_item.setdefault((f"\n{run.experiment}", variables), []).append(run)
        found: dict[frozenset[str], _Meeting] = {}
        shared = [some for some in by_item.values() if len(some) > 1]
        for some in shared[:MOST_ITEMS]:
            chosen = some
            if len(some) > MOST_PER_ITEM:
                chosen = self._random.sample(some, MOST_PER_ITEM)
            for one, other in combinations(chosen, 2):
                meeting = self._meeting(one, other)
                if meeting is not None:
                    found.setdefault(frozenset((one.run_id, other.run_id)), meeting)
        return list(found.values())

    def _meeting(self, one: RunReplies, other: RunReplies) -> _Meeting | None:
        a, b = self._contestants[one.run_id], self._contestants[other.run_id]
        x, y = self._identities.key(a, self._by), self._identities.key(b, self._by)
        if x == y or self._identities.differs_otherwise(a, b, self._by):
            return None
        if self._judge is not None and any(
            self._identities.model(self._judge) == self._identities.model(c)
            or c.model_path == self._judge.model_path
            for c in (a, b)
        ):
            return None
        item = item_of(a, b, json.loads(one.variables))
        return _Meeting(x, y, one, other, item) if x < y else _Meeting(y, x, other, one, item)

    def _by_need(self) -> list[tuple[str, str]]:
        """Pairs of competitors, the one that is needed most first."""
        pairs = sorted(self._by_pair)
        self._random.shuffle(pairs)
        group = _groups(pairs, self._met)
        return sorted(pairs, key=lambda p: (group[p[0]] == group[p[1]], self._met[p]))

    def _fresh(self, meeting: _Meeting) -> Pairing | None:
        """Two replies of the meeting that were not judged in any order."""
        for places in self._places(meeting):
            key = frozenset(places)
            if not self._shown[key] and key not in self._skipped:
                x_first = self._x_first(meeting)
                first, second = places if x_first else places[::-1]
                return self._pairing(meeting, first, second)
        return None

    def _places(self, meeting: _Meeting) -> list[tuple[Place, Place]]:
        x, y = meeting.run_x, meeting.run_y
        found = [((x.run_id, i), (y.run_id, j)) for i, j in product(x.samples, y.samples)]
        self._random.shuffle(found)
        return found

    def _x_first(self, meeting: _Meeting) -> bool:
        x, y = self._first[meeting.x, meeting.y], self._first[meeting.y, meeting.x]
        return x < y if x != y else self._random.random() < 0.5

    def _pairing(self, meeting: _Meeting, first: Place, second: Place) -> Pairing:
        runs = {run.run_id: run for run in (meeting.run_x, meeting.run_y)}
        a, b = (Reply(run, i, self._contestants[run]) for run, i in (first, second))
        return Pairing(
            a,
            b,
            meeting.item,
            runs[first[0]].variables,
            pairing_tags(runs[first[0]], runs[second[0]]),
        )

    def _count(self, a: Contestant, b: Contestant, item: Item, step: int = 1) -> None:
        first, second = self._identities.key(a, self._by), self._identities.key(b, self._by)
        x, y = sorted((first, second))
        self._met[x, y] += step
        self._first[first, second] += step
        self._on_item[x, y, item.key] += step


def pairing_tags(one: RunReplies, other: RunReplies) -> tuple[str, ...]:
    """What the prompt files are tagged with, and the tags that both runs have."""
    own = set(one.tags) & set(other.tags)
    found = set(_prompt_tags(one.source)) & set(_prompt_tags(other.source))
    return tuple(sorted(own | found))


def _groups(pairs: Sequence[tuple[str, str]], met: Counter[tuple[str, str]]) -> dict[str, str]:
    """A name of the group of competitors that met, directly or through others."""
    head = {key: key for pair in pairs for key in pair}

    def find(key: str) -> str:
        while head[key] != key:
            key = head[key]
        return key

    for pair, count in met.items():
        if count > 0 and pair[0] in head and pair[1] in head:
            head[find(pair[0])] = find(pair[1])
    return {key: find(key) for key in head}


@lru_cache(maxsize=1000)
def _variables_hash(variables: str) -> str:
    return variables_hash(json.loads(variables))


@lru_cache(maxsize=1000)
def _prompt_tags(source: str) -> tuple[str, ...]:
    """The tags a prompt file names; none of raw text or of a file that is broken now."""
    try:
        return parse_prompt(source, "prompt").tags
    except UserError:
        return ()
