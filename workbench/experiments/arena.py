"""The blind arena: two replies without names, a verdict, and then the names. One thread at a time.

What is shown comes from the history; replies made on the spot are runs like any other.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from workbench.core.errors import UserError
from workbench.core.ids import text_hash, wall_clock_us
from workbench.core.ranking import By
from workbench.core.run import RunStart
from workbench.core.votes import Side, Verdict, Vote, Voter, VoterKind
from workbench.experiments.contestants import Identities
from workbench.experiments.pairings import Matchmaker, Pairing, Reply
from workbench.history.replies import run_replies
from workbench.history.store import HistoryStore
from workbench.history.votes import (
    VoteFilter,
    add_votes,
    list_votes,
    prompt_labels,
    withdraw,
)

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Source:
    """Which replies may meet.

    Attributes:
        by: what they differ in, and the only thing they differ in unless it is everything.
        prompt, experiment: only runs of this prompt's name, of this experiment; empty for any.
        run_ids: only these runs; empty for the newest ones.
    """

    by: By = By.ALL
    prompt: str = ""
    experiment: str = ""
    run_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A pairing with its texts.

    Attributes:
        question: what was asked, without the marks of a chat template.
        a, b: the replies in the order they are shown.
        names: who wrote them; not to be shown before the vote.
    """

    pairing: Pairing
    question: str
    a: str
    b: str
    names: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cast:
    """A vote that was recorded."""

    shown: Shown
    vote: Vote


@dataclass(slots=True)
class Tally:
    """What happened to pairings that were not shown.

    Attributes:
        same: both replies were the same text.
        gone: a run was deleted meanwhile.
    """

    same: int = 0
    gone: int = 0


@dataclass(slots=True)
class Arena:
    """Offers pairings to one voter and records the verdicts.

    Attributes:
        tally: what was passed over since the last `reload`.
    """

    store: HistoryStore
    new_id: NewId
    voter: Voter
    source: Source = field(default_factory=Source)
    seed: int | None = None
    tally: Tally = field(default_factory=Tally)
    _maker: Matchmaker | None = None

    def reload(self) -> Matchmaker:
        """Read runs and votes anew.

        Raises:
            UserError: the history cannot be read.
        """
        source = self.source
        runs = run_replies(
            self.store,
            prompt=source.prompt,
            experiment=source.experiment,
            run_ids=source.run_ids,
        )
        self.tally = Tally()
        votes = list_votes(self.store)
        self._maker = Matchmaker(runs, votes, self.voter, source.by, seed=self.seed)
        return self._maker

    @property
    def maker(self) -> Matchmaker:
        """Who chooses; reads the history when it was not read yet."""
        return self._maker or self.reload()

    def next(self, *, swapped: bool = False) -> Shown | None:
        """The next pairing, or one judged before in its other order; None when none is left.

        Equal replies and runs that are gone are passed over.

        Raises:
            UserError: the history cannot be read.
        """
        maker = self.maker
        while (found := maker.next_swapped() if swapped else maker.next()) is not None:
            shown = self.show(found)
            if shown is not None:
                return shown
        return None

    def show(self, pairing: Pairing) -> Shown | None:
        """A pairing with its texts; None, and never again, when they are equal or gone."""
        try:
            start, a = reply_text(self.store, pairing.a)
            _, b = reply_text(self.store, pairing.b)
        except UserError:
            self.tally.gone += 1
            self.maker.skip(pairing)
            return None
        if a == b:
            self.tally.same += 1
            self.maker.skip(pairing)
            return None
        contestants = (pairing.a.contestant, pairing.b.contestant)
        labels = prompt_labels(self.store, (one.prompt_hash for one in contestants))
        names = Identities(contestants, labels).pair_names(*contestants)
        return Shown(pairing, question_of(start), a, b, names)

    def vote(
        self,
        shown: Shown,
        verdict: Verdict,
        *,
        seconds: float | None = None,
        revealed: bool = False,
        tags: Sequence[str] = (),
    ) -> Cast:
        """Record a verdict; waits until it is on the disk.

        Raises:
            AlreadyVotedError: the voter judged this pairing in this order, in another window.
            UserError: a run is gone, or the history cannot be written.
        """
        vote_id = self.new_id()
        vote = vote_on(
            shown, verdict, self.voter, vote_id, vote_id,
            seconds=seconds, revealed=revealed, tags=tags,
        )  # fmt: skip
        try:
            add_votes(self.store, [vote]).result()
        except UserError:
            self.maker.skip(shown.pairing)
            raise
        self.maker.given(shown.pairing)
        return Cast(shown, vote)

    def undo(self, cast: Cast) -> None:
        """Take a vote back.

        Raises:
            UserError: the history cannot be written.
        """
        withdraw(self.store, cast.vote.ballot).result()
        self.maker.taken_back(cast.shown.pairing)


def vote_on(
    shown: Shown,
    verdict: Verdict,
    voter: Voter,
    vote_id: str,
    ballot: str,
    *,
    p: float | None = None,
    seconds: float | None = None,
    revealed: bool = False,
    tags: Iterable[str] = (),
) -> Vote:
    """A verdict as it is recorded; the pairing's own tags are added."""
    pairing = shown.pairing
    return Vote(
        vote_id=vote_id,
        ballot=ballot,
        created_us=wall_clock_us(),
        voter=voter,
        item=pairing.item,
        a=_side(pairing.a, shown.a),
        b=_side(pairing.b, shown.b),
        verdict=verdict,
        tags=tuple(sorted({*pairing.tags, *tags})),
        p=p,
        seconds=seconds,
        revealed=revealed,
    )


def reply_text(store: HistoryStore, reply: Reply) -> tuple[RunStart, str]:
    """The run of a reply and what the reply says.

    Raises:
        UserError: the run or the reply is not there any more.
    """
    stored = store.get(reply.run_id)
    if stored.end is None or reply.sample >= len(stored.end.result.samples):
        raise UserError(f"The reply {reply.sample} of run {reply.run_id} is not there any more.")
    return stored.start, stored.end.result.samples[reply.sample].text


def question_of(start: RunStart) -> str:
    """What a model was asked, message by message, without the marks of the chat template."""
    messages: dict[int | None, list[bytes]] = {}
    for token in start.prompt_tokens:
        if token.source != "special":
            messages.setdefault(token.message, []).append(token.bytes)
    texts = [b"".join(parts).decode("utf-8", "replace").strip() for parts in messages.values()]
    return "\n\n".join(text for text in texts if text)


def person(name: str = "") -> Voter:
    """A person as a voter; without a name, whoever is logged in."""
    if name:
        return Voter(VoterKind.HUMAN, name)
    try:
        return Voter(VoterKind.HUMAN, getpass.getuser())
    except (OSError, KeyError, ImportError):
        return Voter(VoterKind.HUMAN, "me")


def voters_votes(
    store: HistoryStore, kind: VoterKind | None, name: str = "", tag: str = ""
) -> list[Vote]:
    """The votes of a kind of voters, or of one of them, with a tag if one is given.

    Raises:
        UserError: the history cannot be read.
    """
    return list_votes(store, VoteFilter(kind=kind, voter=name, tag=tag))


def _side(reply: Reply, text: str) -> Side:
    return Side(reply.run_id, reply.sample, reply.contestant, text_hash(text))
