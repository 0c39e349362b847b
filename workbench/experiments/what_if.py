"""What-if and "wanted but forbidden": a past reply seen under other settings. Any thread."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from workbench.core.sampling import Sampling
from workbench.core.text import piece_text
from workbench.core.tokens import NO_TOKEN, Candidate, Float32, TokenTable
from workbench.core.what_if import Fate, Likelihood, WhatIf, WhatIfRequest, likelihood
from workbench.engine.client import EngineClient
from workbench.engine.jobs import Job
from workbench.experiments.branches import Reply
from workbench.experiments.microscope import begun

_WORTH_TELLING = 0.005
"""Constraints that took less than this of a token's distribution are not listed."""

_FULL_CHANGE = math.log(10)
"""A token ten times as likely as before, or a tenth, has full colour."""

_POSSIBLE_AT_MOST = 0.7
"""Full colour of a token that can still be said; one that cannot has more."""

_CONSTRAINED = ("logit_bias", "grammar")


class WhatIfRun:
    """A what-if under way."""

    def __init__(
        self,
        client: EngineClient,
        reply: Reply,
        sampling: Sampling,
        part: Callable[[int, WhatIf], None],
    ) -> None:
        """Ask at once; `part` gets finished rows on the engine's reader thread.

        Raises:
            UserError: the engine was closed.
        """
        self._client = client
        self._job: Job = client.what_if(what_if_request(reply, sampling), part)

    def cancel(self) -> None:
        """Ask it to stop; waiting then raises StoppedError."""
        self._job.cancel()

    def when_done(self, call: Callable[[], None]) -> None:
        """Call once the answer is there, on the engine's reader thread."""
        self._job.future.add_done_callback(lambda _answer: call())

    def wait(self, timeout_s: float | None = None) -> WhatIf:
        """The whole answer, once it is there.

        Raises:
            UserError: bad settings, or the engine died.
            StoppedError: it was cancelled.
        """
        found: WhatIf = self._job.future.result(timeout_s)
        return found

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token that the answer mentions."""
        return self._client.pieces


def what_if_request(reply: Reply, sampling: Sampling) -> WhatIfRequest:
    """The question about a whole reply."""
    return WhatIfRequest(
        tuple(t.id for t in reply.start.prompt_tokens),
        tuple(reply.tokens.ids.tolist()),
        sampling,
        reply.seed,
        begun=begun(reply),
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the settings make of a whole reply.

    Attributes:
        now: how likely the reply is under the settings.
        before: summed natural logarithm of the probabilities it was drawn with; None when none
            is known.
        n_before: how many tokens that sum counts; those that a person put there are not.
    """

    now: Likelihood
    before: float | None
    n_before: int


def verdict(found: WhatIf, tokens: TokenTable) -> Verdict:
    """The sums over a reply and its what-if."""
    known = tokens.p_sampled[~np.isnan(tokens.p_sampled)].astype(np.float64)
    with np.errstate(divide="ignore"):
        before = float(np.log(known).sum()) if len(known) else None
    return Verdict(likelihood(found), before, len(known))


def changes(found: WhatIf, tokens: TokenTable) -> Float32:
    """How every token's probability changed, -1 to 1; NaN where undecided.

    By the logarithm of the ratio; -1 is kept for tokens that cannot be said any more.
    """
    out = np.full(len(found), np.nan, np.float32)
    with np.errstate(divide="ignore", invalid="ignore"):
        before = tokens.p_sampled[: len(found)].astype(np.float64)
        # What a person put there was not drawn: it is compared with the model's own probability.
        given = np.isnan(before)
        before[given] = np.exp(tokens.logprob[: len(found)][given].astype(np.float64))
        ratio = np.log(found.p.astype(np.float64) / before) / _FULL_CHANGE
    possible = found.fate == Fate.POSSIBLE
    out[possible] = np.clip(ratio[possible], -1, 1) * _POSSIBLE_AT_MOST
    out[(found.fate == Fate.IMPOSSIBLE) | (found.fate == Fate.CHANCE)] = -1.0
    return out


def forbidden_masses(found: WhatIf) -> Float32:
    """What constraints took or moved at every token, 0 to 1; NaN where undecided."""
    total: Float32 = np.clip(found.banned + found.grammar + found.biased, 0, 1).astype(np.float32)
    return total


@dataclass(frozen=True, slots=True)
class Forbidden:
    """One token at which constraints stood against the model.

    Attributes:
        index: which token of the reply, from 0.
        said: its text.
        banned, grammar: raw probability that bans and the grammar took away.
        biased: probability that finite biases moved to other tokens.
        wanted: the tokens it was taken from, with the model's own log-probability.
    """

    index: int
    said: str
    banned: float
    grammar: float
    biased: float
    wanted: tuple[Candidate, ...]

    @property
    def mass(self) -> float:
        """Everything that was taken or moved, at most 1."""
        return min(1.0, self.banned + self.grammar + self.biased)


def is_constrained(found: WhatIf) -> bool:
    """Whether the settings hold a ban, a bias or a grammar at all."""
    return any(name in _CONSTRAINED for name in found.stages)


def forbidden(
    found: WhatIf, tokens: TokenTable, pieces: Mapping[int, bytes]
) -> tuple[Forbidden, ...]:
    """Where the model wanted something that it was not allowed to say, in the reply's order."""
    masses = forbidden_masses(found)
    rows = []
    for index in np.flatnonzero(masses >= _WORTH_TELLING).tolist():
        wanted = tuple(
            Candidate(int(token), piece_text(pieces[int(token)]), math.log(max(float(p), 1e-45)))
            for token, p in zip(found.wanted_ids[index], found.wanted_p[index], strict=True)
            if token != NO_TOKEN
        )
        rows.append(
            Forbidden(
                index,
                piece_text(pieces[int(tokens.ids[index])]),
                float(found.banned[index]),
                float(found.grammar[index]),
                float(found.biased[index]),
                wanted,
            )
        )
    return tuple(rows)
