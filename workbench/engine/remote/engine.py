"""A server's model as an `engine.base.Engine`, for whoever waits for each answer. One thread."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from workbench.core.branching import Lookahead, LookaheadRequest
from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.remote import Address, not_from_server
from workbench.core.tokens import TokenTable
from workbench.core.types import (
    ChoiceScore,
    ChooseRequest,
    GenerateRequest,
    GenerateResult,
    Loaded,
    SampleResult,
    ScoreRequest,
    Tokenized,
    Trace,
    TraceRequest,
)
from workbench.engine.base import GenerateSink, Progress
from workbench.engine.remote.servers import Servers

T = TypeVar("T")


class RemoteEngine:
    """Waits for the server's answers; see `engine.base.Engine`."""

    def __init__(self, address: Address, servers: Servers) -> None:
        """Asks the server what it can do, and waits.

        Raises:
            UserError: it cannot be reached, or has no such model.
        """
        self._taken = servers.take(address)
        try:
            self._model = self._taken.connection.begin(self._taken.model()).result()
        except BaseException:
            self._taken.release()
            raise

    @property
    def loaded(self) -> Loaded:
        """What is known of the model."""
        return self._model.loaded

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token that was met."""
        return self._model.names.pieces

    def tokenize(self, text: str, *, add_bos: bool, parse_special: bool = True) -> Tokenized:
        """The tokens of a text, or its words where the server does not tell them."""
        work = self._model.tokenize(text, add_bos=add_bos, parse_special=parse_special)
        return self._wait(work, CancelToken())

    def infill(self, prefix: str, suffix: str) -> Tokenized:
        """Not available."""
        raise not_from_server("filling in between two texts", self._taken.label)

    def generate(
        self, request: GenerateRequest, sink: GenerateSink, cancel: CancelToken
    ) -> GenerateResult:
        """Continue a prompt. A cancelled request is a result with its partial text.

        Raises:
            UserError: the request cannot be passed on.
        """
        n = request.n_samples
        tables: list[list[TokenTable]] = [[] for _ in range(n)]
        texts: list[list[str]] = [[] for _ in range(n)]

        def tell(sample: int, table: TokenTable, text: str) -> None:
            tables[sample].append(table)
            texts[sample].append(text)
            sink.tokens(sample, table, text, self.pieces)

        ended = self._wait(self._model.generate(request, tell), cancel)
        samples = tuple(
            SampleResult("".join(said), finish, TokenTable.concat(rows), full)
            for said, rows, (finish, full) in zip(texts, tables, ended.ends, strict=True)
        )
        return GenerateResult(
            samples, ended.timings, self.pieces, ended.error, ended.hint, ended.served
        )

    def score(self, request: ScoreRequest, progress: Progress, cancel: CancelToken) -> TokenTable:
        """Records of a given text.

        Raises:
            UserError: the server does not tell them.
            Cancelled: somebody asked to stop.
        """
        return self._wait(self._model.score(request, progress), cancel)

    def choose(
        self, request: ChooseRequest, progress: Progress, cancel: CancelToken
    ) -> tuple[ChoiceScore, ...]:
        """Log-probabilities of several continuations.

        Raises:
            UserError, Cancelled: as for `score`.
        """
        return self._wait(self._model.choose(request, progress), cancel)

    def trace(self, request: TraceRequest, progress: Progress, cancel: CancelToken) -> Trace:
        """Not available."""
        raise not_from_server("the sampler microscope", self._taken.label)

    def look_ahead(
        self, request: LookaheadRequest, progress: Progress, cancel: CancelToken
    ) -> Lookahead:
        """Not available."""
        raise not_from_server("the tree of continuations", self._taken.label)

    def close(self) -> None:
        """Let go of the connection. Doing it twice is harmless."""
        self._taken.release()

    def _wait(self, work: Coroutine[Any, Any, T], cancel: CancelToken) -> T:
        future = self._taken.connection.begin(work)
        cancel.when_cancelled(lambda: _stop(future))
        try:
            return future.result()
        except CancelledError:
            raise Cancelled from None
        finally:
            cancel.when_cancelled(None)


def _stop(future: Future[T]) -> None:
    future.cancel()
