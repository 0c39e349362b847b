"""Token tables: columns join, split and expand without losing what was not available."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.core.tokens import NO_RANK, TokenTable

PIECES = {0: b"a", 1: b"\xf0", 2: b" c", 3: b"d"}


def table(ids: list[int], k: int = 2) -> TokenTable:
    """Records of `ids`; the first has no probabilities."""
    n = len(ids)
    made = TokenTable(
        np.array(ids, np.int32),
        -np.arange(1, n + 1, dtype=np.float32),
        np.arange(n, dtype=np.int32),
        np.full(n, 0.5, np.float32),
        np.full(n, 0.25, np.float32),
        np.tile(np.arange(k, dtype=np.int32), (n, 1)),
        np.tile(-np.arange(k, dtype=np.float32), (n, 1)),
    )
    made.logprob[0] = made.entropy[0] = made.p_sampled[0] = np.nan
    made.rank[0] = NO_RANK
    return made


def test_records_expand_with_none_for_what_is_missing() -> None:
    first, second = table([1, 2]).records(PIECES)
    assert (first.logprob, first.rank, first.entropy, first.p_sampled) == (None, None, None, None)
    assert (first.text, first.bytes) == ("<0xF0>", b"\xf0")
    assert (second.logprob, second.rank, second.entropy, second.p_sampled) == (-2.0, 1, 0.5, 0.25)
    assert [(c.id, c.text, c.logprob) for c in second.top] == [(0, "a", 0.0), (1, "<0xF0>", -1.0)]


def test_concat_and_slice_are_inverse() -> None:
    whole = table([0, 1, 2, 3])
    parts = [whole.slice(0, 1), whole.slice(1, 3), TokenTable.empty(2), whole.slice(3)]
    joined = TokenTable.concat(parts)
    for name in TokenTable.__slots__:
        assert np.array_equal(
            getattr(joined, name), getattr(whole, name), equal_nan=name != "ids"
        ), name


def test_no_tables_give_an_empty_one() -> None:
    assert len(TokenTable.concat([])) == 0
    empty = TokenTable.concat([TokenTable.empty(3), TokenTable.empty(3)])
    assert empty.top_ids.shape == (0, 3)
    assert empty.records({}) == []


def test_a_token_without_bytes_is_a_bug() -> None:
    with pytest.raises(KeyError):
        table([0, 9]).records(PIECES)
