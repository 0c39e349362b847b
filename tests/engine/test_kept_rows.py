"""The store of kept logits: what is found again, what goes first, and how much memory it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference.gguf_models import ModelFolder
from support.engines import PLAIN, generated, opened, ordinary

from workbench.core.sampling import NEUTRAL
from workbench.engine.kept_rows import MOST_BYTES, KeptRows, Row, budget_bytes
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

N_VOCAB = 8
ROW_BYTES = 4 * N_VOCAB


@pytest.fixture(scope="module")
def keeper(random_models: ModelFolder, native_log: NativeLog) -> Iterator[LlamaEngine]:
    """An engine whose store tests may fill."""
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        yield engine


def row(value: float) -> Row:
    """A row that can be told from others."""
    return np.full(N_VOCAB, value, np.float32)


def values(found: list[Row | None]) -> list[float | None]:
    """What the rows were made from."""
    return [None if r is None else float(r[0]) for r in found]


def filled(budget: int, *replies: tuple[tuple[int, ...], tuple[int, ...]]) -> KeptRows:
    """A store that saw replies to prompts; row j of reply i is 100 i + j."""
    store = KeptRows(budget)
    for number, (prompt, reply) in enumerate(replies):
        (place,) = store.begin(prompt)
        for index, token in enumerate(reply):
            place.add(row(100 * number + index), token)
    return store


def test_rows_are_copies_found_by_what_stands_before() -> None:
    store = KeptRows(MOST_BYTES)
    (place,) = store.begin((1, 2))
    buffer = row(7)
    place.add(buffer, 3)
    buffer[:] = 0
    assert values(store.rows((1, 2), (3, 4))) == [7, None]
    assert values(store.rows((1, 2), (9,))) == [7]
    assert values(store.rows((1, 3), (3,))) == [None]
    assert values(store.rows((1,), (2, 3))) == [None, 7]


def test_another_split_of_the_same_text_and_forks_share_rows() -> None:
    store = filled(MOST_BYTES, ((1, 2), (3, 4, 5)), ((1, 2, 3), (9, 8)))
    assert values(store.rows((1, 2), (3, 4, 5))) == [0, 100, 2]
    assert values(store.rows((1, 2), (3, 9, 8))) == [0, 100, 101]
    assert values(store.rows((1, 2, 3, 4), (5, 6))) == [2, None]


def test_the_oldest_reply_goes_first() -> None:
    store = filled(4 * ROW_BYTES, ((1,), (2, 3)), ((5,), (6, 7)), ((8,), (9,)))
    assert store.used == 3 * ROW_BYTES
    assert values(store.rows((1,), (2, 3))) == [None, None]
    assert values(store.rows((5,), (6, 7))) == [100, 101]
    assert values(store.rows((8,), (9,))) == [200]


def test_a_reply_larger_than_the_memory_keeps_its_beginning() -> None:
    store = filled(3 * ROW_BYTES, ((1,), (2, 3)), ((5,), (6, 7, 8, 9, 10)))
    assert values(store.rows((5,), (6, 7, 8, 9, 10))) == [100, 101, 102, None, None]
    assert store.used == 3 * ROW_BYTES


def test_the_first_samples_of_a_request_are_kept_longest() -> None:
    store = KeptRows(6 * ROW_BYTES)
    places = store.begin((1,), 3)
    for step in range(4):
        for number, place in enumerate(places):
            place.add(row(10 * number + step), 100 * (number + 1) + step)
    assert values(store.rows((1,), (100, 101, 102, 103))) == [0, 1, 2, 3]
    assert store.used <= store.budget
    assert sum(r is not None for r in store.rows((1,), (300, 301, 302, 303))[1:]) == 0


@given(
    st.integers(0, 12),
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9)), max_size=8),
)
def test_memory_stays_bounded_and_what_is_found_is_right(
    room: int, requests: list[tuple[int, int]]
) -> None:
    store = KeptRows(room * ROW_BYTES)
    made: dict[tuple[int, ...], float] = {}
    for request, (n_samples, n_tokens) in enumerate(requests):
        places = store.begin((request,), n_samples)
        for step in range(n_tokens):
            for number, place in enumerate(places):
                value = 1000 * request + 100 * number + step
                place.add(row(value), number)
                made[(request, *[number] * (step + 1))] = value
                assert store.used <= store.budget
    kept = 0
    for text, expected in made.items():
        last = values(store.rows(text[:1], text[1:]))[-1]
        prefix_shared = len(text) == 2  # the first row is the same for every sample
        assert last is None or last == expected or prefix_shared
        kept += last is not None
    assert kept >= store.used // ROW_BYTES


def test_the_engine_stays_within_its_budget(keeper: LlamaEngine) -> None:
    engine = keeper
    n_vocab = engine.loaded.vocab.n_vocab
    engine.kept.clear()
    engine.kept.budget = 20 * 4 * n_vocab
    sampling = replace(NEUTRAL, max_tokens=30, ignore_eos=True)
    for n_samples in (1, 4, 1):
        ids = ordinary(engine, 10 + n_samples)
        generated(engine, ids, sampling, n_samples=n_samples)
        assert engine.kept.used == engine.kept.budget
    engine.kept.budget = budget_bytes()


def test_the_budget_is_a_small_part_of_the_memory() -> None:
    assert 0 < budget_bytes() <= MOST_BYTES
