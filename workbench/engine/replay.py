"""A sampler chain taken through a reply that stands already, so that its state is as it was."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.core.sampling import Sampling
from workbench.core.types import TraceRequest
from workbench.core.what_if import WhatIfRequest
from workbench.engine.native.candidates import Candidates
from workbench.engine.native.chain import Chain
from workbench.engine.native.model import NativeModel
from workbench.engine.row_source import RowSource


class Replay:
    """llama.cpp's chain, told the reply's own tokens instead of what it would draw.

    Penalties, DRY and a grammar are simply told. XTC tosses the seed's coins again. Mirostat and
    adaptive-p steer by what they drew themselves and cannot be told otherwise: their state is
    known only as long as they draw the reply's tokens. Where a fork began, its chain begins.

    Attributes:
        chain: to be applied and read, between two calls of `said`.
        undecided: the sampler whose state is not known any more; empty as long as all are.
        tosses: whether XTC acts at some tokens and not at others.
    """

    chain: Chain
    undecided: str

    def __init__(
        self,
        model: NativeModel,
        request: TraceRequest | WhatIfRequest,
        reply: Sequence[int],
        candidates: Candidates,
    ) -> None:
        self._model, self._request, self._candidates = model, request, candidates
        self._reply = reply
        self._place = 0
        sampling = request.sampling
        self._begin(())
        names = self.chain.names
        self._steers = "mirostat" if "mirostat" in names else ""
        if "adaptive_p" in names and sampling.adaptive_target >= 0:
            self._steers = "adaptive_p"
        self.tosses = "xtc" in names and _tosses(sampling)
        self._needs_rows = bool(self._steers) or self.tosses
        self._has_grammar = "grammar" in names

    def close(self) -> None:
        """Free the samplers."""
        self.chain.close()

    def said(self) -> None:
        """The next token of the reply was said; the chain has been applied to its row."""
        token = self._reply[self._place]
        self._place += 1
        if self._place == self._request.begun:
            self.chain.close()
            self._begin(self._reply[: self._place])
            return
        if self.undecided:
            return
        drawn = self._candidates.chosen() if self._steers else token
        if not self.chain.allows(token):
            self.undecided = "grammar"
        elif drawn != token:
            self.undecided = self._steers
        else:
            self.chain.accept(token)

    def go_through(self, source: RowSource) -> None:
        """Take the chain through the whole reply.

        Raises:
            Cancelled, Aborted: rows had to be decoded; call `KvCache.after_abort` then.
        """
        reply = self._reply
        start = self._request.begun if len(reply) >= self._request.begun else 0
        if start:
            self._place = start
            self.chain.close()
            self._begin(reply[:start])
        if not self._needs_rows and not self._has_grammar:
            # Only what looks back at the text has a state, and the draw.
            self.chain.remember(reply[start:])
            self.chain.skip_draws(len(reply) - start)
            return
        for index in range(start, len(reply)):
            if self.undecided:
                return
            if self._needs_rows:
                self.chain.sample(source.row(index))
            else:
                self.chain.skip_draws(1)
            self.said()

    def _begin(self, stood: Sequence[int]) -> None:
        """A new chain behind the prompt and what stood of the reply, as a run makes it."""
        request = self._request
        self.undecided = ""
        self.chain = Chain(self._model, request.sampling, request.seed, self._candidates)
        self.chain.remember((*request.prompt_ids, *stood))
        if self.chain.follow(stood) is not None:
            self.undecided = "grammar"


def _tosses(sampling: Sampling) -> bool:
    return 0 < sampling.xtc_probability < 1 and sampling.xtc_threshold <= 0.5
