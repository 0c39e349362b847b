"""A strip above the workspaces that says what stands ready, and offers where to go. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from workbench.gui.icons import icon
from workbench.gui.parts import EDGE, icon_button, label, text_button, wrapping_label
from workbench.gui.recents import RecentEntry
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_HEIGHT = 66


class WelcomeBar(QFrame):
    """Two lines and a row of buttons; nothing below it is covered or held up.

    Signals:
        tour_wanted(), model_wanted(), samples_wanted(), about_wanted(): a button was pressed.
        dismissed(): the person has seen enough.
    """

    tour_wanted = Signal()
    model_wanted = Signal()
    samples_wanted = Signal()
    about_wanted = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_role(self, "message")
        self.setAccessibleName(tr("Welcome"))
        self.title = label(tr("Welcome to Prompt Workbench"), "title")
        self.text = wrapping_label()
        self.tour_button = text_button(tr("Take the tour"), "primary")
        self.model_button = text_button(tr("Open a model…"), "")
        self.samples_button = text_button(tr("Sample prompts"), "")
        self.recent_button = text_button(tr("Recent"), "", accessible=tr("Recent files"))
        self.recent_menu = QMenu(self)
        self.recent_button.setMenu(self.recent_menu)
        self.about_button = text_button(tr("What is this?"), "")
        self.close_button = icon_button(tr("Dismiss the welcome"))
        self.tour_button.clicked.connect(self.tour_wanted)
        self.model_button.clicked.connect(self.model_wanted)
        self.samples_button.clicked.connect(self.samples_wanted)
        self.about_button.clicked.connect(self.about_wanted)
        self.close_button.clicked.connect(self.dismissed)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, 8, 8, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (
            self.tour_button, self.model_button, self.samples_button, self.recent_button,
            self.about_button,
        ):  # fmt: skip
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        # The text needs this much at the widths a window has; less would grow the window.
        self.setMinimumHeight(_HEIGHT)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.show_model("", "Ctrl+Enter")
        self.show_recent(())

    def show_model(self, name: str, keys: str) -> None:
        """Say what stands ready; without a name the model is still being loaded."""
        ready = tr(
            "{name} runs on this machine and a prompt is open: {keys} makes it answer. Everything "
            "in this window can be tried on it, and nothing leaves the machine.",
            name=name,
            keys=keys,
        )
        wait = tr("A small demo model is being loaded, and a prompt is open.")
        self.text.setText(ready if name else wait)

    def show_recent(self, entries: Sequence[RecentEntry]) -> None:
        """Offer what was open lately; a new profile has nothing."""
        self.recent_menu.clear()
        kind = None
        for entry in entries:
            if kind is not None and kind is not entry.kind:
                self.recent_menu.addSeparator()
            kind = entry.kind
            self.recent_menu.addAction(entry.title.replace("&", "&&"), entry.open)
        self.recent_button.setVisible(bool(entries))

    def _recolour(self) -> None:
        self.close_button.setIcon(icon("close", self._theme.colour("ink"), 14))
