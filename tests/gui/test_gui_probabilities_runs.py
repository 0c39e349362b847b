"""The Probabilities workspace over stored runs, edits and copies."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot
from support.probabilities import cells, document, generate, opened, surprise_panel, token_panel

from workbench.experiments.documents import token_document
from workbench.gui.card_data import percent
from workbench.gui.current import Part, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.alternatives_model import COLUMNS
from workbench.gui.probabilities.space import ProbabilitiesSpace, copy_button
from workbench.gui.state import WindowState

PROMPT = "few-shot-story"


def test_an_opened_run_is_shown_with_its_tokens(window: MainWindow, qtbot: QtBot) -> None:
    first = generate(window, qtbot, 7)
    generate(window, qtbot, 8)
    window.show_workspace(Workspace.HISTORY)
    with qtbot.waitSignal(window.history.opened, timeout=10_000):
        window.history.open(first.start.run_id)
    space = opened(window, qtbot)
    assert space.reply.view.plain_text().startswith(first.end.result.samples[0].text)
    assert "seed 7" in space.reply.chip.text()


def test_tints_legend_and_marks_are_remembered(open_window: Any, qtbot: QtBot) -> None:
    pages = {"probabilities": {"tint": "rank", "marks": True, "top": 12, "side": "prompt"}}
    window = open_window(WindowState(theme="light", pages=pages))
    generate(window, qtbot)
    space = opened(window, qtbot)
    assert space.tint_button.text() == "tint: rank ▾"
    assert space.low.text() == "1st"
    assert "·" in space.reply.view.shown_text()
    assert space.side.name == "prompt"
    assert window.state().pages["probabilities"] == pages["probabilities"]


def test_copy_gives_the_table_and_the_record(window: MainWindow, qtbot: QtBot) -> None:
    outcome = generate(window, qtbot)
    space = opened(window, qtbot)
    space.reply.view.lock(1)
    panel = token_panel(space)
    panel.copy.menu().actions()[0].trigger()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].startswith("rank\tid\ttext")
    assert len(lines) == panel.model.rowCount() + 1
    panel.copy.menu().actions()[1].trigger()
    copied = json.loads(QGuiApplication.clipboard().text())
    assert copied[0]["id"] == int(outcome.end.result.samples[0].tokens.ids[1])


def test_the_selected_tokens_are_copied_with_their_numbers(
    window: MainWindow, qtbot: QtBot
) -> None:
    outcome = generate(window, qtbot)
    space = opened(window, qtbot)
    records = outcome.end.result.samples[0].tokens.records(outcome.end.result.pieces)
    button = copy_button(space.reply_tokens)
    qtbot.addWidget(button)
    as_tsv, as_json = button.menu().actions()
    as_json.trigger()
    everything = json.loads(QGuiApplication.clipboard().text())
    assert everything == [token_document(r) for r in records]
    view = space.reply.view
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=view.rect_of(2).center())
    QTest.mouseMove(view.viewport(), view.rect_of(4).center())
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=view.rect_of(4).center())
    as_tsv.trigger()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == ["index", "2", "3", "4"]


def test_without_a_run_the_edited_prompt_is_scored(
    window: MainWindow, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    space = opened(window, qtbot)
    assert not space.edited.isVisible()
    assert not space.reply.view.isVisible()
    assert "Point at a token" in token_panel(space).facts.text()
    scored = document(capfd, "score", PROMPT)
    found = [None if np.isnan(v) else float(v) for v in space.prompt_tokens.table.logprob]
    assert found == pytest.approx([t["logprob"] for t in scored["prompt_tokens"]])
    space.prompt.view.lock(3)
    assert "token 4 ·" in token_panel(space).facts.text()
    panel, summary = surprise_panel(space), scored["summary"]
    panel.most.pressed.emit(0)
    assert space.prompt.view.locked_token == summary["most_surprising"][0]["index"]
    assert f"perplexity {summary['perplexity']:,.2f}" in panel.sums.text()
    assert f"{summary['bits_per_byte']:.2f} bits per byte" in panel.sums.text()
    wanted = [f"{s['mean_nats']:.2f} · {s['n_tokens']:,}" for s in summary["by_source"]]
    assert [line.number for line in panel.sources.lines] == wanted
    wanted = [f"{m['nats']:.1f} · {m['rank']:,}" for m in summary["most_surprising"]]
    assert [line.number for line in panel.most.lines] == wanted
    for side in space.side.sides:
        space.side.open_side(side)
    assert not window.grab().isNull()


def test_an_edit_after_the_run_can_be_looked_at_before_it_is_run(
    window: MainWindow, qtbot: QtBot
) -> None:
    outcome = generate(window, qtbot)
    space = opened(window, qtbot)
    assert not space.edited.isVisible()
    with qtbot.waitSignal(window.prompts.prepared, timeout=10_000):
        window.prompt_space.editor.blocks[-1].edit.append("Be quick.")
    assert space.edited.isVisible()
    assert len(space.prompt.view) == len(outcome.start.prompt_tokens)
    space.edited.click()
    assert "Be quick." in space.prompt.view.plain_text()
    qtbot.waitUntil(lambda: len(space.prompt_tokens.table) > 0, timeout=20_000)
    space.edited.click()
    assert "Be quick." not in space.prompt.view.plain_text()
    assert len(space.prompt_tokens.table) == len(outcome.start.prompt_tokens)
    space.edited.click()
    again = generate(window, qtbot)
    assert not space.edited.isVisible()
    assert len(space.prompt.view) == len(again.start.prompt_tokens)


def test_a_run_of_a_model_that_is_not_loaded_says_so_and_invents_nothing(
    window: MainWindow, qtbot: QtBot, small_demo_model: Path
) -> None:
    outcome = generate(window, qtbot)
    with qtbot.waitSignal(window.models.loaded, timeout=30_000):
        window.models.choose(small_demo_model)
    window.show_workspace(Workspace.PROBABILITIES)
    space = window.pages.page.widget
    assert isinstance(space, ProbabilitiesSpace)
    assert window.current.run is not None
    assert window.current.run.run_id == outcome.start.run_id
    qtbot.waitUntil(lambda: "not loaded" in surprise_panel(space).sums.text(), timeout=10_000)
    assert len(space.prompt_tokens.table) == 0
    space.reply.view.lock(1)
    panel = token_panel(space)
    qtbot.waitUntil(lambda: "not loaded" in panel.problem.text(), timeout=10_000)
    record = outcome.end.result.samples[0].tokens.record(1, outcome.end.result.pieces)
    own = next(row for row in cells(panel) if row[5] == str(record.id))
    assert own[3] == percent(record.p_sampled)
    assert {row[3] for row in cells(panel) if row is not own and row[5] != own[5]} == {"–"}


def test_an_alternative_in_the_table_is_said_instead(window: MainWindow, qtbot: QtBot) -> None:
    outcome = generate(window, qtbot)
    space = opened(window, qtbot)
    panel = token_panel(space)
    QTest.mouseMove(space.reply.view.viewport(), space.reply.view.rect_of(2).center())
    qtbot.waitUntil(lambda: "token 3 ·" in panel.facts.text())
    said = int(outcome.end.result.samples[0].tokens.ids[2])
    row = next(r for r in range(8) if cells(panel)[r][5] != str(said))
    other = int(cells(panel)[row][5])
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        panel.table.doubleClicked.emit(panel.model.index(row, 1))
    assert done.args is not None
    fork = done.args[0]
    assert fork.start.parent == (outcome.start.run_id, 0, 2)
    assert int(fork.end.result.samples[0].tokens.ids[2]) == other
    assert len(space.reply.view) == len(fork.end.result.samples[0].tokens)


def test_the_replies_of_a_run_are_turned_to(window: MainWindow, qtbot: QtBot) -> None:
    outcome = generate(window, qtbot)
    result = outcome.end.result
    half = replace(result.samples[0], tokens=result.samples[0].tokens.slice(0, 5))
    both = replace(result, samples=(result.samples[0], half))
    start = replace(outcome.start, run_id="two", n_samples=2)
    window.current.open(start, replace(outcome.end, result=both), ())
    space = opened(window, qtbot)
    assert space.samples.text() == "reply 1 of 2 ▾"
    space.samples.menu().actions()[1].trigger()
    assert len(space.reply.view) == 5
    assert space.samples.text() == "reply 2 of 2 ▾"
    space.reply.view.lock(2)
    assert window.current.token == TokenPlace(Part.REPLY, 1, 2)
    window.current.choose(TokenPlace(Part.REPLY, 0, 7))
    assert space.reply.view.locked_token == 7
    assert len(space.reply.view) == len(result.samples[0].tokens)


def test_no_token_of_another_run_stays_behind(window: MainWindow, qtbot: QtBot) -> None:
    first = generate(window, qtbot, 7)
    panel = token_panel(opened(window, qtbot))
    window.current.choose(TokenPlace(Part.REPLY, 0, 1))
    assert panel.shown is not None
    window.current.choose(None)
    assert panel.shown is not None
    assert panel.shown.at.run_id == first.start.run_id
    generate(window, qtbot, 8)
    assert panel.shown is None
    assert "Point at a token" in panel.facts.text()


def test_a_surprise_of_two_digits_is_not_cut(window: MainWindow, qtbot: QtBot) -> None:
    generate(window, qtbot)
    panel = token_panel(opened(window, qtbot))
    column = next(i for i, c in enumerate(COLUMNS) if c.title == "nats")
    table = panel.findChildren(QTableView)[0]
    bold = QFont(table.font())
    bold.setBold(True)
    assert QFontMetrics(bold).horizontalAdvance("14.88") + 12 <= table.columnWidth(column)
