"""Runs of one prompt with different settings, begun at once and made in one batch. Any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.core.sampling import Sampling
from workbench.core.types import GenerateRequest
from workbench.experiments.live_run import LiveRun, RunSink
from workbench.experiments.run_handle import RunHandle, handle_of
from workbench.experiments.session import Prepared, Session


@dataclass(frozen=True, slots=True)
class Wanted:
    """One run: settings, the seed of its first reply, how many replies."""

    sampling: Sampling
    seed: int
    n_samples: int = 1


def start_many(
    session: Session,
    prepared: Prepared,
    wanted: Sequence[Wanted],
    sink: RunSink,
    *,
    save: bool = True,
    experiment: str = "",
) -> list[RunHandle]:
    """Begin runs of one prompt and return at once; each ends, and is recorded, by itself.

    Tokens arrive about twice a second. A run whose settings are refused fails alone.

    Raises:
        UserError: the engine was closed, or died.
    """
    ids = tuple(token.id for token in prepared.tokens)
    starts = [
        replace(session.describe(prepared, w.sampling, w.seed, w.n_samples), experiment=experiment)
        for w in wanted
    ]
    requests = [
        GenerateRequest(ids, w.sampling, w.seed, w.n_samples, words=prepared.words) for w in wanted
    ]
    lives = [LiveRun(start, sink) for start in starts]
    client = session.client(prepared.loaded.model, prepared.settings)
    jobs = client.generate_many(requests, lives)
    is_kept = save and not session.private
    handles = []
    for job, start, live in zip(jobs, starts, lives, strict=True):
        live.recorded.set_result(session.record(start) if is_kept else None)
        handles.append(handle_of(start, job, live))
    return handles
