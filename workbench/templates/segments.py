"""A prompt template cut into parts that can be compiled on their own.

Compiling is nine tenths of the time a rendering takes. Most of a long prompt is plain text and
plain names, which need no compiling at all, and most of it is the same as at the last keystroke.
So the template is cut at line ends outside every block; where a cut falls depends only on the line
before it, so that typing moves no other cut. A template with macros, blocks or anything this
scanner is not sure about stays in one part. The parts share one context, so that `set` works across
them, and white space control never reaches over a cut: the text is the same as of the whole.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import NamedTuple

_OPEN = re.compile(r"\{[{%#]")
# Not possessive: Python before 3.11.5 fails to match such groups (its issue 106052). No two
# alternatives begin alike, so that going back costs no more than the way there.
_STRINGS = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|\{[^'\"{}]*\}"
_VARIABLE = re.compile(rf"(?:[^'\"{{}}]|{_STRINGS})*\}}\}}", re.DOTALL)
_BLOCK = re.compile(rf"(?:[^'\"{{}}%]|%(?!\}})|{_STRINGS})*%\}}", re.DOTALL)
_CONSTANT = r"'[^'\\]*'|\"[^\"\\]*\"|-?\d{1,9}|true|false|none"
_FILTER = rf"\|\s*([A-Za-z_]\w*)\s*(?:\(\s*((?:(?:{_CONSTANT})\s*(?:,\s*|(?=\))))*)\))?"
_PATH = re.compile(
    rf"\s*([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*|\[\d{{1,9}}\])*)\s*((?:{_FILTER}\s*)*)", re.ASCII
)
_FILTERS = re.compile(_FILTER, re.ASCII)
_CONSTANTS = re.compile(_CONSTANT)
_WORDS = {"true": True, "false": False, "none": None}
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_WORD = re.compile(r"\s*([A-Za-z_]\w*)")
_SET_VALUE = re.compile(r"\s*set\s[\w\s,.()]*=(?!=)")
_SET_TARGETS = re.compile(r"\s*set\s([\w\s,.()]*)")
_NAME = re.compile(r"[^\W\d]\w*")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_RESERVED = frozenset(
    {"true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "if"}
    | {"else", "self", "super", "caller", "varargs", "kwargs"}
)
_OPENERS = frozenset({"for", "if", "filter", "with", "generation"})
_INNER = frozenset({"else", "elif", "break", "continue", "include", "do"})
_MOST_TAGS = 40
_TOO_MANY_TAGS = 20_000
_CUT_ONE_IN = 3
_LOOK_BACK = 40


Constant = str | int | bool | None


class Lookup(NamedTuple):
    """`{{ name.attribute[0]|filter('constant') }}`: an output that needs no compiling.

    Attributes:
        filters: their names and constant arguments, in order.
        line: of the template, 0-based.
    """

    name: str
    steps: tuple[str | int, ...]
    filters: tuple[tuple[str, tuple[Constant, ...]], ...]
    line: int


class Segment(NamedTuple):
    """A part of a template.

    Attributes:
        source: the template text of this part.
        line: of the template where it begins, 0-based.
        pieces: texts and look-ups when it consists of nothing else; None when it is to be compiled.
    """

    source: str
    line: int
    pieces: tuple[str | Lookup, ...] | None

    def lookups(self, filters: frozenset[str]) -> list[Lookup] | None:
        """The names that this part looks up; None when it is to be compiled, as with a filter
        that is not one of `filters`.
        """
        if self.pieces is None:
            return None
        found = [piece for piece in self.pieces if isinstance(piece, Lookup)]
        used = {name for piece in found for name, _ in piece.filters}
        return found if used <= filters else None


class _Tag(NamedTuple):
    """A tag of the template; `depth`: blocks that are open behind it."""

    start: int
    stop: int
    lookup: tuple[str, str, str] | None
    is_comment: bool
    strips_before: bool
    strips_after: bool
    depth: int


def normal_source(source: str) -> str:
    """The template as jinja2 reads it: one kind of line end, and the very last one dropped."""
    plain = _NEWLINE.sub("\n", source) if "\r" in source else source
    return plain.removesuffix("\n")


def split(source: str) -> list[Segment]:
    """The parts of a template that `normal_source` has passed; their sources add up to it."""
    tags = _scan(source)
    if tags is None:
        return [Segment(source, 0, None)]
    segments = []
    start = first = line = 0
    for index in range(len(tags) + 1):
        cut = _cut(source, tags, index, first) if index < len(tags) else len(source)
        if cut is None:
            continue
        segments.append(_segment(source, start, cut, line, tags[first:index]))
        line += source.count("\n", start, cut)
        start, first = cut, index
    return segments


def _scan(source: str) -> list[_Tag] | None:
    """All tags in order; None when the template has to stay in one part."""
    tags: list[_Tag] = []
    at = depth = 0
    known: set[str] = set()
    while (found := _OPEN.search(source, at)) is not None:
        start, inside = found.span()
        kind = found[0]
        if kind == "{#":
            close = source.find("#}", inside)
            if close < 0:
                return None
            at = close + 2
        else:
            body = (_VARIABLE if kind == "{{" else _BLOCK).match(source, inside)
            if body is None:
                return None
            at = body.end()
        sign = source[inside]
        left = inside + (sign in "-+")
        strips_after = at - 3 >= left and source[at - 3] == "-"
        inner = source[left : at - 3 if strips_after else at - 2]
        lookup = None
        if kind == "{{" and depth == 0 and (path := _PATH.fullmatch(inner)) is not None:
            if path[1] not in _RESERVED:
                lookup = (path[1], path[2], path[3])
        elif kind == "{%":
            step = _depth_step(inner)
            if step is None or depth + step < 0 or _used_before_set(source, inner, start, known):
                return None
            depth += step
        tags.append(_Tag(start, at, lookup, kind == "{#", sign == "-", strips_after, depth))
        if len(tags) > _TOO_MANY_TAGS:
            return None
    return tags if depth == 0 else None


def _used_before_set(source: str, inner: str, start: int, known: set[str]) -> bool:
    """Whether a tag sets a name that stands further up: jinja2 then treats the name's uses there
    in ways that depend on the whole template. `known` collects the names that were set.
    """
    targets = _SET_TARGETS.match(inner)
    if targets is None:
        return False
    names = set(_NAME.findall(targets[1])) - known
    known |= names
    return any(re.search(rf"\b{name}\b", source[:start]) for name in names)


def _depth_step(inner: str) -> int | None:
    """How a block tag changes the nesting; None for one that rules out cutting."""
    word = _WORD.match(inner)
    name = "" if word is None else word[1]
    if name in _OPENERS:
        return 1
    if name == "set":
        return 0 if _SET_VALUE.match(inner) else 1
    if name.startswith("end") and (name[3:] in _OPENERS or name == "endset"):
        return -1
    return 0 if name in _INNER else None


def _cut(source: str, tags: Sequence[_Tag], index: int, first: int) -> int | None:
    """Where to cut between tag `index` - 1 and tag `index`; None for nowhere."""
    after = tags[index - 1] if index else None
    if index == first or (after is not None and after.depth > 0):
        return None
    start = 0 if after is None else after.stop
    text = source[start : tags[index].start]
    end = len(text.rstrip()) if tags[index].strips_before else len(text)
    cut = text.rfind("\n", 0, end) + 1
    if cut == 0 or (after is not None and after.strips_after and not text[:cut].strip()):
        return None
    line = source[max(0, start + cut - _LOOK_BACK) : start + cut]
    if index - first < _MOST_TAGS and zlib.crc32(line.encode("utf-8", "replace")) % _CUT_ONE_IN:
        return None
    return start + cut


def _segment(source: str, start: int, stop: int, line: int, tags: Sequence[_Tag]) -> Segment:
    text = source[start:stop]
    if any(tag.lookup is None and not tag.is_comment for tag in tags):
        return Segment(text, line, None)
    pieces: list[str | Lookup] = []
    at = start
    strips = False
    row = line
    for tag in tags:
        _add(pieces, source[at : tag.start], left=strips, right=tag.strips_before)
        row += source.count("\n", at, tag.start)
        if tag.lookup is not None:
            name, steps, filters = tag.lookup
            pieces.append(
                Lookup(
                    name,
                    tuple(m[1] or int(m[2]) for m in _STEP.finditer(steps)),
                    tuple((m[1], _constants(m[2])) for m in _FILTERS.finditer(filters)),
                    row,
                )
            )
        row += source.count("\n", tag.start, tag.stop)
        at, strips = tag.stop, tag.strips_after
    _add(pieces, source[at:stop], left=strips, right=False)
    return Segment(text, line, tuple(pieces))


def _constants(arguments: str | None) -> tuple[Constant, ...]:
    """The values of the constants between a filter's brackets."""
    found: list[Constant] = []
    for word in _CONSTANTS.findall(arguments or ""):
        if word[0] in "'\"":
            found.append(word[1:-1])
        else:
            found.append(_WORDS[word] if word in _WORDS else int(word))
    return tuple(found)


def _add(pieces: list[str | Lookup], text: str, *, left: bool, right: bool) -> None:
    text = text.lstrip() if left else text
    text = text.rstrip() if right else text
    if text:
        pieces.append(text)
