"""What the parts of a prompt did to one reply: measured by leaving each of them out.

Changes are natural logarithms: log p(reply | prompt without the part) - log p(reply | prompt).
Below zero, the part made the reply likelier; above, less likely.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.core.parts import Part
from workbench.core.tokens import Float32

ROUNDING = 0.001
"""Smaller changes can come from the order of additions alone, nats."""


@dataclass(frozen=True, slots=True, eq=False)
class PartEffect:
    """What leaving out (or replacing) one part did.

    Attributes:
        token_change: float32 (n_reply,), nats per token of the reply; None when it could not be
            measured, and `reason` says why.
        tokens_saved: how many tokens shorter the prompt was; below zero when it grew.
        rendered_again: whether the template wrote the prompt without the part; else the part was
            cut from the exact text.
        note: something to know about how it was left out; may be empty.
    """

    part: Part
    token_change: Float32 | None
    tokens_saved: int = 0
    rendered_again: bool = False
    note: str = ""
    reason: str = ""

    def change(self, start: int = 0, stop: int | None = None) -> float | None:
        """Nats over the reply's tokens start..stop, all of them if not said; None as above."""
        if self.token_change is None:
            return None
        return float(np.sum(self.token_change[start:stop], dtype=np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class NeutralEffect:
    """What an edit that means nothing did; `token_change` as in `PartEffect`."""

    label: str
    token_change: Float32


@dataclass(frozen=True, slots=True, eq=False)
class Influence:
    """The whole measurement.

    Attributes:
        baseline: float32 (n_reply,), log-probability of each token of the reply behind the prompt
            as it was, nats.
        effects: in the order of the prompt.
        neutral: the edits behind the noise floor; may be none.
        no_neutral: why there are none, a sentence; empty when there are some or none
            were wanted.
        retokenized: None, or how far the reply moved merely because the prompt's text was turned
            into tokens again (the run had others: a fork, or another tokenizer's), nats.
    """

    baseline: Float32
    effects: tuple[PartEffect, ...]
    neutral: tuple[NeutralEffect, ...] = ()
    no_neutral: str = ""
    retokenized: float | None = None

    @property
    def baseline_logprob(self) -> float:
        """The whole reply's, nats."""
        return float(np.sum(self.baseline, dtype=np.float64))

    def floor(self, start: int = 0, stop: int | None = None) -> float | None:
        """The largest change that an edit without meaning made, nats; None when none was made.

        Never below `ROUNDING`. A part whose change is no larger than this has not been shown to
        matter.
        """
        changes = [
            abs(float(np.sum(n.token_change[start:stop], dtype=np.float64))) for n in self.neutral
        ]
        return max([*changes, ROUNDING]) if changes else None

    def ranked(self, start: int = 0, stop: int | None = None) -> list[PartEffect]:
        """Effects that were measured, the one that helped the reply most first."""
        known = [(e.change(start, stop), e) for e in self.effects]
        measured = [(c, e) for c, e in known if c is not None]
        return [e for _, e in sorted(measured, key=lambda pair: pair[0])]
