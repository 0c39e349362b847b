"""What every engine can do, with or without a process around it. No llama_cpp here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from workbench.core.cancel import CancelToken
from workbench.core.tokens import TokenTable
from workbench.core.types import GenerateRequest, GenerateResult, Loaded, Tokenized


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
    """One loaded model. Methods are called from one thread at a time; only tokens cancel."""

    @property
    def loaded(self) -> Loaded:
        """The model, the engine and the vocabulary."""

    def tokenize(self, text: str, *, add_bos: bool, parse_special: bool = True) -> Tokenized:
        """Token ids of `text`; `add_bos` puts the model's BOS in front if it has one."""

    def generate(
        self, request: GenerateRequest, sink: GenerateSink, cancel: CancelToken
    ) -> GenerateResult:
        """Continue a prompt. A cancelled request is a result with its partial text.

        Raises:
            UserError: the request cannot run (prompt longer than the context, bad grammar).
        """

    def close(self) -> None:
        """Free the model. Doing it twice is harmless."""
