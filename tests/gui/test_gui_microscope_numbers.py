"""What the samplers panel shows are the numbers of `workbench whatif --json`."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.commands import no_window

from workbench.cli.main import run
from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values
from workbench.gui.card_data import percent
from workbench.gui.current import Part, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.microscope.controller import MicroscopeController
from workbench.gui.microscope.side import NAME
from workbench.gui.microscope.stage_facts import cell_facts
from workbench.gui.microscope.what_if_panel import WhatIfPanel
from workbench.gui.panels.microscope import MicroscopePanel
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.space import ProbabilitiesSpace


def test_the_window_shows_the_commands_numbers(
    window: MainWindow, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    sampling = with_values(Sampling(), {"max_tokens": 20, "temperature": 1.3, "ignore_eos": True})
    window.prompt_space.sampling.set_sampling(sampling)
    window.prompt_space.sampling.set_seed(5)
    with qtbot.waitSignal(window.runs.finished, timeout=20_000):
        window.runs.generate()
    window.show_workspace(Workspace.PROBABILITIES)
    window.findChildren(ProbabilitiesSpace)[0].side.open_side(NAME)
    (controller,) = window.findChildren(MicroscopeController)
    (side,) = window.findChildren(WhatIfPanel)
    (panel,) = window.findChildren(MicroscopePanel)
    shown = window.current.run
    assert shown is not None
    banned = int(shown.samples[0].ids[3])
    side.sampling.take("top_p", 0.8)
    side.sampling.take("banned_tokens", (banned,))
    window.current.choose(TokenPlace(Part.REPLY, 0, 6))
    qtbot.waitUntil(lambda: controller.is_settled, timeout=20_000)
    qtbot.waitUntil(lambda: bool(side.likely.text()), timeout=20_000)

    capfd.readouterr()
    settings = ("-s", "top_p=0.8", "-s", f"banned_tokens={banned}")
    assert run(["whatif", shown.run_id, *settings, "--json"], no_window) == 0
    document = json.loads(capfd.readouterr().out)
    assert f"{document['logprob']:,.2f}" in side.likely.text()
    assert f"{document['logprob_drawn']:,.2f}" in side.likely.text()
    assert str(document["n_impossible"]) in side.fates.text()
    token = document["tokens"][6]
    found = panel.picture.found
    assert found is not None
    (said,) = [t for t in found.tokens if t.said]
    assert said.id == token["id"]
    if token["fate"] == "possible":
        assert percent(said.p[-1]) == percent(token["p"])
    else:
        assert said.cut_at is not None
        assert found.stages[said.cut_at].name == token["cut_by"]
    assert found.stages[-1].n == token["n_left"]
    facts = cell_facts(found, panel.picture.rows, -1, len(found.stages) - 1)
    assert f"{token['n_left']:,} of" in facts
    assert percent(token["mass"]) in facts
    held = {
        side.list.item(i).data(Qt.ItemDataRole.UserRole): side.list.item(i).text()
        for i in range(side.list.count())
    }
    expected = {
        i: t["banned"] for i, t in enumerate(document["tokens"]) if (t["banned"] or 0) >= 0.005
    }
    assert held.keys() == expected.keys()
    for index, mass in expected.items():
        assert f"{percent(mass)} %" in held[index]
