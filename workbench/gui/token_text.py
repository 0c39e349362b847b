"""Tokens as text to show: whole characters over byte tokens, chips for special tokens. No widgets.

Tokens are grouped into units: the smallest pieces of text that can be painted on their own. Most
units are one token. Tokens that hold parts of one character (bytes of an emoji, a combining mark)
share a unit. Every token belongs to exactly one unit once the text is finished.
"""

from __future__ import annotations

import bisect
import codecs
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from workbench.core.text import piece_text

_NBSP = "\u00a0"
_LRM = "\u200e"
"""Keeps a chip together, left to right, beside text from right to left; it has no width."""
_ZWJ = "\u200d"
_BREAK = "\u200b"
"""Behind a note: a line may end here."""
_SPACE = f"{_BREAK}·"
"""A space while marks are shown; a line may end before it."""
_VIRAMA_CLASS = 9


class Look(Enum):
    """How a token is drawn."""

    PLAIN = auto()
    CHIP = auto()
    """A control token."""
    MUTED = auto()
    """Text that the chat template wrote."""
    VARIABLE = auto()
    """Text that a variable or an example produced."""


class Line(Enum):
    """What is drawn below a token: where its text came from."""

    NONE = auto()
    VARIABLE = auto()
    EXAMPLE = auto()
    TEMPLATE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One token to show.

    Attributes:
        label: replaces the bytes on a chip; empty for every other look.
        note: shown small behind the token (its id, say) while marks are shown.
    """

    bytes: bytes
    look: Look = Look.PLAIN
    label: str = ""
    note: str = ""
    line: Line = Line.NONE


@dataclass(slots=True)
class Unit:
    """Characters start..end of the shown text, made by tokens first..last (exclusive).

    Characters note_start..note_end of them are a note and not said by any token.
    """

    start: int
    end: int
    first: int
    last: int
    look: Look
    note_start: int = 0
    note_end: int = 0
    line: Line = Line.NONE


class TokenText:
    """The shown text of a growing row of tokens, with the units it consists of.

    Attributes:
        text: what is shown; chips and control characters included as they are drawn.
        units: in order; they tile `text`.
        unit_of: for each token the index of its unit, or -1 while its character is incomplete.
    """

    def __init__(self, *, marks: bool = False) -> None:
        self._marks = marks
        self._parts: list[str] = []
        self._length = 0
        self.units: list[Unit] = []
        self.starts: list[int] = []
        self.unit_of: list[int] = []
        self.bytes: list[bytes] = []
        self._pending: list[Piece] = []

    @property
    def text(self) -> str:
        """The whole text."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def __len__(self) -> int:
        return len(self.unit_of)

    def append(self, pieces: Iterable[Piece]) -> int:
        """Add tokens; returns the first character position whose text changed."""
        changed = self._length
        for piece in pieces:
            self.unit_of.append(-1)
            self.bytes.append(piece.bytes)
            changed = min(changed, self._take(piece))
        return changed

    def finish(self) -> None:
        """Show bytes that never became a character by their names, one unit per token."""
        pending, self._pending = self._pending, []
        at = len(self.unit_of) - len(pending)
        for offset, piece in enumerate(pending):
            first = at + offset
            self._add_unit(piece_text(piece.bytes), first, first + 1, piece, piece.note)

    def truncate(self, token: int) -> int:
        """Forget tokens from `token` on, and those that share its unit; returns how many stay."""
        self.finish()
        if token >= len(self):
            return len(self)
        unit = self.unit_of[token]
        kept, start = self.units[unit].first, self.units[unit].start
        self._parts = [self.text[:start]]
        self._length = start
        del self.units[unit:], self.starts[unit:], self.unit_of[kept:], self.bytes[kept:]
        return kept

    def unit_at(self, position: int) -> int:
        """Index of the unit that holds character `position`; -1 when there is none."""
        index = bisect.bisect_right(self.starts, position) - 1
        return index if index >= 0 and position < self.units[index].end else -1

    def source_text(self, first_unit: int, last_unit: int) -> str:
        """What the tokens of units first..last (inclusive) really say, for copying."""
        first, last = self.units[first_unit].first, self.units[last_unit].last
        return piece_text(b"".join(self.bytes[first:last]))

    def _take(self, piece: Piece) -> int:
        before = self._length
        token = len(self.unit_of) - 1
        if piece.look is Look.CHIP:
            self._flush_names(token)
            label = piece.label or piece_text(piece.bytes) or "·"
            shown = label.replace(" ", _NBSP).replace("\n", "⏎")
            chip = f"{_LRM}{_NBSP}{shown}{_LRM}{_NBSP}"
            self._add_unit(chip, token, token + 1, piece, piece.note)
            return before
        waiting = b"".join(p.bytes for p in self._pending) + piece.bytes
        whole = _decode(waiting)
        if whole is None and self._pending:
            self._flush_names(token)
            whole = _decode(piece.bytes)
        if whole is None:
            name = piece_text(piece.bytes)
            self._add_unit(name, token, token + 1, piece, piece.note)
            return before
        if not whole and (piece.bytes or self._pending):
            self._pending.append(piece)
            return before
        if isinstance(whole, str):
            first = token - len(self._pending)
            notes = [p.note for p in (*self._pending, piece) if p.note]
            self._pending.clear()
            shown = _visible(whole, self._marks)
            if self._marks and notes:  # every token has a border and a note of its own
                self._add_unit(shown, first, token + 1, piece, " ".join(notes))
                return before
            return min(before, self._add_or_join(shown, first, token, piece))
        return before

    def _flush_names(self, token: int) -> None:
        """The pending bytes will never be a character: show their names."""
        pending, self._pending = self._pending, []
        for offset, piece in enumerate(pending):
            at = token - len(pending) + offset
            self._add_unit(piece_text(piece.bytes), at, at + 1, piece, piece.note)

    def _add_or_join(self, shown: str, first: int, token: int, piece: Piece) -> int:
        joins = self.units and shown and not shown[0].isascii()
        if joins and self.units[-1].look is not Look.CHIP:
            unit = self.units[-1]
            if _extends(self._tail(unit), shown):
                self._parts.append(shown)
                self._length += len(shown)
                unit.end, unit.last = self._length, token + 1
                for index in range(first, token + 1):
                    self.unit_of[index] = len(self.units) - 1
                return unit.start
        return self._add_unit(shown, first, token + 1, piece)

    def _add_unit(self, shown: str, first: int, last: int, piece: Piece, note: str = "") -> int:
        start, look = self._length, piece.look
        body = shown.rstrip("\n")
        tail = shown[len(body) :]
        if not self._marks:
            note = ""
        elif note and look is Look.CHIP:
            tail = _NBSP
        if look is Look.CHIP:
            tail += " "  # a gap behind the chip
        elif note and not tail:
            tail = _BREAK
        noted = start + len(body)
        self._parts.append(f"{body}{note}{tail}")
        self._length = noted + len(note) + len(tail)
        self.starts.append(start)
        unit = Unit(start, self._length, first, last, look, noted, noted + len(note), piece.line)
        self.units.append(unit)
        for index in range(first, last):
            self.unit_of[index] = len(self.units) - 1
        return start

    def _tail(self, unit: Unit) -> str:
        return self.text[max(unit.start, unit.end - 16) : unit.end]


def _decode(data: bytes) -> str | None:
    """The text of `data`; "" while its last character is incomplete; None if it never can be."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    # A token may end in half a character; it is shown whole with the token that completes it.
    return text if not decoder.getstate()[0] else ""


def _visible(text: str, marks: bool) -> str:
    if text.isascii() and text.isprintable():
        return text.replace(" ", _SPACE) if marks else text
    out = []
    for char in text:
        code = ord(char)
        if char == "\n":
            out.append("⏎\n" if marks else "\n")
        elif char == "\t":
            out.append("→   " if marks else "    ")
        elif code < 0x20:
            out.append(chr(0x2400 + code))
        elif code == 0x7F:
            out.append("\u2421")
        elif char in "\u2028\u2029":
            out.append("⏎")
        else:
            out.append(_SPACE if marks and char == " " else char)
    return "".join(out)


def _extends(before: str, text: str) -> bool:
    """Whether `text` begins inside the last character (as a reader counts) of `before`."""
    if not before or not text:
        return False
    first, last = text[0], before[-1]
    code = ord(first)
    if unicodedata.category(first) in ("Mn", "Mc", "Me") or first == _ZWJ:
        return True
    if 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F or last == _ZWJ:
        return True
    if _regional(first) and _regional(last):
        run = len(before) - len(before.rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))
        return run % 2 == 1
    return unicodedata.combining(last) == _VIRAMA_CLASS and first.isalpha()


def _regional(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF
