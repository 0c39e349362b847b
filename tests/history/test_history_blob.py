"""Token blobs: what goes in comes out bit for bit, and nothing else is ever accepted."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from workbench.core.errors import UserError
from workbench.core.text import piece_text
from workbench.core.tokens import PromptToken, TokenTable
from workbench.history.blob import (
    count_tokens,
    decode_prompt_tokens,
    decode_tokens,
    encode_prompt_tokens,
    encode_tokens,
)

# The first draw of text builds tables of Unicode, which takes seconds on a busy machine.
UNHURRIED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_IDS = st.integers(-(2**31), 2**31 - 1)


@st.composite
def tables(draw: st.DrawFn) -> TokenTable:
    """Tables of every shape with every float, NaNs of every kind and infinities included."""
    n, k = draw(st.integers(0, 12)), draw(st.integers(0, 5))

    def column(dtype: type, *shape: int) -> np.ndarray:
        return draw(hnp.arrays(dtype, shape))

    return TokenTable(
        column(np.int32, n),
        column(np.float32, n),
        column(np.int32, n),
        column(np.float32, n),
        column(np.float32, n),
        column(np.int32, n, k),
        column(np.float32, n, k),
    )


@st.composite
def prompt_tokens(draw: st.DrawFn) -> PromptToken:
    """Prompt tokens, some with a text of their own."""
    data = draw(st.binary(max_size=9))
    return PromptToken(
        id=draw(_IDS),
        text=draw(st.just(piece_text(data)) | st.text()),
        bytes=data,
        source=draw(st.sampled_from(["special", "literal", "example:3"]) | st.text()),
        message=draw(st.none() | st.integers(0, 2**31 - 1)),
    )


@UNHURRIED
@given(tables(), st.data())
def test_tables_come_back_bit_for_bit(table: TokenTable, data: st.DataObject) -> None:
    mentioned = sorted({int(t) for t in table.ids} | {int(t) for t in table.top_ids.ravel()})
    pieces = {t: data.draw(st.binary(max_size=5)) for t in mentioned}
    blob = encode_tokens(table, {**pieces, 12345678: b"not mentioned"})
    decoded, back = decode_tokens(blob)
    assert count_tokens(blob) == len(table)
    for name in TokenTable.__slots__:
        a, b = getattr(table, name), getattr(decoded, name)
        assert a.dtype == b.dtype
        assert a.shape == b.shape
        assert a.tobytes() == b.tobytes()
    assert {t: p for t, p in back.items() if t != 12345678} == pieces


@UNHURRIED
@given(st.lists(prompt_tokens(), max_size=12))
def test_prompt_tokens_come_back_equal(tokens: list[PromptToken]) -> None:
    assert decode_prompt_tokens(encode_prompt_tokens(tokens)) == tuple(tokens)


def test_slices_and_transposed_arrays_are_stored_as_they_read(
    make_table: Callable[..., TokenTable], same_tables: Callable[[TokenTable, TokenTable], bool]
) -> None:
    table = make_table(20).slice(3, 17)
    decoded, _ = decode_tokens(encode_tokens(table, {}))
    assert same_tables(table, decoded)
    decoded.ids[0] = 1  # a copy that may be changed


def test_a_token_without_a_known_piece_is_kept_without_it(
    make_table: Callable[..., TokenTable],
) -> None:
    table = make_table(4)
    decoded, pieces = decode_tokens(encode_tokens(table, {int(table.ids[0]): b"x"}))
    assert len(decoded) == 4
    assert pieces == {int(table.ids[0]): b"x"}


def test_columns_of_unequal_length_are_a_bug(make_table: Callable[..., TokenTable]) -> None:
    table = make_table(4)
    broken = TokenTable(
        table.ids[:3], table.logprob, table.rank, table.entropy, table.p_sampled,
        table.top_ids, table.top_logprob,
    )  # fmt: skip
    with pytest.raises(ValueError, match="ids has shape"):
        encode_tokens(broken, {})


def test_size_stays_near_twenty_bytes_a_token_plus_eight_per_alternative(
    make_table: Callable[..., TokenTable],
) -> None:
    pieces = dict.fromkeys(range(64), b"piece")
    blob = encode_tokens(make_table(1000, k=20), pieces)
    assert len(blob) <= 1000 * (20 + 20 * 8) + 64 * 13 + 28


@pytest.mark.parametrize("decode", [decode_tokens, decode_prompt_tokens, count_tokens])
@UNHURRIED
@given(blob=st.binary(max_size=200))
def test_garbage_is_refused(decode: Callable[[bytes], object], blob: bytes) -> None:
    with pytest.raises(UserError):
        decode(blob)


def test_every_truncation_is_refused(make_table: Callable[..., TokenTable]) -> None:
    for n in (0, 2, 400):  # an uncompressed blob and compressed ones
        blob = encode_tokens(make_table(n), {1: b"one"})
        for end in range(0, len(blob), max(1, len(blob) // 100)):
            with pytest.raises(UserError, match="token records cannot be read"):
                decode_tokens(blob[:end])
        with pytest.raises(UserError):
            decode_tokens(blob + b"\0" * 9 if n == 0 else blob[:-1])


@UNHURRIED
@given(st.data())
def test_every_changed_byte_is_noticed_or_harmless(data: st.DataObject) -> None:
    token = PromptToken(3, "ab", b"ab", "literal", 0)
    blob = bytearray(encode_prompt_tokens([token] * 20))
    at = data.draw(st.integers(0, len(blob) - 1))
    blob[at] ^= data.draw(st.integers(1, 255))
    try:
        assert decode_prompt_tokens(bytes(blob)) == (token,) * 20
    except UserError as error:
        assert "prompt tokens" in error.message  # noqa: PT017  # either outcome is right


@UNHURRIED
@given(counts=st.tuples(*[st.integers(0, 2**32 - 1)] * 3), payload=st.binary(max_size=80))
def test_counts_that_lie_are_refused_even_with_a_right_checksum(
    counts: tuple[int, int, int], payload: bytes
) -> None:
    for magic, decode in ((b"PWT", decode_tokens), (b"PWP", decode_prompt_tokens)):
        head = struct.pack("<3sBB3xIIIII", magic, 1, 0, *counts, len(payload), zlib.crc32(payload))
        try:
            decode(head + payload)
        except UserError as error:
            assert "cannot be read" in error.message  # noqa: PT017  # a lucky blob may be valid
        else:
            assert counts[0] * 16 <= len(payload)


@UNHURRIED
@given(counts=st.tuples(*[st.integers(0, 3)] * 3), payload=st.binary(max_size=120), data=st.data())
def test_counting_refuses_what_reading_refuses(
    counts: tuple[int, int, int], payload: bytes, data: st.DataObject
) -> None:
    n, k, pieces = counts
    if data.draw(st.booleans()):  # of the right size for the numbers at least
        payload = (payload or b"\0").ljust(4 * n * (5 + 2 * k) + 8 * pieces, b"\0")
    crc = zlib.crc32(payload)
    blob = struct.pack("<3sBB3xIIIII", b"PWT", 1, 0, *counts, len(payload), crc) + payload
    read: list[int | str] = []
    for decode in (lambda b: len(decode_tokens(b)[0]), count_tokens):
        try:
            read.append(decode(blob))
        except UserError as error:
            read.append(error.message)
    assert read[0] == read[1]


def test_a_promise_to_inflate_without_end_is_refused() -> None:
    packed = zlib.compress(b"\0" * 1000)
    blob = struct.pack("<3sBB3xIIIII", b"PWT", 1, 1, 0, 0, 0, 2**32 - 1, 0) + packed
    with pytest.raises(UserError, match="promises more"):
        decode_tokens(blob)


def test_a_newer_layout_says_so(make_table: Callable[..., TokenTable]) -> None:
    blob = bytearray(encode_tokens(make_table(3), {}))
    blob[3] = 9
    with pytest.raises(UserError, match="layout 9"):
        decode_tokens(bytes(blob))


def test_blobs_of_the_other_kind_are_refused(make_table: Callable[..., TokenTable]) -> None:
    with pytest.raises(UserError, match="does not begin"):
        decode_prompt_tokens(encode_tokens(make_table(3), {}))
