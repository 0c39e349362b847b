"""The samplers panel in the window: the picture, sliders, what-if colours, forbidden mass."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.core.sampling import SAMPLERS, Sampling
from workbench.core.sampling_input import with_values
from workbench.gui.card_data import percent
from workbench.gui.current import Part, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.microscope.columns import HEAD_HEIGHT
from workbench.gui.microscope.controller import MicroscopeController
from workbench.gui.microscope.exporting import EXPORTS, MicroscopeExport
from workbench.gui.microscope.side import NAME
from workbench.gui.microscope.stage_picture import StagePicture
from workbench.gui.microscope.what_if_panel import Colouring, WhatIfPanel
from workbench.gui.panels.microscope import MicroscopePanel
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.space import ProbabilitiesSpace

WAIT_MS = 20_000


class Bench:
    """The parts of one window, and what a person does with them."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.space = part(window, ProbabilitiesSpace)
        self.panel = part(window, MicroscopePanel)
        self.side = part(window, WhatIfPanel)
        self.controller = part(window, MicroscopeController)

    @property
    def picture(self) -> StagePicture:
        picture: StagePicture = self.panel.picture
        return picture

    def settle(self) -> None:
        """Wait until every question has its answer."""
        self.qtbot.waitUntil(lambda: self.controller.is_settled, timeout=WAIT_MS)

    def generate(self, **values: Any) -> None:
        """Run the prompt, then open the panel."""
        sampling = with_values(Sampling(), {"max_tokens": 24, **values})
        self.window.prompt_space.sampling.set_sampling(sampling)
        self.window.prompt_space.sampling.set_seed(3)
        with self.qtbot.waitSignal(self.window.runs.finished, timeout=WAIT_MS):
            self.window.runs.generate()
        self.window.show_workspace(Workspace.PROBABILITIES)
        self.space.side.open_side(NAME)
        self.settle()

    def choose(self, index: int) -> None:
        """Look at one token of the reply."""
        self.window.current.choose(TokenPlace(Part.REPLY, 0, index))
        self.settle()

    def try_out(self, values: Mapping[str, Any]) -> None:
        """Set other values in the panel, as sliders and fields do."""
        for name, value in values.items():
            self.side.sampling.take(name, value)
        self.settle()


def part(window: MainWindow, kind: type[Any]) -> Any:
    """The one thing of its kind in the window."""
    (found,) = window.findChildren(kind)
    return found


@pytest.fixture
def bench(window: MainWindow, qtbot: QtBot) -> Bench:
    """A window with the samplers panel."""
    return Bench(window, qtbot)


def test_the_panel_says_what_it_needs_before_a_token_is_chosen(bench: Bench) -> None:
    bench.generate()
    assert bench.panel.reason.isVisible()
    assert "Choose a token" in bench.panel.reason.text()
    assert "log p" in bench.side.likely.text()
    assert bench.side.fates.text() == "Every token could still be said."


def test_one_key_leads_from_a_kept_token_to_its_samplers(bench: Bench) -> None:
    bench.generate()
    bench.window.show_workspace(Workspace.PROMPT)
    bench.window.prompt_space.reply.view.lock(4)
    bench.window.actions_by_name["samplers"].trigger()
    assert bench.window.pages.workspace is Workspace.PROBABILITIES
    bench.settle()
    found = bench.picture.found
    run = bench.window.current.run
    assert found is not None
    assert run is not None
    (said,) = [t for t in found.tokens if t.said]
    assert said.id == int(run.samples[0].ids[4])
    assert "token 5" in bench.panel.chip.text()
    assert not bench.window.card.isVisible(), "the card lies over the picture"


def test_the_picture_shows_the_records_numbers(bench: Bench) -> None:
    bench.generate()
    run = bench.window.current.run
    assert run is not None
    table = run.samples[0]
    for index in (0, len(table) // 2, len(table) - 1):
        bench.choose(index)
        found = bench.picture.found
        assert found is not None
        assert found.kept
        (said,) = [t for t in found.tokens if t.said]
        assert said.id == int(table.ids[index])
        assert said.p[-1] == pytest.approx(float(table.p_sampled[index]), rel=1e-4)
        assert said.p[0] == pytest.approx(float(np.exp(table.logprob[index])), rel=1e-4)
        assert found.drawn == said.id
        listed = [t.id for t in found.tokens][: len(found.tokens) - 1]
        assert listed == table.top_ids[index, : len(listed)].tolist()
        for number, stage in enumerate(found.stages):
            sums = sum(t.p[number] or 0.0 for t in found.tokens) + stage.others
            assert sums == pytest.approx(1.0, abs=1e-5)


def test_a_slider_moves_the_picture_and_recolours_the_reply(bench: Bench) -> None:
    bench.generate()
    run = bench.window.current.run
    assert run is not None
    table = run.samples[0]
    unlikely = int(np.argmin(table.p_sampled))
    bench.choose(unlikely)
    before = bench.picture.found
    bench.side.sampling._rows["top_k"].slider.moved.emit(1.0)  # the person's drag
    bench.settle()
    found = bench.picture.found
    assert found is not None
    assert found is not before
    assert found.stages[[s.name for s in found.stages].index("top_k")].n == 1
    strengths = bench.space.reply_tokens.override_values
    assert strengths is not None
    assert (strengths == -1.0).tolist() == (table.rank > 0).tolist()
    cut = int((table.rank > 0).sum())
    told = "could no longer be said" in bench.side.fates.text()
    assert told == (cut > 0)


def test_back_to_the_runs_settings_takes_the_colours_away(bench: Bench) -> None:
    bench.generate()
    bench.try_out({"top_k": 1})
    assert bench.space.reply_tokens.override_values is not None
    bench.side.back.click()
    bench.settle()
    assert bench.space.reply_tokens.override_values is None
    assert bench.side.fates.text() == "Every token could still be said."


def test_every_reply_of_a_run_has_its_own_answers(bench: Bench) -> None:
    bench.generate(temperature=1.4, min_p=0.0)
    run = bench.window.current.run
    assert run is not None
    bench.space.sample_chosen.emit(0)
    bench.settle()
    first = bench.side.likely.text()
    start = replace(run.start, run_id="of-two", n_samples=2, seed=run.start.seed)
    assert run.end is not None
    reply = run.end.result.samples[0]
    short = replace(reply, tokens=reply.tokens.slice(0, 5))
    end = replace(run.end, result=replace(run.end.result, samples=(reply, short)))
    bench.window.current.open(start, end, run.control)
    bench.settle()
    assert bench.side.likely.text() == first
    bench.space.sample_chosen.emit(1)
    bench.settle()
    drawn = float(np.log(short.tokens.p_sampled.astype(np.float64)).sum())
    assert f"drawn at {drawn:,.2f}" in bench.side.likely.text()
    bench.window.current.choose(TokenPlace(Part.REPLY, 0, 7))
    bench.settle()
    assert bench.side.likely.text() == first
    assert "token 8" in bench.panel.chip.text()


def test_another_panel_or_run_has_its_own_colours(bench: Bench) -> None:
    bench.generate()
    bench.try_out({"top_k": 1})
    bench.generate()
    run = bench.window.current.run
    assert run is not None
    assert bench.side.sampling.sampling == run.start.sampling
    assert bench.space.reply_tokens.override_values is None


def test_numbers_are_copied_as_a_table(bench: Bench) -> None:
    bench.generate()
    bench.choose(1)
    bench.picture.setFocus()
    QTest.keyClick(bench.picture, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    found = bench.picture.found
    assert found is not None
    assert lines[0].split("\t") == ["token", "id", *(s.name for s in found.stages)]
    assert len(lines) == 1 + len(found.tokens) + 3
    assert [float(x) for x in lines[-2].split("\t")[2:]] == [s.n for s in found.stages]


def test_the_picture_and_its_numbers_are_exported(bench: Bench, tmp_path: Path) -> None:
    bench.generate()
    bench.choose(1)
    export = part(bench.window, MicroscopeExport)
    for kind in EXPORTS:
        export.write(kind, tmp_path / f"samplers.{kind}")
    image = QImage(str(tmp_path / "samplers.png"))
    size = bench.picture.whole_size()
    assert (image.width(), image.height()) == (size.width(), size.height())
    svg = (tmp_path / "samplers.svg").read_text()
    assert "<svg" in svg
    assert "temperature" in svg
    found = bench.picture.found
    assert found is not None
    assert (tmp_path / "samplers.tsv").read_text() == found.table() + "\n"
    export.write("png", tmp_path / "no" / "such.png")
    told = bench.window.notices.message("microscope-export")
    assert told is not None
    assert "cannot be written" in told.text


def test_arrows_walk_and_say_what_is_there(bench: Bench) -> None:
    bench.generate()
    bench.choose(1)
    picture = bench.picture
    picture.setFocus()
    assert picture.cell is not None
    for _ in range(40):
        QTest.keyClick(picture, Qt.Key.Key_Up)
    assert picture.cell == (-1, 0)
    assert "tokens left" in bench.panel.foot.text()
    for _ in range(40):
        QTest.keyClick(picture, Qt.Key.Key_Down)
    assert "all other tokens" in bench.panel.foot.text()
    QTest.keyClick(picture, Qt.Key.Key_Up)
    found = picture.found
    assert found is not None
    row = picture.rows[-1]
    assert percent(row.p[0]) in bench.panel.foot.text()


def test_a_stage_is_moved_by_keys(bench: Bench) -> None:
    bench.generate()
    bench.choose(1)
    picture = bench.picture
    assert picture.names() == SAMPLERS
    picture.setFocus()
    picture.cell = (0, [c.label for c in picture.columns].index("temperature"))
    alt = Qt.KeyboardModifier.AltModifier
    QTest.keyClick(picture, Qt.Key.Key_Left, alt)
    bench.settle()
    assert picture.names() == (*SAMPLERS[:-2], "temperature", "xtc")
    QTest.keyClick(picture, Qt.Key.Key_Left, alt)
    bench.settle()
    assert picture.names() == (*SAMPLERS[:-3], "temperature", "min_p", "xtc")
    for _ in range(2):
        QTest.keyClick(picture, Qt.Key.Key_Right, alt)
        bench.settle()
    QTest.keyClick(picture, Qt.Key.Key_Right, alt)
    bench.settle()
    assert picture.names() == SAMPLERS
    assert bench.side.sampling.sampling.samplers == SAMPLERS


def test_a_stage_is_dragged(bench: Bench) -> None:
    bench.generate()
    bench.choose(1)
    picture = bench.picture
    by_label = {c.label: c for c in picture.columns}
    start, end = by_label["top-k"], by_label["temperature"]
    y = int(HEAD_HEIGHT / 3)
    at = QPoint(int(start.left + start.width / 2), y)
    to = QPoint(int(end.right - 2), y)
    QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=at)
    for x in range(at.x(), to.x(), 20):
        QTest.mouseMove(picture, QPoint(x, y))
    QTest.mouseMove(picture, to)
    QTest.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=to)
    bench.settle()
    rest = [s for s in SAMPLERS if s != "top_k"]
    assert picture.names() == (*rest, "top_k")


def test_forbidden_mass_is_listed_and_leads_to_its_token(bench: Bench) -> None:
    bench.generate()
    run = bench.window.current.run
    assert run is not None
    table = run.samples[0]
    sure = int(np.argmax(table.logprob))
    bench.try_out({"banned_tokens": (int(table.ids[sure]),)})
    listed = bench.side.list
    assert listed.isVisible()
    places = [listed.item(i).data(Qt.ItemDataRole.UserRole) for i in range(listed.count())]
    assert sure in places
    text = listed.item(places.index(sure)).text()
    assert percent(float(np.exp(table.logprob[sure]))) in text
    assert "ban" in text
    listed.itemClicked.emit(listed.item(places.index(sure)))
    assert bench.window.current.token == TokenPlace(Part.REPLY, 0, sure)
    bench.settle()
    found = bench.picture.found
    assert found is not None
    (said,) = [t for t in found.tokens if t.said]
    assert said.cut_at == 1
    assert found.stages[1].name == "logit_bias"
    bench.side._buttons[Colouring.FORBIDDEN].click()  # the person's click
    strengths = bench.space.reply_tokens.override_values
    assert strengths is not None
    assert strengths[sure] == pytest.approx(np.exp(table.logprob[sure]), rel=1e-3)


@pytest.mark.spawned
def test_logits_that_are_gone_are_computed_again(bench: Bench) -> None:
    bench.generate()
    run = bench.window.current.run
    assert run is not None
    bench.choose(9)
    before = bench.picture.found
    (child,) = multiprocessing.active_children()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(WAIT_MS / 1000)
    bench.choose(9)
    bench.try_out({"top_k": 39})
    bench.try_out({"top_k": run.start.sampling.top_k})
    after = bench.picture.found
    assert before is not None
    assert after is not None
    assert [t.p for t in after.tokens] == [t.p for t in before.tokens]
    bench.choose(10)
    assert "log p" in bench.side.likely.text()
    assert bench.side.fates.text() == "Every token could still be said."


def test_settings_go_to_the_next_run(bench: Bench) -> None:
    bench.generate()
    bench.try_out({"top_k": 7, "temperature": 0.5})
    bench.side.use.click()
    sampling = bench.window.prompt_space.sampling.sampling
    assert (sampling.top_k, sampling.temperature, sampling.max_tokens) == (7, 0.5, 24)


def test_bad_settings_and_undecided_samplers_say_so(bench: Bench) -> None:
    bench.generate(temperature=1.5, top_k=0, min_p=0.0, top_p=1.0, ignore_eos=True)
    bench.choose(20)
    bench.try_out({"mirostat": 2, "mirostat_tau": 0.5})
    assert "Mirostat" in bench.panel.foot.text()
    assert "cannot be decided" in bench.side.fates.text()
    bench.try_out({"mirostat": 0, "grammar": "root ::= ("})
    assert bench.panel.reason.isVisible()
    assert "grammar" in bench.panel.reason.text()
    bench.try_out({"grammar": ""})
    assert bench.picture.isVisible()


def test_a_storm_of_changes_ends_with_the_last(bench: Bench) -> None:
    bench.generate()
    bench.choose(5)
    row = bench.side.sampling._rows["temperature"]  # the person's drag
    for step in range(60):
        row.slider.moved.emit(0.2 + step / 50)
        if step % 7 == 0:
            QTest.qWait(1)
    bench.settle()
    quiet = bench.picture.found
    assert quiet is not None
    bench.try_out({"temperature": 0.3})
    bench.try_out({"temperature": 0.2 + 59 / 50})
    again = bench.picture.found
    assert again is not None
    assert [t.p for t in quiet.tokens] == [t.p for t in again.tokens]
