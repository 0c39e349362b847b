"""What is filled into the form is there again, after a crash too."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile, prompts_folder
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.variables import VariableField
from workbench.gui.state import WindowState

OpenWindow = Callable[..., MainWindow]


def shown(window: MainWindow, name: str) -> VariableField:
    """A field of the form."""
    field = window.prompt_space.variables.field(name)
    assert field is not None
    return field


def test_what_was_filled_in_survives_a_crash(
    open_window: OpenWindow, qtbot: QtBot, own_profile: Profile
) -> None:
    state = WindowState(prompt=str(prompts_folder() / "techniques" / "few-shot-story.prompt.yml"))
    first = open_window(state, prompt=None)
    shown(first, "name").set_value("Ada 😀")
    kept = own_profile.root / "values"
    qtbot.waitUntil(lambda: any(kept.glob("*.json")), timeout=10_000)
    # The first window never got to say goodbye.
    second = open_window(state, prompt=None)
    field = shown(second, "name")
    assert field.value() == "Ada 😀"
    assert shown(second, "example_name").value() == "Ben"
    assert field.reset.isVisible()
    field.reset.click()
    assert field.value() == "Zoe"
    qtbot.waitUntil(lambda: not any(kept.glob("*.json")), timeout=10_000)


def test_closing_keeps_what_was_filled_in_a_moment_ago(
    open_window: OpenWindow, own_profile: Profile
) -> None:
    first = open_window()
    shown(first, "name").set_value("Ada")
    first.close()
    assert any((own_profile.root / "values").glob("*.json"))
    assert shown(open_window(), "name").value() == "Ada"
