"""What surprised the model in a prompt, in words: the peaks, the sources, the mistakes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.core.rendered import SPECIAL
from workbench.core.run import RunStart
from workbench.core.sampling import Sampling
from workbench.core.tokens import NO_RANK, PromptToken, TokenTable
from workbench.core.types import ScoreRequest
from workbench.engine.base import Progress
from workbench.engine.client import EngineClient
from workbench.experiments.probability import TextScore, text_score
from workbench.experiments.session import Prepared

TOP = 20
"""Alternatives that are recorded per token, as `workbench score` records them."""
SPIKE_NATS = 7.0
SPIKE_RANK = 50
"""A token of the chat template that surprises this much stands where the model never saw one."""


@dataclass(frozen=True, slots=True)
class Surprise:
    """One token of the prompt.

    Attributes:
        index: from 0.
        nats: minus the natural log-probability.
        rank: 0-based.
    """

    index: int
    text: str
    nats: float
    rank: int


@dataclass(frozen=True, slots=True)
class SourceSurprise:
    """All tokens that one source produced.

    Attributes:
        source: as in `PromptToken`.
        n_tokens: those that were counted; a token that nothing precedes is not.
        mean, total: nats.
    """

    source: str
    n_tokens: int
    mean: float
    total: float


@dataclass(frozen=True, slots=True)
class PromptSurprise:
    """A whole prompt.

    Attributes:
        score: of all tokens together.
        most: the most surprising tokens, the worst first.
        spikes: tokens of the chat template that surprise so much that it is probably not the
            model's own.
        doubled_bos: numbers of beginning-of-text tokens after the first one.
        by_source: the most surprising source first, by its mean.
    """

    score: TextScore
    most: tuple[Surprise, ...]
    spikes: tuple[Surprise, ...]
    doubled_bos: tuple[int, ...]
    by_source: tuple[SourceSurprise, ...]


def prompt_surprise(
    tokens: Sequence[PromptToken], table: TokenTable, bos: int | None, most: int = 10
) -> PromptSurprise:
    """The summary of a scored prompt; row i of `table` is about token i.

    Args:
        bos: id of the token that begins a text; None when the model has none.
        most: how many of the most surprising tokens are listed.
    """
    nats = -table.logprob.astype(np.float64)
    known = np.flatnonzero(~np.isnan(nats))
    worst = known[np.argsort(-nats[known], kind="stable")]
    found = [_surprise(tokens, table, int(i)) for i in worst]
    places = [i for i, token in enumerate(tokens) if token.id == bos]
    return PromptSurprise(
        score=text_score(table, sum(len(token.bytes) for token in tokens)),
        most=tuple(found[:most]),
        spikes=tuple(one for one in found if _is_spike(one, tokens, bos)),
        doubled_bos=tuple(places[1:]),
        by_source=_by_source(tokens, nats),
    )


def unrun(prepared: Prepared) -> RunStart:
    """A prompt that was rendered and not run yet, as the start of a run without replies; its id
    is empty."""
    return RunStart(
        run_id="",
        created_us=0,
        prompt_name=prepared.prompt.name,
        prompt_path=str(prepared.prompt.path or ""),
        prompt_source=prepared.prompt.source,
        variables=prepared.values,
        text=prepared.rendered.text,
        prompt_tokens=prepared.tokens,
        chat_template=prepared.chat_template,
        model=prepared.loaded.model,
        engine=prepared.loaded.engine,
        settings=prepared.settings,
        sampling=Sampling(),
        seed=0,
        n_samples=0,
    )


@dataclass(frozen=True, slots=True, eq=False)
class ScoredPrompt:
    """What the model predicted for every token of a prompt.

    Attributes:
        bos: id of the token that begins a text for this model; None when it has none.
        pieces: bytes of every token that `table` mentions.
    """

    table: TokenTable
    bos: int | None
    pieces: Mapping[int, bytes]


class PromptScore:
    """A prompt being scored."""

    def __init__(
        self, client: EngineClient, ids: tuple[int, ...], top: int, progress: Progress
    ) -> None:
        """Ask at once, for `top` alternatives per token.

        `progress` is called on the engine's reader thread.

        Raises:
            UserError: the engine was closed.
        """
        self._client = client
        self._job = client.score(ScoreRequest(ids, 0, top), progress)

    def cancel(self) -> None:
        """Ask it to stop; waiting then raises StoppedError."""
        self._job.cancel()

    def wait(self, timeout_s: float | None = None) -> ScoredPrompt:
        """The answer, once it is there.

        Raises:
            UserError: the prompt is empty or too long, or the engine died.
            StoppedError: it was cancelled.
        """
        table: TokenTable = self._job.future.result(timeout_s)
        bos = self._client.load().result(timeout_s).vocab.bos
        return ScoredPrompt(table, bos, self._client.pieces)


def _surprise(tokens: Sequence[PromptToken], table: TokenTable, index: int) -> Surprise:
    nats = abs(float(table.logprob[index]))
    return Surprise(index, tokens[index].text, nats, int(table.rank[index]))


def _is_spike(one: Surprise, tokens: Sequence[PromptToken], bos: int | None) -> bool:
    token = tokens[one.index]
    is_template = token.source == SPECIAL and token.id != bos
    return is_template and one.nats >= SPIKE_NATS and one.rank >= SPIKE_RANK and one.rank != NO_RANK


def _by_source(
    tokens: Sequence[PromptToken], nats: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> tuple[SourceSurprise, ...]:
    parts: dict[str, list[float]] = {}
    for token, value in zip(tokens, nats.tolist(), strict=True):
        if not math.isnan(value):
            parts.setdefault(token.source, []).append(value)
    made = [
        SourceSurprise(source, len(values), math.fsum(values) / len(values), math.fsum(values))
        for source, values in parts.items()
    ]
    return tuple(sorted(made, key=lambda one: -one.mean))
