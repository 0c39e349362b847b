"""The tokens of a text that stands behind another one."""

from __future__ import annotations

from collections.abc import Callable

from workbench.core.types import Tokenized


def text_tokens(text: str, tokenize: Callable[[str], Tokenized]) -> Tokenized:
    """The tokens of a text that stands in the middle of another.

    Some vocabularies put a space in front of every text; behind a line break they do not. Of
    the ways to cut the text the one counts whose tokens say exactly it.
    """
    plain = tokenize(text)
    wanted = text.encode("utf-8", "surrogatepass")
    if b"".join(plain.pieces) == wanted:
        return plain
    anchor, behind = tokenize("\n"), tokenize("\n" + text)
    n = len(anchor.ids)
    rest = Tokenized(behind.ids[n:], behind.pieces[n:], behind.special[n:])
    if behind.ids[:n] == anchor.ids and b"".join(rest.pieces) == wanted:
        return rest
    return plain
