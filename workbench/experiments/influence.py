"""Which part of a prompt mattered for a reply: leave each out and score the same reply again.

The reply's own token ids follow every changed prompt; the prompt around a seam is tokenised as a
whole. Changed prompts are scored in the order of what they share with the original, the longest
beginning first: each then finds its whole shared beginning in the KV cache, because none before it
cut deeper. The cost of a part is the text behind it, not the prompt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.core.cancel import CancelToken
from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.influence import Influence, NeutralEffect, PartEffect
from workbench.core.neutral_edits import neutral_edits
from workbench.core.parts import Part
from workbench.core.tokens import Float32
from workbench.engine.prefix import common_prefix
from workbench.experiments.scorer import Scorer
from workbench.templates.removal import PromptSource, Replacement, Without, without

Progress = Callable[[int, int], None]

NEUTRAL_EDITS = 8
_NO_PLACE = "The prompt has no place for an edit without meaning."


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply and the prompt it is the reply to.

    Attributes:
        prompt_ids: the prompt's tokens as the model read them.
        reply_ids: the reply's tokens, at least one.
    """

    source: PromptSource
    prompt_ids: tuple[int, ...]
    reply_ids: tuple[int, ...]


@dataclass(slots=True)
class _Variant:
    ids: tuple[int, ...]
    shared: int
    change: Float32 | None = None
    reason: str = ""


def influence(
    scorer: Scorer,
    asked: Asked,
    parts: Sequence[Part],
    by: Replacement | None = None,
    *,
    n_neutral: int = NEUTRAL_EDITS,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Influence:
    """Measure every part.

    Args:
        by: what takes a part's place; nothing, if not said.
        n_neutral: how many edits without meaning are made for the noise floor; 0 makes none.
        progress: called with (scored prompts, all prompts).

    Raises:
        UserError: the reply is empty, or the prompt as it was cannot be scored.
        Cancelled, StoppedError: somebody asked to stop.
    """
    cancel = CancelToken() if cancel is None else cancel
    report = progress or _nobody
    if not asked.reply_ids:
        raise UserError("There is no reply to explain.", "Generate one, or give a continuation.")
    if not asked.prompt_ids:
        raise UserError("The prompt is empty, so no part of it can have mattered.")
    measure = _Measure(scorer, asked, cancel)
    again = scorer.tokenize(asked.source.rendered.text, add_bos=asked.source.rendered.adds_bos)
    same = again == asked.prompt_ids
    measured = [_left_out(measure, asked, part, by) for part in parts]
    edits = neutral_edits(asked.source.rendered, n_neutral) if n_neutral else ()
    neutral = [
        (edit.label, measure.variant(edit.text, adds_bos=asked.source.rendered.adds_bos))
        for edit in edits
    ]
    unchanged = None if same else measure.of_ids(again)
    todo = [v for _, _, v in measured if v is not None] + [v for _, v in neutral]
    todo += [] if unchanged is None else [unchanged]
    measure.run(todo, report)
    return Influence(
        baseline=measure.baseline,
        effects=tuple(_effect(asked, part, way, variant) for part, way, variant in measured),
        neutral=tuple(
            NeutralEffect(label, v.change) for label, v in neutral if v.change is not None
        ),
        no_neutral=_no_neutral([v for _, v in neutral]) if n_neutral else "",
        retokenized=None
        if unchanged is None or unchanged.change is None
        else float(np.sum(unchanged.change, dtype=np.float64)),
    )


def _no_neutral(tried: Sequence[_Variant]) -> str:
    if any(v.change is not None for v in tried):
        return ""
    return tried[0].reason if tried else _NO_PLACE


class _Measure:
    """Scores one reply behind many prompts."""

    def __init__(self, scorer: Scorer, asked: Asked, cancel: CancelToken) -> None:
        self._scorer, self._asked, self._cancel = scorer, asked, cancel
        self.baseline: Float32 = np.empty(0, np.float32)

    def variant(self, text: str, *, adds_bos: bool) -> _Variant:
        """A prompt to score, tokenised as a whole."""
        self._cancel.check()
        return self.of_ids(self._scorer.tokenize(text, add_bos=adds_bos))

    def of_ids(self, ids: tuple[int, ...]) -> _Variant:
        """A prompt to score."""
        return _Variant(ids, common_prefix(ids, self._asked.prompt_ids))

    def run(self, variants: Sequence[_Variant], report: Progress) -> None:
        """Score the prompt as it was, then the variants, the longest shared beginning first."""
        total = len(variants) + 1
        report(0, total)
        self.baseline = self._score(self._asked.prompt_ids)
        report(1, total)
        order = sorted(variants, key=lambda v: v.shared, reverse=True)
        for done, variant in enumerate(order, 2):
            self._cancel.check()
            if variant.ids == self._asked.prompt_ids:
                variant.change = np.zeros_like(self.baseline)
            elif not variant.ids:
                variant.reason = "Nothing of the prompt is left without it."
            else:
                try:
                    variant.change = self._score(variant.ids) - self.baseline
                except (EngineDiedError, StoppedError):
                    raise
                except UserError as error:
                    variant.reason = str(error)
            report(done, total)

    def _score(self, prompt: tuple[int, ...]) -> Float32:
        return self._scorer.logprobs(prompt + self._asked.reply_ids, len(prompt), self._cancel)


_Way = Without | str
"""How a part was left out, or why it cannot be."""


def _left_out(
    measure: _Measure, asked: Asked, part: Part, by: Replacement | None
) -> tuple[Part, _Way, _Variant | None]:
    try:
        made = without(asked.source, (part,), by)
    except UserError as error:
        return part, error.message, None
    return part, made, measure.variant(made.text, adds_bos=made.adds_bos)


def _effect(asked: Asked, part: Part, way: _Way, variant: _Variant | None) -> PartEffect:
    if isinstance(way, str) or variant is None:
        return PartEffect(part, None, reason=way if isinstance(way, str) else "")
    return PartEffect(
        part,
        variant.change,
        tokens_saved=len(asked.prompt_ids) - len(variant.ids),
        rendered_again=way.rendered_again,
        note=way.note,
        reason=variant.reason,
    )


def _nobody(_done: int, _total: int) -> None:
    """Nobody watches."""
