"""Shares of attention by part: the arithmetic, the sink, tokens that lie in two parts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.attention import Attention
from workbench.core.attention_share import SinkMode, by_source, sink_tokens, source_map
from workbench.core.parts import PartLevel, parts_at
from workbench.core.rendered import Rendered, Span
from workbench.core.token_places import byte_spans, token_places

TEXT = "<s>Sys. Ask é?<e>"
PROMPT = Rendered(
    TEXT,
    (
        Span(0, 3, "special"),
        Span(3, 8, "literal", 0),
        Span(8, 12, "literal", 1),
        Span(12, 14, "variable:q", 1),
        Span(14, 17, "special"),
    ),
)
PIECES = [b"<s>", b"Sys", b". A", b"sk", b" \xc3", b"\xa9?", b"<e>"]
PARTS = parts_at(PROMPT, PartLevel.SOURCE)
"""message 1, words of message 2, {{q}}"""


def test_tokens_are_shared_out_by_their_bytes() -> None:
    found = source_map(PROMPT, PIECES, PARTS, 2)
    assert found.labels == (
        "message 1", "words of message 2", "{{q}}", "chat format", "the reply so far",
    )  # fmt: skip
    np.testing.assert_allclose(found.weights.sum(axis=0), 1.0)
    np.testing.assert_allclose(found.weights[:2, 2], [2 / 3, 1 / 3])
    assert found.weights[2, 4] == 0.5
    assert found.weights[2, 5] == 1.0
    assert found.weights[4, 7:].tolist() == [1.0, 1.0]
    assert found.tokens(3) == (0, 6)
    assert found.tokens(0) == (1, 2)


def test_words_outside_every_part_are_a_group_of_their_own() -> None:
    found = source_map(PROMPT, PIECES, PARTS[2:], 0)
    assert found.labels == ("{{q}}", "other words", "chat format")
    assert found.parts[1] is None


ROW = np.array([0.4, 0.1, 0.3, 0.0, 0.05, 0.05, 0.05, 0.05], np.float32)


def test_the_sink_is_named_hidden_or_left_out_of_the_whole() -> None:
    sources = source_map(PROMPT, PIECES, PARTS, 1)
    shown = by_source(sources, ROW)
    assert {s.label: round(s.share, 4) for s in shown.shares} == {
        "message 1": 0.3,
        "words of message 2": 0.125,
        "{{q}}": 0.075,
        "chat format": 0.05,
        "the reply so far": 0.05,
        "first-token sink": 0.4,
    }
    hidden = by_source(sources, ROW, SinkMode.HIDDEN)
    assert hidden.shares == shown.shares[:-1]
    scaled = by_source(sources, ROW, SinkMode.RENORMALISED)
    assert sum(s.share for s in scaled.shares) == pytest.approx(1.0)
    assert scaled.shares[0].share == pytest.approx(0.5)
    assert shown.sink == hidden.sink == scaled.sink == pytest.approx(0.4)


def test_further_sinks_are_named_together() -> None:
    found = by_source(source_map(PROMPT, PIECES, PARTS, 1), ROW, sinks=(0, 2, 7, 40))
    assert found.shares[-1].label == "sink tokens (0), (2), (7)"
    assert found.shares[-1].share == pytest.approx(0.75)
    assert sum(s.share for s in found.shares) == pytest.approx(1.0)
    alone = by_source(source_map(PROMPT, PIECES, PARTS, 1), ROW[:2] / ROW[:2].sum(), sinks=(0, 2))
    assert alone.sink_name == "first-token sink"


def test_sinks_are_what_every_later_token_looks_at() -> None:
    n = 30
    values = np.zeros((2, 2, n, n), np.float32)
    for query in range(n):
        values[:, :, query, : query + 1] = 0.5 / (query + 1)
        values[:, :, query, 0] += 0.25
        values[:, :, query, min(5, query)] += 0.25
    values[:, :, 20, 12] += 0.4  # looked at once, and by one token only
    positions = np.arange(n, dtype=np.int32)
    whole = Attention(
        tuple(range(n)), (0, 1), (0, 1), False, positions, positions, values,
        np.zeros((2, n), np.int32), 2, 2,
    )  # fmt: skip
    assert sink_tokens(whole) == (0, 5)


def test_a_row_that_does_not_sum_to_one_has_a_learned_sink() -> None:
    found = by_source(source_map(PROMPT, PIECES, PARTS, 0), ROW[:2])
    assert [(s.label, round(s.share, 4)) for s in found.shares[-2:]] == [
        ("first-token sink", 0.4),
        ("learned sink", 0.5),
    ]
    assert found.sink == pytest.approx(0.9)
    assert found.sink_name == "first-token sink and learned sink"


def test_all_in_the_sink_leaves_nothing_to_share() -> None:
    row = np.array([1.0, 0, 0], np.float32)
    found = by_source(source_map(PROMPT, PIECES, PARTS, 0), row, SinkMode.RENORMALISED)
    assert {s.share for s in found.shares} == {0.0}
    assert found.sink == 1.0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8).filter(lambda x: sum(x) > 1e-3))
def test_shares_add_up_to_the_whole(values: list[float]) -> None:
    row = np.array(values, np.float32) / np.float32(sum(values))
    found = by_source(source_map(PROMPT, PIECES, PARTS, 1), row)
    assert sum(s.share for s in found.shares) == pytest.approx(1.0, abs=1e-4)


def test_places_of_tokens_in_front_of_the_text() -> None:
    assert token_places("ab", [b"", b"a", b"b"]) == [(0, 0), (0, 1), (1, 2)]
    assert token_places("ab", [b"<s>", b" a", b"b"]) == [(0, 0), (0, 1), (1, 2)]
    assert byte_spans("aé€x", [(0, 2), (2, 4)]) == [(0, 3), (3, 7)]
