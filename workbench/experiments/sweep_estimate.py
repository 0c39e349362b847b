"""What a sweep costs before it starts: tokens by rendering every prompt, time by a short sample."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from workbench.experiments.compare_plan import Column
from workbench.experiments.session import Session
from workbench.experiments.sweep import NoSink
from workbench.experiments.sweep_plan import MODEL, SweepPlan, checked, in_order


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a sweep costs at most.

    Attributes:
        cells, replies: how many are left.
        prompt_tokens: to read.
        reply_tokens: to make, if every reply is as long as it may be.
        seconds: by a measured sample of each model; None where that was not possible.
    """

    cells: int
    replies: int
    prompt_tokens: int
    reply_tokens: int
    seconds: float | None


def estimate(session: Session, plan: SweepPlan, done: Collection[int]) -> Estimate:
    """Render every prompt of the cells left, and decode a few tokens to know the speed.

    Raises:
        UserError: a model cannot be loaded, or a prompt cannot be rendered or is too long.
    """
    plan = checked(plan, session.library)
    left = [cell for cell in in_order(plan) if cell not in done]
    prompt_tokens = reply_tokens = 0
    seconds: float | None = 0.0
    for _, cells in _by_model(plan, left):
        speed: tuple[float, float] | None = None
        for cell in cells:
            column = plan.column(cell, session.library)
            prepared = session.prepare(column.model, column.settings, column.prompt, column.values)
            n_prompt, n_ctx = len(prepared.tokens), prepared.loaded.engine.n_ctx
            longest = max(0, min(column.sampling.max_tokens, n_ctx - n_prompt))
            speed = speed or _speed(session, column)
            prompt_tokens += n_prompt
            reply_tokens += longest * column.n_samples
            if speed is None:
                seconds = None
            elif seconds is not None:
                seconds += n_prompt / speed[0] + longest * column.n_samples / speed[1]
    return Estimate(len(left), len(left) * plan.n_samples, prompt_tokens, reply_tokens, seconds)


def _by_model(plan: SweepPlan, cells: list[int]) -> Iterator[tuple[int, list[int]]]:
    for model in range(len(plan.models)):
        mine = [cell for cell in cells if plan.index_of(MODEL, cell) == model]
        if mine:
            yield model, mine


_PROBE_TOKENS = 16


def _speed(session: Session, column: Column) -> tuple[float, float] | None:
    """Prompt tokens and reply tokens per second, from a short run that is not recorded."""
    prepared = session.prepare(column.model, column.settings, column.prompt, column.values)
    short = replace(column.sampling, max_tokens=_PROBE_TOKENS, ignore_eos=True)
    handle = session.start(prepared, short, column.seed, column.n_samples, NoSink(), save=False)
    timings = handle.wait().end.result.timings
    if timings.decode_tps is None:
        return None
    return timings.prefill_tps or timings.decode_tps, timings.decode_tps
