"""What the palette finds, and how well a query fits it. No Qt."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

MOST = 200
"""Entries that are shown at most."""


class Kind(StrEnum):
    """What an entry is; the value is the sign that, typed first, finds nothing else."""

    ACTION = ">"
    PROMPT = "/"
    MODEL = "@"
    RUN = "#"
    SETTING = ","
    HELP = "?"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One thing that can be done or opened.

    Attributes:
        key: tells it apart over restarts: "action:save".
        detail: a sentence or a folder beside the title; found as well.
        keys: its shortcut as the system writes it; empty without one.
        why_not: a sentence why it cannot be done now; empty when it can.
        call: does it.
        title_folded, detail_folded: what is searched; made by `entry`.
    """

    key: str
    kind: Kind
    title: str
    detail: str
    keys: str
    why_not: str
    call: Callable[[], object]
    title_folded: str
    detail_folded: str


def entry(
    key: str,
    kind: Kind,
    title: str,
    detail: str,
    call: Callable[[], object],
    *,
    keys: str = "",
    why_not: str = "",
    more: str = "",
) -> Entry:
    """An entry; `more` is found like the detail but never shown."""
    found_too = f"{detail} {more}".casefold()
    return Entry(key, kind, title, detail, keys, why_not, call, title.casefold(), found_too)


class Found(NamedTuple):
    """An entry and which characters of its title fit the query."""

    entry: Entry
    places: tuple[int, ...]


class Index:
    """Entries made ready to be searched while one types."""

    def __init__(self, entries: Iterable[Entry], recent: Sequence[str] = ()) -> None:
        """`recent`: keys of what was used, the last one first."""
        self._entries = tuple(entries)
        self._recent = {key: place for place, key in enumerate(recent)}
        self._last: tuple[str, Kind | None, list[tuple[int, Entry]]] | None = None

    def search(self, text: str) -> list[Found]:
        """The best entries for a query, best first; all recent ones first for an empty one.

        A first sign of `Kind` leaves only that kind. Every word must be in the title or the
        detail; in the title a word may leave letters out ("nwin" finds "New window").
        """
        kind, query = parsed(text)
        words = query.casefold().split()
        pool: Iterable[tuple[int, Entry]] = enumerate(self._entries)
        last = self._last
        if last is not None and last[0] and query.startswith(last[0]) and kind is last[1]:
            pool = last[2]
        tests = [_test(word) for word in words]
        kept: list[tuple[int, Entry]] = []
        ranked: list[tuple[tuple[int, int, int, int], Entry]] = []
        unused = len(self._recent)
        for place, one in pool:
            if kind is not None and one.kind is not kind:
                continue
            total = 0
            for test in tests:
                rank = test(one)
                if rank is None:
                    break
                total += rank
            else:
                kept.append((place, one))
                total += bool(one.why_not)
                used = self._recent.get(one.key, unused)
                first, then = (used, 0) if not words else (total, used)
                ranked.append(((first, then, len(one.title) if words else 0, place), one))
        self._last = (query, kind, kept) if query == query.rstrip() else None
        best = heapq.nsmallest(MOST, ranked, key=lambda row: row[0])
        return [Found(one, places(one.title, words)) for _, one in best]


def parsed(text: str) -> tuple[Kind | None, str]:
    """The kind that a query asks for (None: every kind), and the rest of it."""
    sign = text.lstrip()[:1]
    if sign and sign in list(Kind):
        return Kind(sign), text.lstrip()[1:].lstrip()
    return None, text


def places(title: str, words: Sequence[str]) -> tuple[int, ...]:
    """Which characters of `title` the words stand on, for drawing."""
    folded = title.casefold()
    if len(folded) != len(title):  # a letter that folds to two: nothing is marked, rather wrongly
        return ()
    found: set[int] = set()
    for word in words:
        at = _at(folded, word)
        if at >= 0:
            found.update(range(at, at + len(word)))
            continue
        match = _in_order(word).search(folded) if len(word) > 1 else None
        if match is not None:
            at = match.start(1) - 1
            for letter in word:
                at = folded.index(letter, at + 1)
                found.add(at)
    return tuple(sorted(found))


def _test(word: str) -> Callable[[Entry], int | None]:
    """How well a word fits an entry, 0 best; None when it does not."""
    order = _in_order(word) if len(word) > 1 else None

    def test(one: Entry) -> int | None:
        title = one.title_folded
        at = title.find(word)
        if at == 0:
            return 0
        if at > 0:
            return 1 if _at(title, word) != at or not title[at - 1].isalnum() else 2
        match = order.search(title) if order is not None else None
        if match is not None:
            left_out = match.end() - match.start(1) - len(word)
            if left_out <= 2 * len(word) + 2:
                return 3 + min(6, left_out // 2)
        return 10 if word in one.detail_folded else None

    return test


def _at(title: str, word: str) -> int:
    """Where a word stands in a title, at the start of a word if it can be; -1 when nowhere."""
    at = first = title.find(word)
    while at > 0 and title[at - 1].isalnum():
        at = title.find(word, at + 1)
    return at if at >= 0 else first


def _in_order(word: str) -> re.Pattern[str]:
    """All letters in their order, the first at the start of a word. Each gap stops at the first
    fitting letter, so that no title takes long."""
    gaps = "".join(f"[^{re.escape(letter)}]*{re.escape(letter)}" for letter in word[1:])
    return re.compile(rf"(?:^|[\W_])({re.escape(word[0])}{gaps})")
