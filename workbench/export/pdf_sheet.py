"""Pages of a PDF with headings, lines of facts and blocks of text on grounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from workbench.core.errors import UserError
from workbench.export.pdf_fonts import Drawn, PdfFonts
from workbench.export.visible import visible

Colour = tuple[int, int, int]

INK: Colour = (27, 29, 33)
MUTED: Colour = (91, 97, 107)
_NAMED: Colour = (150, 62, 10)
_NEW: Colour = (52, 87, 213)
_BLOCK: Colour = (245, 246, 248)
MARGIN = 48.0
LEADING = 1.45
_TAB = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some text with one look.

    Attributes:
        ground: the colour behind it; None for none.
        is_new: underlined. is_gone: struck out and muted.
    """

    text: str
    ground: Colour | None = None
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """A character in its place within a line. `width` in points."""

    drawn: Drawn
    look: Stretch
    width: float


class PdfSheet:
    """A PDF that is filled from its top to its end."""

    def __init__(
        self, title: str, created: datetime | None = None, fonts: Sequence[Path] = ()
    ) -> None:
        """`created`: what the file says of its making; None for now.

        Raises:
            UserError: fpdf2 is not installed, or a font cannot be read.
        """
        try:
            from fpdf import FPDF
        except ImportError as error:
            raise UserError("A PDF needs fpdf2.", "pip install 'prompt-workbench[pdf]'") from error
        pdf = self.pdf = FPDF(unit="pt", format="A4")
        pdf.set_title(visible(title))
        pdf.set_creator("Prompt Workbench")
        if created is not None:
            pdf.set_creation_date(created)
        pdf.set_auto_page_break(auto=False)
        self.fonts = PdfFonts(pdf, fonts)
        self.shaped_lines = 0
        self._y = 0.0
        self._new_page()

    @property
    def width(self) -> float:
        """Points between the margins."""
        return float(self.pdf.w) - 2 * MARGIN

    def heading(self, text: str, size: float = 15.0) -> None:
        """A title; it stays with the line that follows."""
        self.gap(size * 0.6)
        if self._y + size * 4 > self._bottom:
            self._new_page()
        self._lines([Stretch(visible(text))], "bold", size, INK)
        self.gap(size * 0.2)

    def words(self, text: str, *, muted: bool = False, size: float = 9.0) -> None:
        """A paragraph."""
        self._lines([Stretch(visible(text))], "sans", size, MUTED if muted else INK)

    def block(self, stretches: Iterable[Stretch], size: float = 8.5) -> None:
        """Text as it is, line by line, on a pale ground."""
        shown = [Stretch(visible(s.text), s.ground, s.is_new, s.is_gone) for s in stretches]
        self.gap(4)
        self._lines(shown, "mono", size, INK, _BLOCK)
        self.gap(4)

    def beside(self, indent: float, text: str, drawing: Callable[[], None]) -> None:
        """A drawing at the left margin, and words behind it on the same line."""
        size = 8.0
        if self._y + size * LEADING > self._bottom:
            self._new_page()
        top = self._y
        drawing()
        self._y = top
        for line in self.wrapped([Stretch(visible(text))], "sans", size, self.width - indent):
            place = (MARGIN + indent, self.room(size * LEADING), self.width - indent)
            self.draw_line(line, "sans", size, INK, place)

    def gap(self, height: float) -> None:
        """Empty space; none at the top of a page."""
        if self._y > MARGIN:
            self._y += height

    def room(self, height: float) -> float:
        """The top of a free stretch of that height, which is taken; on a new page if need be."""
        if self._y + height > self._bottom and self._y > MARGIN:
            self._new_page()
        top = self._y
        self._y += height
        return top

    def write(self, file: BinaryIO) -> None:
        """Put notes about characters at the end and write the file."""
        note = self.fonts.note()
        if note or self.shaped_lines:
            self.gap(8)
        if note:
            self.words(note, muted=True)
        if self.shaped_lines:
            self.words(
                f"{self.shaped_lines:,} lines with text from right to left stand without the"
                " grounds and marks of their tokens.",
                muted=True,
            )
        file.write(self.pdf.output())

    def close(self) -> None:
        """Close the fonts' files; the sheet takes no more."""
        self.fonts.close()

    @property
    def _bottom(self) -> float:
        return float(self.pdf.h) - MARGIN

    def _new_page(self) -> None:
        self.pdf.add_page()
        self._y = MARGIN
        self.pdf.set_font("sans", size=7)
        self.pdf.set_text_color(*MUTED)
        number = str(self.pdf.page_no())
        self.pdf.text(self.pdf.w - MARGIN - 10, self.pdf.h - MARGIN / 2, number)

    def _lines(
        self,
        stretches: Sequence[Stretch],
        family: str,
        size: float,
        ink: Colour,
        ground: Colour | None = None,
    ) -> None:
        inset = 6.0 if ground is not None else 0.0
        height = size * LEADING
        for line in self.wrapped(stretches, family, size, self.width - 2 * inset):
            top = self.room(height)
            if ground is not None:
                self.box(MARGIN, top, self.width, height, ground)
            self.draw_line(line, family, size, ink, (MARGIN + inset, top, self.width - 2 * inset))

    def draw_line(
        self,
        line: Sequence[Sign],
        family: str,
        size: float,
        ink: Colour,
        place: tuple[float, float, float],
    ) -> None:
        """One line of `wrapped`. `place`: its left end, its top and how wide it may be."""
        if any(sign.drawn.is_rtl for sign in line):
            self._right_to_left(line, family, size, ink, place)
        else:
            self._left_to_right(line, size, ink, place)

    def wrapped(
        self, stretches: Sequence[Stretch], family: str, size: float, most: float
    ) -> Iterator[list[Sign]]:
        """Lines that fit, broken behind a space where there is one."""
        line: list[Sign] = []
        used = 0.0
        for look in stretches:
            for number, part in enumerate(look.text.split("\n")):
                if number:
                    yield line
                    line, used = [], 0.0
                for drawn in self.fonts.drawn(part.expandtabs(_TAB), family):
                    sign = Sign(drawn, look, self.fonts.width(drawn, size))
                    if line and used + sign.width > most:
                        at = _break_of(line)
                        yield line[:at]
                        line = line[at:]
                        used = sum(one.width for one in line)
                    line.append(sign)
                    used += sign.width
        yield line

    def _left_to_right(
        self, line: Sequence[Sign], size: float, ink: Colour, place: tuple[float, float, float]
    ) -> None:
        x, top, _ = place
        height = size * LEADING
        for same in _together(line):
            look, drawn = same[0].look, same[0].drawn
            width = sum(sign.width for sign in same)
            if look.ground is not None:
                self.box(x, top, width, height, look.ground)
            if look.is_new:
                self.box(x, top + height - 2, width, 1.2, _NEW)
            colour = _NAMED if drawn.is_named or look.is_gone else ink
            self._say("".join(s.drawn.text for s in same), drawn.family, size, colour, x, top)
            if look.is_gone:
                self.box(x, top + height * 0.55, width, 0.7, _NAMED)
            x += width

    def _right_to_left(
        self,
        line: Sequence[Sign],
        family: str,
        size: float,
        ink: Colour,
        place: tuple[float, float, float],
    ) -> None:
        """The whole line as its characters belong together; their tokens have no places in it."""
        left, top, most = place
        self.shaped_lines += 1
        self.fonts.shape(family)
        try:
            self.pdf.set_font(family, size=size)
            self.pdf.set_text_color(*ink)
            self.pdf.set_xy(left, top)
            self.pdf.cell(
                most,
                size * LEADING,
                "".join(sign.drawn.text for sign in line),
                align="R" if _begins_rtl(line) else "L",
            )
        finally:
            self.fonts.unshape()

    def _say(
        self, text: str, family: str, size: float, colour: Colour, x: float, top: float
    ) -> None:
        if text.strip():
            self.pdf.set_font(family, size=size)
            self.pdf.set_text_color(*colour)
            self.pdf.text(x, top + size * 1.1, text)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle, in points from the page's left upper corner."""
        self.pdf.set_fill_color(*colour)
        self.pdf.rect(x, y, width, height, style="F")


def _begins_rtl(line: Sequence[Sign]) -> bool:
    """Whether the first letter of the line belongs to a script from right to left."""
    letters = (s.drawn for s in line if s.drawn.is_rtl or s.drawn.text[:1].isalpha())
    first = next(letters, None)
    return first is not None and first.is_rtl


def _break_of(line: Sequence[Sign]) -> int:
    """Where a full line is broken: behind its last space, else at its end."""
    for at in range(len(line) - 1, 0, -1):
        if line[at - 1].drawn.text == " ":
            return at
    return len(line)


def _together(line: Sequence[Sign]) -> Iterator[list[Sign]]:
    """Neighbours that are drawn alike."""
    same: list[Sign] = []
    for sign in line:
        if same and (
            sign.look is not same[0].look
            or sign.drawn.family != same[0].drawn.family
            or sign.drawn.is_named != same[0].drawn.is_named
        ):
            yield same
            same = []
        same.append(sign)
    if same:
        yield same
