"""Which bytes of a text each of its tokens covers."""

from __future__ import annotations

from collections.abc import Sequence


def token_places(text: str, pieces: Sequence[bytes]) -> list[tuple[int, int]]:
    """Bytes start..end of `text` in UTF-8 for every token; both 0 for what stands before it.

    `pieces` are the tokens' bytes: the text's, but for what a tokenizer added in front (a BOS with
    a text of its own, a leading space).
    """
    added = max(0, sum(map(len, pieces)) - len(text.encode("utf-8", "surrogatepass")))
    places = []
    at = -added
    for piece in pieces:
        begin, at = at, at + len(piece)
        places.append((max(0, begin), max(0, at)))
    return places


def byte_spans(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of characters as spans of UTF-8 bytes."""
    if text.isascii():
        return list(spans)
    offsets = [0]
    for char in text:
        offsets.append(offsets[-1] + len(char.encode("utf-8", "surrogatepass")))
    return [(offsets[a], offsets[b]) for a, b in spans]


def characters_of(text: str, pieces: Sequence[bytes], first: int, last: int) -> tuple[int, int]:
    """The characters that tokens first..last (both included) cover, halves counted in."""
    places = token_places(text, pieces)
    data = text.encode("utf-8", "surrogatepass")
    start = len(data[: places[first][0]].decode("utf-8", "ignore"))
    cut = data[: places[last][1]]
    whole = len(cut.decode("utf-8", "ignore"))
    is_cut = len(cut.decode("utf-8", "ignore").encode("utf-8", "surrogatepass")) < len(cut)
    return start, whole + is_cut


def tokens_over(
    text: str, pieces: Sequence[bytes], spans: Sequence[tuple[int, int]]
) -> tuple[int, ...]:
    """The tokens that cover some of the characters in `spans`."""
    wanted = byte_spans(text, spans)
    return tuple(
        number
        for number, (start, end) in enumerate(token_places(text, pieces))
        if any(start < b and end > a for a, b in wanted)
    )
