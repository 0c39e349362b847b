"""A look at the next token of a prompt that is being written. Any thread."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.core.text import piece_text
from workbench.core.tokens import Candidate
from workbench.core.types import NextTokens
from workbench.engine.client import EngineClient
from workbench.engine.jobs import Job


@dataclass(frozen=True, slots=True)
class NextToken:
    """What the model would say next, before any sampler.

    Attributes:
        candidates: the likeliest tokens, best first.
        rest: probability of all other tokens together, 0 to 1.
        entropy: nats over the full vocabulary.
        cached_tokens: how many tokens of the prompt stood in the KV cache already.
        ms: from asking to reading the answer, in milliseconds.
    """

    candidates: tuple[Candidate, ...]
    rest: float
    entropy: float
    cached_tokens: int
    ms: float


class Look:
    """A look under way."""

    def __init__(self, client: EngineClient, ids: tuple[int, ...], top: int) -> None:
        """Ask at once; raises UserError when the engine was closed."""
        self._client = client
        self._begun = time.monotonic()
        self._job: Job = client.peek(ids, top)

    def cancel(self) -> None:
        """Ask it to stop; waiting then raises StoppedError."""
        self._job.cancel()

    def wait(self, timeout_s: float | None = None) -> NextToken:
        """The answer, once it is there.

        Raises:
            UserError: the prompt is empty or too long, or the engine died.
            StoppedError: it was cancelled.
        """
        found: NextTokens = self._job.future.result(timeout_s)
        return _next_token(found, self._client.pieces, 1000.0 * (time.monotonic() - self._begun))


def _next_token(found: NextTokens, pieces: Mapping[int, bytes], ms: float) -> NextToken:
    candidates = tuple(
        Candidate(int(token), piece_text(pieces[int(token)]), float(logprob))
        for token, logprob in zip(found.ids, found.logprob, strict=True)
    )
    listed = math.fsum(math.exp(c.logprob) for c in candidates)
    return NextToken(candidates, max(0.0, 1.0 - listed), found.entropy, found.cached_tokens, ms)
