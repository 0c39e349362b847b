"""The whole window on the real engine: generate, look, stop, go back, break things."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values
from workbench.experiments.live_run import RunOutcome
from workbench.gui.actions import ACTIONS
from workbench.gui.card_data import percent
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.state import WindowState
from workbench.gui.theme import DARK, LIGHT, Mode


def generate(window: MainWindow, qtbot: QtBot) -> RunOutcome:
    """Run the prompt and wait for the end."""
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        window.runs.generate()
    assert done.args is not None
    outcome = done.args[0]
    assert isinstance(outcome, RunOutcome)
    return outcome


def test_generate_shows_the_reply_with_its_tints(window: MainWindow, qtbot: QtBot) -> None:
    outcome = generate(window, qtbot)
    sample = outcome.end.result.samples[0]
    view = window.prompt_space.reply.view
    assert outcome.end.status is RunStatus.DONE
    assert view.plain_text().startswith(sample.text)
    assert len(view) == len(sample.tokens) == len(window.shown.table)
    assert np.array_equal(window.shown.table.logprob, sample.tokens.logprob)
    picture = view.viewport().grab().toImage()
    pixels = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 3)
        for y in range(0, min(140, picture.height()), 3)
    }
    amber = [p for p in pixels if int(p[1:3], 16) - int(p[5:7], 16) > 60]
    assert amber, "no token is tinted"


def test_the_card_says_what_the_record_says(window: MainWindow, qtbot: QtBot) -> None:
    outcome = generate(window, qtbot)
    sample, pieces = outcome.end.result.samples[0], outcome.end.result.pieces
    view = window.prompt_space.reply.view
    for token in range(len(sample.tokens)):
        record = sample.tokens.record(token, pieces)
        view.lock(token)
        card = window.card.card
        assert card is not None
        assert f"id {record.id:,}" in card.facts
        assert f"token {token + 1:,}" in card.facts
        assert f"rank {record.rank:,}" in card.facts
        assert record.logprob is not None
        assert card.surprise == f"{abs(record.logprob):.1f} nats"
        shown = [row.p for row in card.rows[: len(card.rows) - 1]]
        wanted = [float(np.exp(c.logprob)) for c in record.top[:8]]
        assert shown[:8] == pytest.approx(wanted)
        assert sum(row.p or 0.0 for row in card.rows) == pytest.approx(1.0, abs=1e-4)
        assert [row.chosen for row in card.rows].count(True) == 1
        assert percent(record.p_sampled) in card.after_samplers


def test_hover_shows_the_card_and_a_click_keeps_it(window: MainWindow, qtbot: QtBot) -> None:
    generate(window, qtbot)
    view = window.prompt_space.reply.view
    centre = view.rect_of(2).center()
    QTest.mouseMove(view.viewport(), centre)
    qtbot.waitUntil(lambda: window.card.isVisible())
    assert view.token_at(QPointF(centre)) == 2
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert view.locked_token == 2
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.locked_token == 3
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.locked_token == -1
    assert not window.card.isVisible()


def test_stop_shows_at_once_and_keeps_the_text(window: MainWindow, qtbot: QtBot) -> None:
    window.prompt_space.sampling.set_sampling(_long(window))
    with qtbot.waitSignal(window.runs.bridge.grew, timeout=20_000):
        window.runs.generate()
    button = window.prompt_space.editor.button
    assert button.text() == "Stop"
    outcomes: list[RunOutcome] = []
    window.runs.finished.connect(outcomes.append)
    before = time.perf_counter()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    shown_after = time.perf_counter() - before
    assert button.text() == "Stopping…"
    assert not button.isEnabled()
    assert shown_after < 0.15  # 50 ms on an idle machine
    qtbot.waitUntil(lambda: bool(outcomes), timeout=10_000)
    assert outcomes[0].end.status is RunStatus.CANCELLED
    assert button.text() == "Generate"
    assert button.isEnabled()
    sample = outcomes[0].end.result.samples[0]
    assert 0 < len(window.prompt_space.reply.view) == len(sample.tokens)
    assert "stopped" in window.prompt_space.reply.chip.text()


def test_an_undefined_variable_is_named_where_it_stands(window: MainWindow, qtbot: QtBot) -> None:
    editor = window.prompt_space.editor
    last = editor.blocks[-1]
    with qtbot.waitSignal(window.prompts.failed, timeout=10_000):
        last.edit.append("and {{ nobody }}")
    assert "nobody" in last.error.text()
    assert "line 2" in last.error.text()
    assert not any(block.error.text() for block in editor.blocks[:-1])
    field = window.prompt_space.variables.field("nobody")
    assert field is not None
    with qtbot.waitSignal(window.prompts.prepared, timeout=10_000):
        QTest.keyClicks(field.field, "Ada")
    assert editor.error_text() == ""
    assert "Ada" in editor.exact.view.plain_text()
    assert editor.chip.text() == "edited"


def test_broken_syntax_is_named_and_generate_does_not_hang(
    window: MainWindow, qtbot: QtBot
) -> None:
    block = window.prompt_space.editor.blocks[0]
    with qtbot.waitSignal(window.prompts.failed, timeout=10_000):
        block.edit.append("{% if %}")
    assert "line 2" in block.error.text()
    with qtbot.waitSignal(window.prompts.failed, timeout=10_000):
        window.runs.generate()
    assert window.runs.is_idle()


def test_typing_renders_while_one_types(window: MainWindow, qtbot: QtBot) -> None:
    field = window.prompt_space.variables.field("name")
    assert field is not None
    with qtbot.waitSignal(window.prompts.prepared, timeout=10_000):
        QTest.keyClicks(field.field, "lda")
    assert "Zoelda" in window.prompt_space.editor.exact.view.plain_text()


def test_generate_right_after_typing_runs_what_was_typed(window: MainWindow, qtbot: QtBot) -> None:
    field = window.prompt_space.variables.field("name")
    assert field is not None
    QTest.keyClicks(field.field, "x")
    outcome = generate(window, qtbot)
    assert "Zoex" in outcome.start.text


def test_history_grows_and_a_click_brings_a_run_back(window: MainWindow, qtbot: QtBot) -> None:
    window.prompt_space.sampling.set_seed(7)
    first = generate(window, qtbot)
    window.prompt_space.sampling.set_seed(8)
    second = generate(window, qtbot)
    recent = window.prompt_space.recent
    qtbot.waitUntil(lambda: recent.model().rowCount() == 2, timeout=10_000)
    view = window.prompt_space.reply.view
    assert view.plain_text().startswith(second.end.result.samples[0].text)
    with qtbot.waitSignal(window.history.opened, timeout=10_000):
        recent.clicked.emit(recent.model().index(1, 0))
    assert view.plain_text().startswith(first.end.result.samples[0].text)
    assert "seed 7" in window.prompt_space.reply.chip.text()
    view.lock(1)
    assert window.card.card is not None


def test_open_in_prompt_restores_prompt_values_and_settings(
    window: MainWindow, qtbot: QtBot
) -> None:
    space = window.prompt_space
    space.sampling.set_seed(7)
    outcome = generate(window, qtbot)
    with qtbot.waitSignal(window.prompts.prepared, timeout=10_000):
        space.editor.blocks[-1].edit.append("Be quick.")
    space.sampling.set_seed(None)
    qtbot.waitUntil(lambda: space.recent.model().rowCount() == 1, timeout=10_000)
    window.show_workspace(Workspace.HISTORY)
    with qtbot.waitSignal(window.history.opened, timeout=10_000):
        window.history.open(outcome.start.run_id)
    details = window.history_space.details
    assert details.exact.view.plain_text().strip() == outcome.start.text.strip() or len(
        details.exact.view
    ) == len(outcome.start.prompt_tokens)
    # The run's template comes first, so the old prompt may be prepared with it once more.
    with qtbot.waitSignal(
        window.prompts.prepared,
        timeout=20_000,
        check_params_cb=lambda prepared: "Be quick." not in prepared.rendered.text,
    ):
        QTest.mouseClick(details.button, Qt.MouseButton.LeftButton)
    assert space.sampling.seed() == 7
    assert "Be quick." not in space.editor.blocks[-1].content
    again = generate(window, qtbot)
    assert again.end.result.samples[0].text == outcome.end.result.samples[0].text


def test_keyboard_only(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    focused = QApplication.focusWidget()
    assert focused is window.prompt_space.variables.fields[0].field
    QTest.keyClicks(focused, "ny")
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    focused = QApplication.focusWidget()
    assert focused is window.prompt_space.editor.blocks[-1].edit
    with qtbot.waitSignal(window.runs.finished, timeout=20_000) as done:
        QTest.keyClick(focused, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "ny" in done.args[0].start.text
    first_seed = done.args[0].start.seed
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    view = window.prompt_space.reply.view
    assert QApplication.focusWidget() is view
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.locked_token == 1
    assert window.card.isVisible()
    with qtbot.waitSignal(window.runs.finished, timeout=20_000) as done:
        QTest.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert done.args[0].start.seed != first_seed


def test_a_bad_model_file_is_refused_and_the_old_one_stays(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    bad = tmp_path / "notes.gguf"
    bad.write_text("dear diary")
    window.models.choose(bad)
    qtbot.waitUntil(lambda: window.notices.message("model") is not None, timeout=10_000)
    message = window.notices.message("model")
    assert message is not None
    assert "notes.gguf" in message.text
    assert "demo" in window.top_bar.model_chip.text()
    assert generate(window, qtbot).end.status is RunStatus.DONE


def test_another_model_takes_over(window: MainWindow, qtbot: QtBot, small_demo_model: Path) -> None:
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.models.choose(small_demo_model)
    outcome = generate(window, qtbot)
    assert Path(outcome.start.model.path) == small_demo_model


def test_a_broken_prompt_file_is_named_and_the_open_one_stays(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.prompt.yml"
    bad.write_text("messages:\n  - role: user\n   content: [", encoding="utf-8")
    with qtbot.waitSignal(window.prompts.failed, timeout=10_000):
        window.prompts.open(bad)
    message = window.prompt_space.editor.messages.message("open")
    assert message is not None
    assert "line" in message.text
    assert window.prompt_space.editor.title.text() == "Few-shot story"


@pytest.mark.spawned
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_the_window_outlives_its_engine(
    window: MainWindow, qtbot: QtBot, number: signal.Signals
) -> None:
    window.prompt_space.sampling.set_sampling(_long(window))
    with qtbot.waitSignal(window.runs.bridge.grew, timeout=20_000):
        window.runs.generate()
    children = multiprocessing.active_children()
    with qtbot.waitSignal(window.runs.finished, timeout=20_000) as done:
        for child in children:
            assert child.pid is not None
            os.kill(child.pid, number)
    assert done.args is not None
    assert done.args[0].end.status is RunStatus.FAILED
    message = window.prompt_space.reply.messages.message("run")
    assert message is not None
    assert number.name in message.text
    assert "failed" in window.prompt_space.reply.chip.text()
    window.prompt_space.sampling.set_sampling(Sampling())
    assert generate(window, qtbot).end.status is RunStatus.DONE
    assert window.prompt_space.reply.messages.message("run") is None
    recent = window.prompt_space.recent
    qtbot.waitUntil(lambda: recent.model().rowCount() == 2, timeout=10_000)
    rows = [recent.model().index(i, 0).data() for i in range(2)]
    assert "failed" in rows[1]


def test_a_prompt_longer_than_the_context_names_both_numbers(
    window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.prompt_space.editor.blocks[0].edit.setPlainText("A fox saw a lamp. " * 400)
    outcome = generate(window, qtbot)
    assert outcome.end.status is RunStatus.FAILED
    message = window.prompt_space.reply.messages.message("run")
    assert message is not None
    assert f"{len(outcome.start.prompt_tokens):,}" in message.text.replace("\u202f", ",")
    assert "1,024" in message.text or "1024" in message.text


def test_theme_switch_repaints(window: MainWindow, qtbot: QtBot) -> None:
    generate(window, qtbot)
    corner = window.prompt_space.reply.view.viewport()
    for mode, colours in ((Mode.DARK, DARK), (Mode.LIGHT, LIGHT)):
        window.top_bar.theme_chosen.emit(mode)
        image = corner.grab().toImage()
        assert image.pixelColor(image.width() - 3, image.height() - 3).name() == colours.pane


def test_every_control_has_a_name(window: MainWindow) -> None:
    window.prompt_space.sampling.fold.setChecked(True)
    nameless = [
        f"{type(w).__name__} {w.objectName()}"
        for kind in (QPushButton, QToolButton)
        for w in window.findChildren(kind)
        if not (w.accessibleName() or w.text())
    ]
    assert not nameless


def test_every_action_is_there_with_its_shortcut(window: MainWindow) -> None:
    for spec in ACTIONS:
        action = window.actions_by_name[spec.name]
        assert len(action.shortcuts()) == len(spec.keys)


def test_state_remembers_what_was_set(window: MainWindow, qtbot: QtBot) -> None:
    space = window.prompt_space
    space.sampling.set_seed(99)
    field = space.variables.field("name")
    assert field is not None
    with qtbot.waitSignal(window.prompts.prepared, timeout=10_000):
        QTest.keyClicks(field.field, "!")
    window.shown.set_tint("rank")
    window.top_bar.theme_chosen.emit(Mode.DARK)
    state: WindowState = window.state()
    assert state.seed == 99
    assert state.tint == "rank"
    assert state.theme == "dark"
    assert state.prompt.endswith("few-shot-story.prompt.yml")
    assert state.splitters["columns"][0] > 100


def test_closing_in_the_middle_of_a_run_leaves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.prompt_space.sampling.set_sampling(_long(window))
    with qtbot.waitSignal(window.runs.bridge.grew, timeout=20_000):
        window.runs.generate()
    before = time.perf_counter()
    window.close()
    assert time.perf_counter() - before < 10.0


def _long(window: MainWindow) -> Sampling:
    values = {"max_tokens": 900, "ignore_eos": True}
    return with_values(window.prompt_space.sampling.sampling, values)
