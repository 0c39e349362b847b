"""The panels beside the tokens, one tab each. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.page import do_nothing, nothing_kept
from workbench.gui.parts import EDGE, horizontal_line, text_button


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """A panel of the right column.

    Attributes:
        name: for `SideTabs.open_side` and for what is remembered.
        title: on the tab; a word.
        help: the tab's tooltip, one sentence.
        shown: its tab came to the front.
        escape, close, calls: as in `Page`.
    """

    name: str
    title: str
    help: str
    widget: QWidget
    shown: Callable[[], object] = do_nothing
    escape: Callable[[], bool] = nothing_kept
    close: Callable[[], object] = do_nothing
    calls: Mapping[str, Callable[[], object]] = field(default_factory=dict)


class SideTabs(QWidget):
    """A row of tabs and the panel that is in front.

    Signals:
        turned(name): another panel came to the front.
    """

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.sides: dict[str, Side] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._row = QHBoxLayout()
        self._row.setContentsMargins(EDGE - 5, 8, EDGE - 5, 6)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(horizontal_line())
        column.addWidget(self._stack, 1)

    def add_side(self, side: Side) -> None:
        """Add a panel behind the others; the first one is in front."""
        button = text_button(side.title, "tab")
        button.setCheckable(True)
        button.setToolTip(side.help)
        button.clicked.connect(lambda: self.open_side(side.name))
        self._group.addButton(button)
        self._row.insertWidget(len(self.sides), button)
        self.sides[side.name] = side
        self._buttons[side.name] = button
        self._stack.addWidget(side.widget)
        if len(self.sides) == 1:
            button.setChecked(True)

    @property
    def name(self) -> str:
        """The panel in front."""
        shown = self._stack.currentWidget()
        return next(name for name, side in self.sides.items() if side.widget is shown)

    def open_side(self, name: str) -> None:
        """Bring a panel to the front; an unknown name changes nothing."""
        if name not in self.sides:
            return
        self._stack.setCurrentWidget(self.sides[name].widget)
        self._buttons[name].setChecked(True)
        self.sides[name].shown()
        self.turned.emit(name)
