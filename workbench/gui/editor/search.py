"""Find and replace over several texts, with a limit on the time that a pattern may take. No Qt.

The `regex` module is used because its matching can be given a time limit and lets other threads
run meanwhile; the standard library's can do neither.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workbench.core.errors import UserError
from workbench.gui.translate import tr

if TYPE_CHECKING:
    import regex

LIMIT_S = 1.0
MOST_MATCHES = 100_000
_MOST_CHARS = 5_000_000
_MOST_PATTERN = 4_000


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    Attributes:
        is_regex: whether `text` is a regular expression; in it `^` and `$` mean lines.
        replacement: what to put in; with `is_regex`, `\\1` and `\\g<name>` stand for groups.
    """

    text: str
    is_regex: bool = False
    match_case: bool = False
    whole_word: bool = False
    replacement: str = ""


class Match(NamedTuple):
    """Characters start..end of text number `block`; they may be empty for a pattern like `^`."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """Every match of a query, in order, and the texts they are in.

    Attributes:
        complete: False when there were more than MOST_MATCHES.
    """

    query: Query
    texts: tuple[str, ...]
    matches: tuple[Match, ...]
    complete: bool = True


def find_all(query: Query, texts: Sequence[str], limit_s: float = LIMIT_S) -> Found:
    """Every match of `query`, without overlaps.

    Raises:
        UserError: the pattern is no regular expression, or takes longer than `limit_s` seconds.
    """
    matches: list[Match] = []
    pattern = _compiled(query)
    for block, _, found in _walk(query, pattern, texts, limit_s):
        if len(matches) == MOST_MATCHES:
            return Found(query, tuple(texts), tuple(matches), complete=False)
        matches.append(Match(block, found.start(), found.end()))
    return Found(query, tuple(texts), tuple(matches))


def replaced(query: Query, texts: Sequence[str], limit_s: float = LIMIT_S) -> tuple[list[str], int]:
    """The texts with every match replaced, and how many there were.

    Raises:
        UserError: as `find_all`, a wrong replacement, or a result that is too large.
    """
    pattern = _compiled(query)
    pieces: list[list[str]] = [[] for _ in texts]
    ends = [0] * len(texts)
    count = total = 0
    for block, text, found in _walk(query, pattern, texts, limit_s):
        put = _expanded(query, found)
        pieces[block] += (text[ends[block] : found.start()], put)
        ends[block] = found.end()
        count += 1
        total += len(put)
        if total > _MOST_CHARS:
            raise UserError(
                tr(
                    "The replaced text would grow by more than {most_chars:,} characters.",
                    most_chars=_MOST_CHARS,
                ),
                tr("Make the replacement shorter."),
            )
    return [
        "".join([*piece, text[end:]]) for piece, text, end in zip(pieces, texts, ends, strict=True)
    ], count


def replacement_of(found: Found, number: int, limit_s: float = LIMIT_S) -> str:
    """What match `number` is replaced by.

    Raises:
        UserError: as `replaced`.
    """
    match = found.matches[number]
    pattern = _compiled(found.query)
    for _, _, here in _walk(found.query, pattern, [found.texts[match.block]], limit_s):
        if (here.start(), here.end()) == (match.start, match.end):
            return _expanded(found.query, here)
    raise UserError(
        tr("Match {number:,} is not there any more.", number=number + 1), tr("Search again.")
    )


def _walk(
    query: Query, pattern: regex.Pattern[str], texts: Sequence[str], limit_s: float
) -> Iterator[tuple[int, str, regex.Match[str]]]:
    end = time.monotonic() + limit_s
    try:
        for block, text in enumerate(texts):
            left = max(0.001, end - time.monotonic())
            for found in pattern.finditer(text, concurrent=True, timeout=left):
                yield block, text, found
                if time.monotonic() > end:
                    raise _too_slow(query, limit_s)
    except TimeoutError as error:
        raise _too_slow(query, limit_s) from error
    except MemoryError as error:
        raise UserError(
            tr("The pattern {words} needs too much memory.", words=query.text),
            tr("Make it simpler."),
        ) from error


def _too_slow(query: Query, limit_s: float) -> UserError:
    return UserError(
        tr(
            "The pattern {words} needs more than {limit_s:g} s for this text.",
            words=query.text,
            limit_s=limit_s,
        ),
        tr("Write it without repetitions inside repetitions."),
    )


def _compiled(query: Query) -> regex.Pattern[str]:
    import regex

    if len(query.text) > _MOST_PATTERN:
        raise UserError(
            tr(
                "The search text has {n_text:,} characters; {most_pattern:,} are the most.",
                n_text=len(query.text),
                most_pattern=_MOST_PATTERN,
            ),
            tr("Search for a part of it."),
        )
    source = query.text if query.is_regex else regex.escape(query.text, special_only=True)
    if query.whole_word:
        source = rf"(?<!\w)(?:{source})(?!\w)"
    flags = regex.MULTILINE | (0 if query.match_case else regex.IGNORECASE)
    try:
        return regex.compile(source, flags)
    except regex.error as error:
        at = getattr(error, "pos", None)
        place = "" if at is None else tr(" at character {column}", column=_column(query, at))
        raise UserError(
            tr(
                "The pattern {words} is no regular expression: {reason}{place}.",
                words=query.text,
                reason=_reason(error),
                place=place,
            ),
            tr("Correct it, or switch off “.*” to search for these very characters."),
        ) from error
    except (RecursionError, OverflowError, ValueError) as error:
        raise UserError(
            tr("The pattern {words} cannot be read: {error}.", words=query.text[:60], error=error),
            tr("Make it simpler."),
        ) from error


def _column(query: Query, place: int) -> int:
    lead = len(r"(?<!\w)(?:") if query.whole_word else 0
    return min(max(place - lead, 0) + 1, len(query.text) + 1)


def _reason(error: Exception) -> str:
    # The stubs do not know that regex.error has the attributes of re.error.
    return str(getattr(error, "msg", None) or error)


def _expanded(query: Query, found: regex.Match[str]) -> str:
    import regex

    if not query.is_regex:
        return query.replacement
    try:
        return str(found.expand(query.replacement))
    except (regex.error, IndexError, ValueError, KeyError) as error:
        raise UserError(
            tr(
                "The replacement {replacement} cannot be used: {reason}.",
                replacement=query.replacement,
                reason=_reason(error),
            ),
            tr(r"Groups are \1, \2 or \g<name>; a backslash itself is written \\."),
        ) from error
