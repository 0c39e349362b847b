"""Tables as text: what a spreadsheet puts on the clipboard, and CSV. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

_LINE_ENDS = ("\r\n", "\n", "\r")


def read_table(text: str) -> list[list[str]]:
    r"""The cells of `text`, row by row.

    Tabs separate cells where there are any. Else commas or semicolons do, if they cut every one of
    several lines into equally many cells; else a line is a cell. One line without tabs is one
    cell, whatever signs it holds. Cells in double quotes may hold separators and line ends.
    """
    if "\t" in text:
        return _cells(text, "\t")
    lines = _cells(text, "")
    if len(lines) < 2:
        return [[text.strip("\r\n")]] if text.strip() else []
    for separator in (",", ";"):
        rows = _cells(text, separator)
        if len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1:
            return rows
    return lines


def write_table(rows: Sequence[Sequence[str]]) -> str:
    """`rows` as a spreadsheet takes them: tabs between cells, quotes where they are needed."""
    return "\n".join("\t".join(map(_quoted, row)) for row in rows)


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _cells(text: str, separator: str) -> list[list[str]]:
    """The cells, without empty lines. A quote that is never closed is an ordinary sign."""
    rows: list[list[str]] = [[]]
    at, last = 0, len(text)
    while at <= last:
        cell, at = _cell(text, at, separator)
        rows[-1].append(cell)
        if separator and text.startswith(separator, at):
            at += 1
            continue
        if at >= last:
            break
        at += 2 if text.startswith("\r\n", at) else 1
        rows.append([])
    return [row for row in rows if any(row) or len(row) > 1]


def _cell(text: str, start: int, separator: str) -> tuple[str, int]:
    """The cell that begins at `start`, and where it ends."""
    if text.startswith('"', start) and separator:
        at = start + 1
        while (end := text.find('"', at)) >= 0 and text.startswith('""', end):
            at = end + 2
        after = end + 1
        if end >= 0 and (after == len(text) or text.startswith((separator, *_LINE_ENDS), after)):
            return text[start + 1 : end].replace('""', '"'), after
    ends = [text.find(sign, start) for sign in (separator, "\n", "\r") if sign]
    end = min((e for e in ends if e >= 0), default=len(text))
    return text[start:end], end
