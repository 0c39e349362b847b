"""Mustache and Handlebars texts as open texts: the part of both that prompts use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workbench.core.errors import UserError
from workbench.core.open_text import Branch, Hole, Loop, Piece

_DEEPEST = 60
_NAME = re.compile(r"[A-Za-z_][\w-]*\Z")
_PATH = re.compile(r"(?:@root\.|this\.|\./)?([A-Za-z_][\w-]*)(?:\.([A-Za-z_]\w*))?\Z")


@dataclass(frozen=True, slots=True)
class _Tag:
    """`{{…}}`: what stands inside, where it begins and ends in the source."""

    inside: str
    start: int
    end: int
    raw: bool


@dataclass(slots=True)
class _Open:
    """A section that is not closed yet."""

    kind: str
    name: str
    item: str
    pieces: list[Piece] = field(default_factory=list)
    then: list[Piece] | None = None


def read_braces(source: str, label: str, *, handlebars: bool) -> tuple[Piece, ...]:
    """The text with its holes, loops and branches.

    Raises:
        UserError: a tag without end, a section that is not closed, or what cannot be said here
            (partials, helpers, lambdas); the message names line and tag.
    """
    return _Reader(source, label, handlebars=handlebars).read()


class _Reader:
    def __init__(self, source: str, label: str, *, handlebars: bool) -> None:
        self._source, self._label, self._handlebars = source, label, handlebars
        self._left, self._right = "{{", "}}"
        self._stack: list[_Open] = [_Open("", "", "")]
        self._at = 0
        self._items = 0

    def read(self) -> tuple[Piece, ...]:
        while (begin := self._source.find(self._left, self._at)) >= 0:
            literal = self._source[self._at : begin]
            if self._handlebars and (slashes := len(literal) - len(literal.rstrip("\\"))):
                literal = literal[:-1]
                if slashes == 1:
                    self._add(literal + "{{")
                    self._at = begin + 2
                    continue
            tag = self._tag(begin)
            start, end = self._alone(tag)
            if start is not None:
                literal = literal[: max(0, start - self._at)]
            self._add(literal)
            self._at = end
            self._take(tag)
        self._add(self._source[self._at :])
        if len(self._stack) > 1:
            raise self._error(f"{{{{#{self._stack[-1].name}}}}} is not closed", len(self._source))
        return tuple(self._stack[0].pieces)

    def _tag(self, start: int) -> _Tag:
        inside = start + len(self._left)
        raw = self._left == "{{" and self._source.startswith("{", inside)
        comment = self._handlebars and self._source.startswith("!--", inside)
        close = "--}}" if comment else "}" * 3 if raw else self._right
        stop = self._source.find(close, inside)
        if stop < 0:
            raise self._error("a tag has no end", start)
        text = self._source[inside + raw : stop]
        return _Tag(text.strip(), start, stop + len(close), raw)

    def _take(self, tag: _Tag) -> None:
        inside = tag.inside
        if not tag.raw and inside.startswith("!"):
            return
        if not tag.raw and inside.startswith("=") and inside.endswith("="):
            self._left, self._right = self._delimiters(inside, tag)
            return
        if tag.raw or (inside[:1] not in ("#", "^", "/", ">", "&") and inside != "else"):
            self._hole(inside, tag)
        elif inside.startswith("&"):
            self._hole(inside[1:].strip(), tag)
        elif inside.startswith(">"):
            raise self._error(f"the partial {inside[1:].strip()} is another file", tag.start)
        elif inside == "else":
            self._otherwise(tag)
        elif inside.startswith("/"):
            self._close(inside[1:].strip(), tag)
        else:
            self._begin(inside[0], inside[1:].strip(), tag)

    def _begin(self, sign: str, what: str, tag: _Tag) -> None:
        if len(self._stack) > _DEEPEST:
            raise self._error(f"more than {_DEEPEST} sections inside each other", tag.start)
        word, _, rest = what.partition(" ")
        if self._handlebars and sign == "#" and rest:
            name = rest.strip().removeprefix("@root.").removeprefix("this.")
            if word not in ("each", "if", "unless") or not _NAME.match(name):
                raise self._error(f"the block {what} is not known", tag.start)
            self._items += 1
            self._stack.append(_Open(word, name, f"row{self._items}"))
            return
        if not _NAME.match(what):
            raise self._error(f"the section {what} is no plain name", tag.start)
        self._items += 1
        self._stack.append(_Open("unless" if sign == "^" else "each", what, f"row{self._items}"))

    def _otherwise(self, tag: _Tag) -> None:
        section = self._stack[-1]
        if section.kind not in ("if", "unless") or section.then is not None:
            raise self._error("{{else}} stands outside of a condition", tag.start)
        section.then, section.pieces = section.pieces, []

    def _close(self, name: str, tag: _Tag) -> None:
        section = self._stack[-1]
        if name not in (section.kind, section.name) or len(self._stack) == 1:
            raise self._error(f"{{{{/{name}}}}} closes nothing", tag.start)
        self._stack.pop()
        then = tuple(section.then if section.then is not None else section.pieces)
        otherwise = tuple(section.pieces) if section.then is not None else ()
        if section.kind == "each":
            self._stack[-1].pieces.append(Loop(section.name, section.item, then))
        elif section.kind == "if":
            self._stack[-1].pieces.append(Branch(section.name, then, otherwise))
        else:
            self._stack[-1].pieces.append(Branch(section.name, otherwise, then))

    def _hole(self, what: str, tag: _Tag) -> None:
        item = next((s.item for s in reversed(self._stack) if s.kind == "each"), "")
        if what == "_":
            return  # an empty value that keeps a line
        if what in (".", "this"):
            if not item:
                raise self._error(f"{{{{{what}}}}} stands outside of a list", tag.start)
            self._stack[-1].pieces.append(Hole(item))
            return
        path = _PATH.match(what)
        if path is None:
            raise self._error(f"{{{{{what}}}}} is no plain variable", tag.start)
        name, deeper = path[1], path[2] or ""
        is_row = bool(item) and not what.startswith("@root.") and not deeper
        explicit = what.startswith(("this.", "./"))
        if (is_row and (explicit or not self._handlebars)) or is_row:
            self._stack[-1].pieces.append(Hole(item, name))
        else:
            self._stack[-1].pieces.append(Hole(name, deeper))

    def _add(self, text: str) -> None:
        pieces = self._stack[-1].pieces
        if text and pieces and isinstance(pieces[-1], str):
            pieces[-1] += text
        elif text:
            pieces.append(text)

    def _alone(self, tag: _Tag) -> tuple[int | None, int]:
        """Where the tag's line begins and ends when it is a section or comment alone on it."""
        inside = tag.inside
        if tag.raw or not (inside[:1] in ("#", "^", "/", "!", "=") or inside == "else"):
            return None, tag.end
        line = self._source.rfind("\n", 0, tag.start) + 1
        stop = self._source.find("\n", tag.end)
        stop = len(self._source) if stop < 0 else stop + 1
        around = self._source[line : tag.start] + self._source[tag.end : stop]
        if around.strip() or (line < self._at and self._source[line : self._at].strip()):
            return None, tag.end
        return line, stop

    def _delimiters(self, inside: str, tag: _Tag) -> tuple[str, str]:
        marks = inside[1:-1].split()
        if self._handlebars:
            raise self._error(f"{{{{{inside}}}}}: Handlebars changes no delimiters", tag.start)
        if len(marks) != 2 or any("=" in mark for mark in marks):
            raise self._error(f"{{{{{inside}}}}} does not name two delimiters", tag.start)
        return marks[0], marks[1]

    def _error(self, what: str, at: int) -> UserError:
        line = self._source.count("\n", 0, at) + 1
        return UserError(f"{self._label}, line {line} of the text: {what}.")
