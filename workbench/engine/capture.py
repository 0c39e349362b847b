"""Attention weights of a text: chosen layers, heads, queries and keys, or their mean over heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from workbench.core.attention import Attention, AttentionRequest
from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.tokens import Float32, Int32
from workbench.core.types import ModelInfo
from workbench.engine.analysis import Analysis
from workbench.engine.base import Progress
from workbench.engine.capture_shapes import answer_shape
from workbench.engine.native.capture import Handler
from workbench.engine.native.tensors import mask_of

MAX_SINGLE_ROWS = 8
"""Up to so many queries are decoded one by one behind a text that stands in the cache."""


def tensor_name(layer: int) -> str:
    """What llama.cpp calls the soft-maxed weights of a layer."""
    return f"kq_soft_max-{layer}"


def capture(
    analysis: Analysis,
    info: ModelInfo,
    request: AttentionRequest,
    progress: Progress,
    cancel: CancelToken,
    room: Float32 | None = None,
) -> Attention:
    """The weights a checked request asks for.

    Args:
        room: zeros of `answer_shape` to be filled; made here when None.

    Raises:
        UserError: no layer has a matrix, or the cells of the cache cannot be told apart.
        Cancelled: somebody asked to stop.
    """
    taker = _Taker(analysis, info, request, room)
    handlers = {tensor_name(x): partial(taker.take, x) for x in request.layers}
    single = len(request.queries) <= MAX_SINGLE_ROWS and analysis.can_rewind
    # Layers above the last one wanted need not be computed. Only a layer that surely has a matrix
    # can be the sign to stop, so models with recurrent layers go to the end.
    top = request.layers[-1]
    partly = not single and analysis.can_rewind and top < info.n_layer - 1
    try:
        if single:
            _single_rows(analysis, taker, handlers, request, progress, cancel)
        else:
            text = request.ids[: request.queries[-1] + 1]
            begin = analysis.open(request.ids, request.queries[0])
            analysis.want(handlers, tensor_name(top) if partly else "")
            analysis.read(text, begin, progress, cancel, before=taker.micro_batch)
    finally:
        analysis.want({})
        if partly:
            analysis.forget()
    return taker.answer()


def _single_rows(
    analysis: Analysis,
    taker: _Taker,
    handlers: Mapping[str, Handler],
    request: AttentionRequest,
    progress: Progress,
    cancel: CancelToken,
) -> None:
    """Bring the text in unwatched, or use what stands there; then each query in sequence 1.

    The text stays in the cache, so that the next click costs one token instead of a prompt.
    """
    last = request.queries[-1]
    text = request.ids[:last]
    begin = analysis.open(request.ids, len(request.ids) - 1)
    if begin < last:
        analysis.read(text, begin, progress, cancel)
    analysis.want(handlers)
    for query in request.queries:
        if query:
            analysis.context.copy(0, 1, query)
        taker.micro_batch(query, query + 1, alone=True)
        try:
            analysis.decode(request.ids[query : query + 1], query, 1, cancel)
        finally:
            analysis.context.truncate(1, 0)
    progress(last + 1, last + 1)


class _Taker:
    """Receives the matrices and keeps what was asked for."""

    def __init__(
        self,
        analysis: Analysis,
        info: ModelInfo,
        request: AttentionRequest,
        room: Float32 | None,
    ) -> None:
        self._analysis = analysis
        self._info = info
        self._request = request
        self._queries = np.array(request.queries, np.int32)
        self._keys = np.array(request.keys, np.int32)
        self._heads = _as_slice(np.array(request.heads))
        shape = answer_shape(request)
        self._values: Float32 = np.zeros(shape, np.float32) if room is None else room
        self._first = np.zeros((shape[0], shape[2]), np.int32)
        self._slots: dict[int, int] = {}
        self._odd: dict[int, str] = {}
        self._sight = Sight(analysis)

    def micro_batch(self, begin: int, end: int, *, alone: bool = False) -> None:
        """The next matrices hold the queries from `begin` to `end` (exclusive)."""
        self._begin, self._end = begin, end
        low, high = np.searchsorted(self._queries, (begin, end))
        self._target = slice(int(low), int(high))
        self._local = _as_slice(self._queries[low:high] - begin)
        self._n_keys = int(np.searchsorted(self._keys, end))
        self._sight.micro_batch(begin, end, alone=alone)

    def take(self, layer: int, address: int) -> None:
        """One layer's matrix of this micro-batch."""
        weights = self._analysis.reader.read(address)
        if weights.shape[:2] != (1, self._info.n_head):
            self._odd[layer] = (
                f"Layer {layer} has {weights.shape[1]} heads in {weights.shape[0]} streams, not "
                f"the model's {self._info.n_head} in one."
            )
            return
        first, cells = self._sight.of(mask_of(address))
        slot = self._slots.setdefault(layer, len(self._slots))
        if self._target.start == self._target.stop:
            return
        self._first[slot, self._target] = first[self._local]
        chosen = cells[self._keys[: self._n_keys]]
        columns: slice | Int32 = _as_slice(chosen)
        rows = weights[0][self._heads][:, self._local][:, :, columns]
        target = self._values[slot, :, self._target, : self._n_keys]
        if self._request.average:
            np.add.reduce(rows, axis=0, out=target[0])
            target[0] /= len(rows)
        else:
            target[:] = rows

    def answer(self) -> Attention:
        """What was gathered.

        Raises:
            UserError: there is nothing.
        """
        n = len(self._slots)
        request = self._request
        missing = missing_layers(
            self._analysis, self._info, request.layers, tuple(self._slots), self._odd
        )
        if not n:
            raise UserError(
                f"{self._info.name} shows no attention matrix in these layers.",
                next(iter(missing.values()), ""),
            )
        return Attention(
            ids=request.ids,
            layers=tuple(self._slots),
            heads=request.heads,
            averaged=request.average,
            queries=self._queries,
            keys=self._keys,
            values=self._values[:n],
            first=self._first[:n],
            n_head=self._info.n_head,
            n_head_kv=self._info.n_head_kv,
            missing=missing,
            kv_type=self._analysis.kv_type,
        )


class Sight:
    """Which cells the queries of a micro-batch can see, read from the masks the model used."""

    def __init__(self, analysis: Analysis) -> None:
        self._reader = analysis.masks
        self._begin = self._end = 0
        self._alone = False
        self._known: dict[int, tuple[Int32, Int32]] = {}

    def micro_batch(self, begin: int, end: int, *, alone: bool = False) -> None:
        """The next masks are for these queries; `alone` puts one query behind a shared text."""
        self._begin, self._end, self._alone = begin, end, alone
        self._known = {}

    def of(self, mask: int) -> tuple[Int32, Int32]:
        """First visible position per query, and the cell of every position up to the last.

        Raises:
            UserError: the mask shows other cells than those of the tokens before each query, so
                that columns could not be told apart.
        """
        if mask not in self._known:
            self._known[mask] = self._read(mask)
        return self._known[mask]

    def _read(self, mask: int) -> tuple[Int32, Int32]:
        if not mask:
            raise _not_causal()
        values = self._reader.read(mask)
        if values.shape[:3] != (1, 1, self._end - self._begin):
            raise _not_causal()
        visible = values[0, 0] > -np.inf
        cells = np.arange(self._end, dtype=np.int32)
        if self._alone:  # its own cell is wherever llama.cpp found room
            foreign = np.flatnonzero(visible[0, self._begin :]) + self._begin
            if len(foreign) != 1:
                raise _not_causal()
            cells[self._begin] = foreign[0]
        seen = visible[:, cells]
        count = seen.sum(axis=1)
        first = seen.argmax(axis=1)
        last = self._end - 1 - seen[:, ::-1].argmax(axis=1)
        in_place = (last == np.arange(self._begin, self._end)) & (count == last - first + 1)
        if not (in_place & (visible.sum(axis=1) == count)).all():
            raise _not_causal()
        return first.astype(np.int32), cells


def missing_layers(
    analysis: Analysis,
    info: ModelInfo,
    wanted: Sequence[int],
    found: Sequence[int],
    odd: dict[int, str],
) -> dict[int, str]:
    """Layer to a sentence that says why it has no matrix."""
    why = (
        f"llama.cpp computes this layer of {info.architecture} in one fused step."
        if analysis.can_rewind
        else "it is recurrent and keeps a running state instead of looking back."
    )
    return {
        layer: odd.get(layer, f"Layer {layer} has no attention matrix: {why}")
        for layer in wanted
        if layer not in found
    }


def _not_causal() -> UserError:
    return UserError(
        "The columns of this model's attention cannot be matched with tokens: its mask is not "
        "that of a text read from left to right.",
        "Attention can be shown for causal language models only.",
    )


def _as_slice(places: Int32) -> slice | Int32:
    """The same places as a slice where they are neighbours: a view instead of a copy."""
    if len(places) and places[-1] - places[0] == len(places) - 1 and (np.diff(places) == 1).all():
        return slice(int(places[0]), int(places[-1]) + 1)
    return places
