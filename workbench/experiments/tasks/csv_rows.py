"""Rows of CSV and TSV files; ragged rows and open quotes cost one row each, not the file."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.task import BadRow
from workbench.experiments.tasks.rows import Report, Row, Rows
from workbench.experiments.tasks.text_lines import MAX_LINE_BYTES, lines_of

MAX_LINES_OF_A_ROW = 2000
"""A quote that is open for longer is taken for a mistake."""

_DELIMITERS = ",\t;|"
_MMLU = ("question", "A", "B", "C", "D", "answer")


def csv_rows(path: Path, report: Report) -> Rows:
    """Rows of a table whose first line names the columns.

    The delimiter is the one that occurs most often in that line.

    Raises:
        UserError: the file cannot be read, or is empty.
    """
    lines = _Lines(lines_of(path, report))
    start = lines.peek()
    if start is None:
        raise UserError(f"{path.name} is empty.", "Its first line names the columns.")
    delimiter = max(_DELIMITERS, key=start.count)
    records = _records(lines, delimiter, report)
    header = next(records, (0, [""]))[1]
    columns = tuple(name.strip() for name in header)
    if len(columns) == len(_MMLU) and columns[-1] in ("A", "B", "C", "D"):
        # MMLU's own files have no header: what was read is the first question.
        records = chain([(1, header)], records)
        columns = _MMLU
    repeated = {name for name in columns if name and columns.count(name) > 1}
    if repeated:
        raise UserError(f"{path.name} has the column {min(repeated)} twice.", "Rename one of them.")
    if not any(columns):
        raise UserError(f"{path.name} names no columns in its first line.")
    return Rows("csv", _named(records, columns, report), {"columns": columns})


def _named(
    records: Iterator[tuple[int, list[str]]], columns: tuple[str, ...], report: Report
) -> Iterator[Row]:
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) == len(columns):
            yield Row(line, {n: c for n, c in zip(columns, cells, strict=True) if n})
            continue
        short = len(cells) < len(columns)
        at = columns[len(cells)] if short else columns[-1]
        report(
            BadRow(
                line,
                at,
                f"The row has {len(cells)} cells, the header has {len(columns)}"
                + ("; this is the first that is missing." if short else "."),
            )
        )


class _Lines:
    """Lines that can be given back."""

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self._lines = lines
        self._back: deque[tuple[int, str]] = deque()
        self.taken: list[tuple[int, str]] = []

    def peek(self) -> str | None:
        """The next line, which stays; None at the end."""
        if not self._back:
            for found in self._lines:
                self._back.append(found)
                break
        return self._back[0][1] if self._back else None

    def rewind(self) -> int:
        """Give back all lines of the record but its first; the first one's number."""
        first, *rest = self.taken
        self._back.extendleft(reversed(rest))
        self.taken = []
        return first[0]

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MAX_LINES_OF_A_ROW:
            raise StopIteration
        if self.peek() is None:
            raise StopIteration
        found = self._back.popleft()
        self.taken.append(found)
        return found[1]


def _records(lines: _Lines, delimiter: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    # The limit belongs to the csv module as a whole; our own limit on lines is the tighter one.
    csv.field_size_limit(MAX_LINE_BYTES)
    while lines.peek() is not None:
        lines.taken = []
        try:
            cells = next(csv.reader(lines, delimiter=delimiter, strict=True))
        except csv.Error as error:
            number = lines.rewind()
            report(BadRow(number, "", f"The row cannot be read: {_reason(error)}."))
        except StopIteration:
            return
        else:
            yield lines.taken[0][0], cells


def _reason(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end" in text:
        return "a quote that is opened in it is never closed"
    if "expected after" in text:
        return "text follows a closing quote"
    return text
