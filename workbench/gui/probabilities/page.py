"""Makes the Probabilities workspace and joins its parts. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.gui.page import Page, PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.plots_side import plots_side
from workbench.gui.probabilities.prompt_map import PromptMap
from workbench.gui.probabilities.run_view import RunView
from workbench.gui.probabilities.sides import MAKERS
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.probabilities.surprise_side import surprise_side
from workbench.gui.probabilities.token_side import token_side
from workbench.gui.run_controller import show_phase
from workbench.gui.token_cards import LIMIT
from workbench.gui.token_view import release

_HELP = {
    "prompt": "prompt-surprise",
    "branches": "branches",
    "ahead": "branches",
    "samplers": "samplers",
}
"""The page of the guide for the panel that is open at the right."""


def probabilities_page(tools: PageTools) -> Page:
    """The workspace, connected."""
    space = ProbabilitiesSpace(tools.theme, tools.fonts, tools.cards)
    views = RunView(tools.current, space, space.isVisible)
    prompts = PromptMap(tools.session, tools.runs, space, lambda: tools.cards.limit)
    space.side.add_side(token_side(tools, space, views))
    space.side.add_side(surprise_side(tools, space, views, prompts))
    space.side.add_side(plots_side(tools, space, views))
    for make in MAKERS:
        space.side.add_side(make(tools, space))
    sides = space.side.sides
    remembered = tools.remembered.get(Workspace.PROBABILITIES, {})

    def set_tint(name: str) -> None:
        for tokens in (space.prompt_tokens, space.reply_tokens):
            tokens.set_tint(name)
        space.show_tint(space.reply_tokens.tint)

    def show_marks(on: bool) -> None:
        for pane in (space.prompt, space.reply):
            pane.view.show_marks(on)

    def shown() -> None:
        views.refresh()
        if sides:
            sides[space.side.name].shown()

    def escape() -> bool:
        kept = bool(sides) and sides[space.side.name].escape()
        return kept or release(space.prompt.view, space.reply.view)

    def close() -> None:
        for side in sides.values():
            side.close()

    def remember() -> Mapping[str, object]:
        side = {"side": space.side.name} if sides else {}
        return {
            "tint": space.reply_tokens.tint,
            "marks": space.marks.isChecked(),
            "top": tools.cards.limit,
            **side,
        }

    def phase_changed() -> None:
        show_phase(space.button, tools.runs.phase)

    phase_changed()
    tools.runs.phase_changed.connect(phase_changed)
    space.pressed.connect(tools.runs.press)
    space.tint_chosen.connect(set_tint)
    space.marks_wanted.connect(show_marks)
    set_tint(str(remembered.get("tint", "surprise")))
    space.marks.setChecked(remembered.get("marks") is True)
    top = remembered.get("top")
    tools.cards.set_limit(top if isinstance(top, int) else LIMIT)
    space.side.open_side(str(remembered.get("side", "")))
    calls: dict[str, Callable[[], object]] = {"marks": space.marks.toggle}
    for side in sides.values():
        calls.update(side.calls)
    return Page(
        Workspace.PROBABILITIES,
        space,
        tools.runs.generate,
        escape,
        shown,
        close,
        calls,
        remember,
        lambda: _HELP.get(space.side.name, "token-probabilities"),
        space.reply.view,
    )
