"""Looking ahead and the grey preview in the real window."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.core.sampling import Sampling
from workbench.engine.bench_model import QUICK, write_bench_model
from workbench.gui.branches.ahead_controller import AheadController
from workbench.gui.branches.ahead_panel import AheadPanel
from workbench.gui.current import Part, ShownRun, TokenPlace
from workbench.gui.editor.block_edit import BlockEdit
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.history.branches import family
from workbench.templates.prompt_file import raw_prompt

WAIT_MS = 30_000
SHORT = Sampling(max_tokens=14, ignore_eos=True)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def slow_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model whose long replies take seconds."""
    path = tmp_path_factory.mktemp("slow") / "slow.gguf"
    write_bench_model(path, QUICK)
    return path


def generate(window: MainWindow, qtbot: QtBot, sampling: Sampling = SHORT) -> ShownRun:
    """A finished run on show."""
    window.prompt_space.sampling.set_sampling(sampling)
    window.prompt_space.sampling.set_seed(3)
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.runs.generate()
    run = window.current.run
    assert run is not None
    return run


def ahead(window: MainWindow) -> AheadPanel:
    """The panel."""
    found = window.findChild(AheadPanel)
    assert found is not None
    return found


def looked(window: MainWindow, qtbot: QtBot, act: Callable[[], object]) -> None:
    """Until a tree is shown behind `act`."""
    controller = ahead(window).findChild(AheadController)
    assert controller is not None
    with qtbot.waitSignal(controller.settled, timeout=WAIT_MS):
        act()


def test_l_looks_ahead_from_a_token_and_a_line_is_said(window: MainWindow, qtbot: QtBot) -> None:
    run = generate(window, qtbot)
    view = window.prompt_space.reply.view
    view.setFocus()
    view.lock(5)
    looked(window, qtbot, lambda: QTest.keyClick(view, Qt.Key.Key_L))
    assert window.pages.workspace is Workspace.PROBABILITIES
    panel = ahead(window)
    first = [row for depth, row in panel.view.rows if depth == 1]
    assert len(first) == 5
    assert sum(row.p for row in first) == pytest.approx(1.0, abs=1e-6)
    best = run.samples[0]
    for row, token, logprob in zip(first[:4], best.top_ids[5], best.top_logprob[5], strict=False):
        assert row.text == run.pieces[int(token)].decode("utf-8", "replace") or row.is_control
        assert row.p == pytest.approx(math.exp(float(logprob)), abs=2e-3)
    deep = [row for depth, row in panel.view.rows if depth == 3 and row.node is not None]
    assert deep
    assert all(row.p <= row.own + 1e-9 for row in deep)
    looked(window, qtbot, lambda: panel.length.setValue(2))
    assert max(depth for depth, _ in panel.view.rows) == 2
    node = next(row for depth, row in panel.view.rows if depth == 2 and row.node is not None)
    assert node.node is not None
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        panel.view.chosen.emit(node.node)
    fork = window.current.run
    assert fork is not None
    assert fork.start.parent == (run.run_id, 0, 5)
    said = b"".join(fork.pieces[t] for t in fork.start.given).decode("utf-8", "replace")
    assert said == node.text
    # The records of what was put there say what the tree said.
    both = float(np.sum(fork.samples[0].logprob[5:7], dtype=np.float64))
    assert math.exp(both) == pytest.approx(node.p, rel=0.05, abs=1e-3)


def test_the_tree_can_be_copied_and_walked_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    generate(window, qtbot)
    looked(window, qtbot, window.actions_by_name["ahead"].trigger)
    panel = ahead(window)
    assert panel.note.text() == "behind the reply"
    view = panel.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "depth\ttoken\tcontinuation\tp\tp_token"
    assert len(lines) == 1 + len(view.rows)
    assert all(line.count("\t") == 4 for line in lines)
    view.setCurrentIndex(view.model().index(0, 0))
    assert panel.say.isEnabled()
    assert panel.facts.text() == view.rows[0][1].facts.replace("\n", "⏎")
    with qtbot.waitSignal(window.runs.started, timeout=WAIT_MS):
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert panel.note.text() == "after the run"
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.runs.stop()


def test_without_a_reply_there_is_a_sentence(window: MainWindow) -> None:
    window.actions_by_name["ahead"].trigger()
    panel = ahead(window)
    assert panel.reason.isVisible()
    assert "continuations" in panel.reason.text()
    assert not panel.view.isVisible()


def previewed(window: MainWindow, qtbot: QtBot) -> str:
    """What stands in grey behind the reply, once it does."""
    ghost = window.previews.behind_reply
    qtbot.waitUntil(lambda: bool(ghost.pieces), timeout=WAIT_MS)
    return ghost.text


def test_ctrl_right_takes_a_word_and_tab_the_rest_as_one_fork(
    window: MainWindow, qtbot: QtBot
) -> None:
    root = generate(window, qtbot)
    view = window.prompt_space.reply.view
    view.setFocus()
    whole = previewed(window, qtbot)
    before = view.plain_text()
    n_first = window.previews.behind_reply.first_word()
    first = "".join(window.previews.behind_reply.pieces[:n_first])
    assert first.strip() == whole.split()[0]
    with qtbot.waitSignal(window.previews.kept, timeout=WAIT_MS):
        QTest.keyClick(view, Qt.Key.Key_Right, CONTROL)
    qtbot.waitUntil(lambda: view.plain_text() == before + first, timeout=WAIT_MS)
    rest = previewed(window, qtbot)
    assert first + rest == whole
    with qtbot.waitSignal(window.previews.kept, timeout=WAIT_MS):
        QTest.keyClick(view, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: view.plain_text() == before + whole, timeout=WAIT_MS)
    assert view.hasFocus()
    # One fork holds all that was taken; its shorter self is in the trash.
    rows = family(window._session.store, root.run_id)
    assert [r.trashed for r in rows] == [False, True, False]
    assert rows[2].parent == (root.run_id, 0, 14)
    stored = window._session.store.get(rows[2].run_id)
    assert stored.end is not None
    table = stored.end.result.samples[0].tokens
    assert tuple(table.ids[14:].tolist()) == stored.start.given
    assert table.rank[14:].tolist() == [0] * len(stored.start.given)
    assert np.isnan(table.p_sampled[14:]).all()
    assert not np.isnan(table.logprob).any()
    assert stored.end.result.samples[0].text.startswith(before.strip()[:5])


def test_esc_puts_the_preview_away_and_the_toggle_switches_it_off(
    window: MainWindow, qtbot: QtBot
) -> None:
    generate(window, qtbot)
    view = window.prompt_space.reply.view
    view.setFocus()
    previewed(window, qtbot)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert window.previews.behind_reply.pieces == ()
    window.actions_by_name["preview"].trigger()
    assert window.previews.is_settled
    window.prompt_space.sampling.first_field().setFocus()
    view.setFocus()
    assert window.previews.is_settled
    window.actions_by_name["preview"].trigger()
    previewed(window, qtbot)
    # Without a preview, Tab leaves the reply as ever.
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert not view.hasFocus()


def test_a_reply_that_has_ended_gets_no_preview(window: MainWindow, qtbot: QtBot) -> None:
    ended = generate(window, qtbot, Sampling(temperature=0.0))
    assert int(ended.samples[0].ids[-1]) in ended.control
    window.prompt_space.reply.view.setFocus()
    window.previews.refresh()
    qtbot.waitUntil(lambda: window.previews.is_settled, timeout=WAIT_MS)
    assert window.previews.behind_reply.pieces == ()


def test_a_run_is_never_kept_waiting_by_a_preview(
    open_window: Callable[..., MainWindow], qtbot: QtBot, slow_model: Path
) -> None:
    window = open_window(model=slow_model)
    generate(window, qtbot)
    view = window.prompt_space.reply.view
    view.setFocus()
    previewed(window, qtbot)
    window.prompt_space.sampling.set_sampling(Sampling(max_tokens=400, ignore_eos=True))
    seen: list[bool] = []
    window.runs.bridge.grew.connect(
        lambda _t: seen.append(
            window.previews.is_settled and not window.previews.behind_reply.pieces
        )
    )
    window.runs.generate()
    qtbot.waitUntil(lambda: len(seen) > 10, timeout=WAIT_MS)
    assert all(seen)
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.runs.stop()


def test_a_raw_prompt_is_continued_in_grey_while_one_writes(
    window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.prompts.prepared, timeout=WAIT_MS):
        window.prompts.open_prompt(raw_prompt("Once upon a time there"), {})
    qtbot.waitUntil(lambda: window.peeks.is_settled, timeout=WAIT_MS)
    edit = window.prompt_space.editor.blocks[0].edit
    assert isinstance(edit, BlockEdit)
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    previews = window.previews

    def shown() -> str:
        qtbot.waitUntil(
            lambda: previews.in_prompt is not None and bool(previews.in_prompt.pieces),
            timeout=WAIT_MS,
        )
        assert previews.in_prompt is not None
        return previews.in_prompt.text

    whole = shown()
    assert edit.text() == "Once upon a time there"
    QTest.keyClick(edit, Qt.Key.Key_Right, CONTROL)
    word = edit.text().removeprefix("Once upon a time there")
    assert word.strip()
    assert whole.startswith(word)
    rest = shown()
    with qtbot.waitSignal(window.prompts.prepared, timeout=WAIT_MS) as prepared:
        QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.text() == "Once upon a time there" + word + rest
    assert prepared.args is not None
    assert prepared.args[0].rendered.text == edit.text().rstrip("\n")
    # In the middle of the text there is none.
    shown()
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    assert previews.in_prompt is not None
    assert previews.in_prompt.pieces == ()
    qtbot.waitUntil(lambda: previews.is_settled, timeout=WAIT_MS)
    assert previews.in_prompt.pieces == ()


def test_a_chat_prompt_has_no_preview(window: MainWindow, qtbot: QtBot) -> None:
    edit = window.prompt_space.editor.blocks[-1].edit
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.waitUntil(lambda: window.previews.is_settled, timeout=WAIT_MS)
    ghost = window.previews.in_prompt
    assert ghost is None or ghost.pieces == ()


def test_looking_ahead_names_the_model_it_needs(
    window: MainWindow, qtbot: QtBot, small_demo_model: Path
) -> None:
    run = generate(window, qtbot)
    with qtbot.waitSignal(window.models.loaded, timeout=WAIT_MS):
        window.models.choose(small_demo_model)
    looked(window, qtbot, lambda: window.forks.ahead_wanted.emit(TokenPlace(Part.REPLY, 0, 3)))
    assert f"made by {run.start.model.name}" in ahead(window).reason.text()
