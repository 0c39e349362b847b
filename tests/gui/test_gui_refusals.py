"""What cannot run says so in every workspace."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace

WAIT_MS = 20_000


def said(window: MainWindow) -> str:
    """What stands above the workspace about a prompt that cannot run."""
    message = window.notices.message("refused")
    return "" if message is None else f"{message.text} {message.hint}"


def test_a_broken_prompt_is_named_where_generate_was_pressed(
    window: MainWindow, qtbot: QtBot
) -> None:
    edit = window.prompt_space.editor.blocks[0].edit
    window.show_workspace(Workspace.PROBABILITIES)
    with qtbot.waitSignal(window.prompts.failed, timeout=WAIT_MS):
        edit.setPlainText("{{ broken")
    assert said(window) == ""
    with qtbot.waitSignal(window.runs.refused, timeout=WAIT_MS):
        window.runs.generate()
    assert "cannot run as it stands" in said(window)
    assert "line 1" in said(window)
    assert window.runs.is_idle()
    message = window.notices.message("refused")
    assert message is not None
    (_, go), *_ = message.actions
    go()
    assert window.pages.workspace is Workspace.PROMPT
    with qtbot.waitSignal(window.prompts.prepared, timeout=WAIT_MS):
        edit.setPlainText("A fox.")
    assert said(window) == ""


def test_a_seed_that_is_none_is_named_too(window: MainWindow, qtbot: QtBot) -> None:
    window.show_workspace(Workspace.PROBABILITIES)
    window.prompt_space.sampling.seed_field.setText("seven")
    with qtbot.waitSignal(window.runs.refused, timeout=WAIT_MS):
        window.runs.generate()
    assert "seven" in said(window)


def test_the_prompt_workspace_says_it_beside_the_mistake(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.prompts.failed, timeout=WAIT_MS):
        window.prompt_space.editor.blocks[0].edit.setPlainText("{{ broken")
    with qtbot.waitSignal(window.runs.refused, timeout=WAIT_MS):
        window.runs.generate()
    assert said(window) == ""
