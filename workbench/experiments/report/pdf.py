"""A report as a PDF: the same sections as the HTML page, which is read again for it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import BinaryIO

from workbench.experiments.report.pdf_drawing import draw
from workbench.export.pdf_sheet import PdfSheet
from workbench.export.pdf_table import PdfCell, draw_table

_HEADINGS = {"h1": 20.0, "h2": 13.0, "summary": 11.0}
_SKIPPED = {"style", "nav", "title", "head"}
_KEY_WIDTH = 8.0


def report_pdf(html: str, title: str, file: BinaryIO) -> None:
    """Write the page that `report_html` or `board_html` made.

    Raises:
        UserError: fpdf2 is not installed.
    """
    with closing(PdfSheet(title)) as sheet:
        reader = _Reader(sheet)
        reader.feed(html)
        reader.close()
        sheet.write(file)


@dataclass(slots=True)
class _Table:
    """A table that is being read."""

    rows: list[list[PdfCell]] = field(default_factory=list)
    caption: str = ""


class _Reader(HTMLParser):
    """Draws each part of the page when its end is read."""

    def __init__(self, sheet: PdfSheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._words: list[str] = []
        self._kinds: list[str] = []
        self._skipped = 0
        self._svg: list[str] = []
        self._in_svg = False
        self._table: _Table | None = None
        self._in_key = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._in_svg or tag == "svg":
            self._in_svg = True
            said = "".join(f' {n}="{escape(v)}"' for n, v in given.items())
            self._svg.append(f"<{tag}{said}>")
            return
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag == "table":
            self._table = _Table()
        elif tag == "tr" and self._table is not None:
            self._table.rows.append([])
        elif tag == "small":
            self._words.append("\n")
        elif tag in (*_HEADINGS, "p", "td", "th", "caption", "figcaption"):
            self._words = []
            self._kinds = given.get("class", "").split()
        elif tag == "div":
            self._in_key = "key" in given.get("class", "").split()
            self._words = []
        elif tag == "span":
            self._words = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._in_svg:
            self._svg.append(f"</{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self._in_svg:
            self._svg.append(f"</{tag}>")
            if tag == "svg":
                self._in_svg = False
                if not self._in_key:
                    self._sheet.gap(6)
                    draw(self._sheet, "".join(self._svg))
                    self._svg = []
            return
        words = "".join(self._words)
        if tag in _SKIPPED:
            self._skipped -= 1
        elif tag in _HEADINGS:
            self._sheet.heading(words, _HEADINGS[tag])
        elif tag in ("p", "figcaption"):
            muted = tag == "figcaption" or "muted" in self._kinds
            self._sheet.words(words, muted=muted)
        elif tag in ("td", "th") and self._table is not None and self._table.rows:
            self._table.rows[-1].append(
                PdfCell(words, "n" in self._kinds, tag == "th", "best" in self._kinds)
            )
        elif tag == "caption" and self._table is not None:
            self._table.caption = words
        elif tag == "table" and self._table is not None:
            draw_table(self._sheet, self._table.rows)
            if self._table.caption:
                self._sheet.words(self._table.caption, muted=True, size=8)
            self._table = None
        elif tag == "span" and self._in_key:
            self._entry(words)
        elif tag == "div":
            self._in_key = False
        else:
            return
        if tag != "span":
            self._words = []

    def handle_data(self, data: str) -> None:
        if self._in_svg:
            self._svg.append(escape(data))
        elif not self._skipped:
            self._words.append(data)

    def _entry(self, words: str) -> None:
        """A line of a key: the mark, and what it stands for."""
        if self._svg:
            self._sheet.beside(
                _KEY_WIDTH + 4,
                words.strip(),
                lambda: draw(self._sheet, "".join(self._svg), _KEY_WIDTH),
            )
            self._svg = []
        else:
            self._sheet.words(words.strip())
