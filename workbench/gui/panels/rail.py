"""The rail: one button per workspace."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from workbench.gui.icons import icon
from workbench.gui.parts import icon_button
from workbench.gui.theme import Theme


class Workspace(StrEnum):
    """The workspaces there are, in the rail's order."""

    PROMPT = "prompt"
    HISTORY = "history"


WIDTH = 52


class Rail(QWidget):
    """Buttons down the left edge.

    Signals:
        chosen(workspace): the person wants to see it.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedWidth(WIDTH)
        self._group = QButtonGroup(self)
        self.buttons: dict[Workspace, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 8, 7, 8)
        column.setSpacing(7)
        for number, workspace in enumerate(Workspace, start=1):
            button = icon_button(f"{workspace.value.capitalize()} (Ctrl+{number})", "rail")
            button.setCheckable(True)
            button.setIconSize(QSize(17, 17))
            button.clicked.connect(lambda _on=False, w=workspace: self.chosen.emit(w))
            self._group.addButton(button)
            self.buttons[workspace] = button
            column.addWidget(button)
        column.addStretch(1)
        theme.changed.connect(self._recolour)
        self.show_workspace(Workspace.PROMPT)

    def show_workspace(self, workspace: Workspace) -> None:
        """Mark `workspace` as the one that is shown."""
        self.buttons[workspace].setChecked(True)
        self._recolour()

    def _recolour(self) -> None:
        for workspace, button in self.buttons.items():
            name = "accent" if button.isChecked() else "muted"
            button.setIcon(icon(workspace.value, self._theme.colour(name), 17))
