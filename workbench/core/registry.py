"""Named things of one kind, in order: metrics, exporters, themes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Generic, TypeVar

from workbench.core.errors import UserError

T = TypeVar("T")

_MOST_NAMED = 40


def did_you_mean(name: str, known: list[str]) -> str:
    """A hint for a misspelt name: the nearest known one, or the list of all when none is near."""
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"Did you mean {near[0]}?"
    if not known:
        return ""
    more = len(known) - _MOST_NAMED
    listed = f"{', '.join(known[:_MOST_NAMED])}{f' and {more:,} more' if more > 0 else ''}"
    return f"Known names: {listed}."


class Registry(Generic[T]):
    """Named things of one kind, in the order they were added.

    A second thing under a name is a bug and raises ValueError; an unknown name raises
    `UserError` with the nearest known one.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._items: dict[str, T] = {}

    def add(self, name: str, item: T) -> T:
        """Register `item` and return it, so that this can be the last step of a decorator."""
        if name in self._items:
            raise ValueError(f"a {self._kind} named {name} exists already")
        self._items[name] = item
        return item

    def get(self, name: str) -> T:
        """The thing called `name`.

        Raises:
            UserError: no such name; the hint offers the nearest one.
        """
        try:
            return self._items[name]
        except KeyError:
            raise UserError(
                f"There is no {self._kind} named {name}.", did_you_mean(name, list(self._items))
            ) from None

    def names(self) -> list[str]:
        """All names, in the order they were added."""
        return list(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)
