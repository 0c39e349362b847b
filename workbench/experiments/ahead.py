"""Further than the next token: continuations as a tree, and the grey preview. Any thread."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.core.branching import Lookahead, LookaheadRequest, PreviewRequest
from workbench.core.errors import StoppedError
from workbench.core.text import piece_text
from workbench.core.tokens import TokenTable
from workbench.core.types import EngineSettings, Loaded
from workbench.engine.client import EngineClient
from workbench.engine.jobs import Job
from workbench.experiments.live_run import KeptTokens
from workbench.experiments.session import Session

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """A finished look ahead.

    Attributes:
        pieces: bytes of every token in the tree.
    """

    tree: Lookahead
    pieces: Mapping[int, bytes]

    def text(self, node: int) -> str:
        """What the token of `node` says; empty at node 0."""
        token = int(self.tree.token[node])
        return piece_text(self.pieces[token]) if token in self.pieces else ""


class LookAhead:
    """A look ahead under way."""

    def __init__(
        self,
        session: Session,
        loaded: Loaded,
        settings: EngineSettings,
        request: LookaheadRequest,
        progress: Progress,
    ) -> None:
        """Ask at once; `progress` counts levels. UserError when the engine was closed."""
        self._client = session.client(loaded.model, settings)
        self._job: Job = self._client.look_ahead(request, progress)

    def cancel(self) -> None:
        """Ask it to stop; waiting then raises StoppedError."""
        self._job.cancel()

    def wait(self, timeout_s: float | None = None) -> Ahead:
        """The tree, once it is there.

        Raises:
            UserError: the text or a size is refused, or the engine died.
            StoppedError: it was cancelled.
        """
        tree: Lookahead = self._job.future.result(timeout_s)
        return Ahead(tree, _named(tree.token.tolist(), self._client))


class Preview:
    """A preview under way; anything else that is asked of the engine stops it."""

    def __init__(self, client: EngineClient, request: PreviewRequest) -> None:
        """Ask at once; raises UserError when the engine was closed."""
        self._client = client
        self._job: Job = client.preview(request)

    def cancel(self) -> None:
        """Ask it to stop; waiting then raises StoppedError."""
        self._job.cancel()

    def wait(self, timeout_s: float | None = None) -> KeptTokens:
        """The likeliest next tokens with their records; none where the reply would end.

        Raises:
            UserError: the text is empty or fills the context, or the engine died.
            StoppedError: it was cancelled, or something else was asked.
        """
        table: TokenTable = self._job.future.result(timeout_s)
        ids = [*table.ids.tolist(), *table.top_ids.ravel().tolist()]
        return KeptTokens(table, _named(ids, self._client))


def start_preview(
    session: Session, loaded: Loaded, settings: EngineSettings, request: PreviewRequest
) -> Preview:
    """Begin a preview and return at once; it never loads a model.

    Raises:
        StoppedError: another model has taken the place of this one.
        UserError: the engine was closed.
    """
    client = session.held(loaded.model, settings)
    if client is None:
        raise StoppedError("Another model has taken the place of this one.")
    return Preview(client, request)


def _named(ids: list[int], client: EngineClient) -> Mapping[int, bytes]:
    pieces = client.pieces
    return {token: pieces[token] for token in set(ids) if token in pieces}


def ahead_document(tree: Lookahead, pieces: Mapping[int, bytes], node: int = 0) -> dict[str, Any]:
    """A look ahead as JSON: each token with what may follow it.

    `logprob` is of the token behind its parent, `total_logprob` and `p` of everything up to it;
    `rest` is the probability, behind it, of all tokens that are not listed (null if nobody asked).
    """
    followed = tree.is_followed(node)
    document: dict[str, Any] = {}
    if node:
        token = int(tree.token[node])
        total = float(tree.total[node])
        document = {
            "id": token,
            "text": piece_text(pieces[token]),
            "logprob": float(tree.logprob[node]),
            "total_logprob": total,
            "p": math.exp(total),
            "ends": bool(tree.ends[node]),
        }
    return {
        **document,
        "entropy": float(tree.entropy[node]) if followed else None,
        "rest": float(tree.rest[node]) if followed else None,
        "next": [ahead_document(tree, pieces, child) for child in tree.children(node)],
    }
