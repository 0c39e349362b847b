"""What a reader of a ranking should know, in sentences."""

from __future__ import annotations

from workbench.core.ranking import By, Counted, OrderBias, Ranking

FEW_ITEMS = 10
"""Intervals from fewer items are rough."""

_ODD = 0.05


def remarks(ranking: Ranking) -> tuple[str, ...]:
    """Warnings about what the ranking stands on; empty when there is nothing to say."""
    said = [
        *_uncertainty(ranking),
        *_order(ranking.order),
        *_left_out(ranking.by, ranking.counted),
    ]
    return tuple(said)


def _uncertainty(ranking: Ranking) -> list[str]:
    items = ranking.counted.items
    if items < 2:
        return ["All votes are about one item: no interval can be told."]
    said = []
    is_few = items < FEW_ITEMS
    if is_few:
        said.append(f"Only {items} items: the intervals are rough below {FEW_ITEMS}.")
    if ranking.separated:
        top = ", ".join(ranking.separated[0])
        said.append(
            f"Every vote between {top} and the others went one way: how far they are apart rests"
            " on the prior, and the intervals on the curvature of the likelihood."
        )
    elif ranking.by_curvature and is_few:
        said.append(
            "Resampling so few shows too little spread; the intervals rest on the curvature of the"
            " likelihood."
        )
    elif ranking.by_curvature:
        said.append(
            "All items say the same, so resampling them shows no spread; the intervals rest on"
            " the curvature of the likelihood."
        )
    return said


def _order(order: OrderBias) -> list[str]:
    said = []
    if order.p is not None and order.p < _ODD and order.share is not None:
        place = "first" if order.share > 0.5 else "second"
        share = max(order.share, 1 - order.share)
        said.append(
            f"The reply shown {place} won {share:.0%} of {order.first + order.second:,} decided"
            f" votes (p = {order.p:.2g}): the order matters to this voter."
        )
    if order.both_orders:
        said.append(
            f"{order.flips:,} of {order.both_orders:,} pairings judged in both orders"
            f" changed with the order ({order.flips / order.both_orders:.0%})."
        )
    return said


def _left_out(by: By, counted: Counted) -> list[str]:
    said = []
    if counted.mixed:
        said.append(
            f"In {counted.mixed:,} of {counted.ballots:,} decisions something else than the"
            f" {by} differs too."
        )
    for count, what in (
        (counted.left_out_mixed, "Left out because something else differs too"),
        (counted.same, f"Left out because a {by} met itself"),
        (counted.own, "Left out because a judge read replies of its own model"),
        (counted.revealed, "Not blind, the names had been shown before"),
    ):
        if count:
            said.append(f"{what}: {count:,} of the decisions.")
    return said
