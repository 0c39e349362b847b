"""Where a template mentions variables: for pointing at them, not for rendering. No Qt."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_NAME = re.compile(r"(?<![\w.'\"])[A-Za-z_]\w*")
_LOOP = re.compile(r"\{%[-+]?\s*for\s+(\w+)\s+in\s+(\w+)")


class Mention(NamedTuple):
    """Characters start..end of a template and the variable that they bring in."""

    start: int
    end: int
    name: str


def mentions(template: str, names: Collection[str]) -> list[Mention]:
    """Every place of `template` that uses one of `names`, in order.

    An output that uses a variable counts as a whole, from {{ to }}; in a statement only the name
    does. A loop over a variable lends its name to the loop's own variable.
    """
    aliases = {own: over for own, over in _LOOP.findall(template) if over in names}
    found = []
    for tag in _TAG.finditer(template):
        if tag.group().startswith("{#"):
            continue
        used = [
            Mention(tag.start() + word.start(), tag.start() + word.end(), name)
            for word in _NAME.finditer(tag.group())
            if (name := aliases.get(word.group(), word.group())) in names
        ]
        if tag.group().startswith("{{") and len({m.name for m in used}) == 1:
            used = [Mention(tag.start(), tag.end(), used[0].name)]
        found += used
    return found


def mention_at(template: str, names: Collection[str], position: int) -> str:
    """The variable that character `position` belongs to; empty when there is none."""
    return next((m.name for m in mentions(template, names) if m.start <= position < m.end), "")
