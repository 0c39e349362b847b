"""Makes the Probabilities workspace and joins its parts. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.gui.page import Page, PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.run_view import RunView
from workbench.gui.probabilities.sides import MAKERS
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.token_view import release


def probabilities_page(tools: PageTools) -> Page:
    """The workspace, connected."""
    space = ProbabilitiesSpace(tools.theme, tools.fonts, tools.cards)
    views = RunView(tools.current, space, space.isVisible)
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
        return {"tint": space.reply_tokens.tint, "marks": space.marks.isChecked(), **side}

    space.button.show_text("Generate", "Ctrl ↵")
    space.pressed.connect(tools.runs.generate)
    space.tint_chosen.connect(set_tint)
    space.marks_wanted.connect(show_marks)
    set_tint(str(remembered.get("tint", "surprise")))
    space.marks.setChecked(remembered.get("marks") is True)
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
    )
