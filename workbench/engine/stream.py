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
from workbench.engine.records import Record, Recorder, RowStats, TableBuilder


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
        sequence: where it stands in the KV cache.
        lane: which of the threads that sample draws its tokens.
        prompt_ids, n_prompt: what it continues, and how many tokens that is.
        last: the token sampled last, to be decoded next.
        finish: why it ended; None while it grows.
        sampled: tokens drawn so far; those it began with do not count.
    """

    def __init__(
        self,
        index: int,
        request: GenerateRequest,
        model: NativeModel,
        kept: KeptReply | None,
        n_ctx: int,
    ) -> None:
        """`kept`: where the logits it was drawn from are kept; None keeps none."""
        self.index = index
        self._request = request
        self._kept = kept
        self._n_ctx = n_ctx
        self.prompt_ids = request.prompt_ids
        self.n_prompt = len(request.prompt_ids)
        self.sequence = 0
        self.lane = 0
        self.last = -1
        self.finish: Finish | None = None
        self._context_full = False
        self._model = model
        self._max_tokens = request.sampling.max_tokens
        self._made: Chain | None = None
        self.sampled = 0
        self._records = TableBuilder(min(request.top, model.n_vocab))
        self._utf8 = Utf8Stream()
        self._stops = StopStrings(request.sampling.stop)
        self._shown: list[str] = []
        self._pending = ""

    @property
    def position(self) -> int:
        """Where the next token that is sampled will stand."""
        return self.n_prompt + self.sampled

    def begin(self, given: Sequence[Given], candidates: Candidates) -> None:
        """Make its sampler chain, which works on `candidates`, and stand where the request begins.

        That is behind the tokens an earlier run said, and behind those `given` by a person; an
        end token among these ends the reply.

        Raises:
            UserError: the grammar of this request forbids one of them.
        """
        request = self._request
        seed = request.seed + self.index
        self._made = Chain(self._model, request.sampling, seed, candidates)
        self._made.remember(request.prompt_ids)
        self._continue(self._stood())
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
        self._stand(tokens)

    def _stood(self) -> Sequence[int]:
        """What an earlier run said of this reply."""
        request, n = self._request, self.n_prompt
        return request.prompt_ids[n - request.n_sampled : n - request.n_given]

    def _stand(self, tokens: Sequence[int]) -> None:
        data = b"".join(self._model.piece(t) for t in tokens if not self._model.is_control(t))
        self._pending += self._stops.stand(self._utf8.feed(data))

    def close(self) -> None:
        """Free the sampler chain. Doing it twice is harmless."""
        if self._made is not None:
            self._made.close()

    @property
    def _chain(self) -> Chain:
        if self._made is None:
            raise RuntimeError("the reply has not begun")
        return self._made

    def step(self, row: npt.NDArray[np.float32], recorder: Recorder) -> None:
        """Sample the next token from its row of raw logits."""
        drawn = self.draw(row)
        if drawn is not None:
            self.take(row, drawn, recorder.record(row, drawn[0], recorder.stats(row)))

    def draw(self, row: npt.NDArray[np.float32]) -> tuple[int, float] | None:
        """The next token and its probability after the chain; None ends the reply."""
        drawn = self._chain.sample(row)
        if drawn is None:
            # The constraints leave nothing to say: the reply is complete.
            self.end(Finish.STOP)
        return drawn

    def take(self, row: npt.NDArray[np.float32], drawn: tuple[int, float], record: Record) -> None:
        """Go on with what was drawn from `row`."""
        token, p = drawn
        self._records.add(token, record.logprob, record.rank, record.stats, p)
        if self._kept is not None:
            self._kept.add(row, token)
        position = self.position
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
        elif position + 1 >= self._n_ctx:
            self._context_full = True
            self.end(Finish.LENGTH)

    def end(self, finish: Finish) -> None:
        """The reply is over; a second end is ignored."""
        if self.finish is None:
            self.finish = finish
            if self._made is None:
                self._stand(self._stood())
            if self._stops.matched is None:
                self._pending += self._stops.feed(self._utf8.finish()) + self._stops.finish()
                if self._stops.matched is not None and finish is Finish.LENGTH:
                    # What was held back turned out to be a whole stop string.
                    self.finish = Finish.STOP

    def flush(self, sink: GenerateSink, pieces: Mapping[int, bytes]) -> None:
        """Hand out what is new since the last time."""
        if self._records.has_new or self._pending:
            table = self._records.take()
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
