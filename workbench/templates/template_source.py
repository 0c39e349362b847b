"""One template and where it stands: in which file, in which message, on which line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.templates.yaml_source import Place


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template with its place.

    Attributes:
        text: the Jinja2 source.
        label: the file, or what else to call it.
        message_index: 0-based index of the message; None when it is none.
        role: of the message; empty when it is none.
        first_line: line of the file where the text begins, 1-based.
        line_by_line: whether each line of the text is one of the file (a block after `|`); else
            the text is written in quotes or folded, and its lines are looked for.
        file: the whole file; empty when the text is all there is.
    """

    text: str
    label: str
    message_index: int | None = None
    role: str = ""
    first_line: int = 1
    line_by_line: bool = True
    file: str = ""

    def where(self, line: int | None) -> str:
        """The place for the start of a sentence; `line` counts in the template."""
        place = self.file_place(line)
        at = "" if place is None else f", line {place.line}"
        if self.message_index is None:
            return f"{self.label}{at}"
        return f"{self.label}{at}, message {self.message_index + 1} ({self.role})"

    def file_place(self, line: int | None, word: str = "") -> Place | None:
        """Where line `line` of the template, and `word` in it, stand in the file."""
        if line is None:
            return None
        rows = self.text.split("\n")
        row = rows[line - 1] if 0 < line <= len(rows) else ""
        if not self.file:
            return Place(line, _column(row, row, word))
        file_rows = self.file.splitlines()
        if self.line_by_line:
            at = min(self.first_line + line - 1, max(1, len(file_rows)))
        else:
            at = self._found(file_rows, row, word)
        file_row = file_rows[at - 1] if at <= len(file_rows) else ""
        return Place(at, _column(file_row, row, word))

    def _found(self, file_rows: list[str], row: str, word: str) -> int:
        """The file's line that shows `word` or the beginning of `row`, from the text's first on."""
        last = min(len(file_rows), self.first_line + len(self.text) + 1)
        shown = row.strip()[:24]
        for at in range(self.first_line, last + 1):
            if shown and shown in file_rows[at - 1]:
                return at
        for at in range(self.first_line, last + 1):
            if word and _whole(word).search(file_rows[at - 1]):
                return at
        return self.first_line


def _column(file_row: str, row: str, word: str) -> int:
    shown = row.strip()
    begin = max(0, file_row.find(shown)) if shown else 0
    if word:
        found = _whole(word).search(file_row, begin)
        if found is not None:
            return found.start() + 1
    tag = re.compile(r"\{[{%#]").search(file_row, begin)
    return (tag.start() if tag is not None else begin) + 1


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
