"""The sheets of the Compare workspace: columns, and what else holds replies against each other.

A sheet has a tab beside the workspace's title, tools at the right end of that row, and a body.
GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from workbench.gui.page import do_nothing, nothing_kept
from workbench.gui.parts import text_button


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One way to compare.

    Attributes:
        name: what its tab says.
        tools: stands in the workspace's first row while the sheet is in front.
        press, escape, shown, close, help: as `gui.page.Page` has them.
    """

    name: str
    tools: QWidget
    body: QWidget
    press: Callable[[], object]
    escape: Callable[[], bool] = nothing_kept
    shown: Callable[[], object] = do_nothing
    close: Callable[[], object] = do_nothing
    help: str = ""


def tool_row(*tools: QWidget) -> QWidget:
    """Tools of a sheet beside each other, at the right end."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addStretch(1)
    for tool in tools:
        row.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)
    return holder


class SheetTabs(QWidget):
    """One button per sheet.

    Signals:
        chosen(number): another sheet is wanted.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 0, 0)
        self._row.setSpacing(2)

    def add(self, name: str) -> None:
        """One more tab; the first one is in front."""
        number = len(self.buttons)
        button = text_button(name, "tab")
        button.setCheckable(True)
        button.setChecked(number == 0)
        button.clicked.connect(lambda: self.chosen.emit(number))
        self._group.addButton(button)
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.buttons.append(button)


class Sheets:
    """All sheets: tabs, tools and bodies, turned together.

    Attributes:
        tabs, tools, bodies: to be put into the workspace.
    """

    def __init__(self) -> None:
        self.tabs = SheetTabs()
        self.tools = QStackedWidget()
        self.bodies = QStackedWidget()
        self._all: list[Sheet] = []
        self.tabs.chosen.connect(self.turn_to)

    @property
    def front(self) -> Sheet:
        """The one in front."""
        return self._all[self.bodies.currentIndex()]

    def add(self, sheet: Sheet) -> None:
        """Put a sheet under the others; the first one is in front."""
        self._all.append(sheet)
        self.tabs.add(sheet.name)
        self.tools.addWidget(sheet.tools)
        self.bodies.addWidget(sheet.body)

    def turn_to(self, sheet: int | str) -> None:
        """Bring a sheet to the front, by its number or name."""
        names = [one.name for one in self._all]
        number = names.index(sheet) if isinstance(sheet, str) else sheet
        self.tabs.buttons[number].setChecked(True)
        self.tools.setCurrentIndex(number)
        self.bodies.setCurrentIndex(number)
        if self.bodies.isVisible():  # else the workspace is told when it comes to the front
            self.front.shown()

    def press(self) -> None:
        """What Ctrl+Enter does in the sheet in front."""
        self.front.press()

    def escape(self) -> bool:
        """Whether the sheet in front had something to release or to stop."""
        return self.front.escape()

    def shown(self) -> None:
        """The workspace came to the front."""
        self.front.shown()

    def help(self) -> str:
        """The page of the guide for the sheet in front."""
        return self.front.help

    def close(self) -> None:
        """End the threads of all of them."""
        for sheet in self._all:
            sheet.close()
