"""What a person asks of a model first, in groups of names and values. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from workbench.experiments.model_facts import Fact
from workbench.gui.parts import EDGE, label, pane, wrapping_label
from workbench.gui.said import tr_parts
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import mark, tr

_NAMES = 112
_LONGEST_WORD = 32


class FactsPage(QScrollArea):
    """A scrolling grid; every value can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("About the model"))

    def show_facts(self, facts: Sequence[Fact], more: Sequence[tuple[str, str]] = ()) -> None:
        """Show the facts; `more` are lines that stand below them, as name and value."""
        page = pane()
        column = QVBoxLayout(page)
        column.setContentsMargins(EDGE, 4, EDGE, EDGE)
        column.setSpacing(4)
        groups: dict[str, list[Fact]] = {}
        for fact in facts:
            groups.setdefault(fact.group, []).append(fact)
        for name, value in more:
            groups.setdefault(mark("File"), []).append(Fact(mark("File"), name, value))
        for group, lines in groups.items():
            head = label(tr(group), "title")
            head.setContentsMargins(0, 8, 0, 2)
            column.addWidget(head)
            column.addWidget(_grid(lines))
        column.addStretch(1)
        self.setWidget(page)


def _value(text: str) -> QWidget:
    """A label that breaks its lines; a path, which has no place to break, scrolls instead."""
    if "\n" in text or max(map(len, text.split()), default=0) <= _LONGEST_WORD:
        made = wrapping_label()
        made.setText(text)
        return made
    line = QLineEdit(text)
    line.setReadOnly(True)
    line.setCursorPosition(0)
    set_role(line, "plain")
    return line


def _grid(lines: Sequence[Fact]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnMinimumWidth(0, _NAMES)
    grid.setColumnStretch(1, 1)
    for row, fact in enumerate(lines):
        name = label(tr(fact.name), "muted")
        told = tr_parts(fact.value)
        value = _value(told)
        value.setToolTip(tr(fact.tip))
        value.setAccessibleName(f"{tr(fact.name)}: {told}")
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1)
    return holder
