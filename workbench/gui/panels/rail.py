"""The rail: one button per workspace."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from workbench.gui.icons import icon
from workbench.gui.parts import icon_button
from workbench.gui.theme import Theme
from workbench.gui.translate import key_names, tr


class Workspace(StrEnum):
    """The workspaces there are, in the rail's order."""

    PROMPT = "prompt"
    PROBABILITIES = "probabilities"
    ATTENTION = "attention"
    COMPARE = "compare"
    EXPERIMENTS = "experiments"
    HISTORY = "history"


WIDTH = 52


class Rail(QWidget):
    """Buttons down the left edge, one for each workspace.

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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(7, 8, 7, 8)
        self._column.setSpacing(7)
        for number, workspace in enumerate(Workspace):
            self._add(number, workspace)
        self._column.addStretch(1)
        theme.changed.connect(self._recolour)
        self.show_workspace(Workspace.PROMPT)

    def _add(self, number: int, workspace: Workspace) -> None:
        button = icon_button(
            f"{tr(workspace.value.capitalize())} ({key_names('Ctrl')}+{number + 1})",
            "rail",
        )
        button.setCheckable(True)
        button.setIconSize(QSize(17, 17))
        button.clicked.connect(lambda: self.chosen.emit(workspace))
        self._group.addButton(button)
        self._column.addWidget(button)
        self.buttons[workspace] = button

    def show_workspace(self, workspace: Workspace) -> None:
        """Mark `workspace` as the one that is shown."""
        self.buttons[workspace].setChecked(True)
        self._recolour()

    def _recolour(self) -> None:
        for workspace, button in self.buttons.items():
            name = "accent" if button.isChecked() else "muted"
            button.setIcon(icon(workspace.value, self._theme.colour(name), 17))
