"""What a template may use up, and the guard that counts it while the template runs.

A template can be hostile (a chat template comes with a downloaded model) or just wrong. It runs in
our own thread, so nothing can interrupt it from outside: every operation that could run long or
grow large is made to ask the guard first. Loops, calls, filters and output look at the clock;
operations done by C code in one go (repetition, padding, formatting, joining, powers) have the size
of their result worked out before they start.
"""

from __future__ import annotations

import time
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, ValuesView
from dataclasses import dataclass
from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import TemplateRuntimeError

Clock = Callable[[], float]

_MAX_NESTING = 60
CONTAINERS = (list, tuple, dict, KeysView, ValuesView, ItemsView)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one rendering.

    Attributes:
        seconds: wall-clock time for everything, compiling included. One step may end a little
            later, so this stays below the two seconds a person is promised.
        value_chars: characters in one text, or in all texts of one list; also of the output.
        total_chars: characters in all texts made while rendering, thrown-away ones included.
        items: items in one list, nested ones included.
        total_items: items in all lists made while rendering.
        range_items: length of a range(); what jinja2's own sandbox allows.
        int_bits: size of a whole number.
        depth: calls inside calls (macros, recursive loops).
        tokens: length of all templates together, counted in the lexer's tokens.
    """

    seconds: float = 1.5
    value_chars: int = 16 << 20
    total_chars: int = 64 << 20
    items: int = 250_000
    total_items: int = 2_000_000
    range_items: int = 100_000
    int_bits: int = 16_384
    depth: int = 60
    tokens: int = 30_000


class LimitError(TemplateRuntimeError):
    """A template used up one of its limits. The message says which, as a sentence's end."""


class Guard:
    """Counts what one rendering has used. One thread.

    Raises:
        LimitError: from every method, when a limit is passed.
    """

    def __init__(self, limits: Limits, deadline: float, clock: Clock = time.monotonic) -> None:
        self.limits = limits
        self._deadline = deadline
        self._clock = clock
        self._chars = 0
        self._items = 0
        self._depth = 0
        self._tokens = 0

    def tick(self) -> None:
        """Look at the clock."""
        if self._clock() > self._deadline:
            raise LimitError(f"ran longer than {self.limits.seconds:g} seconds")

    def read_token(self, count: int = 1) -> None:
        """Count tokens of templates that are read."""
        self.tick()
        self._tokens += count
        if self._tokens > self.limits.tokens:
            raise LimitError(f"is longer than {self.limits.tokens:,} tokens")

    def room_for(self, chars: int) -> None:
        """Ask before a text of this length is made."""
        if chars > self.limits.value_chars:
            raise LimitError(f"makes a text of more than {self.limits.value_chars:,} characters")

    def made_text(self, chars: int) -> None:
        """Count a text that was made."""
        self.room_for(chars)
        self._chars += chars
        if self._chars > self.limits.total_chars:
            raise LimitError(
                f"makes more than {self.limits.total_chars:,} characters in all its steps"
            )

    def room_for_items(self, count: int) -> None:
        """Ask before a list of this length is made."""
        if count > self.limits.items:
            raise LimitError(f"makes a list of more than {self.limits.items:,} items")

    def number(self, value: int) -> None:
        """Refuse a whole number that is too large to calculate with."""
        self.bits(value.bit_length())

    def bits(self, count: int) -> None:
        """Ask before a whole number of this size is made."""
        if count > self.limits.int_bits:
            raise LimitError("makes a number that is too large")

    def enter(self) -> None:
        """A call begins."""
        self.tick()
        self._depth += 1
        if self._depth > self.limits.depth:
            raise LimitError(f"calls itself more than {self.limits.depth} levels deep")

    def leave(self) -> None:
        """A call has ended."""
        self._depth -= 1

    def each(self, iterable: Iterable[object]) -> Iterator[object]:
        """The items of `iterable`, with a look at the clock before each."""
        ready = isinstance(iterable, (str, range, *CONTAINERS))
        for count, item in enumerate(iterable):
            self.tick()
            # Lists were counted when they were made; what a generator yields is new.
            if not ready:
                self.room_for_items(count + 1)
                if isinstance(item, CONTAINERS):
                    self.made(item)
            yield item

    def made(self, value: object) -> None:
        """Count a list or dictionary that was made."""
        items, _ = self.measure(value)
        self._items += items
        if self._items > self.limits.total_items:
            raise LimitError(f"makes more than {self.limits.total_items:,} list items in all")

    def measure(self, value: object, *, printable: bool = False) -> tuple[int, int]:
        """Items and characters of `value`, nested lists written out in full.

        Lists that contain the same list many times are small in memory and endless on paper, which
        is why the sharing is not taken into account.

        Args:
            printable: refuse what has no text form of its own (generators, functions, macros).
        """
        items = chars = 0
        stack: list[tuple[object, int]] = [(value, 0)]
        while stack:
            item, depth = stack.pop()
            items += 1
            if isinstance(item, str):
                chars += len(item)
            elif isinstance(item, list | tuple | dict | KeysView | ValuesView | ItemsView):
                if depth > _MAX_NESTING:
                    raise LimitError(f"nests lists more than {_MAX_NESTING} levels deep")
                self.room_for_items(items + len(stack) + len(item))
                if isinstance(item, dict):
                    stack.extend((key, depth + 1) for key in item)
                    stack.extend((entry, depth + 1) for entry in item.values())
                else:
                    stack.extend((entry, depth + 1) for entry in item)
            elif isinstance(item, int):
                self.number(item)
                chars += 5 + item.bit_length() // 3
            elif item is None or isinstance(item, float | complex | range | Undefined):
                chars += 24
            elif printable:
                raise TemplateRuntimeError(f"a {type(item).__name__} cannot be written as text")
            self.room_for(chars)
            self.room_for_items(items)
        return items, chars

    def text(self, value: object) -> str:
        """`value` as jinja2 would print it, with what cannot be printed or is too long refused."""
        if isinstance(value, str):
            return value
        if value is None or isinstance(value, bool | float | Undefined):
            return str(value)
        self.measure(value, printable=True)
        return str(value)


class Each:
    """A loop's items; has a length when they have one, which `loop.length` asks for."""

    def __init__(self, guard: Guard, items: Any) -> None:
        self._guard = guard
        self._items = items

    def __iter__(self) -> Iterator[object]:
        return self._guard.each(self._items)

    def __len__(self) -> int:
        return len(self._items)
