"""Token statistics against the definitions in float64."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.tokens import NO_RANK, TokenTable
from workbench.engine.records import Recorder, TableBuilder

Row = npt.NDArray[np.float32]


def definition(row: Row) -> tuple[npt.NDArray[np.float64], float, list[int]]:
    """Log-probabilities, entropy in nats, and the tokens best first (ties: smaller id)."""
    x = row.astype(np.float64)
    shifted = x - x.max()
    logprob = shifted - np.log(np.exp(shifted).sum())
    alive = np.isfinite(logprob)
    entropy = -float((np.exp(logprob[alive]) * logprob[alive]).sum())
    order = sorted(range(len(row)), key=lambda i: (-row[i], i))
    return logprob, entropy, order


def compare(row: Row, k: int) -> None:
    """Everything a recorder says of `row`."""
    recorder = Recorder(len(row), k)
    stats = recorder.stats(row)
    logprob, entropy, order = definition(row)
    top = order[: min(k, len(row))]
    assert stats.top_ids.tolist() == top
    assert np.allclose(stats.top_logprob, logprob[top], atol=2e-5)
    assert stats.entropy == pytest.approx(entropy, abs=2e-5)
    for rank, token in enumerate(order):
        assert recorder.rank(row, token, stats) == rank
        if np.isfinite(row[token]):
            assert float(row[token]) - stats.log_total == pytest.approx(logprob[token], abs=3e-5)


@pytest.mark.parametrize("k", [0, 1, 5, 20, 199, 200, 500])
@pytest.mark.parametrize("scale", [0.0, 0.01, 1.0, 30.0])
def test_random_rows(k: int, scale: float) -> None:
    for seed in range(5):
        row = np.random.default_rng(seed).normal(0, scale, 200).astype(np.float32)
        compare(row, k)


# numpy remarks on 0 * -inf; the recorder then adds up without those tokens.
@given(
    st.lists(st.sampled_from([-np.inf, -3.0, 0.0, 0.0, 1.5, 88.0]), min_size=1, max_size=30),
    st.integers(0, 32),
)
def test_ties_and_impossible_tokens(values: list[float], k: int) -> None:
    row = np.array(values, np.float32)
    if np.isfinite(row).any():
        compare(row, k)


def test_a_large_vocabulary_keeps_its_precision() -> None:
    row = np.random.default_rng(1).normal(0, 3.5, 152_000).astype(np.float32)
    stats = Recorder(len(row), 20).stats(row)
    logprob, entropy, order = definition(row)
    assert stats.top_ids.tolist() == order[:20]
    assert np.abs(stats.top_logprob - logprob[order[:20]]).max() < 1e-5
    assert stats.entropy == pytest.approx(entropy, abs=1e-4)


@pytest.mark.parametrize("k", [1, 20, 300])
def test_ties_in_a_large_vocabulary(k: int) -> None:
    """Many equal logits, so that the best ones lie in many places and the border is a tie."""
    for seed in range(10):
        row = np.random.default_rng(seed).integers(0, 12, 50_123).astype(np.float32)
        row[row < 3] = -np.inf
        stats = Recorder(len(row), k).stats(row)
        order = np.lexsort((np.arange(len(row)), -row))
        assert stats.top_ids.tolist() == order[:k].tolist()


def test_the_builder_hands_out_each_row_once() -> None:
    recorder = Recorder(50, 3)
    builder = TableBuilder(3, capacity=2)
    taken = []
    for token in range(40):
        row = np.random.default_rng(token).normal(0, 1, 50).astype(np.float32)
        stats = recorder.stats(row)
        builder.add(token, -1.0, recorder.rank(row, token, stats), stats, 0.5)
        if token % 7 == 0:
            taken.append(builder.take())
    taken.append(builder.take())
    assert len(builder.take()) == 0
    whole, parts = builder.table(), TokenTable.concat(taken)
    assert len(builder) == len(whole) == 40
    for name in TokenTable.__slots__:
        assert np.array_equal(getattr(whole, name), getattr(parts, name)), name
    assert whole.ids.tolist() == list(range(40))
    assert (whole.rank != NO_RANK).all()


@pytest.mark.parametrize("n_vocab", [1, 40, 511, 1024, 4099, 20_000])
@pytest.mark.parametrize("top", [0, 1, 20])
def test_many_rows_at_once_are_each_row_alone_to_the_last_bit(n_vocab: int, top: int) -> None:
    """Ordinary rows, ties at the border, rows of one value, and tokens that are impossible."""
    random = np.random.default_rng(n_vocab)
    rows = random.normal(0, 4, (70, n_vocab)).astype(np.float32)
    rows[3] = np.round(rows[3])
    rows[4] = 1.25
    tokens = [int(t) for t in random.integers(0, n_vocab, len(rows))]
    tokens[0] = int(rows[0].argmin())
    recorder = Recorder(n_vocab, top)
    for impossible in (False, True):
        if impossible:
            rows[5, : n_vocab // 2] = -np.inf
        made = recorder.records(rows, tokens)
        assert len(made) == len(rows)
        for row, token, record in zip(rows, tokens, made, strict=True):
            alone = recorder.stats(row)
            assert record.stats.top_ids.tolist() == alone.top_ids.tolist()
            assert record.stats.top_logprob.tobytes() == alone.top_logprob.tobytes()
            assert (record.stats.log_total, record.stats.entropy) == (
                alone.log_total,
                alone.entropy,
            )
            assert record.logprob == float(row[token]) - alone.log_total
            assert record.rank == recorder.rank(row, token, alone)
    assert recorder.takes_many is (n_vocab >= 1024 or top <= n_vocab // 32)


def test_a_row_that_is_no_number_does_not_spoil_its_neighbours() -> None:
    rows = np.random.default_rng(0).normal(0, 1, (4, 1024)).astype(np.float32)
    rows[2, 7] = np.nan
    recorder = Recorder(1024, 20)
    with np.errstate(all="ignore"):
        made = recorder.records(rows, [1, 2, 3, 4])
    for index in (0, 1, 3):
        assert made[index].stats.top_ids.tolist() == recorder.stats(rows[index]).top_ids.tolist()
