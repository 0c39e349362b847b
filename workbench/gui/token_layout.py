"""Where the text of tokens stands: lines broken at spaces, grown incrementally. No widgets.

A finished line never changes when text is appended, so appending costs one line, not the whole
text. Positions count Python characters; Qt counts UTF-16 units and the difference stays in here.
"""

from __future__ import annotations

import bisect
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from workbench.gui.token_text import Look, TokenText, Unit

_CACHED_LINES = 400
_CHUNK = 4000
"""Characters laid out at once: Qt shapes all of a text before the first line can be made."""


class Line(NamedTuple):
    """Characters start..end of the shown text stand on this line (without its newline)."""

    start: int
    end: int


class Box(NamedTuple):
    """Where (part of) unit number `unit` stands on its line, in pixels."""

    unit: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Style:
    """Fonts and inks of the text."""

    font: QFont
    chip_font: QFont
    note_font: QFont
    ink: QColor
    chip_ink: QColor
    muted: QColor
    variable: QColor


@dataclass(slots=True)
class PaintedLine:
    """A line ready to draw. `boxes` come from left to right as the units come in the text."""

    layout: QTextLayout
    boxes: list[Box]


class TokenLayout:
    """Lines of a `TokenText` at a width."""

    def __init__(self, text: TokenText, style: Style, width: float) -> None:
        self.source = text
        self.style = style
        self.width = width
        self.lines: list[Line] = []
        self._starts: list[int] = []
        self._painted: OrderedDict[int, PaintedLine] = OrderedDict()
        self.update(0)

    def update(self, position: int) -> int:
        """Lay out again from character `position`; returns the first line that changed."""
        # One line back: a unit that grew may have begun on the line before.
        first = max(0, bisect.bisect_right(self._starts, position) - 2)
        begin = self._starts[first] if self._starts else 0
        del self.lines[first:], self._starts[first:]
        for index in [i for i in self._painted if i >= first]:
            del self._painted[index]
        text = self.source.text
        while True:
            end = text.find("\n", begin)
            if end < 0:
                self._break_paragraph(text, begin, len(text))
                return first
            self._break_paragraph(text, begin, end)
            begin = end + 1

    def set_style(self, style: Style) -> None:
        """Take other inks; fonts of other sizes need `update(0)`."""
        self.style = style
        self._painted.clear()

    def line_of(self, position: int) -> int:
        """Index of the line that holds character `position`."""
        return max(0, bisect.bisect_right(self._starts, position) - 1)

    def painted(self, index: int) -> PaintedLine:
        """Line `index` ready to draw; the most recent ones are kept."""
        found = self._painted.get(index)
        if found is None:
            found = self._paint(self.lines[index])
            self._painted[index] = found
            if len(self._painted) > _CACHED_LINES:
                self._painted.popitem(last=False)
        return found

    def _break_paragraph(self, text: str, begin: int, end: int) -> None:
        while True:
            stop = min(end, begin + _CHUNK)
            lines = self._break(text, begin, stop)
            if stop < end and len(lines) > 1:
                lines.pop()  # the chunk ends in the middle of this one
            for line in lines:
                self.lines.append(line)
                self._starts.append(line.start)
            begin = lines[-1].end
            if begin >= end:
                return

    def _break(self, text: str, begin: int, end: int) -> list[Line]:
        chunk = text[begin:end]
        if not chunk:
            return [Line(begin, begin)]
        layout, units = self._layout(chunk, begin)
        lines = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width)
            lines.append(
                Line(
                    begin + units.to_python(line.textStart()),
                    begin + units.to_python(line.textStart() + line.textLength()),
                )
            )
        layout.endLayout()
        return lines

    def _layout(self, chunk: str, begin: int) -> tuple[QTextLayout, _Utf16]:
        units = _Utf16(chunk)
        layout = QTextLayout(chunk, self.style.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats(begin, begin + len(chunk), units))
        return layout, units

    def _formats(self, begin: int, end: int, units: _Utf16) -> list[QTextLayout.FormatRange]:
        ranges: list[QTextLayout.FormatRange] = []
        index = max(0, bisect.bisect_right(self.source.starts, begin) - 1)
        while index < len(self.source.units) and self.source.units[index].start < end:
            unit = self.source.units[index]
            index += 1
            for start, stop, char_format in (
                (unit.start, unit.end, self._format(unit)),
                (unit.note_start, unit.note_end, self._note_format),
            ):
                low, high = max(start, begin), min(stop, end)
                if char_format is None or low >= high:
                    continue
                piece = QTextLayout.FormatRange()
                piece.start = units.to_qt(low - begin)
                piece.length = units.to_qt(high - begin) - piece.start
                piece.format = char_format
                ranges.append(piece)
        return ranges

    @property
    def _note_format(self) -> QTextCharFormat:
        char_format = QTextCharFormat()
        char_format.setFont(self.style.note_font)
        char_format.setForeground(self.style.muted)
        return char_format

    def _format(self, unit: Unit) -> QTextCharFormat | None:
        if unit.look is Look.PLAIN:
            return None
        char_format = QTextCharFormat()
        if unit.look is Look.CHIP:
            char_format.setFont(self.style.chip_font)
            char_format.setForeground(self.style.chip_ink)
        elif unit.look is Look.MUTED:
            char_format.setForeground(self.style.muted)
        else:
            char_format.setForeground(self.style.variable)
        return char_format

    def _paint(self, line: Line) -> PaintedLine:
        layout, units = self._layout(self.source.text[line.start : line.end], line.start)
        layout.beginLayout()
        row = layout.createLine()
        if row.isValid():
            row.setLineWidth(1e6)
        layout.endLayout()
        return PaintedLine(layout, self._boxes(line, row, units) if row.isValid() else [])

    def _boxes(self, line: Line, row: QTextLine, units: _Utf16) -> list[Box]:
        boxes = []
        text = self.source.text[line.start : line.end]
        mixed = not text.isascii() and any(
            unicodedata.bidirectional(c) in ("R", "AL") for c in text
        )
        index = max(0, bisect.bisect_right(self.source.starts, line.start) - 1)
        while index < len(self.source.units) and self.source.units[index].start < line.end:
            unit = self.source.units[index]
            start = units.to_qt(max(unit.start, line.start) - line.start)
            stop = min(unit.end, line.end) - line.start
            if unit.look is Look.CHIP and unit.end <= line.end:
                stop -= 1  # the space behind the chip is a gap, not part of it
            if mixed:
                left, right = _both_ways(row, units, text, max(unit.start - line.start, 0), stop)
            else:
                left, right = _x(row, start), _x(row, units.to_qt(stop))
            broken = unit.end > line.end and not self.source.text[unit.start : line.end].strip(" ")
            if left != right and not broken:
                boxes.append(Box(index, min(left, right), max(left, right)))
            index += 1
        return boxes


class _Utf16:
    """Between positions in a Python text and in the same text as Qt counts it."""

    def __init__(self, text: str) -> None:
        self._to_qt: list[int] | None = None
        if not text.isascii() and max(text) > "\uffff":
            self._to_qt, at = [0], 0
            for char in text:
                at += 2 if char > "\uffff" else 1
                self._to_qt.append(at)

    def to_qt(self, position: int) -> int:
        return position if self._to_qt is None else self._to_qt[position]

    def to_python(self, position: int) -> int:
        return position if self._to_qt is None else bisect.bisect_left(self._to_qt, position)


def _x(row: QTextLine, position: int) -> float:
    found: Any = row.cursorToX(position)  # the stub says object; it is (x, position)
    return float(found[0])


def _both_ways(
    row: QTextLine, units: _Utf16, text: str, start: int, end: int
) -> tuple[float, float]:
    """Where characters start..end stand in a line that has text from right to left in it.

    Between two directions a place in the text is two places on the line, so the glyphs
    themselves are asked. Blanks at the ends may stand apart from the word; they do not count.
    """
    words = text[start:end]
    first = start + len(words) - len(words.lstrip(_BLANKS))
    last = start + len(words.rstrip(_BLANKS))
    first, last = (first, last) if first < last else (start, end)
    low, high = units.to_qt(first), units.to_qt(last)
    sides: list[float] = []
    for run in row.glyphRuns(low, high - low):
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        for at, advance in zip(run.positions(), advances, strict=True):
            sides += (at.x(), at.x() + advance.x())
    return (min(sides), max(sides)) if sides else (0.0, 0.0)


_BLANKS = " \u00a0\u200e"
