"""Compiled templates, kept so that a keystroke costs the line it changed and not the whole text."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import CodeType

from workbench.templates.segments import Segment, normal_source, split

_KEPT_TEMPLATES = 24

Origin = tuple[str, ...]
"""The names a `set` name was made from."""

CodeKey = tuple[bool, str, tuple[tuple[str, Origin], ...]]
"""Whether it is a chat template, the source, and what the names set before it were made from."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled piece of a template; `sets`: what the names it sets are made from."""

    code: CodeType
    sets: Mapping[str, Origin]


class CodeCache:
    """The most recently used compiled templates. Any thread.

    Args:
        chars: how much source may stand behind them.
    """

    def __init__(self, chars: int = 4 << 20) -> None:
        self._left = chars
        self._items: OrderedDict[CodeKey, Compiled] = OrderedDict()
        self._parts: dict[str, list[Segment]] = {}
        self._lock = threading.Lock()  # protects _items, _left and _parts

    def get(self, key: CodeKey) -> Compiled | None:
        """The compiled template, or None."""
        with self._lock:
            found = self._items.get(key)
            if found is not None:
                self._items.move_to_end(key)
            return found

    def put(self, key: CodeKey, compiled: Compiled) -> None:
        """Keep a compiled template; the ones unused for longest make room."""
        with self._lock:
            if key not in self._items:
                self._left -= len(key[1])
            self._items[key] = compiled
            while self._left < 0 and len(self._items) > 1:
                (_, source, _), _ = self._items.popitem(last=False)
                self._left += len(source)

    def segments(self, source: str) -> Sequence[Segment]:
        """The parts of a prompt template; those of the last few templates are kept."""
        with self._lock:
            found = self._parts.get(source)
        if found is None:
            found = split(normal_source(source))
            with self._lock:
                self._parts[source] = found
                while len(self._parts) > _KEPT_TEMPLATES:
                    del self._parts[next(iter(self._parts))]
        return found

    def __len__(self) -> int:
        return len(self._items)
