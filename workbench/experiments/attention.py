"""The attention of one text, asked for piece by piece and remembered within a budget.

The views ask for what they draw: a row for a clicked token, one head's matrix, summaries of all
heads. Whatever fits is fetched in larger pieces, so that the next question is answered from
memory; what does not fit is fetched again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from workbench.core.attention import (
    ATTENTION_BUDGET_BYTES,
    Attention,
    AttentionRequest,
    HeadSummaries,
)
from workbench.core.cancel import CancelToken
from workbench.core.lens import Lens, LensRequest
from workbench.core.text import piece_text
from workbench.engine.base import Progress
from workbench.engine.jobs import ignore_progress
from workbench.experiments.inside import Looker

LENS_TOP = 10


@dataclass(slots=True)
class _Memory:
    """Captures, the ones used last at the end, together at most `budget` bytes."""

    budget: int
    held: OrderedDict[AttentionRequest, Attention] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)  # protects held

    def get(self, request: AttentionRequest) -> Attention | None:
        with self.lock:
            found = self.held.get(request)
            if found is not None:
                self.held.move_to_end(request)
            return found

    def put(self, request: AttentionRequest, found: Attention) -> None:
        with self.lock:
            self.held[request] = found
            while len(self.held) > 1 and self.n_bytes > self.budget:
                self.held.popitem(last=False)

    @property
    def n_bytes(self) -> int:
        return sum(a.values.nbytes for a in self.held.values())


class AttentionBook:
    """What is known of one text's attention. Any thread; questions wait for the engine.

    Every question raises UserError when the model shows nothing of the kind, and Cancelled or
    StoppedError when somebody asked to stop.
    """

    def __init__(
        self,
        looker: Looker,
        ids: tuple[int, ...],
        budget_bytes: int = ATTENTION_BUDGET_BYTES // 2,
    ) -> None:
        """`budget_bytes` may be remembered; one question fetches at most half of it."""
        self.ids = ids
        self._looker = looker
        self._budget = budget_bytes
        self._memory = _Memory(budget_bytes)
        self._summaries: HeadSummaries | None = None
        self._lens: Lens | None = None

    def row(
        self,
        query: int,
        progress: Progress = ignore_progress,
        cancel: CancelToken | None = None,
    ) -> Attention:
        """Where a token looked: all layers, all heads, one query, all keys."""
        whole = self._whole()
        if whole is not None:
            return _narrowed(whole, query=query)
        return self._ask(AttentionRequest(self.ids, queries=(query,)), progress, cancel)

    def column(
        self,
        key: int,
        progress: Progress = ignore_progress,
        cancel: CancelToken | None = None,
    ) -> Attention:
        """Who looked at a token: all layers, all heads, the queries from it on, one key."""
        whole = self._whole()
        if whole is not None:
            return _narrowed(whole, key=key)
        queries = tuple(range(key, len(self.ids)))
        return self._ask(AttentionRequest(self.ids, queries=queries, keys=(key,)), progress, cancel)

    def matrix(
        self,
        layer: int,
        head: int | None,
        progress: Progress = ignore_progress,
        cancel: CancelToken | None = None,
    ) -> Attention:
        """A capture that holds the whole matrix of a layer's head, or of the mean over its heads.

        Read it with `Attention.plane(layer, head)` and `Attention.visible(layer)`.
        """
        known = self.known_matrix(layer, head)
        if known is not None:
            return known
        return self._ask(self._request_for(layer, head), progress, cancel)

    def known_matrix(self, layer: int, head: int | None) -> Attention | None:
        """`matrix` from memory alone, at once; None when the engine must be asked."""
        whole = self._whole()
        if whole is not None:
            return whole
        return self._memory.get(self._request_for(layer, head))

    @property
    def whole(self) -> Attention | None:
        """Everything, if it is remembered; never waits. Every question about weights is answered
        at once then.
        """
        return self._whole()

    def summaries(
        self, progress: Progress = ignore_progress, cancel: CancelToken | None = None
    ) -> HeadSummaries:
        """A few numbers for every head; computed once."""
        if self._summaries is None:
            self._summaries = self._looker.head_summaries(self.ids, progress, _token(cancel))
        return self._summaries

    def lens(self, progress: Progress = ignore_progress, cancel: CancelToken | None = None) -> Lens:
        """The logit lens; computed once."""
        if self._lens is None:
            request = LensRequest(self.ids, LENS_TOP)
            self._lens = self._looker.lens(request, progress, _token(cancel))
        return self._lens

    @property
    def fits(self) -> bool:
        """Whether one question fetches everything."""
        return self._request_for(0, None) == AttentionRequest(self.ids)

    @property
    def means_fit(self) -> bool:
        """Whether one question fetches the mean over heads of every layer."""
        return not self._request_for(0, None).layers

    def text_of(self, token: int) -> str:
        """The text of a token that the lens mentions."""
        return piece_text(self._looker.pieces[token])

    @property
    def n_bytes(self) -> int:
        """Bytes of the weights remembered now."""
        return self._memory.n_bytes

    def _ask(
        self, request: AttentionRequest, progress: Progress, cancel: CancelToken | None
    ) -> Attention:
        known = self._memory.get(request)
        if known is None:
            known = self._looker.attention(request, progress, _token(cancel))
            self._memory.put(request, known)
        return known

    def _whole(self) -> Attention | None:
        return self._memory.get(AttentionRequest(self.ids))

    def _request_for(self, layer: int, head: int | None) -> AttentionRequest:
        """The largest useful piece with this matrix in it that takes at most half the budget."""
        model = self._looker.model
        plane = 4 * len(self.ids) ** 2
        room = self._budget // 2
        if model.n_layer * model.n_head * plane <= room:
            return AttentionRequest(self.ids)
        if head is None:
            layers = () if model.n_layer * plane <= room else (layer,)
            return AttentionRequest(self.ids, layers, average=True)
        fit = max(1, min(model.n_head, room // plane))
        first = head - head % fit
        heads = tuple(range(first, min(first + fit, model.n_head)))
        return AttentionRequest(self.ids, (layer,), heads)


def _token(cancel: CancelToken | None) -> CancelToken:
    """A token counts as false until it is cancelled, so `or` would lose it."""
    return CancelToken() if cancel is None else cancel


def _narrowed(whole: Attention, *, query: int | None = None, key: int | None = None) -> Attention:
    """One query of a capture of everything, or one key with the queries from it on."""
    rows = slice(key, None) if query is None else slice(query, query + 1)
    columns = slice(None) if key is None else slice(key, key + 1)
    return Attention(
        ids=whole.ids,
        layers=whole.layers,
        heads=whole.heads,
        averaged=False,
        queries=whole.queries[rows],
        keys=whole.keys[columns],
        values=whole.values[:, :, rows, columns],
        first=whole.first[:, rows],
        n_head=whole.n_head,
        n_head_kv=whole.n_head_kv,
        missing=whole.missing,
        kv_type=whole.kv_type,
    )
