"""The Probabilities workspace on the real engine: what is shown is what the command line says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.cli.main import run
from workbench.core.sampling_input import with_values
from workbench.experiments.documents import token_document
from workbench.experiments.live_run import RunOutcome
from workbench.gui.card_data import percent
from workbench.gui.current import Part, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities.alternatives_model import COLUMNS
from workbench.gui.probabilities.space import ProbabilitiesSpace, copy_button
from workbench.gui.probabilities.surprise_panel import SurprisePanel
from workbench.gui.probabilities.token_panel import TokenPanel
from workbench.gui.state import WindowState

PROMPT = "few-shot-story"


def generate(window: MainWindow, qtbot: QtBot, seed: int = 41) -> RunOutcome:
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
    panel = space.side.sides["token"].widget
    assert isinstance(panel, TokenPanel)
    return panel


def surprise_panel(space: ProbabilitiesSpace) -> SurprisePanel:
    panel = space.side.sides["prompt"].widget
    assert isinstance(panel, SurprisePanel)
    return panel


def document(capfd: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What a command prints with --json."""

    def no_window(_profile: str | None, _model: str | None, _screenshot: str | None) -> int:
        raise AssertionError("a window was asked for")

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
