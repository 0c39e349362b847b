"""Template text into tokens, line by line, by Jinja2's own lexer. No Qt.

The lexer knows only whole templates. A line is given to it behind a short prefix that brings it
into the state in which the line before ended, so an edit costs one line and not the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jinja2.lexer import Lexer


_MOST_OPEN_LINES = 60
"""A tag left open for longer is taken for a forgotten end: the text after it is text again."""
_MOST_BRACKETS = 24
_SHORT = 400
"""Longer lines are not remembered: a new one at every key would fill the memory."""
_TAG_START = re.compile(r"\{[{%#]")


class Mode(StrEnum):
    """What stands around a place of the template."""

    TEXT = "text"
    VARIABLE = "variable"
    BLOCK = "block"
    COMMENT = "comment"
    RAW = "raw"


class Kind(Enum):
    """What a token is."""

    DELIMITER = "delimiter"
    TAG = "tag"
    KEYWORD = "keyword"
    NAME = "name"
    ATTRIBUTE = "attribute"
    FILTER = "filter"
    TEST = "test"
    STRING = "string"
    NUMBER = "number"
    OPERATOR = "operator"
    COMMENT = "comment"


class Token(NamedTuple):
    """Characters start..end of a line (of the text, from `lex_text`) and what they are."""

    start: int
    end: int
    kind: Kind
    mode: Mode
    text: str


class State(NamedTuple):
    """Where a line ends.

    Attributes:
        brackets: those open in the tag, outermost first.
        quote: the quote of a string that is not closed yet; empty outside strings.
        previous: the last token of the open tag but blanks; empty behind its start.
        lines: for how many lines the tag has been open.
    """

    mode: Mode = Mode.TEXT
    brackets: str = ""
    quote: str = ""
    previous: str = ""
    lines: int = 0


ROOT = State()
TAGS = (
    "for", "endfor", "if", "elif", "else", "endif", "set", "endset", "include", "macro",
    "endmacro", "call", "endcall", "filter", "endfilter", "with", "endwith", "raw", "endraw",
    "break", "continue", "generation", "endgeneration", "import", "from", "block", "endblock",
)  # fmt: skip
KEYWORDS = ("in", "not", "and", "or", "is", "if", "else", "true", "false", "none", "recursive")
_BLOCK_KEYWORDS = frozenset({"as", "import", "with", "without", "context", "ignore", "missing"})
_KEYWORDS = frozenset(KEYWORDS) | {"True", "False", "None"}
_BEGINS = {
    "variable_begin": Mode.VARIABLE,
    "block_begin": Mode.BLOCK,
    "comment_begin": Mode.COMMENT,
    "raw_begin": Mode.RAW,
}
_ENDS = frozenset({"variable_end", "block_end", "comment_end", "raw_end"})
_PLAIN = {
    "string": Kind.STRING,
    "integer": Kind.NUMBER,
    "float": Kind.NUMBER,
    "operator": Kind.OPERATOR,
    "comment": Kind.COMMENT,
}
_PREFIX = {
    Mode.TEXT: "",
    Mode.VARIABLE: "{{ ",
    Mode.BLOCK: "{% ",
    Mode.COMMENT: "{#",
    Mode.RAW: "{% raw %}",
}
_CLOSED_BY = {")": "(", "]": "[", "}": "{"}


def lex_line(text: str, state: State = ROOT) -> tuple[tuple[Token, ...], State]:
    """The tokens of one line that begins in `state`, and the state at its end.

    Plain text makes no token. Where the lexer meets a mistake, the rest up to the next tag is
    taken for text.
    """
    if state.mode is Mode.TEXT and "{" not in text:
        return (), ROOT
    return (_lex_short if len(text) <= _SHORT else _lex)(text, state)


def _lex(text: str, state: State) -> tuple[tuple[Token, ...], State]:
    if state.lines > _MOST_OPEN_LINES or len(state.brackets) > _MOST_BRACKETS:
        state = ROOT
    found: list[Token] = []
    at = 0
    while True:
        line = _Line(text[at:], at, state)
        line.read()
        found += line.tokens
        if line.broken_at is None:
            break
        tag = _TAG_START.search(text, line.broken_at)
        if tag is None:
            return tuple(found), ROOT
        at, state = tag.start(), ROOT
    end = line.state
    if end.mode in (Mode.VARIABLE, Mode.BLOCK):
        end = end._replace(lines=state.lines + 1)
    return tuple(found), end


# Colours, completion and error places read the same lines; each is read once.
_lex_short = lru_cache(maxsize=8192)(_lex)


def lex_text(text: str) -> list[Token]:
    """The tokens of a whole template, with positions in it."""
    found: list[Token] = []
    state, at = ROOT, 0
    for row in text.split("\n"):
        tokens, state = lex_line(row, state)
        found += [t._replace(start=t.start + at, end=t.end + at) for t in tokens]
        at += len(row) + 1
    return found


def lex_rows(text: str) -> Iterator[Token]:
    """The tokens of a whole template, with positions in their lines: faster than `lex_text`."""
    state = ROOT
    for row in text.split("\n"):
        tokens, state = lex_line(row, state)
        yield from tokens


def state_before(text: str) -> State:
    """The state at the end of `text`."""
    state = ROOT
    for row in text.split("\n"):
        _, state = lex_line(row, state)
    return state


class _Line:
    """One line on its way through the lexer."""

    def __init__(self, text: str, offset: int, state: State) -> None:
        self.tokens: list[Token] = []
        self.broken_at: int | None = None
        self.state = state
        self._prefix = _PREFIX[state.mode] + state.brackets + state.quote
        self._source = self._prefix + text
        self._shift = offset - len(self._prefix)
        self._mode = Mode.TEXT
        self._brackets: list[str] = []
        self._previous = ""
        self._at = 0
        self._given = state

    def read(self) -> None:
        """Fill `tokens`, then `state` or `broken_at`."""
        from jinja2.exceptions import TemplateSyntaxError

        quote = ""
        try:
            for _, kind, value in _lexer().tokeniter(self._source, None):
                # Blanks that "-%}" strips are missing among the tokens.
                start = self._source.find(value, self._at)
                if kind == "operator" and self._is_new_tag(start):
                    self.broken_at = start + self._shift
                    return
                self._at = start + len(value)
                self._take(kind, value.rstrip() if kind in _ENDS else value, start)
        except TemplateSyntaxError:
            if self._mode is Mode.COMMENT:
                self._add(self._at, len(self._source), Kind.COMMENT)
            elif self._mode in (Mode.VARIABLE, Mode.BLOCK):
                quote = self._source[self._at : self._at + 1]
                if quote not in ("'", '"'):
                    self.broken_at = self._at + self._shift
                    return
                self._add(self._at, len(self._source), Kind.STRING)
        self.state = State(self._mode, "".join(self._brackets), quote, self._previous)
        if self._mode in (Mode.TEXT, Mode.RAW, Mode.COMMENT):
            self.state = State(self._mode)

    def _is_new_tag(self, start: int) -> bool:
        """Whether a tag begins inside a tag, whose end must have been forgotten.

        Two braces in an expression could only be a dictionary as the key of another.
        """
        pair = self._source[start : start + 2]
        return start >= len(self._prefix) and pair in ("{%", "{{", "{#")

    def _take(self, kind: str, value: str, start: int) -> None:
        end = start + len(value)
        if kind in _BEGINS:
            self._mode = _BEGINS[kind]
            self._brackets, self._previous = [], ""
            self._add(start, end, Kind.DELIMITER)
            self._after_prefix(start + len(value))
        elif kind in _ENDS:
            self._add(start, end, Kind.DELIMITER)
            self._mode, self._previous = Mode.TEXT, ""
        elif kind == "name":
            self._add(start, end, self._name(value))
            if not (value == "not" and self._previous == "is"):
                self._previous = value
        elif kind in _PLAIN:
            self._add(start, end, _PLAIN[kind])
            if kind == "operator":
                self._bracket(value)
            self._previous = value if end > len(self._prefix) else self._previous

    def _after_prefix(self, end: int) -> None:
        if 0 < end <= len(self._prefix):
            self._previous = self._given.previous

    def _bracket(self, value: str) -> None:
        if value in "([{":
            self._brackets.append(value)
        elif value in _CLOSED_BY and self._brackets and self._brackets[-1] == _CLOSED_BY[value]:
            self._brackets.pop()

    def _name(self, value: str) -> Kind:
        if self._mode is Mode.BLOCK and not self._previous:
            return Kind.TAG
        if self._previous == "|":
            return Kind.FILTER
        if self._previous == ".":
            return Kind.ATTRIBUTE
        if self._previous == "is" and value != "not":
            return Kind.TEST
        if value in _KEYWORDS or (self._mode is Mode.BLOCK and value in _BLOCK_KEYWORDS):
            return Kind.KEYWORD
        return Kind.NAME

    def _add(self, start: int, end: int, kind: Kind) -> None:
        start = max(start, len(self._prefix))
        if end > start:
            text = self._source[start:end]
            shift = self._shift
            self.tokens.append(Token(start + shift, end + shift, kind, self._mode, text))


@cache
def _lexer() -> Lexer:
    """Jinja's own, made with the first template."""
    from jinja2 import Environment

    return Environment(autoescape=True).lexer
