"""A prompt made shorter part by part, and what each step cost the reply."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.core.parts import Part


@dataclass(frozen=True, slots=True)
class Drop:
    """One part that was dropped, after those before it.

    Attributes:
        change: log p(reply) now, less log p(reply) behind the whole prompt, nats.
        tokens: how many tokens the prompt has now.
    """

    part: Part
    change: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Reduction:
    """The shortest prompt that was found.

    Attributes:
        text: the exact prompt without the dropped parts; `ids` are its tokens.
        drops: in the order they were made.
        kept: parts that stay, in the order of the prompt.
        tokens_before: of the whole prompt.
        loss: how many nats of the reply's log-probability might be lost.
        complete: False when it was stopped before every part was tried.
        scored: how many prompts were scored.
    """

    text: str
    ids: tuple[int, ...]
    drops: tuple[Drop, ...]
    kept: tuple[Part, ...]
    tokens_before: int
    baseline_logprob: float
    loss: float
    complete: bool
    scored: int

    @property
    def tokens_saved(self) -> int:
        """How many tokens shorter the prompt is; never below zero."""
        return self.tokens_before - len(self.ids)

    @property
    def change(self) -> float:
        """What it costs: nats, below zero when the reply became less likely; 0 for no drop."""
        return self.drops[-1].change if self.drops else 0.0
