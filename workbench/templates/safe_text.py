"""Texts that a template marked as safe, which jinja2 treats in a way of its own.

Nothing is escaped for HTML in prompts. But a text that went through `|safe` or `|escape` escapes
every text it is added to, in jinja2 and so in transformers, and chat templates exist that depend on
it (functionary-v3.1 writes `"…"|safe + description`). To give the same text, so do we.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import SupportsIndex

from workbench.templates.provenance import Part, Traced, build, concat, parts_of

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;"})
GROWTH = 5
"""How many times longer escaping can make a text."""


class SafeText(Traced):
    """A text behind `|safe` or `|escape`."""

    __slots__ = ()

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        return safe(super().__getitem__(key))

    def __add__(self, other: str) -> str:
        return joined(self, other)

    def __radd__(self, other: str) -> str:
        return joined(other, self)

    def rsplit(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> list[str]:
        """As `str.rsplit`; the parts are safe too (jinja2's `truncate` relies on it)."""
        return [safe(part) for part in str(self).rsplit(sep, maxsplit)]


def safe(text: str) -> SafeText:
    """`text` marked as safe, with its sources."""
    result = SafeText(text)
    result.parts = parts_of(text)
    return result


def like(model: str, text: str) -> str:
    """`text`, marked as safe if `model` is."""
    return safe(text) if isinstance(model, SafeText) else text


def unmarked(text: str) -> str:
    """`text` without the mark, with its sources."""
    return build(str(text), parts_of(text)) if isinstance(text, SafeText) else text


def escaped(text: str) -> str:
    """`text` with entities for & < > ' and "; a safe one as it is."""
    if isinstance(text, SafeText):
        return text
    plain = str(text)
    changed = plain.translate(_ENTITIES)
    if not isinstance(text, Traced) or changed == plain:
        return text if changed == plain else changed
    parts = []
    at = 0
    for part in text.parts:
        piece = plain[at : at + part.length].translate(_ENTITIES)
        parts.append(Part(len(piece), part.source, part.message))
        at += part.length
    return build(changed, parts)


def escaped_value(value: object) -> object:
    """Texts in `value` escaped, in lists and dictionaries too."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, list | tuple):
        return type(value)(map(escaped_value, value))
    if isinstance(value, Mapping):
        return {key: escaped_value(item) for key, item in value.items()}
    return value


def joined(left: str, right: str) -> str:
    """`left + right`."""
    if isinstance(left, SafeText) or isinstance(right, SafeText):
        return safe(concat((escaped(left), escaped(right))))
    return concat((left, right))


def marked(result: object) -> object:
    """What a method of a safe text gave: safe as well, texts in lists included."""
    if isinstance(result, str):
        return safe(result)
    if isinstance(result, list | tuple):
        return type(result)(map(marked, result))
    return result


def escaped_items(items: Iterable[object]) -> Iterable[object]:
    """The items, texts escaped, one by one."""
    return (escaped(item) if isinstance(item, str) else item for item in items)
