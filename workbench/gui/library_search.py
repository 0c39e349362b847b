"""Finding prompts by name, tag, description and text while one types. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from workbench.templates.library import PromptSummary

_LONGEST_TEXT = 200_000
"""Characters of a file that are searched."""
_SHORTEST_FUZZY = 3
"""With fewer letters nearly every name would match somehow."""


class LibraryEntry(NamedTuple):
    """A prompt of the library and the text of its file; empty for a file that cannot be read."""

    summary: PromptSummary
    text: str


class LibraryRoot(NamedTuple):
    """A folder of prompts.

    Attributes:
        title: under which its prompts stand in the tree; empty for the bundled ones, which stand
            at the top.
        is_own: whether the person may rename and delete in it.
    """

    title: str
    is_own: bool


def read_entries(summaries: Sequence[PromptSummary]) -> list[LibraryEntry]:
    """The prompts with their texts; reads the disk."""
    entries = []
    for summary in summaries:
        try:
            with summary.path.open(encoding="utf-8", errors="replace") as file:
                text = file.read(_LONGEST_TEXT)
        except OSError:
            text = ""
        entries.append(LibraryEntry(summary, text))
    return entries


@dataclass(frozen=True, slots=True)
class _Indexed:
    entry: LibraryEntry
    title: str
    names: str
    tags: tuple[str, ...]
    folder: str
    description: str
    text: str


class LibraryIndex:
    """Prompts made ready to be searched."""

    def __init__(self, entries: Sequence[LibraryEntry] = ()) -> None:
        self._rows = [_indexed(entry) for entry in entries]

    def search(self, query: str) -> list[LibraryEntry]:
        """Prompts that have every word of `query` somewhere, the best first.

        A word that begins with # is looked for in the tags alone. A word may leave letters out of
        the name ("fsstory" finds "few-shot story"), nowhere else.
        """
        words = query.casefold().split()
        if not words:
            return [row.entry for row in self._rows]
        found = []
        for position, row in enumerate(self._rows):
            ranks = [_rank(row, word) for word in words]
            if all(rank is not None for rank in ranks):
                total = sum(rank for rank in ranks if rank is not None)
                found.append((total, len(row.title), position, row.entry))
        return [entry for *_, entry in sorted(found, key=lambda f: f[:3])]


def _indexed(entry: LibraryEntry) -> _Indexed:
    summary = entry.summary
    title = (summary.title or summary.name).casefold()
    return _Indexed(
        entry,
        title,
        f"{title}\n{summary.name.casefold()}",
        tuple(tag.casefold() for tag in summary.tags),
        summary.folder.casefold(),
        summary.description.casefold(),
        entry.text.casefold(),
    )


def _rank(row: _Indexed, word: str) -> int | None:
    """How well a word fits, 0 best; None when it is nowhere."""
    if word.startswith("#"):
        wanted = word[1:]
        return 0 if any(tag.startswith(wanted) for tag in row.tags) else None
    at = row.names.find(word)
    if at == 0 or (at > 0 and not row.names[at - 1].isalnum()):
        return 0
    if any(tag.startswith(word) for tag in row.tags):
        return 1
    places = (row.names, row.folder, row.description, row.text)
    for rank, place in enumerate(places, start=2):
        if word in place:
            return rank
    if len(word) >= _SHORTEST_FUZZY and _in_order(word, row.title):
        return len(places) + 2
    return None


def _in_order(letters: str, text: str) -> bool:
    """Whether all letters stand in `text` in their order, the first at the start of a word."""
    for start, sign in enumerate(text):
        if sign != letters[0] or (start and text[start - 1].isalnum()):
            continue
        at = start
        for letter in letters[1:]:
            at = text.find(letter, at + 1)
            if at < 0:
                break
        else:
            return True
    return False
