"""A difference of two texts made ready to be shown: long equal stretches folded. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.word_diff import ChangeKind, Part, Row, rows
from workbench.core.words import split_words
from workbench.gui.translate import tr

_CONTEXT = 3
"""Equal lines that stay visible beside a change."""
_SHORTEST_FOLD = 4


@dataclass(frozen=True, slots=True)
class Fold:
    """Equal lines that are not shown until somebody asks for them."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts side by side.

    Attributes:
        items: rows and folds, from the top.
        removed, added: how many words.
    """

    items: tuple[Row | Fold, ...]
    removed: int
    added: int

    @property
    def summary(self) -> str:
        """In words, with signs."""
        if not self.removed and not self.added:
            changed = any(isinstance(i, Row) and is_changed(i) for i in self.items)
            return tr("only signs and spaces differ") if changed else tr("no difference")
        words = "word" if self.removed + self.added == 1 else "words"
        return f"−{self.removed:,} +{self.added:,} {words}"

    def text(self) -> str:
        """As lines with "-", "+" or " " before them, to be copied."""
        lines = []
        for row in unfolded(self.items):
            left, right = _joined(row.left), _joined(row.right)
            if not is_changed(row):
                lines.append(f"  {right}")
                continue
            lines += [f"- {left}"] if row.left is not None else []
            lines += [f"+ {right}"] if row.right is not None else []
        return "\n".join(lines)


def difference(a: str, b: str) -> Difference:
    """What makes `b` of `a`; may take a while for long texts."""
    all_rows = rows(a, b)
    removed = sum(_words(part) for row in all_rows for part in row.left or ())
    added = sum(_words(part) for row in all_rows for part in row.right or ())
    return Difference(_folded(all_rows), removed, added)


def is_changed(row: Row) -> bool:
    """Whether something in this line differs."""
    if row.left is None or row.right is None:
        return True
    return any(part.kind is not ChangeKind.EQUAL for part in (*row.left, *row.right))


def unfolded(items: Sequence[Row | Fold]) -> list[Row]:
    """Every row, those in folds too."""
    found: list[Row] = []
    for item in items:
        found += item.rows if isinstance(item, Fold) else (item,)
    return found


def _words(part: Part) -> int:
    if part.kind is ChangeKind.EQUAL:
        return 0
    return sum(1 for word in split_words(part.text) if any(map(str.isalnum, word)))


def _joined(parts: tuple[Part, ...] | None) -> str:
    return "".join(part.text for part in parts or ())


def _folded(all_rows: Sequence[Row]) -> tuple[Row | Fold, ...]:
    changed = [number for number, row in enumerate(all_rows) if is_changed(row)]
    if not changed:
        return tuple(all_rows)
    shown = {
        near
        for number in changed
        for near in range(max(0, number - _CONTEXT), min(len(all_rows), number + _CONTEXT + 1))
    }
    items: list[Row | Fold] = []
    waiting: list[Row] = []
    for number, row in enumerate(all_rows):
        if number not in shown:
            waiting.append(row)
            continue
        items += _fold(waiting)
        waiting = []
        items.append(row)
    return (*items, *_fold(waiting))


def _fold(waiting: list[Row]) -> list[Row | Fold]:
    if len(waiting) < _SHORTEST_FOLD:
        return list(waiting)
    return [Fold(tuple(waiting))]
