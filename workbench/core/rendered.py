"""A rendered prompt: the exact text, and where every character of it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.core.text import piece_text
from workbench.core.tokens import PromptToken

SPECIAL = "special"
LITERAL = "literal"


def variable_source(name: str) -> str:
    """The source of text that variable `name` produced."""
    return f"variable:{name}"


def example_source(number: int) -> str:
    """The source of text that few-shot example `number` (0-based) produced."""
    return f"example:{number}"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start..end of the text and what produced them.

    Attributes:
        source: "special" (the chat template), "literal", "variable:NAME" or "example:N".
        message: 0-based index of the message; None outside every message.
    """

    start: int
    end: int
    source: str
    message: int | None = None


@dataclass(frozen=True, slots=True)
class RenderWarning:
    """Something that will run but is probably not what was meant; one sentence."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message, its content rendered."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The exact prompt.

    Attributes:
        text: what the model reads, before tokenisation.
        spans: tile `text` from 0 to its end without gaps or overlaps.
        messages: the rendered messages; empty for a raw completion prompt.
        adds_bos: whether tokenisation must add the BOS token, because the text has none.
    """

    text: str
    spans: tuple[Span, ...]
    messages: tuple[Message, ...] = ()
    warnings: tuple[RenderWarning, ...] = ()
    adds_bos: bool = field(default=True)


def attribute_tokens(
    rendered: Rendered, ids: Sequence[int], pieces: Sequence[bytes], special: Sequence[bool]
) -> tuple[PromptToken, ...]:
    """Give every token of the prompt the source of the text it covers.

    `pieces` are the tokens' bytes and must concatenate to the text's UTF-8 bytes, but for tokens
    the tokenizer added in front (a BOS with no text of its own) and a leading space some
    vocabularies add. A token that spans two sources takes the one that gave most of its bytes, the
    first on a tie. `special` marks control tokens; they are "special" whoever wrote them.
    """
    text = rendered.text.encode("utf-8", "surrogatepass")
    starts = _byte_starts(rendered)
    offset = _added_bytes(text, pieces)
    tokens = []
    at = -offset
    span = 0
    for token, piece, is_special in zip(ids, pieces, special, strict=True):
        begin, end = at, at + len(piece)
        at = end
        while span + 1 < len(starts) and starts[span + 1] <= max(begin, 0):
            span += 1
        best = _widest(starts, span, begin, end, len(text))
        home = rendered.spans[best] if rendered.spans else None
        inside = end > 0 and home is not None
        tokens.append(
            PromptToken(
                id=token,
                text=piece_text(piece),
                bytes=piece,
                source=SPECIAL if is_special or not inside or home is None else home.source,
                message=home.message if inside and home is not None else None,
            )
        )
    return tuple(tokens)


def _byte_starts(rendered: Rendered) -> list[int]:
    starts, total = [], 0
    for span in rendered.spans:
        starts.append(total)
        total += len(rendered.text[span.start : span.end].encode("utf-8", "surrogatepass"))
    return starts


def _added_bytes(text: bytes, pieces: Sequence[bytes]) -> int:
    """How many bytes the tokenizer put in front of the text (BOS piece, dummy space)."""
    return max(0, sum(map(len, pieces)) - len(text))


def _widest(starts: Sequence[int], span: int, begin: int, end: int, total: int) -> int:
    best, most = span, -1
    while span < len(starts) and (starts[span] < end or span == best):
        stop = starts[span + 1] if span + 1 < len(starts) else total
        shared = min(end, stop) - max(begin, starts[span])
        if shared > most:
            best, most = span, shared
        span += 1
    return best
