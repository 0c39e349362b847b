"""The difference of two texts in words, and as lines side by side. Pure; any thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from workbench.core.sequence_diff import matches, settled
from workbench.core.words import is_line_end, split_lines, split_words

_MOST_CHARACTERS = 2_000_000
"""Both texts together; longer ones are compared by whole lines."""


class ChangeKind(StrEnum):
    """What happened to a stretch of text."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
    REPLACE = "replace"


_MIRRORED = {
    ChangeKind.DELETE: ChangeKind.INSERT,
    ChangeKind.INSERT: ChangeKind.DELETE,
}


@dataclass(frozen=True, slots=True)
class Change:
    """`a[a_start:a_end]` became `b[b_start:b_end]`; offsets are characters."""

    kind: ChangeKind
    a_start: int
    a_end: int
    b_start: int
    b_end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one line of one side; a changed one is DELETE or REPLACE on the left side
    and INSERT or REPLACE on the right.
    """

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of each text, side by side.

    Attributes:
        left, right: the line in parts, without its end; None where this side has no such line.
            An empty line has no parts.
        left_line, right_line: line numbers from 1; None like the side itself.
    """

    left: tuple[Part, ...] | None
    right: tuple[Part, ...] | None
    left_line: int | None
    right_line: int | None


def word_diff(a: str, b: str) -> tuple[Change, ...]:
    """The changes that make `b` of `a`: words, spaces, signs; together they cover both texts.

    No change begins or ends inside what a reader sees as one character. Two neighbours are never
    both changed or both equal. `word_diff(b, a)` is the mirror image.
    """
    if a == b:
        return (Change(ChangeKind.EQUAL, 0, len(a), 0, len(b)),) if a else ()
    if a > b:
        return tuple(_mirrored(change) for change in word_diff(b, a))
    by_lines = len(a) + len(b) > _MOST_CHARACTERS
    pieces_a, pieces_b = (_lines(a), _lines(b)) if by_lines else (split_words(a), split_words(b))
    numbers: dict[str, int] = {}
    ids_a = [numbers.setdefault(piece, len(numbers)) for piece in pieces_a]
    ids_b = [numbers.setdefault(piece, len(numbers)) for piece in pieces_b]
    spaces = {number for piece, number in numbers.items() if piece.isspace()}
    line_ends = {number for piece, number in numbers.items() if is_line_end(piece)}

    def score(items: Sequence[int], start: int, end: int) -> int:
        """Whole lines read best, then words with the space after them."""
        at_line_start = start == 0 or items[start - 1] in line_ends
        at_line_end = items[end - 1] in line_ends or end == len(items)
        if at_line_start and at_line_end:
            return 3
        if items[end - 1] in spaces and items[start] not in spaces:
            return 2
        return 1 if at_line_start else 0

    found = settled(matches(ids_a, ids_b, spaces), ids_a, ids_b, score)
    starts_a = [0, *accumulate(map(len, pieces_a))]
    starts_b = [0, *accumulate(map(len, pieces_b))]
    ends = (len(ids_a), len(ids_b))
    kept = [
        (i, j, length)
        for number, (i, j, length) in enumerate(found)
        if not _is_mere_space(ids_a[i : i + length], spaces - line_ends)
        or _touches_an_end(found, number, ends)
    ]
    changes: list[Change] = []
    at_a = at_b = 0
    for i, j, length in [*kept, (*ends, 0)]:
        if (kind := _gap_kind(at_a, i, at_b, j)) is not None:
            changes.append(Change(kind, starts_a[at_a], starts_a[i], starts_b[at_b], starts_b[j]))
        at_a, at_b = i + length, j + length
        if length:
            equal = (starts_a[i], starts_a[at_a], starts_b[j], starts_b[at_b])
            changes.append(Change(ChangeKind.EQUAL, *equal))
    return tuple(changes)


def rows(a: str, b: str) -> tuple[Row, ...]:
    """Both texts line by line, side by side; lines that have something in common share a row."""
    left, right, links = _linked_lines(a, b)
    out: list[Row] = []
    at_left = at_right = 0
    for i, j in [*_best_chain(links), (len(left), len(right))]:
        # Lines without a partner: what was replaced stands beside what replaced it.
        for offset in range(max(i - at_left, j - at_right)):
            x, y = at_left + offset, at_right + offset
            out.append(_row(left, x if x < i else None, right, y if y < j else None))
        if i < len(left) and j < len(right):
            out.append(_row(left, i, right, j))
        at_left, at_right = i + 1, j + 1
    return tuple(out)


_Lines = list[list[Part]]
_Link = tuple[int, int, int]


def _linked_lines(a: str, b: str) -> tuple[_Lines, _Lines, list[_Link]]:
    """The lines of both sides in parts, and which have how much in common, in order."""
    left: _Lines = [[]]
    right: _Lines = [[]]
    links: list[_Link] = []
    for change in word_diff(a, b):
        if change.kind is not ChangeKind.EQUAL:
            _append(left, change.kind, a[change.a_start : change.a_end])
            _append(right, change.kind, b[change.b_start : change.b_end])
            continue
        lines = split_lines(a[change.a_start : change.a_end])
        for number, line in enumerate(lines):
            weight = 2 * len(line.strip()) + (number < len(lines) - 1)
            if weight:
                links.append((len(left) - 1, len(right) - 1, weight))
            for side in (left, right):
                if line:
                    side[-1].append(Part(ChangeKind.EQUAL, line))
                if number < len(lines) - 1:
                    side.append([])
    return left, right, links


def _append(side: _Lines, kind: ChangeKind, text: str) -> None:
    for number, line in enumerate(split_lines(text)):
        if number:
            side.append([])
        if line:
            side[-1].append(Part(kind, line))


def _best_chain(links: list[_Link]) -> list[tuple[int, int]]:
    """The heaviest choice of links that uses each line once. The links never go back."""
    joined: list[_Link] = []
    for i, j, weight in links:
        if joined and joined[-1][:2] == (i, j):
            joined[-1] = (i, j, joined[-1][2] + weight)
        else:
            joined.append((i, j, weight))
    best: list[int] = []  # the heaviest chain among the first links, and its last link
    best_end: list[int] = []
    before: list[int] = []
    free = 0  # how many links lie before the lines of the one at hand
    for number, (i, j, weight) in enumerate(joined):
        while joined[free][0] < i and joined[free][1] < j:
            free += 1
        total = weight + (best[free - 1] if free else 0)
        before.append(best_end[free - 1] if free else -1)
        if best and best[-1] >= total:
            best.append(best[-1])
            best_end.append(best_end[-1])
        else:
            best.append(total)
            best_end.append(number)
    chain = []
    number = best_end[-1] if best_end else -1
    while number >= 0:
        chain.append(joined[number][:2])
        number = before[number]
    return chain[::-1]


def _row(left: _Lines, i: int | None, right: _Lines, j: int | None) -> Row:
    return Row(
        None if i is None else tuple(left[i]),
        None if j is None else tuple(right[j]),
        None if i is None else i + 1,
        None if j is None else j + 1,
    )


def _gap_kind(a_start: int, a_end: int, b_start: int, b_end: int) -> ChangeKind | None:
    if a_start == a_end:
        return None if b_start == b_end else ChangeKind.INSERT
    return ChangeKind.DELETE if b_start == b_end else ChangeKind.REPLACE


def _mirrored(change: Change) -> Change:
    kind = _MIRRORED.get(change.kind, change.kind)
    return Change(kind, change.b_start, change.b_end, change.a_start, change.a_end)


def _is_mere_space(ids: Sequence[int], spaces: set[int]) -> bool:
    """Whether only spaces are equal; between two changes that would cut a phrase to pieces."""
    return all(number in spaces for number in ids)


def _touches_an_end(
    found: Sequence[tuple[int, int, int]], number: int, ends: tuple[int, int]
) -> bool:
    """Whether a match stands at the start or the end of both texts, with one change beside it."""
    i, j, length = found[number]
    return (i, j) == (0, 0) or (i + length, j + length) == ends


def _lines(text: str) -> list[str]:
    return list(_with_ends(text))


def _with_ends(text: str) -> Iterator[str]:
    at = 0
    for line in split_lines(text):
        end = at + len(line)
        end += 2 if text.startswith("\r\n", end) else 1
        if text[at:end]:
            yield text[at:end]
        at = end
