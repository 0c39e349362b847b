"""One undo stack for all blocks of a prompt. No Qt.

A step is a change of one text, or of the whole row of blocks. Typing is merged word by word, so
that one step back takes away what a person thinks of as one thing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

_MOST_STEPS = 2000
_PAUSE_S = 2.0
"""Typing after a longer pause is a step of its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block as it stands.

    Attributes:
        key: tells this block from all others for as long as the prompt is open.
    """

    key: int
    role: str
    content: str


@dataclass(frozen=True, slots=True)
class TextStep:
    """In block `key`, at `start`, `removed` gave way to `inserted`. Places count code points.

    Attributes:
        at: when, in seconds of a clock that never goes back.
    """

    key: int
    start: int
    removed: str
    inserted: str
    at: float = 0.0

    @property
    def is_one_key(self) -> bool:
        """Whether one key does this: a letter in, a selection replaced by one, or a letter out."""
        return len(self.inserted) == 1 or (len(self.removed) == 1 and not self.inserted)


@dataclass(frozen=True, slots=True)
class ShapeStep:
    """The row of blocks became another one, by what `label` says ("delete the message").

    Attributes:
        key_before, key_after: the block that has the keyboard then; None for none.
    """

    label: str
    before: tuple[Block, ...]
    after: tuple[Block, ...]
    key_before: int | None = None
    key_after: int | None = None


Step = TextStep | ShapeStep


class History:
    """Steps back and forth. Whoever carries a step out does not push it again."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._open = False  # whether the last step may still grow

    def push(self, step: Step) -> None:
        """Remember a step that was just made; what was undone cannot be redone any more."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if self._open and isinstance(step, TextStep) and isinstance(last, TextStep):
            merged = merge(last, step)
            if merged is not None:
                self._done[-1] = merged
                return
        self._done.append(step)
        self._open = isinstance(step, TextStep) and step.is_one_key
        del self._done[:-_MOST_STEPS]

    def seal(self) -> None:
        """What is typed next is a step of its own."""
        self._open = False

    def undo(self) -> Step | None:
        """The step to take back now; None when there is none."""
        if not self._done:
            return None
        self._open = False
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step | None:
        """The step to make again now; None when there is none."""
        if not self._undone:
            return None
        self._open = False
        self._done.append(self._undone.pop())
        return self._done[-1]

    def clear(self) -> None:
        """Another prompt: nothing to take back."""
        self._done.clear()
        self._undone.clear()
        self._open = False

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to make again."""
        return bool(self._undone)


def merge(last: TextStep, new: TextStep) -> TextStep | None:
    """The two steps as one when a person would call them one, else None."""
    if last.key != new.key or new.at - last.at > _PAUSE_S:
        return None
    if len(new.inserted) == 1 and not new.removed:
        typed_on = last.inserted and new.start == last.start + len(last.inserted)
        if not typed_on or "\n" in last.inserted or new.inserted == "\n":
            return None
        if last.inserted[-1].isspace() and not new.inserted.isspace():
            return None
        return replace(last, inserted=last.inserted + new.inserted, at=new.at)
    if len(new.removed) == 1 and not new.inserted and last.removed and not last.inserted:
        if new.start + 1 == last.start:
            return replace(last, start=new.start, removed=new.removed + last.removed, at=new.at)
        if new.start == last.start:
            return replace(last, removed=last.removed + new.removed, at=new.at)
    return None


def difference(old: str, new: str, cursor: int) -> tuple[int, str, str]:
    """Where `new` differs from `old`: place, removed and inserted text.

    `cursor` is the place of the cursor after the edit; among equal letters it tells which one was
    typed.
    """
    grown = len(new) - len(old)
    if grown > 0:
        start = cursor - grown
        if start >= 0 and old[:start] == new[:start] and old[start:] == new[cursor:]:
            return start, "", new[start:cursor]
    elif grown < 0 and old[:cursor] == new[:cursor] and old[cursor - grown :] == new[cursor:]:
        return cursor, old[cursor : cursor - grown], ""
    head = _common(old, new)
    tail = _common_tail(old[head:], new[head:])
    return head, old[head : len(old) - tail], new[head : len(new) - tail]


def _common(one: str, other: str) -> int:
    """Length of the longest common beginning, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_tail(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        same = (
            one[len(one) - middle : len(one) - low] == other[len(other) - middle :][: middle - low]
        )
        if same:
            low = middle
        else:
            high = middle - 1
    return low
