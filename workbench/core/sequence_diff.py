"""What two sequences of numbers have in common, in order: the core of every diff here.

Myers' shortest edit script while the difference is small; else the sequences are cut where a run
of items, or one item, occurs once in each (patience), and the parts compared. The work is bounded:
where neither helps, the best path so far is taken and the search goes on from its end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

Match = tuple[int, int, int]
"""Start in a, start in b, length."""

_EDITS = 200
"""How many edits one search may try; its cost grows with the square."""

_EDITS_AT_THE_END = 16
_BUDGET = 800_000
"""Steps after which only short searches are made: a quarter of a second or so."""

_RUN = 8
"""Length of the runs looked for first; they are hardly ever in both by chance."""


def matches(a: Sequence[int], b: Sequence[int], weak: Collection[int] = ()) -> list[Match]:
    """What is equal in `a` and `b`, in order, neighbours merged.

    Items in `weak` (spaces, say) never decide alone where the sequences are cut.
    """
    search = _Search(a, b, frozenset(weak))
    search.run()
    return _merged(search.found)


class _Search:
    def __init__(self, a: Sequence[int], b: Sequence[int], weak: frozenset[int]) -> None:
        self.found: list[Match] = []
        self._a, self._b, self._weak = a, b, weak
        self._steps = 0

    def run(self) -> None:
        waiting = [(0, len(self._a), 0, len(self._b))]
        while waiting:
            a0, a1, b0, b1 = self._trimmed(*waiting.pop())
            if a0 == a1 or b0 == b1:
                continue
            tired = self._steps > _BUDGET
            found, a_end, b_end = self._walk(a0, a1, b0, b1, _EDITS_AT_THE_END if tired else _EDITS)
            if (a_end, b_end) != (a1, b1) and not tired:
                anchors = self._anchors(a0, a1, b0, b1, _RUN) or self._anchors(a0, a1, b0, b1, 1)
                if anchors:
                    waiting += self._between(anchors, a0, a1, b0, b1)
                    continue
            self.found += found
            waiting.append((a_end, a1, b_end, b1))

    def _trimmed(self, a0: int, a1: int, b0: int, b1: int) -> tuple[int, int, int, int]:
        """The range without what is equal at its ends, which is noted as found."""
        a, b = self._a, self._b
        start = a0
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            a0, b0 = a0 + 1, b0 + 1
        if a0 > start:
            self.found.append((start, b0 - (a0 - start), a0 - start))
        end = a1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
        if end > a1:
            self.found.append((a1, b1, end - a1))
        self._steps += a0 - start + end - a1 + 1
        return a0, a1, b0, b1

    def _walk(self, a0: int, a1: int, b0: int, b1: int, limit: int) -> tuple[list[Match], int, int]:
        """Myers' greedy search with at most `limit` edits: what it matched and how far it came."""
        a, b = self._a, self._b
        limit = min(limit, a1 - a0 + b1 - b0)
        # reach[k]: how far into a the best path on diagonal k came (diagonal: a's minus b's
        # progress), -1 when there is none; two spare places at each end.
        middle = limit + 2
        reach = [-1] * (2 * middle + 1)
        rows: list[list[int]] = []
        n, m = a1 - a0, b1 - b0
        steps = 0
        ks = range(1)
        for edits in range(limit + 1):
            ks = _diagonals(edits, n, m)
            for k in ks:
                # `_entry` written out: this is the innermost loop.
                x = reach[middle + k + 1]
                if x - k > m:
                    x = -1
                left = reach[middle + k - 1]
                if x <= left < n and left >= 0:
                    x = left + 1
                if not edits:
                    x = 0
                if x >= 0:
                    start = x
                    while x < n and x - k < m and a[a0 + x] == b[b0 + x - k]:
                        x += 1
                    steps += x - start
                reach[middle + k] = x
            steps += len(ks)
            rows.append(reach[middle - edits : middle + edits + 1])
            if abs(n - m) <= edits and reach[middle + n - m] == n:
                self._steps += steps
                return self._path(rows, n, n - m, a0, b0, n, m), a1, b1
        self._steps += steps
        best = max(ks, key=lambda k: (2 * reach[middle + k] - k, -abs(k)))
        x = reach[middle + best]
        return self._path(rows, x, best, a0, b0, n, m), a0 + x, b0 + x - best

    def _path(
        self, rows: list[list[int]], x: int, k: int, a0: int, b0: int, n: int, m: int
    ) -> list[Match]:
        """The diagonals that led to progress `x` on diagonal `k`, from the rows of the search."""
        found = []
        for edits in range(len(rows) - 1, -1, -1):
            before = _padded(rows[edits - 1]) if edits else []
            at = k + edits  # of diagonal k in the padded row before
            left = before[at] if edits else -1
            right = before[at + 2] if edits else -1
            start = _entry(left, right, k, n, m, edits)
            if x > start:
                found.append((a0 + start, b0 + start - k, x - start))
            if edits:
                went_down = _down(right, k, m) >= _across(left, n)
                x, k = (right, k + 1) if went_down else (left, k - 1)
        return found

    def _anchors(self, a0: int, a1: int, b0: int, b1: int, run: int) -> list[tuple[int, int]]:
        """Places of what occurs once in each range, as the longest rising sequence of them."""
        self._steps += 4 * (a1 - a0 + b1 - b0)
        in_a = self._once(self._a, a0, a1, run)
        in_b = self._once(self._b, b0, b1, run)
        pairs = [(at, in_b[key]) for key, at in in_a.items() if key in in_b]
        return _rising(sorted(pairs))

    def _once(
        self, items: Sequence[int], start: int, end: int, run: int
    ) -> dict[tuple[int, ...], int]:
        seen: dict[tuple[int, ...], int] = {}
        twice: set[tuple[int, ...]] = set()
        for at in range(start, end - run + 1):
            key = tuple(items[at : at + run])
            if key in seen:
                twice.add(key)
            seen[key] = at
        weak = self._weak
        return {
            key: at
            for key, at in seen.items()
            if key not in twice and not all(item in weak for item in key)
        }

    def _between(
        self, anchors: list[tuple[int, int]], a0: int, a1: int, b0: int, b1: int
    ) -> list[tuple[int, int, int, int]]:
        """The ranges between the anchors, which are noted as found."""
        gaps = []
        for at_a, at_b in anchors:
            self.found.append((at_a, at_b, 1))
            gaps.append((a0, at_a, b0, at_b))
            a0, b0 = at_a + 1, at_b + 1
        gaps.append((a0, a1, b0, b1))
        return gaps


def _diagonals(edits: int, n: int, m: int) -> range:
    """The diagonals that can be reached with that many edits without leaving the table."""
    low = -edits if edits <= m else edits - 2 * m
    high = edits if edits <= n else 2 * n - edits
    return range(low, high + 1, 2)


def _across(left: int, n: int) -> int:
    """Progress in a after leaving out one item of a; -1 when there is none left."""
    return left + 1 if 0 <= left < n else -1


def _down(right: int, k: int, m: int) -> int:
    """Progress in a after taking one more item of b; -1 when there is none left."""
    return right if right >= 0 and right - k <= m else -1


def _entry(left: int, right: int, k: int, n: int, m: int, edits: int) -> int:
    """Where the best path enters diagonal `k`, given how far its two neighbours came."""
    if edits == 0:
        return 0
    return max(_down(right, k, m), _across(left, n))


def _padded(row: list[int]) -> list[int]:
    return [-1, -1, *row, -1, -1]


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs` (sorted by the first) whose second numbers rise too."""
    tails: list[int] = []  # the smallest last second number of a rising part of each length
    ends: list[int] = []  # the pair that it ends with
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        length = bisect_left(tails, second)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [second]
        ends[length : length + 1] = [number]
    out = []
    number = ends[-1] if ends else -1
    while number >= 0:
        out.append(pairs[number])
        number = before[number]
    return out[::-1]


def _merged(found: list[Match]) -> list[Match]:
    out: list[Match] = []
    for a, b, length in sorted(found):
        if out and (out[-1][0] + out[-1][2], out[-1][1] + out[-1][2]) == (a, b):
            out[-1] = (out[-1][0], out[-1][1], out[-1][2] + length)
        else:
            out.append((a, b, length))
    return out


def settled(
    found: Sequence[Match],
    a: Sequence[int],
    b: Sequence[int],
    score: Callable[[Sequence[int], int, int], int],
) -> list[Match]:
    """The same matches with every lone insertion or deletion slid to where it reads best.

    What was inserted between two equal stretches can often be told in several ways ("x, " or
    ", x"); `score(sequence, start, end)` says how good one way is, and the best wins.
    """
    blocks = [list(match) for match in found]
    if not blocks or blocks[0][:2] != [0, 0]:
        blocks.insert(0, [0, 0, 0])
    blocks.append([len(a), len(b), 0])
    for before, after in pairwise(blocks):
        a_gap = (before[0] + before[2], after[0])
        b_gap = (before[1] + before[2], after[1])
        if (a_gap[0] == a_gap[1]) == (b_gap[0] == b_gap[1]):
            continue
        items, (start, end) = (a, a_gap) if a_gap[0] < a_gap[1] else (b, b_gap)
        at_top = before[:2] == [0, 0]
        room_left = before[2] if at_top else before[2] - 1
        by = _best_slide(items, start, end, room_left, after[2] - 1, score)
        before[2] += by
        after[0], after[1], after[2] = after[0] + by, after[1] + by, after[2] - by
    return [(i, j, length) for i, j, length in blocks if length]


_FARTHEST_SLIDE = 400


def _best_slide(
    items: Sequence[int],
    start: int,
    end: int,
    room_left: int,
    room_right: int,
    score: Callable[[Sequence[int], int, int], int],
) -> int:
    best, best_score = 0, score(items, start, end)
    for step, room in ((-1, room_left), (1, room_right)):
        by = 0
        while abs(by) < min(room, _FARTHEST_SLIDE):
            leaves, enters = (end - 1, start - 1) if step < 0 else (start, end)
            if items[leaves + by] != items[enters + by]:
                break
            by += step
            now = score(items, start + by, end + by)
            if now > best_score:
                best, best_score = by, now
    return best
