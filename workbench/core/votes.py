"""Votes: which of two replies was better, and everything that ranking needs of them later.

A vote outlives the runs it was about: it keeps who wrote the replies, not what they said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a voter said. A is the reply that was shown first, or at the left."""

    A = "a"
    B = "b"
    TIE = "tie"
    BOTH_BAD = "both_bad"

    @property
    def swapped(self) -> Verdict:
        """The same said of the replies in the other order."""
        return {Verdict.A: Verdict.B, Verdict.B: Verdict.A}.get(self, self)

    @property
    def share(self) -> float:
        """What A gets of the one point that a vote gives away: 1, 0, or half of it."""
        return {Verdict.A: 1.0, Verdict.B: 0.0}.get(self, 0.5)


class VoterKind(StrEnum):
    """Who votes; people and models are never counted together."""

    HUMAN = "human"
    JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class Contestant:
    """What wrote a reply: a model, settings and a prompt.

    Attributes:
        model_sha256: of the file; empty while it was not computed.
        prompt_key: what tells prompts apart: the file's path, else the hash of the text.
        prompt_hash: of the prompt file as it was; tells versions apart.
        settings: canonical JSON of what shapes a reply: sampling, adapters, chat template.
    """

    model_name: str
    quantization: str
    model_path: str
    model_sha256: str
    prompt_name: str
    prompt_key: str
    prompt_hash: str
    settings: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two replies.

    Attributes:
        reply_hash: of its text, so that equal replies can be told.
    """

    run_id: str
    sample: int
    contestant: Contestant
    reply_hash: str

    @property
    def place(self) -> tuple[str, int]:
        """Where the reply stands in the history, or stood."""
        return self.run_id, self.sample


@dataclass(frozen=True, slots=True)
class Item:
    """What both replies answered.

    Attributes:
        key: hash of prompt and variables; votes on one item are no independent evidence.
        variables_hash: of the variables alone.
        name: for reading.
    """

    key: str
    variables_hash: str
    name: str


@dataclass(frozen=True, slots=True)
class Voter:
    """Who voted.

    Attributes:
        name: a person's name, or a judge's model and quantization.
        model_sha256, model_path: of a judge; empty for a person.
    """

    kind: VoterKind
    name: str
    model_sha256: str = ""
    model_path: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """One verdict on two replies in one order.

    Attributes:
        ballot: votes with one ballot are one decision: a judge reads both orders.
        created_us: microseconds since the Unix epoch.
        a, b: in the order they were shown.
        p: a judge's probability for its verdict, 0 to 1; None for a person.
        seconds: how long a person looked; None when nobody measured it.
        revealed: whether the names had been shown before (a vote given again after undo).
        withdrawn_us: when it was taken back; None while it counts.
    """

    vote_id: str
    ballot: str
    created_us: int
    voter: Voter
    item: Item
    a: Side
    b: Side
    verdict: Verdict
    tags: tuple[str, ...] = ()
    p: float | None = None
    seconds: float | None = None
    revealed: bool = False
    withdrawn_us: int | None = None
