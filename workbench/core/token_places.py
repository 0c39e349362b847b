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
