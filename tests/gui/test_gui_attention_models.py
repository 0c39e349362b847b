"""The Attention workspace and a run of a model that is not loaded: nothing loads unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot
from reference.odd_models import write_hybrid

from workbench.gui.current import Part, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.attention_space import AttentionSpace
from workbench.gui.panels.rail import Workspace

WAIT = 20_000


def test_a_model_is_loaded_only_when_something_is_asked(
    qtbot: QtBot, open_window: Callable[..., MainWindow], small_demo_model: Path
) -> None:
    window = open_window(prompt="key-value-lookup")
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT):
        window.runs.generate()
    run = window.current.run
    assert run is not None
    with qtbot.waitSignal(window.prompts.prepared, timeout=WAIT):
        window.models.choose(small_demo_model)
    qtbot.waitUntil(window.runs.is_idle)
    assert window.current.bring(run.run_id)
    window.show_workspace(Workspace.ATTENTION)
    space = window.pages.page.widget
    assert isinstance(space, AttentionSpace)
    held = window._session.held
    assert held(run.start.model, run.start.settings) is None
    assert "is not loaded" in space.text.caption.text()
    assert "Measuring loads it" in space.influence.reason.text()
    window.current.choose(TokenPlace(Part.REPLY, 0, 0))
    qtbot.waitUntil(lambda: "full colour" in space.text.caption.text(), timeout=WAIT)
    assert held(run.start.model, run.start.settings) is not None


def test_measuring_loads_the_model_of_the_run(
    qtbot: QtBot, open_window: Callable[..., MainWindow], small_demo_model: Path
) -> None:
    window = open_window(prompt="key-value-lookup")
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT):
        window.runs.generate()
    run = window.current.run
    assert run is not None
    with qtbot.waitSignal(window.prompts.prepared, timeout=WAIT):
        window.models.choose(small_demo_model)
    window.show_workspace(Workspace.ATTENTION)
    space = window.pages.page.widget
    assert isinstance(space, AttentionSpace)
    window.pages.press()
    qtbot.waitUntil(lambda: bool(space.influence.bars.rows), timeout=WAIT)
    assert "noise floor" in space.influence.note.text()


def test_a_mean_names_the_layers_it_leaves_out(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = open_window(prompt="key-value-lookup", model=write_hybrid(tmp_path / "hybrid.gguf"))
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT):
        window.runs.generate()
    window.show_workspace(Workspace.ATTENTION)
    space = window.pages.page.widget
    assert isinstance(space, AttentionSpace)
    window.current.choose(TokenPlace(Part.PROMPT, 0, 5))
    qtbot.waitUntil(lambda: "2 of 4 layers have no matrix" in space.facts.text(), timeout=WAIT)
