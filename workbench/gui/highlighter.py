"""Colours of template syntax in the editor. GUI thread."""

from __future__ import annotations

import re
from collections.abc import Collection

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from workbench.gui.theme import Theme

_PARTS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}")
_NAME = re.compile(r"(?<![\w.'\"])[A-Za-z_]\w*")
_KEYWORDS = frozenset([
    "for", "in", "endfor", "if", "elif", "else", "endif", "set", "endset", "block", "endblock",
    "macro", "endmacro", "call", "endcall", "filter", "endfilter", "include", "import", "from",
    "with", "endwith", "raw", "endraw", "not", "and", "or", "is", "recursive",
])  # fmt: skip


class TemplateHighlighter(QSyntaxHighlighter):
    """Variables washed in the accent colour, statements in the syntax colour, comments muted."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._variables: frozenset[str] = frozenset()
        self._make_formats()
        theme.changed.connect(self._recolour)

    def set_variables(self, names: Collection[str]) -> None:
        """These names are variables of the form; other names belong to loops."""
        if frozenset(names) != self._variables:
            self._variables = frozenset(names)
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802  # Qt's name
        """Colour one line."""
        for found in _PARTS.finditer(text):
            start, part = found.start(), found.group()
            if part.startswith("{#"):
                self.setFormat(start, len(part), self._comment)
            elif part.startswith("{%"):
                self._statement(start, part)
            elif self._uses_variable(part):
                self.setFormat(start, len(part), self._variable)

    def _statement(self, start: int, part: str) -> None:
        self.setFormat(start, 2, self._keyword)
        self.setFormat(start + len(part) - 2, 2, self._keyword)
        for name in _NAME.finditer(part):
            if name.group() in _KEYWORDS:
                self.setFormat(start + name.start(), len(name.group()), self._keyword)
            elif name.group() in self._variables:
                self.setFormat(start + name.start(), len(name.group()), self._variable)

    def _uses_variable(self, part: str) -> bool:
        return any(name.group() in self._variables for name in _NAME.finditer(part))

    def _make_formats(self) -> None:
        self._variable, self._keyword, self._comment = (QTextCharFormat() for _ in range(3))
        self._variable.setForeground(self._theme.colour("accent"))
        self._variable.setBackground(self._theme.colour("accent_wash"))
        self._keyword.setForeground(self._theme.colour("syntax"))
        self._comment.setForeground(self._theme.colour("muted"))

    def _recolour(self) -> None:
        self._make_formats()
        self.rehighlight()
