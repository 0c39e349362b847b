"""What is reused of a prompt: the arithmetic alone. `test_prefix_exact` asks the engine."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.prefix import CachedSequence, chunks, common_prefix, reusable

_IDS = st.lists(st.integers(0, 1), max_size=40)


def pieces(n_prompt: int, n_ids: int, size: int) -> list[tuple[int, int]]:
    """How a fresh cache gets `n_ids` tokens: the prompt in chunks, sampled ones one at a time."""
    return chunks(0, n_prompt, size) + [(i, i + 1) for i in range(n_prompt, n_ids)]


@given(_IDS, _IDS)
def test_common_prefix(a: list[int], b: list[int]) -> None:
    shared = common_prefix(a, b)
    assert a[:shared] == b[:shared]
    assert shared == min(len(a), len(b)) or a[shared] != b[shared]


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 70))
def test_chunks_tile_and_cut_at_multiples(a: int, b: int, size: int) -> None:
    start, end = min(a, b), max(a, b)
    made = chunks(start, end, size)
    assert [i for x, y in made for i in range(x, y)] == list(range(start, end))
    assert all(y % size == 0 for _, y in made[:-1])
    assert all(0 < y - x <= size for x, y in made)


@given(_IDS, st.integers(0, 40), _IDS, st.integers(0, 40), st.integers(1, 8))
def test_what_is_reused_was_decoded_in_the_same_pieces(
    cached: list[int], cached_sampled: int, prompt: list[int], sampled: int, size: int
) -> None:
    """The rule itself: every reused token came in a piece that this request would decode too."""
    n_cached = max(0, len(cached) - cached_sampled)
    n_sampled = min(sampled, len(prompt))
    reused = reusable(
        CachedSequence(list(cached), n_cached), prompt, n_sampled, exact=True, chunk=size
    )
    assert cached[:reused] == prompt[:reused]
    had = {p for p in pieces(n_cached, len(cached), size) if p[0] < reused}
    wanted = {p for p in pieces(len(prompt) - n_sampled, len(prompt), size) if p[0] < reused}
    assert had == wanted


@given(_IDS, _IDS)
def test_without_exactness_everything_shared_is_reused(a: list[int], b: list[int]) -> None:
    cached = CachedSequence(list(a), len(a), n_exact=0)
    assert reusable(cached, b, 0, exact=False) == common_prefix(a, b)
    assert reusable(cached, b, 0, exact=True) == 0


def test_a_retry_reuses_all_and_an_edit_all_whole_chunks_before_it() -> None:
    ids = list(range(200))
    cached = CachedSequence([*ids, 7, 8, 9], n_prompt=200)
    assert reusable(cached, ids, 0, exact=True, chunk=64) == 200
    assert reusable(cached, [*ids[:150], -1, *ids[151:]], 0, exact=True, chunk=64) == 128
    assert reusable(cached, [*ids, 7, 8], 2, exact=True, chunk=64) == 202
    assert reusable(cached, [*ids, 7, 8], 0, exact=True, chunk=64) == 192
    cached.truncate(0)
    assert reusable(cached, ids, 0, exact=True, chunk=64) == 0
