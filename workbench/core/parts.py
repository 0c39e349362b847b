"""The parts of a prompt that can be left out: variables, examples, messages, sentences, selections.

A part names what it is and which characters of the exact text it covers; how the text reads
without it is the templates' business (`templates/removal.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.core.rendered import LITERAL, SPECIAL, Rendered, Span

MAX_PARTS = 64
"""More sentences than this are taken together with their neighbours."""

_SENTENCE = re.compile(
    r"[^\n]*?(?:[.!?…]+[\"'”’)\]]*(?=\s)|[。！？]+[”’」』）]*)[^\S\n]*\n?|[^\n]*\n|[^\n]+$"
)
_LABEL = 40


class PartKind(StrEnum):
    """What a part is, and so how the prompt is written without it."""

    VARIABLE = "variable"
    EXAMPLE = "example"
    MESSAGE = "message"
    WORDS = "words"
    """The prompt file's own words in one message, without its variables and examples."""
    SENTENCE = "sentence"
    SELECTION = "selection"


class PartLevel(StrEnum):
    """How finely a prompt is taken apart."""

    AUTO = "auto"
    """By source when that gives at least three parts, else by sentence."""
    SOURCE = "source"
    """Variables, examples, whole messages, and the words around variables."""
    MESSAGE = "message"
    EXAMPLE = "example"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a prompt.

    Attributes:
        source: "variable:NAME", "example:N", "message:N", or what wrote most of a sentence.
        label: to show; short.
        spans: characters of the exact text, in order, not overlapping; none for a variable that
            only decides what else is written.
        message: 0-based index of the message it lies in; None outside every message.
    """

    kind: PartKind
    source: str
    label: str
    spans: tuple[tuple[int, int], ...]
    message: int | None = None

    def text(self, whole: str) -> str:
        """The part's characters of the exact text."""
        return "".join(whole[a:b] for a, b in self.spans)


def parts_at(rendered: Rendered, level: PartLevel) -> tuple[Part, ...]:
    """The parts of a prompt in order; what the chat template wrote is no part."""
    if level is PartLevel.AUTO:
        found = by_source(rendered)
        return found if len(found) > 2 else by_sentence(rendered)
    return {
        PartLevel.SOURCE: by_source,
        PartLevel.MESSAGE: by_message,
        PartLevel.EXAMPLE: by_example,
        PartLevel.SENTENCE: by_sentence,
    }[level](rendered)


def by_source(rendered: Rendered) -> tuple[Part, ...]:
    """Variables, examples, messages that are all the file's own words, and words around variables.

    White space between two variables is no part of its own.
    """
    groups: dict[tuple[str, int | None], list[Span]] = {}
    for span in rendered.spans:
        if span.source == SPECIAL or span.start == span.end:
            continue
        # A variable is left out everywhere at once; words belong to their message.
        home = span.message if span.source == LITERAL else None
        groups.setdefault((span.source, home), []).append(span)
    mixed = {s.message for s in rendered.spans if s.source not in (LITERAL, SPECIAL)}
    names = message_names(rendered)
    found = []
    for (source, message), spans in groups.items():
        places = _joined(spans)
        text = "".join(rendered.text[a:b] for a, b in places)
        if source == LITERAL and not text.strip():
            continue
        home = message if source == LITERAL else _only({s.message for s in spans})
        if source == LITERAL and message is not None and message not in mixed:
            part = Part(PartKind.MESSAGE, f"message:{message}", names[message], places, message)
        elif source == LITERAL:
            label = f"words of {names[message]}" if message is not None else "words"
            part = Part(PartKind.WORDS, LITERAL, label, places, message)
        elif source.startswith("example:"):
            label = f"example {int(source.partition(':')[2]) + 1}"
            part = Part(PartKind.EXAMPLE, source, label, places, home)
        else:
            label = "{{" + source.partition(":")[2] + "}}"
            part = Part(PartKind.VARIABLE, source, label, places, home)
        found.append(part)
    return tuple(sorted(found, key=lambda p: p.spans[0]))


def by_message(rendered: Rendered) -> tuple[Part, ...]:
    """Every message of a chat; a raw prompt is one message without a name."""
    names = message_names(rendered)
    groups: dict[int | None, list[Span]] = {}
    for span in rendered.spans:
        if span.source != SPECIAL and span.start < span.end:
            groups.setdefault(span.message, []).append(span)
    found = []
    for message, spans in groups.items():
        places = _joined(spans)
        if message is None:
            found.append(Part(PartKind.WORDS, LITERAL, "the whole text", places))
        else:
            label = names[message]
            found.append(Part(PartKind.MESSAGE, f"message:{message}", label, places, message))
    return tuple(sorted(found, key=lambda p: p.spans[0]))


def by_example(rendered: Rendered) -> tuple[Part, ...]:
    """The few-shot examples alone, for leaving one out at a time."""
    return tuple(p for p in by_source(rendered) if p.kind is PartKind.EXAMPLE)


def by_sentence(rendered: Rendered, limit: int = MAX_PARTS) -> tuple[Part, ...]:
    """Lines, and sentences within lines, each with the white space behind it.

    Beyond `limit` neighbours of one message are taken together.
    """
    found: list[Part] = []
    for start, end, message in _runs(rendered):
        for a, b in _pieces(rendered.text, start, end):
            text = rendered.text[a:b]
            begins = a == start or rendered.text[a - 1] == "\n"
            label = f"line {quoted(text)}" if begins and _ends_line(text, b, end) else quoted(text)
            source = _most(rendered, a, b)
            found.append(Part(PartKind.SENTENCE, source, label, ((a, b),), message))
    size = -(-len(found) // limit) if found else 1
    return tuple(found) if size == 1 else tuple(_together(rendered, found, size))


def selection(rendered: Rendered, start: int, end: int) -> Part:
    """Characters start..end as a part of their own, whatever wrote them."""
    start, end = max(0, min(start, end)), min(len(rendered.text), max(start, end))
    home = _only({s.message for s in rendered.spans if s.start < end and s.end > start})
    label = f"selection {quoted(rendered.text[start:end])}"
    return Part(PartKind.SELECTION, _most(rendered, start, end), label, ((start, end),), home)


def message_names(rendered: Rendered) -> dict[int | None, str]:
    """A name for every message: its role, numbered where a role occurs more than once."""
    roles = [m.role for m in rendered.messages]
    names: dict[int | None, str] = {}
    for index, role in enumerate(roles):
        number = roles[: index + 1].count(role)
        names[index] = role if roles.count(role) == 1 else f"{role} {number}"
    highest = max((s.message for s in rendered.spans if s.message is not None), default=-1)
    for index in range(len(roles), highest + 1):
        names[index] = f"message {index + 1}"
    return names


def quoted(text: str, limit: int = _LABEL) -> str:
    """The text on one line between quotes, shortened in the middle of nothing."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= limit else line[: limit - 1].rstrip() + '…'}”"


def _runs(rendered: Rendered) -> Iterable[tuple[int, int, int | None]]:
    """Stretches of text that the chat template did not write, one message each."""
    run: tuple[int, int, int | None] | None = None
    for span in rendered.spans:
        if span.start == span.end:
            continue
        if span.source == SPECIAL:
            if run is not None:
                yield run
            run = None
        elif run is not None and run[2] == span.message:
            run = (run[0], span.end, span.message)
        else:
            if run is not None:
                yield run
            run = (span.start, span.end, span.message)
    if run is not None:
        yield run


def _ends_line(text: str, at: int, end: int) -> bool:
    return text.endswith("\n") or at == end


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of start..end; pieces without a letter or digit join the one before."""
    found: list[tuple[int, int]] = []
    at = start
    while at < end:
        match = _SENTENCE.match(text, at, end)
        stop = end if match is None or match.end() == at else match.end()
        has_words = any(c.isalnum() for c in text[at:stop])
        if found and not (has_words and any(c.isalnum() for c in text[slice(*found[-1])])):
            found[-1] = (found[-1][0], stop)
        else:
            found.append((at, stop))
        at = stop
    return found


def _together(rendered: Rendered, parts: Sequence[Part], size: int) -> Iterable[Part]:
    group: list[Part] = []
    for part in (*parts, None):
        if group and (part is None or len(group) == size or part.message != group[0].message):
            start, end = group[0].spans[0][0], group[-1].spans[-1][1]
            label = quoted(rendered.text[start:end])
            yield replace(group[0], label=label, spans=((start, end),))
            group = []
        if part is not None:
            group.append(part)


def _most(rendered: Rendered, start: int, end: int) -> str:
    """What wrote most of the characters start..end."""
    counts: dict[str, int] = {}
    for span in rendered.spans:
        shared = min(end, span.end) - max(start, span.start)
        if shared > 0:
            counts[span.source] = counts.get(span.source, 0) + shared
    return max(counts, key=lambda source: counts[source], default=LITERAL)


def _joined(spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    places: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: s.start):
        if places and places[-1][1] == span.start:
            places[-1] = (places[-1][0], span.end)
        else:
            places.append((span.start, span.end))
    return tuple(places)


def _only(messages: set[int | None]) -> int | None:
    return next(iter(messages)) if len(messages) == 1 else None
