"""Texts that know where each of their characters came from.

While a template renders with provenance, every string of a variable's value and every literal of
the template is a `Traced`: a `str` that carries the sources of its characters. Joining, slicing,
stripping and replacing keep them exactly; for any other operation `follow` finds what it can. A
traced text is equal to the plain one in every respect a template can see, so tracing never changes
the result, and no marker characters are needed that would spoil lengths and comparisons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, SupportsIndex

from workbench.core.rendered import Span, example_source, variable_source


class Part(NamedTuple):
    """A run of characters of one source; None where the source is not known yet."""

    length: int
    source: str | None
    message: int | None


class Traced(str):
    """A text with the sources of its characters; the lengths of `parts` add up to its own."""

    __slots__ = ("parts",)
    parts: tuple[Part, ...]

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        if not isinstance(key, slice):
            at = key.__index__()
            at += len(self) if at < 0 else 0
            return cut(self, at, at + 1) if 0 <= at < len(self) else str(self)[key]
        start, stop, step = key.indices(len(self))
        if step == 1:
            return cut(self, start, max(start, stop))
        if step == -1 and len(range(start, stop, step)) == len(self):
            return build(str(self)[::-1], reversed(self.parts))
        return follow(str(self)[key], (self,))


class TracedInt(int):
    """A whole number of a variable's value that knows its source."""

    source: str


class TracedFloat(float):
    """A number of a variable's value that knows its source."""

    source: str


def traced(text: str, source: str | None, message: int | None = None) -> Traced:
    """`text`, all of it from one source."""
    result = Traced(text)
    result.parts = (Part(len(text), source, message),) if text else ()
    return result


def parts_of(text: str) -> tuple[Part, ...]:
    """The parts of any text; a plain one has a single part of unknown source."""
    if isinstance(text, Traced):
        return text.parts
    return (Part(len(text), None, None),) if text else ()


def build(text: str, parts: Iterable[Part]) -> str:
    """`text` with `parts`, neighbours of one source joined.

    Parts that do not cover the text are given up: the result is then the plain text.
    """
    merged: list[Part] = []
    total = 0
    for part in parts:
        total += part.length
        if not part.length:
            continue
        if merged and merged[-1][1:] == part[1:]:
            merged[-1] = Part(merged[-1].length + part.length, part.source, part.message)
        else:
            merged.append(part)
    if total != len(text):
        return str(text)
    result = Traced(text)
    result.parts = tuple(merged)
    return result


def concat(pieces: Sequence[str]) -> str:
    """All pieces in a row."""
    text = "".join(pieces)
    if not any(isinstance(piece, Traced) for piece in pieces):
        return text
    return build(text, (part for piece in pieces for part in parts_of(piece)))


def cut(text: str, start: int, stop: int) -> str:
    """Characters start..stop, 0 <= start <= stop <= len(text)."""
    piece = str(text)[start:stop]
    if not isinstance(text, Traced):
        return piece
    parts: list[Part] = []
    at = 0
    for part in text.parts:
        if at >= stop:
            break
        shared = min(at + part.length, stop) - max(at, start)
        if shared > 0:
            parts.append(Part(shared, part.source, part.message))
        at += part.length
    return build(piece, parts)


def follow(result: str, donors: Iterable[object]) -> str:
    """Give `result`, computed from `donors` in an unknown way, the sources it probably has.

    Donors that occur in the result keep their parts there; a result that occurs in a donor takes
    the parts of that place; a result as long as its donor is taken to be a change of case. Else
    all of it gets the source that has most of the first donor.
    """
    if isinstance(result, Traced) or not result:
        return result
    known = [donor for donor in donors if isinstance(donor, Traced) and donor]
    if not known:
        return result
    parts: list[Part] = []
    at = 0
    for donor in known:
        found = result.find(donor, at)
        if found >= 0:
            parts += (Part(found - at, None, None), *donor.parts)
            at = found + len(donor)
    if at:
        return build(result, (*parts, Part(len(result) - at, None, None)))
    for donor in known:
        if (found := donor.find(result)) >= 0:
            return cut(donor, found, found + len(result))
    if len(known[0]) == len(result):
        return build(result, known[0].parts)
    widest = max(known[0].parts, key=lambda part: (part.source is not None, part.length))
    return build(result, (Part(len(result), widest.source, widest.message),))


def settle(text: str, source: str, message: int | None) -> Traced:
    """Give every part of unknown source this one, and every part the message."""
    parts = (
        Part(part.length, part.source or source, message if part.message is None else part.message)
        for part in parts_of(text)
    )
    result = build(text, parts)
    return result if isinstance(result, Traced) else traced(text, source, message)


def spans_of(text: str, source: str) -> tuple[Span, ...]:
    """Spans that tile the text; parts of unknown source get `source`."""
    spans = []
    at = 0
    for part in settle(text, source, None).parts:
        spans.append(Span(at, at + part.length, part.source or source, part.message))
        at += part.length
    return tuple(spans)


def trace_values(values: Mapping[str, object], few_shot: frozenset[str]) -> dict[str, object]:
    """A deep copy of JSON values whose texts and numbers know the variable or example."""
    out: dict[str, object] = {}
    for name, value in values.items():
        if name in few_shot and isinstance(value, list):
            out[name] = [_trace(row, example_source(i)) for i, row in enumerate(value)]
        else:
            out[name] = _trace(value, variable_source(name))
    return out


def _trace(value: object, source: str) -> object:
    if isinstance(value, str):
        return traced(value, source)
    if isinstance(value, list):
        return [_trace(item, source) for item in value]
    if isinstance(value, dict):
        return {_trace(key, source): _trace(item, source) for key, item in value.items()}
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        whole = TracedInt(value)
        whole.source = source
        return whole
    if isinstance(value, float):
        number = TracedFloat(value)
        number.source = source
        return number
    return value
