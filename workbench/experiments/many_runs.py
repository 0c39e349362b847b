"""Runs of one model with any prompts and settings, begun at once, in one batch. Any thread."""

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
    """One run: its prompt, settings, the seed of its first reply, how many replies."""

    prepared: Prepared
    sampling: Sampling
    seed: int
    n_samples: int = 1


def start_many(
    session: Session,
    wanted: Sequence[Wanted],
    sink: RunSink,
    *,
    save: bool = True,
    experiment: str = "",
) -> list[RunHandle]:
    """Begin runs of one model and return at once; each ends, and is recorded, by itself.

    Tokens arrive about twice a second. A run whose settings are refused fails alone.

    Args:
        wanted: at least one, all prepared for the same model and settings of the engine.

    Raises:
        UserError: the engine was closed, or died.
    """
    starts = [
        replace(
            session.describe(w.prepared, w.sampling, w.seed, w.n_samples), experiment=experiment
        )
        for w in wanted
    ]
    requests = [_request(w) for w in wanted]
    lives = [LiveRun(start, sink) for start in starts]
    first = wanted[0].prepared
    client = session.client(first.loaded.model, first.settings)
    jobs = client.generate_many(requests, lives)
    is_kept = save and not session.private
    handles = []
    for job, start, live in zip(jobs, starts, lives, strict=True):
        live.recorded.set_result(session.record(start) if is_kept else None)
        handles.append(handle_of(start, job, live))
    return handles


def _request(wanted: Wanted) -> GenerateRequest:
    prepared = wanted.prepared
    ids = tuple(token.id for token in prepared.tokens)
    return GenerateRequest(
        ids, wanted.sampling, wanted.seed, wanted.n_samples, words=prepared.words
    )
