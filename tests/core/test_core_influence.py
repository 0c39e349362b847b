"""The arithmetic of a measurement: sums, the floor, the ranking."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.core.influence import ROUNDING, Influence, NeutralEffect, PartEffect
from workbench.core.parts import Part, PartKind


def effect(label: str, *changes: float) -> PartEffect:
    """A part with a change per token; none without changes."""
    part = Part(PartKind.SENTENCE, "literal", label, ())
    return PartEffect(part, np.array(changes, np.float32) if changes else None)


FOUND = Influence(
    np.array([-0.5, -0.25], np.float32),
    (effect("a", 0.5, -0.25), effect("b", -3.0, 1.0), effect("c")),
    (NeutralEffect("x", np.array([0.1, -0.3], np.float32)),),
)


def test_sums_over_the_reply_and_over_a_token() -> None:
    a, b, c = FOUND.effects
    assert FOUND.baseline_logprob == -0.75
    assert (a.change(), a.change(0, 1), b.change(1)) == (0.25, 0.5, 1.0)
    assert c.change() is None
    assert [e.part.label for e in FOUND.ranked()] == ["b", "a"]
    assert [e.part.label for e in FOUND.ranked(1, 2)] == ["a", "b"]


def test_the_floor_is_the_largest_change_without_meaning() -> None:
    assert FOUND.floor() == pytest.approx(0.2)
    assert FOUND.floor(1, 2) == pytest.approx(0.3)
    none = Influence(FOUND.baseline, FOUND.effects)
    assert none.floor() is None
    still = Influence(FOUND.baseline, (), (NeutralEffect("x", np.array([1e-7], np.float32)),))
    assert still.floor() == ROUNDING
