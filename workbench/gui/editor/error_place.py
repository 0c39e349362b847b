"""Where in a template an error is: the characters to underline. No Qt."""

from __future__ import annotations

import re
from typing import NamedTuple

from workbench.gui.editor.template_lexer import Kind, Token, lex_text
from workbench.gui.editor.words import unclosed

_LINE = re.compile(r"\bline (\d+)\b")
_VARIABLE = re.compile(r"\bthe variable (\w+)")
_QUOTED = re.compile(r"'([^']+)'")
_TAG = re.compile(r"\{[{%#].*?(?:[}%#]\}|$)")


class Squiggle(NamedTuple):
    """Characters start..end of a text, and what is wrong with them."""

    start: int
    end: int
    text: str


def line_in(message: str) -> int | None:
    """The line that an error message names, 1-based; None when it names none."""
    found = _LINE.search(message)
    return int(found[1]) if found is not None else None


def squiggles(content: str, line: int | None, message: str) -> list[Squiggle]:
    """What to underline in `content` for an error in `line` (1-based, of the content).

    A variable without a value, wherever it stands; any other name the message speaks of, when it
    stands in that line; else the tag there; else the whole line. A forgotten end is shown at the
    tag that waits for it.
    """
    if "nnermost block that needs to be closed" in message and "nexpected end" in message:
        waiting = unclosed(lex_text(content))
        if waiting:
            return [Squiggle(waiting[-1].start, waiting[-1].end, message)]
    rows = content.split("\n")
    if line is None or not 1 <= line <= len(rows):
        line = len(rows)
    begin = sum(len(row) + 1 for row in rows[: line - 1])
    end = begin + len(rows[line - 1])
    everywhere = [t for name in _names(message) for t in lex_text(content) if _is(t, name)]
    named = [t for t in everywhere if t.start < end and t.end > begin]
    if _VARIABLE.search(message) and named:
        return [Squiggle(t.start, t.end, message) for t in everywhere]
    if named:
        return [Squiggle(named[0].start, named[0].end, message)]
    row = rows[line - 1]
    tags = [Squiggle(begin + t.start(), begin + t.end(), message) for t in _TAG.finditer(row)]
    if tags:
        return tags[-1:]
    lead = len(row) - len(row.lstrip())
    if row.strip():
        return [Squiggle(begin + lead, begin + len(row.rstrip()), message)]
    return _last_words(content, begin, message)


def _last_words(content: str, begin: int, message: str) -> list[Squiggle]:
    """An empty line cannot be underlined: the last words before it, or the first behind it."""
    before = content[:begin].rstrip()
    if before:
        start = before.rfind("\n") + 1
        return [Squiggle(start, len(before), message)]
    rest = content[begin:]
    start = begin + len(rest) - len(rest.lstrip())
    if start == len(content):
        return []
    stop = content.find("\n", start)
    return [Squiggle(start, len(content) if stop < 0 else stop, message)]


def _names(message: str) -> list[str]:
    found = _VARIABLE.findall(message)
    return found or _QUOTED.findall(message)


def _is(token: Token, name: str) -> bool:
    if token.kind is Kind.STRING:
        return token.text[1:-1] == name
    return token.text == name and token.kind not in (Kind.COMMENT, Kind.ATTRIBUTE)
