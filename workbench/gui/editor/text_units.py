"""Places in a text as Python counts them (code points) and as Qt does (UTF-16 units). No Qt."""

from __future__ import annotations


def is_plain(text: str) -> bool:
    """Whether both counts are the same in `text`."""
    return text.isascii() or max(text) <= "\uffff"


def to_units(text: str, index: int) -> int:
    """The place `index` of `text` in UTF-16 units."""
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2


def from_units(text: str, units: int) -> int:
    """The code point that begins at, or holds, the UTF-16 unit number `units`."""
    head = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(head.decode("utf-16-le", "ignore"))
