"""Make a prompt shorter as long as the reply stays about as likely.

Greedy: the part whose absence costs least is dropped, then again among what is left. What a part
costs is always measured together with everything dropped before it. To score few prompts, a part's
last known cost stands until it is the least of all, and is measured afresh then; before the end
every part that is left was measured against the last drop. Only this one reply is looked at:
another may need what this one does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.parts import Part
from workbench.core.reduction import Drop, Reduction
from workbench.experiments.influence import Asked
from workbench.experiments.scorer import Scorer
from workbench.templates.removal import without

Progress = Callable[[int, int], None]
_IMPOSSIBLE = float("inf")


def reduce_prompt(
    scorer: Scorer,
    asked: Asked,
    parts: Sequence[Part],
    loss: float,
    *,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
    found: Callable[[Drop], None] | None = None,
) -> Reduction:
    """Drop parts while log p(reply) falls by no more than `loss` nats.

    A cancel ends it with what was dropped by then. Parts must not overlap.

    Args:
        progress: called with (parts decided, all parts).
        found: called for every part that is dropped.

    Raises:
        UserError: the reply or the prompt is empty, the loss is no number from 0 on, or the
            prompt as it was cannot be scored.
    """
    if not asked.reply_ids or not asked.prompt_ids:
        raise UserError("There is no prompt with a reply to shorten.")
    if not 0 <= loss < _IMPOSSIBLE:
        raise UserError(f"The loss must be a number of nats from 0 on, not {loss:g}.")
    # A token counts as true once it was cancelled.
    token = CancelToken() if cancel is None else cancel
    work = _Work(scorer, asked, loss, token)
    complete = True
    try:
        work.begin()
        work.greedy(parts, progress or _nobody, found or _not_followed)
    except (Cancelled, StoppedError):
        if work.baseline is None:
            raise
        complete = False
    return work.result(parts, complete=complete)


class _Work:
    """The prompt as it stands, and what is known of the parts that are left."""

    def __init__(self, scorer: Scorer, asked: Asked, loss: float, cancel: CancelToken) -> None:
        self._scorer, self._asked, self._loss, self._cancel = scorer, asked, loss, cancel
        self.baseline: float | None = None
        self._text, self._ids = asked.source.rendered.text, asked.prompt_ids
        self._drops: list[Drop] = []
        self._scored = 0

    def begin(self) -> None:
        """Score the prompt as it is."""
        self.baseline = self._score(self._asked.prompt_ids)

    def greedy(
        self, parts: Sequence[Part], progress: Progress, found: Callable[[Drop], None]
    ) -> None:
        """Drop until nothing that is left can go."""
        progress(0, len(parts))
        # From the last part to the first, each finds its whole shared beginning in the cache.
        known = {part: self._try(part) for part in reversed(parts)}
        while known:
            part = min(known, key=lambda p: known[p].cost)
            trial = known[part]
            if self._is_stale(trial):
                known[part] = self._try(part)
            elif trial.cost <= self._loss:
                del known[part]
                self._text, self._ids = trial.text, trial.ids
                self._drops.append(Drop(part, -trial.cost, len(trial.ids)))
                found(self._drops[-1])
                progress(len(parts) - len(known), len(parts))
            else:
                stale = [p for p in reversed(parts) if p in known and self._is_stale(known[p])]
                if not stale:
                    break
                known.update({p: self._try(p) for p in stale})
        progress(len(parts), len(parts))

    def result(self, parts: Sequence[Part], *, complete: bool) -> Reduction:
        """What came of it."""
        gone = {drop.part for drop in self._drops}
        return Reduction(
            text=self._text,
            ids=self._ids,
            drops=tuple(self._drops),
            kept=tuple(part for part in parts if part not in gone),
            tokens_before=len(self._asked.prompt_ids),
            baseline_logprob=self.baseline or 0.0,
            loss=self._loss,
            complete=complete,
            scored=self._scored,
        )

    def _is_stale(self, trial: _Trial) -> bool:
        return trial.drops < len(self._drops)

    def _try(self, part: Part) -> _Trial:
        """What the prompt would cost without `part` too; endless when that saves no token."""
        self._cancel.check()
        n = len(self._drops)
        try:
            made = without(self._asked.source, [*(drop.part for drop in self._drops), part])
            ids = self._scorer.tokenize(made.text, add_bos=made.adds_bos)
            if not 0 < len(ids) < len(self._ids):
                return _Trial(n, _IMPOSSIBLE, "", ())
            return _Trial(n, (self.baseline or 0.0) - self._score(ids), made.text, ids)
        except (EngineDiedError, StoppedError):
            raise
        except UserError:
            return _Trial(n, _IMPOSSIBLE, "", ())

    def _score(self, prompt: tuple[int, ...]) -> float:
        ids = prompt + self._asked.reply_ids
        self._scored += 1
        return float(
            np.sum(self._scorer.logprobs(ids, len(prompt), self._cancel), dtype=np.float64)
        )


@dataclass(frozen=True, slots=True)
class _Trial:
    """The prompt without one more part, when `drops` were gone already."""

    drops: int
    cost: float
    text: str
    ids: tuple[int, ...]


def _nobody(_done: int, _total: int) -> None:
    """Nobody watches."""


def _not_followed(_drop: Drop) -> None:
    """Nobody watches."""
