"""One reply while it grows: its sampler chain, its records, its text, its end."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.core.errors import UserError
from workbench.core.text import StopStrings, Utf8Stream, piece_text
from workbench.core.types import Finish, GenerateRequest, SampleResult
from workbench.engine.base import GenerateSink
from workbench.engine.kept_rows import KeptReply
from workbench.engine.native.candidates import Candidates
from workbench.engine.native.chain import Chain
from workbench.engine.native.model import NativeModel
from workbench.engine.records import Recorder, RowStats, TableBuilder


@dataclass(frozen=True, slots=True)
class Given:
    """A token that a person put into a reply, and what the model thought of it."""

    token: int
    logprob: float
    rank: int
    stats: RowStats


class Stream:
    """One reply of a request.

    Attributes:
        index: which sample of the request it is; its seed is the request's seed plus this.
        last: the token sampled last, to be decoded next.
        finish: why it ended; None while it grows.
        sampled: tokens drawn so far; those it began with do not count.
    """

    def __init__(
        self,
        index: int,
        request: GenerateRequest,
        model: NativeModel,
        candidates: Candidates,
        kept: KeptReply,
    ) -> None:
        self.index = index
        self._kept = kept
        self.sequence = 0
        self.last = -1
        self.finish: Finish | None = None
        self._context_full = False
        self._model = model
        self._max_tokens = request.sampling.max_tokens
        self._chain = Chain(model, request.sampling, request.seed + index, candidates)
        self._chain.remember(request.prompt_ids)
        self.sampled = 0
        self._records = TableBuilder(min(request.top, model.n_vocab))
        self._utf8 = Utf8Stream()
        self._stops = StopStrings(request.sampling.stop)
        self._shown: list[str] = []
        self._pending = ""

    def stand(self, kept: Sequence[int]) -> None:
        """Begin with the tokens that an earlier run said.

        Raises:
            UserError: the grammar of this request forbids one of them.
        """
        self._continue(kept)

    def give(self, given: Sequence[Given]) -> None:
        """Go on with the tokens that a person put behind them; an end token ends the reply.

        Raises:
            UserError: the grammar of this request forbids one of them.
        """
        for one in given:
            self._records.add(one.token, one.logprob, one.rank, one.stats, math.nan)
        self._continue([one.token for one in given])
        if given and self._model.is_end(given[-1].token):
            self.end(Finish.STOP)

    def _continue(self, tokens: Sequence[int]) -> None:
        forbidden = self._chain.follow(tokens)
        if forbidden is not None:
            text = piece_text(self._model.piece(forbidden))
            raise UserError(
                f"The reply so far does not follow the grammar: {text!r} may not stand there.",
                "Fork at an earlier token, choose another one, or take the grammar away.",
            )
        data = b"".join(self._model.piece(t) for t in tokens if not self._model.is_control(t))
        self._pending += self._stops.stand(self._utf8.feed(data))

    def close(self) -> None:
        """Free the sampler chain."""
        self._chain.close()

    def step(
        self, row: npt.NDArray[np.float32], recorder: Recorder, position: int, n_ctx: int
    ) -> None:
        """Sample the token at `position` from its row of raw logits."""
        drawn = self._chain.sample(row)
        if drawn is None:
            # The constraints leave nothing to say: the reply is complete.
            self.end(Finish.STOP)
            return
        token, p = drawn
        stats = recorder.stats(row)
        self._records.add(
            token,
            float(row[token]) - stats.log_total,
            recorder.rank(row, token, stats),
            stats,
            p,
        )
        self._kept.add(row, token)
        self.last = token
        self.sampled += 1
        self._chain.accept(token)
        if self._model.is_end(token):
            self.end(Finish.STOP)
            return
        if not self._model.is_control(token):
            self._pending += self._stops.feed(self._utf8.feed(self._model.piece(token)))
        if self._stops.matched is not None:
            self.end(Finish.STOP)
        elif self.sampled >= self._max_tokens:
            self.end(Finish.LENGTH)
        elif position + 1 >= n_ctx:
            self._context_full = True
            self.end(Finish.LENGTH)

    def end(self, finish: Finish) -> None:
        """The reply is over; a second end is ignored."""
        if self.finish is None:
            self.finish = finish
            if self._stops.matched is None:
                self._pending += self._stops.feed(self._utf8.finish()) + self._stops.finish()
                if self._stops.matched is not None and finish is Finish.LENGTH:
                    # What was held back turned out to be a whole stop string.
                    self.finish = Finish.STOP

    def flush(self, sink: GenerateSink, pieces: Mapping[int, bytes]) -> None:
        """Hand out what is new since the last time."""
        table = self._records.take()
        if len(table) or self._pending:
            self._shown.append(self._pending)
            text, self._pending = self._pending, ""
            sink.tokens(self.index, table, text, pieces)

    def result(self) -> SampleResult:
        """The finished reply."""
        return SampleResult(
            text="".join(self._shown),
            finish=self.finish or Finish.CANCELLED,
            tokens=self._records.table(),
            context_full=self._context_full,
        )
