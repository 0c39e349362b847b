"""Tables of a PDF: columns as wide as their words need, rows that may go on over a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.export.pdf_sheet import INK, LEADING, MARGIN, MUTED, PdfSheet, Sign, Stretch
from workbench.export.visible import visible

_SIZE = 8.0
_GAP = 8.0
_LINE = (225, 228, 234)
_NARROWEST = 36.0


@dataclass(frozen=True, slots=True)
class PdfCell:
    """A cell. `right`: a number, whose end stands at the column's; `head`: of the first row."""

    text: str
    right: bool = False
    head: bool = False
    bold: bool = False


def draw_table(sheet: PdfSheet, rows: Sequence[Sequence[PdfCell]]) -> None:
    """The rows below each other; a short row leaves its last columns empty."""
    widths = _widths(sheet, rows)
    sheet.gap(4)
    for row in rows:
        cells = [
            list(sheet.wrapped([Stretch(visible(cell.text))], _family(cell), _SIZE, width))
            for cell, width in zip(row, widths, strict=False)
        ]
        for number in range(max((len(lines) for lines in cells), default=0)):
            top = sheet.room(_SIZE * LEADING)
            left = MARGIN
            for cell, lines, width in zip(row, cells, widths, strict=False):
                if number < len(lines):
                    _draw(sheet, cell, lines[number], (left, top, width))
                left += width + _GAP
        sheet.box(MARGIN, sheet.room(3) + 1.2, sheet.width, 0.5, _LINE)
    sheet.gap(4)


def _draw(
    sheet: PdfSheet, cell: PdfCell, line: Sequence[Sign], place: tuple[float, float, float]
) -> None:
    left, top, width = place
    used = sum(sign.width for sign in line)
    shift = max(0.0, width - used) if cell.right else 0.0
    ink = MUTED if cell.head else INK
    sheet.draw_line(line, _family(cell), _SIZE, ink, (left + shift, top, width))


def _family(cell: PdfCell) -> str:
    return "bold" if cell.head or cell.bold else "sans"


def _widths(sheet: PdfSheet, rows: Sequence[Sequence[PdfCell]]) -> list[float]:
    """What the words need; where that is too much, the widest columns give way."""
    count = max((len(row) for row in rows), default=0)
    wanted = [_NARROWEST / 2] * count
    for row in rows:
        for place, cell in enumerate(row):
            needed = max((_needed(sheet, cell, part) for part in cell.text.split("\n")), default=0)
            wanted[place] = max(wanted[place], needed + 1)
    room = sheet.width - _GAP * max(0, count - 1)
    while wanted and sum(wanted) > room + 0.5:
        widest = max(wanted)
        second = max((w for w in wanted if w < widest), default=_NARROWEST)
        at_widest = [place for place, width in enumerate(wanted) if width == widest]
        give = min((sum(wanted) - room) / len(at_widest), widest - min(second, widest - 1))
        if widest - give < 1:
            return [room / count] * count
        for place in at_widest:
            wanted[place] -= give
    return wanted


def _needed(sheet: PdfSheet, cell: PdfCell, text: str) -> float:
    """Points for one line; long texts need no more than the page has."""
    total = 0.0
    for drawn in sheet.fonts.measured(visible(text[:400]), _family(cell)):
        total += sheet.fonts.width(drawn, _SIZE)
        if total > sheet.width:
            break
    return total
