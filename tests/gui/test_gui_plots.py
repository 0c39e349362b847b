"""Plots of a reply: the same numbers as the table, live while it grows, exported."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from workbench.core.errors import UserError
from workbench.core.sampling_input import with_values
from workbench.core.tokens import NO_RANK, TokenTable
from workbench.gui.bridge import Tokens
from workbench.gui.current import Part, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.plot_data import (
    Bars,
    bars_csv,
    curves,
    curves_csv,
    next_bars,
    rank_bars,
)
from workbench.gui.probabilities.plots_panel import PlotsPanel
from workbench.gui.probabilities.space import ProbabilitiesSpace


def table() -> TokenTable:
    return TokenTable(
        np.array([0, 1, 2], np.int32),
        np.array([math.nan, math.log(0.5), math.log(0.05)], np.float32),
        np.array([NO_RANK, 0, 40], np.int32),
        np.array([math.nan, 1.0, 2.0], np.float32),
        np.full(3, np.nan, np.float32),
        np.array([[-1, -1], [1, 0], [0, 1]], np.int32),
        np.log(np.array([[1.0, 1.0], [0.5, 0.25], [0.6, 0.3]], np.float32)),
    )


PIECES = {0: b"a", 1: b' "b', 2: b"\n"}


def panel_of(window: MainWindow) -> PlotsPanel:
    """The Plots tab in front."""
    window.show_workspace(Workspace.PROBABILITIES)
    space = window.pages.page.widget
    assert isinstance(space, ProbabilitiesSpace)
    space.side.open_side("plots")
    return space.side.sides["plots"].widget.findChildren(PlotsPanel)[0]


def test_curves_say_what_the_table_says() -> None:
    found = curves(table())
    assert np.isnan(found.probability[0])
    assert found.probability[1:] == pytest.approx([50.0, 5.0], rel=1e-5)
    rows = list(csv.DictReader(io.StringIO(curves_csv(found, table(), PIECES))))
    assert rows[0]["p"] == rows[0]["rank"] == rows[0]["entropy_nats"] == ""
    assert float(rows[2]["p"]) == pytest.approx(0.05, rel=1e-5)
    assert [r["text"] for r in rows] == ["a", ' "b', "\n"]


def test_ranks_count_what_has_one() -> None:
    assert rank_bars(table()).values == (1.0, 0.0, 1.0, 0.0, 0.0)


def test_the_next_token_adds_up_and_marks_the_said_one() -> None:
    bars = next_bars(table(), 2, PIECES)
    assert bars.names == ("a", ' "b', "⏎", "others")
    assert bars.said == 2
    assert math.fsum(bars.values) == pytest.approx(100.0, abs=1e-4)
    assert next_bars(table(), 0, PIECES).values == ()
    assert next_bars(table(), -1, PIECES).values == ()
    rows = list(csv.reader(io.StringIO(bars_csv(bars))))
    assert rows[0] == ["name", "percent"]
    assert float(rows[1][1]) == pytest.approx(60.0, rel=1e-5)


def test_the_next_token_follows_the_stream_and_then_the_kept_token(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = panel_of(window)
    sampling = window.prompt_space.sampling
    values = {"max_tokens": 500, "ignore_eos": True}
    sampling.set_sampling(with_values(sampling.sampling, values))
    notes: list[str] = []
    grown: list[Tokens] = []
    window.runs.bridge.grew.connect(grown.append)
    window.runs.bridge.grew.connect(lambda _t: notes.append(panel.next_note.text()))
    with qtbot.waitSignal(window.runs.finished, timeout=60_000) as done:
        window.runs.generate()
    assert done.args is not None
    tokens = done.args[0].end.result.samples[0].tokens
    assert any("live" in note for note in notes)
    qtbot.waitUntil(lambda: panel.next_note.text() == f"token {len(tokens):,}", timeout=5_000)
    assert sum(panel.shown_ranks.values) == len(tokens)
    window.current.choose(TokenPlace(Part.REPLY, 0, 3))
    qtbot.waitUntil(lambda: panel.next_note.text() == "token 4", timeout=5_000)
    wanted = next_bars(tokens, 3, done.args[0].end.result.pieces)
    assert panel.shown_next == wanted
    panel.token_chosen.emit(5)
    assert window.current.token == TokenPlace(Part.REPLY, 0, 5)


def test_every_plot_is_written_as_png_svg_and_csv(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = panel_of(window)
    with qtbot.waitSignal(window.runs.finished, timeout=60_000):
        window.runs.generate()
    qtbot.waitUntil(lambda: bool(panel.shown_next.values), timeout=5_000)
    for plot in (panel.curves, panel.next, panel.ranks):
        panel.save(plot, panel.curves_csv, tmp_path / "plot.png")
        image = QImage(str(tmp_path / "plot.png"))
        assert image.width() == 3 * plot.widget.width()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 9)
            for y in range(0, image.height(), 9)
        }
        assert len(colours) > 3
        panel.save(plot, panel.curves_csv, tmp_path / "plot.svg")
        root = ET.parse(tmp_path / "plot.svg").getroot()  # noqa: S314  # written a line above
        assert root.tag.endswith("svg")
        assert len(list(root.iter())) > 20
    panel.save(panel.curves, panel.curves_csv, tmp_path / "plot.csv")
    written = (tmp_path / "plot.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert len(rows) == sum(panel.shown_ranks.values)


def test_a_folder_that_is_not_there_is_said_in_words(window: MainWindow, tmp_path: Path) -> None:
    panel = panel_of(window)
    for ending in ("png", "csv"):
        with pytest.raises(UserError, match="written"):
            panel.save(panel.next, lambda: "", tmp_path / "none" / f"plot.{ending}")


def test_no_plot_is_made_before_it_is_wanted(window: MainWindow) -> None:
    window.show_workspace(Workspace.PROBABILITIES)
    assert not window.findChildren(PlotsPanel)


def test_bars_without_values_paint(window: MainWindow) -> None:
    panel = panel_of(window)
    panel.show_next(Bars((), (), "percent"), "")
    panel.show_ranks(rank_bars(TokenTable.empty()))
    assert not panel.grab().isNull()
