"""What a sweep costs before it starts: tokens by rendering every prompt, time by a short sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from workbench.experiments.compare_plan import Column
from workbench.experiments.session import Prepared, Session
from workbench.experiments.sweep import NoSink
from workbench.experiments.sweep_plan import SweepPlan, checked, in_order


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a sweep costs at most.

    Attributes:
        cells, replies: how many are left.
        prompt_tokens: to read; cells that continue one prompt share it.
        reply_tokens: to make, if every reply is as long as it may be.
        seconds: by a measured sample of each model; None where that was not possible.
        one_by_one: whether a model's replies to different prompts cannot grow beside each other.
    """

    cells: int
    replies: int
    prompt_tokens: int
    reply_tokens: int
    seconds: float | None
    one_by_one: bool = False


def estimate(session: Session, plan: SweepPlan, done: Collection[int]) -> Estimate:
    """Render every prompt of the cells left, and decode a few tokens to know the speed.

    Raises:
        UserError: a model cannot be loaded, or a prompt cannot be rendered or is too long.
    """
    plan = checked(plan, session.library)
    left = [cell for cell in in_order(plan) if cell not in done]
    prompt_tokens = reply_tokens = 0
    seconds: float | None = 0.0
    speeds: dict[tuple[int, int], tuple[float, float] | None] = {}
    one_by_one = False
    cells_of = Counter(plan.text_of(cell)[0] for cell in left)
    for text, cells in _by_text(plan, left):
        column = plan.column(cells[0], session.library)
        prepared = session.prepare(
            column.model,
            column.settings,
            column.prompt,
            column.values,
            chat_template=column.chat_template,
        )
        n_prompt, n_ctx = len(prepared.tokens), prepared.loaded.engine.n_ctx
        # A server may not say how long its context is.
        room = max(0, n_ctx - n_prompt) if n_ctx else _MOST_TOKENS
        columns = (plan.column(cell, session.library) for cell in cells)
        made = sum(min(c.sampling.max_tokens, room) * c.n_samples for c in columns)
        model = text[0]
        if prepared.loaded.recurrent:
            n_at_once = _of_one_prompt(len(cells) * plan.n_samples)
            one_by_one = one_by_one or len(cells) < cells_of[model]
        else:
            # Whatever their prompts, the replies of a model's cells grow beside each other.
            n_at_once = min(_PROBE_REPLIES, cells_of[model] * plan.n_samples)
        if (model, n_at_once) not in speeds:
            speeds[model, n_at_once] = _speed(session, prepared, column, n_at_once)
        prompt_tokens += n_prompt
        reply_tokens += made
        speed = speeds[model, n_at_once]
        if speed is None:
            seconds = None
        elif seconds is not None:
            seconds += n_prompt / speed[0] + made / speed[1]
    n_replies = len(left) * plan.n_samples
    return Estimate(len(left), n_replies, prompt_tokens, reply_tokens, seconds, one_by_one)


def _by_text(plan: SweepPlan, cells: list[int]) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    """Cells that continue one prompt: it is read once for all of them."""
    for text, same in groupby(cells, plan.text_of):
        yield text, list(same)


def _of_one_prompt(n_replies: int) -> int:
    """How many to try at once for so many: a power of two, so that few trials do for all prompts,
    and never more than there are, so that it promises no greater speed."""
    return 1 << (min(_PROBE_REPLIES, n_replies).bit_length() - 1)


_PROBE_TOKENS = 16
_MOST_TOKENS = 1_000_000
_PROBE_REPLIES = 48


def _speed(
    session: Session, prepared: Prepared, column: Column, n_replies: int
) -> tuple[float, float] | None:
    """Prompt tokens and reply tokens per second, from a short run that is not recorded."""
    short = replace(column.sampling, max_tokens=_PROBE_TOKENS, ignore_eos=True)
    handle = session.start(prepared, short, column.seed, n_replies, NoSink(), save=False)
    timings = handle.wait().end.result.timings
    if timings.decode_tps is None:
        return None
    return timings.prefill_tps or timings.decode_tps, timings.decode_tps
