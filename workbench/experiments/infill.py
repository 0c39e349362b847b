"""Fill-in-the-middle prompts: the exact text behind the tokens a code model reads."""

from __future__ import annotations

from workbench.core.rendered import LITERAL, SPECIAL, Rendered, Span
from workbench.core.types import Tokenized


def infill_rendered(tokens: Tokenized) -> Rendered:
    """The exact prompt of an infill request: its own marks, and the two texts as literals."""
    spans: list[Span] = []
    text = ""
    pending = b""
    for piece, special in zip(tokens.pieces, tokens.special, strict=True):
        pending = b"" if special else pending + piece
        shown = piece.decode("utf-8", "replace") if special else _whole(pending)
        if not special and shown:
            pending = b""
        if shown:
            source = SPECIAL if special else LITERAL
            spans.append(Span(len(text), len(text) + len(shown), source))
            text += shown
    return Rendered(text, tuple(spans), adds_bos=False)


def _whole(piece: bytes) -> str:
    """The text of bytes that are whole characters; empty while one is incomplete."""
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError as error:
        return "" if error.end == len(piece) else piece.decode("utf-8", "replace")
