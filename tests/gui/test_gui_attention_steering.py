"""Steering in the Attention workspace: a vector belongs to the texts that stand there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from workbench.gui.attention.steering import SteeringController
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.attention_space import AttentionSpace
from workbench.gui.panels.rail import Workspace
from workbench.gui.panels.steering import SteeringPanel

WAIT = 20_000
FIRST = ("Tell me a story about a girl.", "Ann: 17, Leo: 4, Rosa: 52.")
OTHER = ("12 + 30 = 42", "It was an awful film.")


def test_a_stopped_question_leaves_the_vector_before_it_alone(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = open_window(prompt="key-value-lookup")
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT):
        window.runs.generate()
    window.show_workspace(Workspace.ATTENTION)
    space = window.pages.page.widget
    assert isinstance(space, AttentionSpace)
    panel = space.steering
    controller = next(c for c in panel.children() if isinstance(c, SteeringController))
    panel.open(on=True)

    def ask(texts: tuple[str, str]) -> None:
        panel.toward.setText(texts[0])
        panel.away.setText(texts[1])
        panel.button.click()

    ask(FIRST)
    qtbot.waitUntil(lambda: not panel.steered.isHidden(), timeout=WAIT)
    note = _said(panel)
    folder = controller._folder.path
    vectors = set(folder.iterdir())
    ask(OTHER)
    qtbot.waitUntil(lambda: set(folder.iterdir()) != vectors, timeout=WAIT)
    assert panel.button.text() == "Stop"
    panel.button.click()
    assert not controller.is_steering
    assert panel.button.text() == "Steer"
    controller.save(tmp_path / "saved.gguf")
    (first,) = vectors
    assert (tmp_path / "saved.gguf").read_bytes() == first.read_bytes()
    ask(FIRST)
    qtbot.waitUntil(lambda: not controller.is_steering, timeout=WAIT)
    assert _said(panel) == note


def _said(panel: SteeringPanel) -> tuple[str, str]:
    return panel.plain_note.text(), panel.steered.plain_text()
