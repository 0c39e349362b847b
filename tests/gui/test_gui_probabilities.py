"""The Probabilities workspace on the real engine: what is shown is what the command line says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.probabilities import cells, document, generate, opened, surprise_panel, token_panel

from workbench.core.sampling_input import with_values
from workbench.gui.card_data import percent
from workbench.gui.current import Part, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.space import ProbabilitiesSpace

PROMPT = "few-shot-story"


def test_numbers_on_the_screen_are_those_of_the_command_line(
    window: MainWindow, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    outcome = generate(window, qtbot, 41)
    space = opened(window, qtbot)
    settings: list[str] = []
    defaults = type(outcome.start.sampling)().to_dict()
    for name, value in outcome.start.sampling.to_dict().items():
        if value != defaults[name]:
            settings += ["-s", f"{name}={json.dumps(value)}"]
    said = document(capfd, "run", PROMPT, "--seed", "41", "--no-save", *settings)
    tokens = said["samples"][0]["tokens"]
    panel = token_panel(space)
    assert len(space.reply.view) == len(tokens)
    for index, token in enumerate(tokens):
        window.current.choose(TokenPlace(Part.REPLY, 0, index))
        assert f"token {index + 1:,} · id {token['id']:,} · rank {token['rank']:,}" in (
            panel.facts.text()
        )
        assert panel.facts.text().endswith(f"{abs(token['logprob']):.1f} nats")
        assert f"entropy {token['entropy']:.2f} nats" in panel.details.text()
        shown = cells(panel)
        for row, other in zip(shown, token["top"][:8], strict=False):
            assert row[5] == str(other["id"])
            assert row[2] == percent(float(np.exp(other["logprob"])))
            assert row[4] == f"{abs(other['logprob']):.2f}"
        own = next(row for row in shown if row[5] == str(token["id"]))
        assert own[3] == percent(token["p_sampled"])
        card = window.card.card
        assert card is not None
        assert [r.percent for r in card.rows] == [row[2] for row in shown]


def test_the_prompt_shows_what_score_says_and_the_first_token_says_not_available(
    window: MainWindow, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    outcome = generate(window, qtbot)
    space = opened(window, qtbot)
    scored = document(capfd, "score", PROMPT)["prompt_tokens"]
    assert [t["id"] for t in scored] == [t.id for t in outcome.start.prompt_tokens]
    panel = token_panel(space)
    for index, token in enumerate(scored):
        window.current.choose(TokenPlace(Part.PROMPT, 0, index))
        if token["logprob"] is None:
            assert index == 0
            assert "rank n/a · n/a" in panel.facts.text()
            assert "entropy n/a" in panel.details.text()
            assert panel.model.rowCount() == 0
            continue
        assert f"rank {token['rank']:,}" in panel.facts.text()
        assert panel.facts.text().endswith(f"{abs(token['logprob']):.1f} nats")
        assert cells(panel)[0][2] == percent(float(np.exp(token["top"][0]["logprob"])))
    tints = space.prompt_tokens.table.logprob
    assert np.isnan(tints[0])
    assert not np.isnan(tints[1:]).any()


def test_the_summary_names_the_worst_and_a_click_goes_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    generate(window, qtbot)
    space = opened(window, qtbot)
    space.side.open_side("prompt")
    panel = surprise_panel(space)
    table = space.prompt_tokens.table
    worst = int(np.nanargmin(table.logprob))
    assert panel.most.lines[0].number.startswith(f"{-table.logprob[worst]:.1f} ·")
    mean = -np.nanmean(table.logprob.astype(np.float64))
    assert f"mean {mean:.2f} nats" in panel.sums.text()
    assert f"mean {mean:.2f} nats" in space.prompt.chip.text()
    panel.most.pressed.emit(0)
    assert window.current.token == TokenPlace(Part.PROMPT, 0, worst)
    assert space.prompt.view.locked_token == worst
    assert len(panel.sources.lines) >= 3


def test_a_doubled_bos_is_said_in_words(open_window: Any, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window()
    path = tmp_path / "doubled.prompt.yml"
    path.write_text('name: doubled\ntext: "<s><s>Once upon a time"\n', encoding="utf-8")
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.prompts.open(path)
    generate(window, qtbot)
    space = opened(window, qtbot)
    assert "second beginning-of-text" in surprise_panel(space).warnings.text()


def test_hover_previews_click_locks_and_escape_releases(window: MainWindow, qtbot: QtBot) -> None:
    generate(window, qtbot)
    space = opened(window, qtbot)
    view, panel = space.prompt.view, token_panel(space)
    QTest.mouseMove(view.viewport(), view.rect_of(3).center())
    qtbot.waitUntil(window.card.isVisible)
    assert "token 4 ·" in panel.facts.text()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.rect_of(3).center())
    assert window.current.token == TokenPlace(Part.PROMPT, 0, 3)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert window.current.token == TokenPlace(Part.PROMPT, 0, 4)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert window.current.token is None
    assert not window.card.isVisible()


def test_a_token_kept_here_is_kept_in_the_prompt_workspace_too(
    window: MainWindow, qtbot: QtBot
) -> None:
    generate(window, qtbot)
    space = opened(window, qtbot)
    space.reply.view.lock(2)
    window.show_workspace(Workspace.PROMPT)
    assert window.prompt_space.reply.view.locked_token == 2
    window.prompt_space.reply.view.lock(1)
    window.show_workspace(Workspace.PROBABILITIES)
    assert space.reply.view.locked_token == 1


def test_200_alternatives_are_asked_for_and_add_up(window: MainWindow, qtbot: QtBot) -> None:
    generate(window, qtbot)
    space = opened(window, qtbot)
    panel = token_panel(space)
    space.reply.view.lock(1)
    panel.count.setValue(200)
    qtbot.waitUntil(lambda: panel.model.rowCount() >= 201, timeout=20_000)
    known = panel.model.known
    assert known is not None
    assert sum(row.p for row in known.rows) + known.rest == pytest.approx(1.0, abs=1e-6)
    assert [row.rank for row in known.rows[:200]] == list(range(200))
    assert window.cards.limit == 200
    assert window.card.height() <= window.height() + 60
    assert window.state().pages["probabilities"]["top"] == 200


def test_a_long_prompt_waits_to_be_asked_and_can_be_stopped(
    open_window: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.gui.probabilities.prompt_map.AUTOMATIC_TOKENS", 4)
    window = open_window()
    generate(window, qtbot)
    window.show_workspace(Workspace.PROBABILITIES)
    space = window.pages.page.widget
    assert isinstance(space, ProbabilitiesSpace)
    assert space.score_button.isVisible()
    assert len(space.prompt_tokens.table) == 0
    QTest.mouseClick(space.score_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(space.prompt_tokens.table) > 0, timeout=20_000)
    assert not space.score_button.isVisible()


def test_a_run_under_way_is_not_disturbed_and_its_prompt_is_scored_afterwards(
    window: MainWindow, qtbot: QtBot
) -> None:
    values = {"max_tokens": 400, "ignore_eos": True}
    sampling = window.prompt_space.sampling
    sampling.set_sampling(with_values(sampling.sampling, values))
    window.show_workspace(Workspace.PROBABILITIES)
    space = window.pages.page.widget
    assert isinstance(space, ProbabilitiesSpace)
    with qtbot.waitSignal(window.runs.bridge.grew, timeout=20_000):
        QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert space.button.text() == "Stop"
    assert len(space.reply.view) > 0
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        pass
    assert done.args is not None
    assert len(space.reply.view) == len(done.args[0].end.result.samples[0].tokens)
    qtbot.waitUntil(lambda: len(space.prompt_tokens.table) > 0, timeout=20_000)
