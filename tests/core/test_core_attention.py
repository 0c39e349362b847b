"""Values of captured attention: planes, what can be seen, kinds of heads, ranking."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from workbench.core.attention import Attention, HeadSummaries
from workbench.core.attention_heads import (
    HeadKind,
    all_layers,
    head_notes,
    kind_scores,
    spread,
    token_scores,
    twins,
)
from workbench.core.attention_planes import plane_of


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
    assert token_scores(last)[0].tolist() == pytest.approx([0.1, 0.4, 0.5])
    assert token_scores(last, span=(1, 2))[0].tolist() == pytest.approx([0.1, 0.7, 0.5])
    assert token_scores(last, span=(0,))[0].tolist() == pytest.approx([0.9, 0.2, 0.0])
    with pytest.raises(ValueError, match="mean"):
        token_scores(capture(values[:, :1], averaged=True))


def test_how_widely_a_head_looks() -> None:
    ids = tuple(range(30))
    seen = np.arange(1, 31)
    table = summaries(ids)
    even = replace(table, entropy=np.log(seen)[None, None].astype(np.float32))
    assert spread(even)[0, 0] == pytest.approx(1.0)
    assert spread(replace(table, entropy=np.zeros((1, 1, 30), np.float32)))[0, 0] == 0
    window = replace(
        table,
        window=np.array([4], np.int32),
        entropy=np.log(np.minimum(seen, 4))[None, None].astype(np.float32),
    )
    assert spread(window)[0, 0] == pytest.approx(1.0)
    assert np.isnan(spread(summaries((1,)))[0, 0])


def test_layers_without_scores_are_not_zero() -> None:
    scores = np.array([[0.5, 0.25]], np.float32)
    spread_out = all_layers(scores, (1,), 3)
    assert spread_out[1].tolist() == [0.5, 0.25]
    assert np.isnan(spread_out[[0, 2]]).all()


def test_planes_are_a_head_a_layer_or_everything() -> None:
    values = np.random.default_rng(2).random((2, 3, 4, 4))
    held = capture(values)
    assert np.allclose(plane_of(held, 1, 2).weights, values[1, 2])
    assert np.allclose(plane_of(held, 0, None).weights, values[0].mean(axis=0))
    assert np.allclose(plane_of(held, None, None).weights, values.mean(axis=(0, 1)))
    assert (plane_of(held, None, None).visible == np.tri(4, dtype=bool)).all()
    missing = plane_of(replace(held, missing={7: "It is recurrent."}), 7, 0)
    assert (missing.weights.size, missing.reason) == (0, "It is recurrent.")
