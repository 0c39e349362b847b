"""The Token tab: follows the token that is pointed at or kept. GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRect

from workbench.gui.current import Part, TokenPlace
from workbench.gui.page import PageTools
from workbench.gui.probabilities.run_view import RunView
from workbench.gui.probabilities.side import Side
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.probabilities.token_panel import TokenPanel
from workbench.gui.shown_tokens import ShownTokens
from workbench.gui.token_cards import CardToken
from workbench.gui.translate import tr


class TokenSide(QObject):
    """Feeds the panel."""

    def __init__(
        self, tools: PageTools, space: ProbabilitiesSpace, views: RunView, panel: TokenPanel
    ) -> None:
        super().__init__(panel)
        self._cards, self._current, self._panel = tools.cards, tools.current, panel
        self._texts = {Part.PROMPT: space.prompt_tokens, Part.REPLY: space.reply_tokens}
        for tokens in self._texts.values():
            tokens.view.pointed.connect(partial(self._pointed, tokens))
        panel.count.setValue(self._cards.limit)
        panel.limit_chosen.connect(self._cards.set_limit)
        panel.alternative_chosen.connect(self._say_instead)
        self._cards.changed.connect(self.refresh)
        tools.current.token_changed.connect(self.refresh)
        space.prompt_tokens.scored.connect(self.refresh)
        for changed in (views.prompt_shown, views.reply_shown):
            changed.connect(self._text_shown)

    def refresh(self) -> None:
        """Show the kept token with what is known of it now; without one, keep what is shown as
        long as its text is on show.
        """
        if not self._panel.isVisible():
            return
        self._panel.count.setValue(self._cards.limit)
        token = self._current.token
        found = self._token(token) if token is not None else self._still_here()
        if found is None:
            self._panel.show_nothing()
        else:
            self._show(found)

    def _say_instead(self, token_id: int) -> None:
        """An alternative in the table: the token that is shown is kept, then it is as a click on
        the card."""
        shown = self._panel.shown
        if shown is not None and shown.record.id != token_id:
            if self._current.bring(shown.at.run_id):
                self._current.choose(shown.at.place)
            self._cards.choose(token_id)

    def _token(self, place: TokenPlace) -> CardToken | None:
        tokens = self._texts[place.part]
        run = self._current.run
        here = run is not None and (tokens.run_id, tokens.sample) == (run.run_id, place.sample)
        return tokens.card_token(place.index) if here else None

    def _text_shown(self) -> None:
        if self._panel.shown is not None and self._still_here() is None:
            self.refresh()

    def _still_here(self) -> CardToken | None:
        """The token that is shown, unless another text took the place of its own."""
        shown = self._panel.shown
        if shown is None:
            return None
        place, tokens = shown.at.place, self._texts[shown.at.place.part]
        text = (tokens.run_id, tokens.sample)
        return shown if text == (shown.at.run_id, place.sample) else None

    def _pointed(self, tokens: ShownTokens, index: int, _anchor: QRect) -> None:
        found = tokens.card_token(index)
        if found is None:
            self.refresh()
        elif self._panel.isVisible():
            self._show(found)

    def _show(self, token: CardToken) -> None:
        known = self._cards.others(token)
        problem = self._cards.problem(token) or ("" if known is None else known.problem)
        self._panel.show_token(token, known, problem)


def token_side(tools: PageTools, space: ProbabilitiesSpace, views: RunView) -> Side:
    """The tab."""
    panel = TokenPanel(tools.theme, tools.fonts)
    side = TokenSide(tools, space, views, panel)
    tip = tr("Everything about the token that is pointed at or kept.")
    return Side("token", tr("Token"), tip, panel, side.refresh)
