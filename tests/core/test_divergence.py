"""Divergences of single rows and words of bytes: definitions and extremes."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.byte_diff import byte_bits, word_bits
from workbench.core.divergence import row_diff, summary, text_divergence
from workbench.core.tokens import Float32


def logits(*p: float) -> Float32:
    """A row whose softmax is `p`."""
    with np.errstate(divide="ignore"):
        row: Float32 = np.log(np.array(p)).astype(np.float32)
    return row


def test_known_values() -> None:
    found = row_diff(logits(0.9, 0.1), logits(0.1, 0.9), 0)
    assert found.kl == pytest.approx(0.8 * math.log(9), abs=1e-6)
    assert found.kl_reverse == pytest.approx(found.kl, abs=1e-6)
    assert found.js == pytest.approx(0.368, abs=5e-4)  # not the 1.758 of Jeffreys / 2
    assert (found.top_a, found.top_b) == (0, 1)
    tv = row_diff(logits(0.4, 0.4, 0.1, 0.1), logits(0.1, 0.1, 0.4, 0.4), 0).tv
    assert tv == pytest.approx(0.6, abs=1e-6)  # not the 0.3 of the largest difference


def test_what_is_impossible() -> None:
    apart = row_diff(logits(1.0, 0.0), logits(0.0, 1.0), 0)
    assert (apart.kl, apart.kl_reverse, apart.tv) == (math.inf, math.inf, 1.0)
    assert apart.js == pytest.approx(math.log(2))
    one = row_diff(logits(0.5, 0.5, 0.0), logits(0.25, 0.25, 0.5), 0)
    assert one.kl == pytest.approx(math.log(2), abs=1e-6)
    assert one.kl_reverse == math.inf
    numbers = summary(text_divergence([0], [one], [1]))
    assert (numbers.mean_kl_reverse, numbers.same_top1) == (math.inf, 0.0)


def test_no_tokens() -> None:
    numbers = summary(text_divergence([], [], []))
    assert (numbers.n_tokens, numbers.mean_kl, numbers.same_top1) == (0, None, None)
    assert (numbers.perplexity_a, numbers.bits_per_byte_a) == (None, None)


@given(st.text(max_size=60), st.data())
def test_words_cover_the_text_and_lose_no_bit(text: str, data: st.DataObject) -> None:
    whole = text.encode("utf-8", "surrogatepass")
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=8)) | {0, len(whole)})
    pieces = [whole[a:b] for a, b in pairwise(cuts)]
    logprobs = [-0.5 * (i + 1) for i in range(len(pieces))]
    bits = byte_bits(pieces, logprobs)
    words = word_bits(whole, bits, 2 * bits)
    assert [w.start for w in words[1:]] == [w.end for w in words[:-1]]
    assert (words[0].start, words[-1].end) == (0, len(whole)) if words else not whole
    total = -sum(logprobs) / math.log(2) if whole else 0.0
    assert sum(w.bits_a for w in words) == pytest.approx(total)
    assert sum(w.bits_b for w in words) == pytest.approx(2 * total)
