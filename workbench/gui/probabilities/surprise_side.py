"""Joins the score of the prompt with the tokens and the Prompt tab. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.experiments.surprise import prompt_surprise
from workbench.gui.page import PageTools
from workbench.gui.probabilities.prompt_map import PromptMap
from workbench.gui.probabilities.run_view import RunView
from workbench.gui.probabilities.side import Side
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.probabilities.surprise_panel import SurprisePanel
from workbench.gui.translate import tr


class SurpriseSide(QObject):
    """Shows what is known of the prompt wherever it is shown."""

    def __init__(
        self,
        tools: PageTools,
        space: ProbabilitiesSpace,
        views: RunView,
        prompts: PromptMap,
        panel: SurprisePanel,
    ) -> None:
        super().__init__(panel)
        self._space, self._panel, self._prompts, self._views = space, panel, prompts, views
        views.prompt_shown.connect(self._prompt_shown)
        prompts.changed.connect(self._changed)
        panel.token_chosen.connect(self._choose)
        tools.cards.changed.connect(prompts.want_more)
        tools.prompts.prepared.connect(views.use_prepared)
        tools.prompts.failed.connect(lambda _why: views.use_prepared(None))

    def _prompt_shown(self) -> None:
        self._prompts.show(self._views.prompt)

    def _changed(self) -> None:
        run, scored = self._views.prompt, self._prompts.scored
        if run is None or scored is None:
            self._panel.show_reason(self._prompts.problem)
            return
        self._space.prompt_tokens.score(scored.table, scored.pieces)
        found = prompt_surprise(run.prompt_tokens, scored.table, scored.bos)
        self._panel.show_summary(found)
        score = found.score
        mean = (
            tr(" · mean {logprob:.2f} nats", logprob=-score.logprob / score.n_tokens)
            if score.n_tokens
            else ""
        )
        self._space.prompt.show_facts(
            tr(
                "{n_prompt_tokens:,} tokens{mean}",
                n_prompt_tokens=len(run.prompt_tokens),
                mean=mean,
            )
        )

    def _choose(self, index: int) -> None:
        self._space.prompt.view.lock(index)
        self._space.prompt.view.setFocus()


def surprise_side(
    tools: PageTools, space: ProbabilitiesSpace, views: RunView, prompts: PromptMap
) -> Side:
    """The tab."""
    panel = SurprisePanel(tools.theme, tools.fonts)
    SurpriseSide(tools, space, views, prompts, panel)
    tip = tr("What surprised the model in the prompt: tokens, sources, mistakes of the template.")
    return Side("prompt", tr("Prompt"), tip, panel, close=prompts.close)
