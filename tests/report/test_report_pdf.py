"""The report as a PDF: every section, table and drawing of the page, whatever models wrote."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

import numpy as np
import pypdfium2
import pytest
from support.reports import report

from workbench.experiments.plot_data.board import board
from workbench.experiments.report.from_evaluation import board_entries
from workbench.experiments.report.page import Cell, Section, page, table
from workbench.experiments.report.pdf import report_pdf
from workbench.experiments.report.render import board_html, report_html


@contextmanager
def opened(html: str) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF of a page, as PDFium reads it."""
    out = io.BytesIO()
    report_pdf(html, "report", out)
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        yield pdf


def text_of(html: str) -> str:
    """All words of the PDF, spaces and line ends left out."""
    with opened(html) as pdf:
        pages = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    return _bare("".join(re.sub(r"^\d+\r?\n", "", one) for one in pages))


def _bare(text: str) -> str:
    # PDFium gives a hyphen at a line's end as another sign.
    return re.sub(r"[\s\u00ad\u2010\ufffe\ufffd\u0002-]", "", text)


class Cells(HTMLParser):
    """Headings and table cells of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th", "h1", "h2"):
            self._open = True
            self.found.append("")
        elif tag == "small" and self._open:
            self.found[-1] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "h1", "h2"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1] += data


def test_every_heading_and_cell_is_there() -> None:
    html = report_html(report(), "today")
    text = text_of(html)
    cells = Cells(html).found
    assert len(cells) > 200
    missing = [cell for cell in cells if not all(_bare(word) in text for word in cell.split())]
    assert missing == []


def test_drawings_are_drawn() -> None:
    with opened(report_html(report(), "today")) as pdf:
        image = np.asarray(pdf[0].render(scale=1.5).to_pil().convert("RGB"))
    colours = set(map(tuple, np.unique(image.reshape(-1, 3), axis=0).tolist()))
    for series in ((52, 87, 213), (180, 84, 10), (29, 122, 79)):
        assert series in colours


def test_a_leaderboard() -> None:
    data = report()
    html = board_html(board(board_entries(data, 1, 0)), [data], "today")
    assert "Leaderboard" in text_of(html)


@pytest.mark.parametrize("width", [1, 3, 14, 40])
def test_tables_of_any_width_and_height_fit(width: int) -> None:
    """Long words, many columns, a cell of several pages: nothing is cut."""
    long = " ".join(f"w{number}" for number in range(900))
    rows = [[Cell(f"r{row}c{column}", "n") for column in range(width)] for row in range(60)]
    rows.append([Cell(long, "text"), *(Cell("x" * 50) for _ in range(width - 1))])
    html = page("T", "", [Section("a", "Wide", table([f"h{n}" for n in range(width)], rows))])
    text = text_of(html)
    if width <= 14:
        assert all(f"r{row}c{column}" in text for row in range(60) for column in range(width))
        assert all(f"w{number}" in text for number in range(900))
    else:  # words stand letter below letter
        assert Counter(text) >= Counter(_bare(long) + "x" * 50 * (width - 1))


def test_an_empty_report() -> None:
    html = page("Nothing", "", [Section("a", "Empty", table([], []))])
    assert "Empty" in text_of(html)
