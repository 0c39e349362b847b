"""Looking ahead while another model takes the place of the one that made the reply."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from workbench.core.sampling import Sampling
from workbench.gui.branches.ahead_controller import AheadController
from workbench.gui.branches.ahead_panel import AheadPanel
from workbench.gui.current import Part, TokenPlace
from workbench.gui.main_window import MainWindow

WAIT_MS = 30_000


def test_what_was_refused_is_answered_when_its_model_is_back(
    window: MainWindow, qtbot: QtBot, demo_model: Path, small_demo_model: Path
) -> None:
    window.prompt_space.sampling.set_sampling(Sampling(max_tokens=14, ignore_eos=True))
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.runs.generate()
    controller = window.findChild(AheadController)
    assert controller is not None

    def settled(act: Callable[[], object]) -> None:
        with qtbot.waitSignal(controller.settled, timeout=WAIT_MS):
            act()

    settled(lambda: window.forks.ahead_wanted.emit(TokenPlace(Part.REPLY, 0, 3)))
    panel = window.findChild(AheadPanel)
    assert panel is not None
    assert "token 4" in panel.note.text()
    with qtbot.waitSignal(window.models.loaded, timeout=WAIT_MS):
        window.models.choose(small_demo_model)
    settled(lambda: window.current.choose(TokenPlace(Part.REPLY, 0, 5)))
    assert controller._found is None
    assert "token 6" in panel.note.text()
    settled(lambda: window.models.choose(demo_model))
    assert controller._found is not None
