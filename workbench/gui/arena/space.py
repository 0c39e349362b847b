"""The sheet of the arena: where its parts stand. No logic. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from workbench.core.ranking import By
from workbench.gui.arena.board import BY_WORDS, BoardPanel
from workbench.gui.arena.voting import Voting
from workbench.gui.compare.sheets import tool_row
from workbench.gui.fonts import Fonts
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import label
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

STORED, HERE, FRESH = "stored", "here", "fresh"
_TAGS_WIDTH = 130
_NARROWEST = 90
"""Pixels of a list box in a small window; its tooltip says what it is."""
_DIFFER: dict[By, str] = {**BY_WORDS, By.ALL: mark("anything")}


class ArenaSpace:
    """The widgets of the sheet.

    Attributes:
        tools, body: for the sheet.
        source: stored replies, those of the open prompt, or fresh ones.
        differ: what the two replies differ in.
        tags: what votes are tagged with.
    """

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        self.chip = label("", "chip")
        self.chip.hide()
        self.source, self.differ = QComboBox(), QComboBox()
        self.source.addItem(tr("stored replies"), STORED)
        self.source.addItem(tr("stored, of this prompt"), HERE)
        self.source.addItem(tr("new replies of the columns"), FRESH)
        self.source.setAccessibleName(tr("Which replies"))
        self.source.setToolTip(
            tr(
                "Replies of the history, those of the prompt that is open, or new ones by the "
                "columns"
            )
        )
        for by in (By.ALL, By.MODEL, By.SETTINGS, By.PROMPT):
            self.differ.addItem(tr("differ in {what}", what=tr(_DIFFER[by])), by)
        self.differ.setAccessibleName(tr("What the replies differ in"))
        self.differ.setToolTip(tr("What the two replies differ in, and nothing else"))
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(tr("tags of votes"))
        self.tags.setFixedWidth(_TAGS_WIDTH)
        self.tags.setAccessibleName(tr("Tags of votes"))
        self.tags.setToolTip(tr("Tags for the votes you give now, for a leaderboard of their own"))
        self.button = PrimaryButton(theme, fonts)
        self.button.show_text(tr("Next"), "Space")
        for box in (self.source, self.differ):
            box.setMinimumWidth(_NARROWEST)
        self.tools = tool_row(self.chip, self.tags, self.source, self.differ, self.button)
        self.voting = Voting()
        self.board = BoardPanel(theme, fonts)
        self.body = splitter(
            "arena", Qt.Orientation.Horizontal, [790, 590], self.voting, self.board
        )
        self.body.setStretchFactor(0, 1)
        self.body.setStretchFactor(1, 0)
        self.board.setMinimumWidth(320)

    @property
    def is_fresh(self) -> bool:
        """Whether new replies are wanted."""
        return bool(self.source.currentData() == FRESH)

    @property
    def is_here(self) -> bool:
        """Whether only replies to the open prompt are wanted."""
        return bool(self.source.currentData() == HERE)

    @property
    def chosen_by(self) -> By:
        """What the replies differ in."""
        return By(self.differ.currentData())
