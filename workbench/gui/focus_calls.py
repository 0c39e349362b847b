"""Actions that bring the prompt workspace to the front and put the keyboard somewhere in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from workbench.gui.panels.workspaces import PromptWorkspace


def focus_calls(
    space: PromptWorkspace, show: Callable[[], object]
) -> Mapping[str, Callable[[], object]]:
    """What each of them does, by name; `show` brings the workspace to the front."""

    def to(find: Callable[[], QWidget | None]) -> Callable[[], None]:
        def go() -> None:
            show()
            widget = find()
            if widget is not None:
                widget.setFocus()

        return go

    def in_prompt(call: Callable[[], None]) -> Callable[[], None]:
        def go() -> None:
            show()
            call()

        return go

    def first_variable() -> QWidget | None:
        return space.variables.fields[0].field if space.variables.fields else None

    def last_message() -> QWidget | None:
        return space.editor.blocks[-1].edit if space.editor.blocks else None

    return {
        "search": to(lambda: space.library.search),
        "focus_library": to(lambda: space.library.tree),
        "focus_variables": to(first_variable),
        "focus_prompt": to(last_message),
        "focus_reply": to(lambda: space.reply.view),
        "focus_samplers": to(lambda: space.samplers.list),
        "focus_sampling": to(space.sampling.first_field),
        "focus_next_token": to(lambda: space.next_token.bars),
        "focus_exact": to(lambda: space.editor.exact.view),
        **{name: in_prompt(call) for name, call in space.editor.calls().items()},
    }
