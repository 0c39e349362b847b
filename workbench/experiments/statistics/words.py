"""Statistics said in sentences that a person who never learned any can act on."""

from __future__ import annotations

import math

from workbench.core.metric import Aggregate, Direction
from workbench.experiments.statistics.many import ALPHA
from workbench.experiments.statistics.paired import Paired
from workbench.experiments.statistics.power import detectable_difference, items_needed

FEW_ITEMS = 30
_SMALL = 1e-4
"""Below it a number is written with a power of ten: nobody counts zeros."""


def number(value: float) -> str:
    """Three significant digits, or more before the point: 0.0871, 12.5, 1340, 5.15e-07."""
    if value == 0.0 or not math.isfinite(value):
        return f"{value:g}"
    if abs(value) < _SMALL:
        return f"{value:.2e}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def p_text(p: float) -> str:
    """How a p-value is written: "p = 0.03", "p < 0.001"."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.2g}"


def interval_text(result: Aggregate) -> str:
    """A score with its interval: "0.82 (0.74 to 0.88, 95 %, 100 items)"; or why there is none."""
    if result.value is None:
        return f"not scored: {result.reason}" if result.reason else "not scored"
    items = "1 item" if result.n == 1 else f"{result.n:,} items"
    if result.unscored:
        items = f"{items}, {result.unscored:,} not scored"
    value = number(result.value)
    if result.low is None or result.high is None:
        return f"{value} ({items}; no interval)"
    low, high = number(result.low), number(result.high)
    return f"{value} ({low} to {high}, 95 %, {items})"


def method_text(interval: str) -> str:
    """How an interval was made, as a person reads it: Wilson is a name."""
    return interval.replace("wilson", "Wilson")


def is_it_noise(
    result: Paired,
    a: str = "A",
    b: str = "B",
    direction: Direction = Direction.HIGHER,
    corrected_p: float | None = None,
) -> str:
    """Whether the difference between `a` and `b` is noise, in two or three plain sentences.

    Args:
        direction: of the metric; decides between "better" and "worse".
        corrected_p: after a correction for many comparisons; the verdict then follows this one.
    """
    if result.difference is None:
        return f"{a} and {b} cannot be compared: {result.reason or 'no item has both scores.'}"
    items = "1 item" if result.n == 1 else f"{result.n:,} items"
    if result.p is not None and result.a_better == result.b_better == 0:
        return f"{a} and {b} have the same score on every one of {items}: no difference was seen."
    first = _seen(result, a, b, direction, items)
    if result.units < 2 or (result.p is None and result.low is None):
        return f"{first} {result.reason} Whether that is noise cannot be said."
    if result.p is None:
        return f"{first} {_by_interval(result)}"
    p = result.p if corrected_p is None else corrected_p
    how = p_text(result.p)
    if corrected_p is not None:
        how = f"{how}, {p_text(corrected_p)} after correction for many comparisons"
    outside = _leaves_out_zero(result)
    if p < ALPHA:
        second = f"This is unlikely to be noise ({how})."
    elif outside and corrected_p is None:
        # Few items: the two ways to ask disagree, and the stricter one is the one to follow.
        second = (
            f"It is not clear that this is more than noise ({how}, though the interval leaves "
            "out 0)."
        )
    else:
        second = f"This may well be noise ({how})."
    return " ".join(part for part in (first, second, _advice(result, p)) if part)


def _leaves_out_zero(result: Paired) -> bool:
    return (
        result.low is not None
        and result.high is not None
        and not (result.low <= 0.0 <= result.high)
    )


def _by_interval(result: Paired) -> str:
    """For numbers that have an interval and no test (a metric that is no mean)."""
    if _leaves_out_zero(result):
        return "The interval leaves out 0: this is unlikely to be noise."
    return "The interval holds 0: this may well be noise."


def _seen(result: Paired, a: str, b: str, direction: Direction, items: str) -> str:
    difference = result.difference or 0.0
    if result.low is not None and result.high is not None:
        low, high = _signed(result.low), _signed(result.high)
        items = f"{items} (95 % interval of the difference {low} to {high})"
    if difference == 0.0:
        return f"{a} and {b} have the same mean on {items}."
    by = number(abs(difference))
    if direction is Direction.NEITHER:
        if difference > 0:
            return f"{b} is higher than {a} by {by} on {items}."
        return f"{b} is lower than {a} by {by} on {items}."
    if (difference > 0) is (direction is Direction.HIGHER):
        return f"{b} is better than {a} by {by} on {items}."
    return f"{b} is worse than {a} by {by} on {items}."


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")


def _advice(result: Paired, p: float) -> str:
    reach = detectable_difference(result)
    if p < ALPHA:
        few = result.n < FEW_ITEMS
        return f"With only {result.n} items its size is still uncertain." if few else ""
    if reach is None or result.difference is None:
        return ""
    text = (
        f"With these items only differences of about {number(reach)} or more "
        "would show reliably (four times in five)"
    )
    if result.difference and abs(result.difference) < reach:
        needed = items_needed(result, result.difference)
        if needed is not None and needed <= 100_000:
            return f"{text}; one of {number(abs(result.difference))} needs about {needed:,} items."
    return f"{text}."
