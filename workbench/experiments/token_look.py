"""Asks the engine again about one token of a run: more alternatives, and what the samplers did."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.core.errors import UserError
from workbench.core.run import RunStart
from workbench.core.types import Trace, TraceRequest
from workbench.engine.client import EngineClient
from workbench.experiments.alternatives import MOST, Looked, read_trace
from workbench.experiments.session import Session


def engine_of(session: Session, start: RunStart) -> EngineClient:
    """The engine that made a run, if it is still there.

    Raises:
        UserError: another model is loaded now, or the same one with other settings.
    """
    client = session.held(start.model, start.settings)
    if client is None:
        raise UserError(
            f"This run was made with {start.model.name} {start.model.quantization}, which is not "
            "loaded with its settings now.",
            "Load that model to ask it again.",
        )
    return client


class TokenLook:
    """A question under way. `pieces` holds the bytes of every token in the answer."""

    def __init__(
        self,
        session: Session,
        start: RunStart,
        prompt_ids: tuple[int, ...],
        said: tuple[int, ...] = (),
        token: int | None = None,
        sample: int = 0,
    ) -> None:
        """Ask at once about the token behind `prompt_ids` and, in a reply, what was `said`.

        `token` is the one that stands there, `sample` the number of the reply.

        Raises:
            UserError: the model is not loaded now, or the engine was closed.
        """
        self._client = engine_of(session, start)
        begun = 0 if start.parent is None else start.parent[2] + len(start.given)
        request = TraceRequest(
            prompt_ids,
            start.sampling,
            start.seed + sample,
            limit=1,
            said=said,
            token=token,
            follow=MOST,
            begun=min(begun, len(said)),
        )
        self._job = self._client.trace(request)

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token that the engine mentioned."""
        return self._client.pieces

    def cancel(self) -> None:
        """Ask it to stop; waiting then raises StoppedError."""
        self._job.cancel()

    def wait(self, timeout_s: float | None = None) -> Looked:
        """The answer, once it is there.

        Raises:
            UserError: the text is too long, or the engine died.
            StoppedError: it was cancelled.
        """
        found: Trace = self._job.future.result(timeout_s)
        return read_trace(found)
