"""Runs as a table of comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from workbench.export.base import Chosen
from workbench.export.runs import COLUMNS, TABLE_LEAVES_OUT, Document, RunFormat, chunks

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(documents: Iterator[Document], file: BinaryIO, _chosen: Chosen) -> int:
    """A row for each reply, UTF-8 with a mark that spreadsheets know it by."""
    count = 0
    file.write("\ufeff".encode())
    file.write(_line([name for name, _kind in COLUMNS]))
    for rows in chunks(documents):
        for row in rows:
            file.write(_line([safe_cell(value) for value in row.values()]))
            count += 1
    return count


def safe_cell(value: object) -> object:
    """The value; a text that a spreadsheet would run as a formula gets an apostrophe in front.

    (OWASP, CSV injection.) Numbers stay numbers.
    """
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _line(values: list[object] | list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue().encode("utf-8", "replace")


FORMAT = RunFormat(
    "csv",
    "CSV table",
    "A row for each reply; safe to open in a spreadsheet.",
    ".csv",
    write,
    leaves_out=TABLE_LEAVES_OUT,
)
