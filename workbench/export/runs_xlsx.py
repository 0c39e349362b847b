"""Runs as an Excel workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from workbench.core.errors import UserError
from workbench.export.base import Chosen
from workbench.export.runs import COLUMNS, TABLE_LEAVES_OUT, Document, RunFormat, chunks

_MOST_CHARS = 32_767
"""What a cell of Excel holds."""
_MOST_ROWS = 1_048_576


def write(documents: Iterator[Document], file: BinaryIO, _chosen: Chosen) -> int:
    """A sheet with a row for each reply. No text becomes a formula.

    Raises:
        UserError: openpyxl is not installed, or there are more rows than a sheet holds.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    except ImportError as error:
        raise UserError(
            "An Excel workbook needs openpyxl.", "pip install 'prompt-workbench[data]'"
        ) from error
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Replies")
    sheet.freeze_panes = "A2"
    sheet.append([name for name, _kind in COLUMNS])
    try:
        count = 0
        for rows in chunks(documents):
            count += len(rows)
            _check(count)
            for row in rows:
                texts = (_text(value, ILLEGAL_CHARACTERS_RE) for value in row.values())
                cells = [WriteOnlyCell(sheet, value=value) for value in texts]
                for cell in cells:
                    if isinstance(cell.value, str):
                        cell.data_type = "s"  # else a text that begins with = is a formula
                sheet.append(cells)
    except BaseException:
        sheet.close()  # its generator would be closed later, with a warning
        raise
    book.save(file)
    return count


def _check(rows: int) -> None:
    if rows >= _MOST_ROWS:
        raise UserError(
            f"A sheet of Excel holds {_MOST_ROWS:,} rows.", "Export fewer runs, or as CSV."
        )


def _text(value: object, illegal: re.Pattern[str]) -> object:
    """A text as a cell can hold it; anything else as it is."""
    if not isinstance(value, str):
        return value
    text = illegal.sub("\ufffd", value).encode("utf-8", "replace").decode()
    return text if len(text) <= _MOST_CHARS else f"{text[: _MOST_CHARS - 1]}…"


FORMAT = RunFormat(
    "xlsx",
    "Excel workbook",
    "A row for each reply.",
    ".xlsx",
    write,
    leaves_out=(
        *TABLE_LEAVES_OUT,
        "The end of a text of more than 32,767 characters: a cell holds no more.",
    ),
    is_text=False,
)
