"""Rows and columns out of captures: means, windows, layers without a matrix."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.core.attention import Attention
from workbench.core.attention_rows import column_weights, head_name, row_weights


def attention(window: int = 0) -> Attention:
    """Two layers, two heads, four tokens; layer 1 sees `window` tokens back."""
    values = np.zeros((2, 2, 4, 4), np.float32)
    for layer in range(2):
        for head in range(2):
            for query in range(4):
                start = max(0, query - window + 1) if window and layer else 0
                weights = np.arange(start + 1, query + 2, dtype=np.float32) * (head + 1)
                values[layer, head, query, start : query + 1] = weights / weights.sum()
    first = np.zeros((2, 4), np.int32)
    if window:
        first[1] = [max(0, q - window + 1) for q in range(4)]
    positions = np.arange(4, dtype=np.int32)
    return Attention(
        (5, 6, 7, 8), (0, 1), (0, 1), False, positions, positions, values, first, 2, 1,
        missing={2: "Layer 2 is recurrent: it has no attention matrix."},
    )  # fmt: skip


def only(found: Attention, query: int) -> Attention:
    """One query of a capture."""
    return Attention(
        found.ids, found.layers, found.heads, False, found.queries[query : query + 1],
        found.keys, found.values[:, :, query : query + 1], found.first[:, query : query + 1], 2, 1,
        found.missing,
    )  # fmt: skip


def test_a_row_of_a_head_and_of_means() -> None:
    found = only(attention(), 2)
    one = row_weights(found, 0, 1)
    np.testing.assert_allclose(one.weights[:3], found.values[0, 1, 0, :3])
    assert np.isnan(one.weights[3])
    np.testing.assert_allclose(
        row_weights(found, 1, None).weights[:3], found.values[1].mean(axis=0)[0, :3]
    )
    mean = row_weights(found, None, None).weights
    np.testing.assert_allclose(mean[:3], found.values.mean(axis=(0, 1))[0, :3], rtol=1e-6)
    assert float(np.nansum(mean)) == pytest.approx(1.0)


def test_what_a_window_hides_is_not_a_zero() -> None:
    found = only(attention(window=2), 3)
    hidden = row_weights(found, 1, 0).weights
    assert np.isnan(hidden[:2]).all()
    assert not np.isnan(hidden[2:]).any()
    assert not np.isnan(row_weights(found, 0, 0).weights).any()
    # The mean over layers is seen where any layer sees.
    assert not np.isnan(row_weights(found, None, None).weights).any()


def test_a_column_begins_at_its_token() -> None:
    whole = attention(window=2)
    found = Attention(
        whole.ids, whole.layers, whole.heads, False, whole.queries[1:], whole.keys[1:2],
        whole.values[:, :, 1:, 1:2], whole.first[:, 1:], 2, 1,
    )  # fmt: skip
    seen = column_weights(found, 1, 0).weights
    assert np.isnan(seen[0])
    np.testing.assert_allclose(seen[1:3], whole.values[1, 0, 1:3, 1])
    assert np.isnan(seen[3])


def test_a_layer_without_a_matrix_says_why() -> None:
    found = row_weights(only(attention(), 1), 2, None)
    assert "recurrent" in found.reason
    assert np.isnan(found.weights).all()


def test_views_have_names() -> None:
    assert head_name(None, None) == "mean over all layers and heads"
    assert head_name(3, None) == "layer 3, mean over heads"
    assert head_name(3, 5) == "layer 3, head 5"
