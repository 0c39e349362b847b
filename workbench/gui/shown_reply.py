"""The reply on the screen: a reply panel fed from tables of tokens. GUI thread."""

from __future__ import annotations

from collections.abc import Collection

from workbench.gui.current import Part
from workbench.gui.panels.reply import ReplyPanel
from workbench.gui.shown_tokens import ShownTokens
from workbench.gui.tints import TINTS
from workbench.gui.token_cards import TokenCards
from workbench.gui.token_text import Piece


class ShownReply(ShownTokens):
    """Feeds one reply panel and its hover card from tables of tokens."""

    def __init__(self, panel: ReplyPanel, cards: TokenCards) -> None:
        super().__init__(panel.view, cards, panel, Part.REPLY)
        self._panel = panel
        panel.tint_chosen.connect(self.set_tint)

    def begin(self, control: Collection[int], run_id: str = "", sample: int = 0) -> None:
        """Show an empty reply; `control` holds the ids that are drawn as chips."""
        super().begin(control, run_id, sample)
        self._panel.show_reply()

    def clear(self) -> None:
        """Show the empty state."""
        self.begin(())
        self._panel.show_empty()

    def add_text(self, text: str) -> None:
        """Show text of which no token records are kept (an interrupted run)."""
        self.view.append([Piece(text.encode("utf-8", "surrogatepass"))])

    def set_tint(self, name: str) -> None:
        """Colour by another quantity; an unknown name is surprise."""
        super().set_tint(name)
        self._panel.show_tint(TINTS.get(self.tint))
