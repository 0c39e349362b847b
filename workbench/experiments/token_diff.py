"""One text forced through two models, quantizations or prompts, and compared token by token.

Divergences are exact: over both full softmaxes of the raw logits, computed a stretch of rows at a
time in memory that is shared with the engines, so that no text needs more of it than another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from workbench.core.byte_diff import WordBits, byte_bits, word_bits
from workbench.core.cancel import CancelToken
from workbench.core.divergence import RowDiff, TextDivergence, row_diff, text_divergence
from workbench.core.errors import UserError
from workbench.core.logit_rows import RowsRequest
from workbench.core.types import ScoreRequest, Tokenized, VocabInfo
from workbench.engine.jobs import Job, ignore_progress
from workbench.engine.shared import SharedBlock
from workbench.engine.vocabulary import vocabulary_hash
from workbench.experiments.text_tokens import text_tokens

if TYPE_CHECKING:
    from workbench.core.tokens import Float32
    from workbench.engine.base import Progress
    from workbench.engine.client import EngineClient
    from workbench.engine.llama import LlamaEngine

WINDOW_BYTES = 64 << 20
"""Memory for the logits of one side."""

_STEP = 64
_POLL_S = 0.05


class Rows(Protocol):
    """Logits of one side of a comparison, a stretch at a time."""

    @property
    def vocab(self) -> VocabInfo:
        """The side's vocabulary."""

    def vocabulary(self) -> str:
        """Equal for models whose token ids mean the same bytes."""

    def room(self, n_rows: int) -> None:
        """Make room for stretches of at most `n_rows` rows."""

    def ask(self, request: RowsRequest, cancel: CancelToken) -> None:
        """Begin to read a stretch."""

    def answer(self) -> Float32:
        """That stretch, (n_rows, n_vocab); valid until the next one is asked for.

        Raises:
            Cancelled, StoppedError: somebody asked to stop.
            UserError: the text does not fit the context, or the engine died.
        """

    def close(self) -> None:
        """Free the room."""


class DirectRows:
    """Asks an engine of this process, on the engine's thread."""

    def __init__(self, engine: LlamaEngine) -> None:
        self._engine = engine
        self._asked: tuple[RowsRequest, CancelToken] | None = None
        self._values: Float32 = np.empty((0, 0), np.float32)

    @property
    def vocab(self) -> VocabInfo:
        """See `Rows.vocab`."""
        return self._engine.loaded.vocab

    def vocabulary(self) -> str:
        """See `Rows.vocabulary`."""
        return vocabulary_hash(self._engine.pieces)

    def room(self, n_rows: int) -> None:
        """See `Rows.room`."""
        self._values = np.empty((n_rows, self.vocab.n_vocab), np.float32)

    def ask(self, request: RowsRequest, cancel: CancelToken) -> None:
        """See `Rows.ask`; the work is done by `answer`."""
        self._asked = (request, cancel)

    def answer(self) -> Float32:
        """See `Rows.answer`."""
        if self._asked is None:
            raise RuntimeError("nothing was asked")
        request, cancel = self._asked
        values = self._values[: request.n_rows]
        self._engine.rows(request, values, ignore_progress, cancel)
        return values

    def close(self) -> None:
        """See `Rows.close`."""
        self._values = np.empty((0, 0), np.float32)


class ClientRows:
    """Asks an engine's child; two of them read at the same time."""

    def __init__(self, client: EngineClient) -> None:
        self._client = client
        self._block: SharedBlock | None = None
        self._job: Job | None = None
        self._n_rows = 0
        self._cancel = CancelToken()

    @property
    def vocab(self) -> VocabInfo:
        """See `Rows.vocab`."""
        return self._client.load().result().vocab

    def vocabulary(self) -> str:
        """See `Rows.vocabulary`."""
        return self._client.vocabulary_hash().result()

    def room(self, n_rows: int) -> None:
        """See `Rows.room`."""
        self.close()
        self._block = SharedBlock(n_rows * self.vocab.n_vocab)

    def ask(self, request: RowsRequest, cancel: CancelToken) -> None:
        """See `Rows.ask`."""
        if self._block is None:
            raise RuntimeError("there is no room")
        self._cancel, self._n_rows = cancel, request.n_rows
        self._job = self._client.rows(request, self._block.room)

    def answer(self) -> Float32:
        """See `Rows.answer`."""
        if self._job is None or self._block is None:
            raise RuntimeError("nothing was asked")
        told = False
        while True:
            # Two jobs and one cancel flag, which knows only one action: it is looked at here.
            done, _ = wait([self._job.future], _POLL_S)
            if done:
                break
            if self._cancel and not told:
                told = True
                self._job.cancel()
        self._job.future.result()
        n_vocab = self.vocab.n_vocab
        return self._block.values[: self._n_rows * n_vocab].reshape(self._n_rows, n_vocab)

    def close(self) -> None:
        """See `Rows.close`. The child must not look for a room that is gone."""
        if self._job is not None:
            if not self._job.future.done():
                self._job.cancel()
                wait([self._job.future])
            self._job = None
        if self._block is not None:
            self._block.release()
            self._block = None


def same_vocabulary(a: Rows, b: Rows) -> bool:
    """Whether token ids mean the same bytes on both sides."""
    return a.vocab.n_vocab == b.vocab.n_vocab and a.vocabulary() == b.vocabulary()


@dataclass(frozen=True, slots=True)
class Side:
    """What stands before the text on one side, at least one token."""

    rows: Rows
    prompt_ids: tuple[int, ...]


def diff_tokens(
    a: Side,
    b: Side,
    text_ids: tuple[int, ...],
    pieces: Mapping[int, bytes],
    progress: Progress,
    cancel: CancelToken,
) -> TextDivergence:
    """How both sides see `text_ids` behind their prompts; progress counts tokens.

    Both sides may be the same model with two prompts, or two models with one vocabulary.

    Args:
        pieces: bytes of the tokens in `text_ids`.

    Raises:
        UserError: there is no text or a prompt is empty, the vocabularies differ, a text does not
            fit a context, or an engine died.
        Cancelled: somebody asked to stop.
    """
    if not text_ids:
        raise UserError("There is no text to compare.", "Compare a reply of at least one token.")
    if not a.prompt_ids or not b.prompt_ids:
        raise UserError("Nothing stands before the text.", "Give a prompt of at least one token.")
    if a.rows is not b.rows and not same_vocabulary(a.rows, b.rows):
        raise UserError(
            "The two models have different vocabularies; their tokens cannot be compared.",
            "Compare their bits per byte instead.",
        )
    n_vocab = a.rows.vocab.n_vocab
    size = max(_STEP, WINDOW_BYTES // (4 * n_vocab) // _STEP * _STEP)
    size = min(size, len(text_ids))
    found: list[RowDiff] = []
    with _rooms(a, b, size):
        for at in range(0, len(text_ids), size):
            cancel.check()
            end = min(at + size, len(text_ids))
            for of_a, of_b, token in _stretch(a, b, text_ids, at, end, cancel):
                cancel.check()
                found.append(row_diff(of_a, of_b, token))
            progress(end, len(text_ids))
    special = a.rows.vocab.special_texts
    return text_divergence(
        text_ids, found, [0 if t in special else len(pieces[t]) for t in text_ids]
    )


@contextmanager
def _rooms(a: Side, b: Side, size: int) -> Iterator[None]:
    try:
        a.rows.room(size)
        if b.rows is not a.rows:
            b.rows.room(size)
        yield
    finally:
        a.rows.close()
        b.rows.close()


def _stretch(
    a: Side, b: Side, ids: tuple[int, ...], at: int, end: int, cancel: CancelToken
) -> Iterator[tuple[Float32, Float32, int]]:
    requests = [
        RowsRequest((*side.prompt_ids, *ids[: end - 1]), len(side.prompt_ids) - 1 + at)
        for side in (a, b)
    ]
    a.rows.ask(requests[0], cancel)
    if a.rows is b.rows:
        # One engine answers one question after the other, into the same room.
        first = a.rows.answer().copy()
        b.rows.ask(requests[1], cancel)
        second = b.rows.answer()
    else:
        b.rows.ask(requests[1], cancel)
        first, second = a.rows.answer(), b.rows.answer()
    return zip(first, second, ids[at:end], strict=True)


@dataclass(frozen=True, slots=True, eq=False)
class Forced:
    """A text as one model reads it behind its own prompt.

    Attributes:
        pieces: bytes of each token of the text.
        logprobs: their natural log-probabilities.
    """

    pieces: tuple[bytes, ...]
    logprobs: tuple[float, ...]


def exact_tokens(client: EngineClient, text: str) -> Tokenized:
    """The tokens of a text behind a prompt, without a space that nobody wrote.

    Raises:
        UserError: the engine died.
    """
    return text_tokens(
        text, lambda part: client.tokenize(part, add_bos=False, parse_special=False).result()
    )


def force(
    client: EngineClient, prompt_ids: tuple[int, ...], text: str, cancel: CancelToken
) -> Forced:
    """Read `text` behind a prompt that is in tokens already.

    Raises:
        UserError: the tokens of the text do not spell it byte for byte, it does not fit the
            context, or the engine died.
        StoppedError: somebody asked to stop.
    """
    found = exact_tokens(client, text)
    ids, pieces = _spelled(text.encode(errors="replace"), found.ids, found.pieces)
    if not ids:
        raise UserError("There is no text to compare.", "Compare a reply of at least one token.")
    job = client.score(ScoreRequest((*prompt_ids, *ids), len(prompt_ids), top=0))
    cancel.when_cancelled(job.cancel)
    try:
        table = job.future.result()
    finally:
        cancel.when_cancelled(None)
    return Forced(pieces, tuple(map(float, table.logprob)))


def _spelled(
    text: bytes, ids: tuple[int, ...], pieces: tuple[bytes, ...]
) -> tuple[tuple[int, ...], tuple[bytes, ...]]:
    """The tokens of a text, without the space that some tokenizers put in front of every text.

    A vocabulary that cannot spell a text without that space (an exotic one: it has neither a line
    break nor bytes) leaves the space's share of the bits with the word behind it.

    Raises:
        UserError: the tokens do not spell the text byte for byte.
    """
    whole = b"".join(pieces)
    if whole == text:
        return ids, pieces
    if whole == b" " + text:
        if pieces[0] == b" ":
            return ids[1:], pieces[1:]
        return ids, (pieces[0][1:], *pieces[1:])
    raise UserError(
        "This model's tokens do not spell the text byte for byte, so it cannot be aligned.",
        "Its tokenizer changes texts into a normal form; compare a text without such characters.",
    )


def diff_words(text: str, a: Forced, b: Forced) -> tuple[WordBits, ...]:
    """The words of a text with what they cost two models of any vocabularies."""
    return word_bits(
        text.encode(), byte_bits(a.pieces, a.logprobs), byte_bits(b.pieces, b.logprobs)
    )
