"""Values of captured attention: planes, what can be seen, kinds of heads, ranking."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.core.attention import Attention, HeadSummaries
from workbench.core.attention_heads import (
    HeadKind,
    head_notes,
    kind_scores,
    rank_heads,
    twins,
)


def capture(values: np.ndarray, *, averaged: bool = False, window: int = 0) -> Attention:
    """All positions of a text of ids 0, 1, 2 …"""
    layers, heads, n, _ = values.shape
    query = np.arange(n, dtype=np.int32)
    first = np.maximum(0, query - window + 1) if window else np.zeros(n)
    return Attention(
        ids=tuple(range(n)),
        layers=tuple(range(layers)),
        heads=tuple(range(heads)),
        averaged=averaged,
        queries=query,
        keys=query,
        values=values.astype(np.float32),
        first=np.tile(first.astype(np.int32), (layers, 1)),
        n_head=heads,
        n_head_kv=max(1, heads // 2),
    )


def summaries(ids: tuple[int, ...], **columns: float) -> HeadSummaries:
    """One layer, one head, whose columns hold one number from the second token on."""
    n = len(ids)
    names = ("entropy", "first", "previous", "current", "duplicate", "induction", "distance")
    arrays = {name: np.full((1, 1, n), columns.get(name, 0.0), np.float32) for name in names}
    seen = np.array(twins(ids)[1])
    for name in ("duplicate", "induction"):
        arrays[name][0, 0, seen == 0] = np.nan
    for array in arrays.values():
        array[0, 0, 0] = np.nan
    return HeadSummaries(
        ids=ids,
        layers=(0,),
        n_head=1,
        n_head_kv=1,
        peak_key=np.zeros((1, 1, n), np.int32),
        peak=np.zeros((1, 1, n), np.float32),
        received=np.zeros((1, 1, n), np.float32),
        outside=np.zeros((1, 1), np.float32),
        window=np.zeros(1, np.int32),
        entropy=arrays["entropy"],
        first=arrays["first"],
        previous=arrays["previous"],
        current=arrays["current"],
        duplicate=arrays["duplicate"],
        induction=arrays["induction"],
        distance=arrays["distance"],
    )


def test_a_plane_is_one_head_or_the_mean() -> None:
    values = np.random.default_rng(1).random((2, 4, 3, 3))
    held = capture(values)
    assert np.allclose(held.plane(1, 2), values[1, 2])
    assert np.allclose(held.plane(0), values[0].mean(axis=0))
    assert [held.group(h) for h in range(4)] == [0, 0, 1, 1]
    with pytest.raises(KeyError, match="layer 5"):
        held.plane(5)
    with pytest.raises(KeyError, match="mean"):
        capture(values[:, :1], averaged=True).plane(0, 0)


def test_visible_is_causal_and_ends_at_the_window() -> None:
    seen = capture(np.zeros((1, 1, 5, 5)), window=2).visible(0)
    distance = np.arange(5)[:, None] - np.arange(5)[None, :]
    assert (seen == ((distance >= 0) & (distance < 2))).all()


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        (HeadKind.SINK, "first"),
        (HeadKind.PREVIOUS, "previous"),
        (HeadKind.DUPLICATE, "duplicate"),
        (HeadKind.INDUCTION, "induction"),
    ],
)
def test_kinds_are_named_from_their_column(kind: HeadKind, column: str) -> None:
    ids = tuple(list(range(20)) + list(range(8)))
    strong = head_notes(summaries(ids, **{column: 0.9}))
    assert [n.kind for n in strong] == [kind]
    assert strong[0].score == pytest.approx(0.9)
    assert strong[0].places == (8 if kind in (HeadKind.DUPLICATE, HeadKind.INDUCTION) else 27)
    assert head_notes(summaries(ids, **{column: 0.3})) == ()


def test_chance_is_what_even_attention_gives() -> None:
    ids = (7, 8, 7, 9, 7, 8)
    note = head_notes(summaries((*ids, *range(100, 160), 7), duplicate=0.9))[0]
    # Twins before positions 2, 4, 5 and 66: 1 of 3, 2 of 5, 1 of 6, 3 of 67.
    assert note.chance == pytest.approx((1 / 3 + 2 / 5 + 1 / 6 + 3 / 67) / 4)
    assert note.places == 4


def test_no_kind_without_occasions() -> None:
    table = summaries((1, 2, 3, 1), duplicate=1.0)
    assert head_notes(table) == ()
    assert kind_scores(table, HeadKind.DUPLICATE)[0, 0] == 1.0
    assert np.isnan(kind_scores(summaries((1, 2, 3)), HeadKind.INDUCTION)[0, 0])


def test_heads_are_ranked_by_the_weight_on_a_span() -> None:
    values = np.zeros((1, 3, 4, 4))
    values[0, 0, 3] = (0.9, 0.1, 0.0, 0.0)
    values[0, 1, 3] = (0.2, 0.3, 0.4, 0.1)
    values[0, 2, 3] = (0.0, 0.5, 0.0, 0.5)
    held = capture(values)
    last = Attention(
        held.ids,
        held.layers,
        held.heads,
        averaged=False,
        queries=held.queries[3:],
        keys=held.keys,
        values=held.values[:, :, 3:],
        first=held.first[:, 3:],
        n_head=3,
        n_head_kv=3,
    )
    assert [r.head for r in rank_heads(last)] == [0, 2, 1]
    assert [r.head for r in rank_heads(last, hide=(0,))] == [2, 1, 0]
    by_span = rank_heads(last, keys=(1, 2))
    assert [r.head for r in by_span] == [1, 2, 0]
    assert [r.weight for r in by_span] == pytest.approx([0.7, 0.5, 0.1])
