"""Runs as an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from workbench.core.errors import UserError
from workbench.export.runs import COLUMNS, Document, RunFormat, chunks

_MOST_CHARS = 32_767
"""What a cell of Excel holds."""
_MOST_ROWS = 1_048_576


def write(documents: Iterator[Document], file: BinaryIO) -> int:
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
    count = 0
    try:
        for rows in chunks(documents):
            for row in rows:
                count += 1
                if count >= _MOST_ROWS:
                    raise UserError(
                        f"A sheet of Excel holds {_MOST_ROWS:,} rows.",
                        "Export fewer runs, or as CSV.",
                    )
                cells = []
                for value in row.values():
                    if not isinstance(value, str):
                        cells.append(value)
                        continue
                    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
                    text = text.encode("utf-8", "replace").decode()
                    if len(text) > _MOST_CHARS:
                        text = f"{text[: _MOST_CHARS - 1]}…"
                    cell = WriteOnlyCell(sheet, value=text)
                    cell.data_type = "s"  # else a text that begins with = would be a formula
                    cells.append(cell)
                sheet.append(cells)
    except BaseException:
        sheet.close()  # its generator would be closed later, with a warning
        raise
    book.save(file)
    return count


FORMAT = RunFormat("xlsx", "Excel workbook", "A row for each reply.", ".xlsx", write)
