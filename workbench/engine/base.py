"""What every engine can do, with or without a process around it. No llama_cpp here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from workbench.core.branching import Lookahead, LookaheadRequest
from workbench.core.cancel import CancelToken
from workbench.core.tokens import TokenTable
from workbench.core.types import (
    ChoiceScore,
    ChooseRequest,
    GenerateRequest,
    GenerateResult,
    Loaded,
    ScoreRequest,
    Tokenized,
    Trace,
    TraceRequest,
)

Progress = Callable[[int, int], None]
"""Called with (done, total) units of work."""


class GenerateSink(Protocol):
    """Receives a request's events, in order, on the engine's thread; must return quickly."""

    def prefill(self, done: int, total: int) -> None:
        """`done` of `total` prompt tokens stand in the KV cache."""

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Sample number `sample` grew by the rows of `table`.

        `text` is what can be shown now: whole characters, nothing that may belong to a stop
        string. It may be empty. `pieces` holds the bytes of every token in `table`.
        """


class Engine(Protocol):
    """One model, loaded here or held by a server.

    Methods are called from one thread at a time; only tokens cancel.
    """

    @property
    def loaded(self) -> Loaded:
        """The model, the engine and the vocabulary."""

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token that can be asked for."""

    def tokenize(self, text: str, *, add_bos: bool, parse_special: bool = True) -> Tokenized:
        """Token ids of `text`; `add_bos` puts the model's BOS in front if it has one."""

    def infill(self, prefix: str, suffix: str) -> Tokenized:
        """The prompt that asks for what stands between two texts; UserError if it cannot."""

    def generate(
        self, request: GenerateRequest, sink: GenerateSink, cancel: CancelToken
    ) -> GenerateResult:
        """Continue a prompt. A cancelled request is a result with its partial text."""

    def score(self, request: ScoreRequest, progress: Progress, cancel: CancelToken) -> TokenTable:
        """Records of a given text."""

    def choose(
        self, request: ChooseRequest, progress: Progress, cancel: CancelToken
    ) -> tuple[ChoiceScore, ...]:
        """Log-probabilities of several continuations."""

    def trace(self, request: TraceRequest, progress: Progress, cancel: CancelToken) -> Trace:
        """What each sampler leaves of the next token's distribution."""

    def look_ahead(
        self, request: LookaheadRequest, progress: Progress, cancel: CancelToken
    ) -> Lookahead:
        """The likeliest continuations as a tree."""

    def close(self) -> None:
        """Free the model. Doing it twice is harmless."""
