"""What tests of the Probabilities workspace share: a run, the workspace in front, its panels."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.commands import no_window

from workbench.cli.main import run
from workbench.experiments.live_run import RunOutcome
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.alternatives_model import COLUMNS
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.probabilities.surprise_panel import SurprisePanel
from workbench.gui.probabilities.token_panel import TokenPanel


def generate(window: MainWindow, qtbot: QtBot, seed: int = 41) -> RunOutcome:
    """A finished run of the prompt that is open."""
    window.prompt_space.sampling.set_seed(seed)
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        window.runs.generate()
    assert done.args is not None
    outcome = done.args[0]
    assert isinstance(outcome, RunOutcome)
    return outcome


def opened(window: MainWindow, qtbot: QtBot) -> ProbabilitiesSpace:
    """The workspace in front, its prompt scored."""
    window.show_workspace(Workspace.PROBABILITIES)
    space = window.pages.page.widget
    assert isinstance(space, ProbabilitiesSpace)
    qtbot.waitUntil(lambda: len(space.prompt_tokens.table) > 0, timeout=20_000)
    return space


def token_panel(space: ProbabilitiesSpace) -> TokenPanel:
    """The panel of the chosen token."""
    panel = space.side.sides["token"].widget
    assert isinstance(panel, TokenPanel)
    return panel


def surprise_panel(space: ProbabilitiesSpace) -> SurprisePanel:
    """The panel of the prompt's surprise."""
    panel = space.side.sides["prompt"].widget
    assert isinstance(panel, SurprisePanel)
    return panel


def document(capfd: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What a command prints with --json."""

    capfd.readouterr()
    assert run([*arguments, "--json"], no_window) == 0
    return json.loads(capfd.readouterr().out)


def cells(panel: TokenPanel) -> list[list[str]]:
    """The table of alternatives as it is shown."""
    model = panel.model
    return [
        [
            str(model.data(model.index(r, c), Qt.ItemDataRole.DisplayRole))
            for c in range(len(COLUMNS))
        ]
        for r in range(model.rowCount())
    ]
