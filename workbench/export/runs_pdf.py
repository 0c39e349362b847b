"""Runs as a PDF: every token on a ground of its figure, as in the HTML page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from workbench.core.errors import UserError
from workbench.export.base import Chosen, Option
from workbench.export.html_reply import STEPS, TINTS, ground, ground_colour
from workbench.export.pdf_sheet import PdfSheet, Stretch
from workbench.export.run_facts import facts_of, name_of, reply_facts
from workbench.export.runs import Document, RunFormat
from workbench.export.token_text import groups

MOST_RUNS = 2000
"""A PDF is made in memory: about a page for each run."""


def write(documents: Iterator[Document], file: BinaryIO, chosen: Chosen) -> int:
    """A section for each run.

    Raises:
        UserError: fpdf2 is not installed, a font cannot be read, or there are too many runs.
    """
    tint = str(chosen["ground"])
    named = [one.strip() for one in str(chosen["fonts"]).split(";")]
    fonts = [Path(one).expanduser() for one in named if one]
    first = next(documents, None)
    with closing(PdfSheet("Runs", None if first is None else _created(first), fonts)) as sheet:
        _begin(sheet, tint)
        count = 0
        for document in documents if first is None else chain((first,), documents):
            count += 1
            if count > MOST_RUNS:
                raise UserError(
                    f"A PDF takes {MOST_RUNS:,} runs.", "Export fewer, or as HTML or Parquet."
                )
            _section(sheet, document, tint)
        if not count:
            sheet.words("There are no runs.")
        sheet.write(file)
    return count


def _begin(sheet: PdfSheet, tint: str) -> None:
    sheet.heading("Runs", 20)
    if tint != "none":
        sheet.words(f"Ground of a token, by its {tint}: the paler, the more it was expected.")
        sheet.block([Stretch("  ", ground_colour(step)) for step in range(STEPS)])


def _section(sheet: PdfSheet, document: Document, tint: str) -> None:
    sheet.heading(str(document.get("prompt_name") or "Prompt"))
    sheet.words(" · ".join((name_of(document), *facts_of(document))), muted=True)
    sheet.block([Stretch(str(document.get("prompt") or ""))])
    for sample in document.get("samples") or []:
        sheet.words(reply_facts(sample), muted=True)
        tokens = sample.get("tokens") or []
        if not tokens:
            sheet.block([Stretch(str(sample.get("text") or ""))])
            continue
        shown = []
        for group in groups(tokens):
            steps = [s for token in group.tokens if (s := ground(tint, token)) is not None]
            shown.append(Stretch(group.text, ground_colour(max(steps)) if steps else None))
        sheet.block(shown)


def _created(document: Document) -> datetime | None:
    """The time of the first run: the same runs make the same file."""
    try:
        return datetime.fromisoformat(str(document.get("created")))
    except ValueError:
        return None


FORMAT = RunFormat(
    "pdf",
    "PDF",
    "A section for each run, every token on a ground of its figure.",
    ".pdf",
    write,
    (
        Option("ground", "Ground of tokens", "What the ground of a token shows.", TINTS[0], TINTS),
        Option(
            "fonts",
            "More fonts",
            "Font files (.ttf, .otf; several with ; between) for scripts that the bundled ones"
            " lack.",
            "",
        ),
    ),
    (
        "The alternatives of each token, variables, settings and the engine.",
        "Characters beyond Latin, Greek and Cyrillic stand as [U+4E2D] unless a font is named.",
        "Lines with text from right to left stand without grounds.",
    ),
    is_text=False,
)
