"""The next token while one types: fresh, exact, never in the way of a run."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.core.tokens import Candidate
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.peek import NextToken
from workbench.gui.fonts import Fonts
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.next_token import ROWS, NextTokenPanel, bar_rows
from workbench.gui.run_controller import Phase
from workbench.gui.theme import Theme

LONG = Sampling(max_tokens=900, ignore_eos=True)
FOUND = NextToken(
    (Candidate(5, " One", math.log(0.5)), Candidate(9, "<|end|>", math.log(0.25))),
    rest=0.25,
    entropy=1.25,
    cached_tokens=3,
    ms=12.4,
)


def settle(window: MainWindow, qtbot: QtBot) -> NextTokenPanel:
    """Wait until the panel shows the prompt as it stands."""
    qtbot.waitUntil(lambda: window.peeks.is_settled, timeout=20_000)
    return window.prompt_space.next_token


def type_name(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Type into the form and wait for the prompt."""
    field = window.prompt_space.variables.field("name")
    assert field is not None
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        QTest.keyClicks(field.field, text)


def shown(panel: NextTokenPanel) -> list[tuple[str, float]]:
    """What the bars say."""
    return [(row.text, row.p) for row in panel.bars.rows]


def test_the_bars_are_what_the_engine_says(window: MainWindow, qtbot: QtBot) -> None:
    panel = settle(window, qtbot)
    assert panel.bars.isVisible()
    assert not panel.reason.isVisible()
    assert len(panel.bars.rows) == ROWS + 1
    assert sum(row.p for row in panel.bars.rows) == pytest.approx(1.0, abs=1e-4)
    assert panel.note.text().endswith(" ms")
    outcome = generate(window, qtbot)
    record = outcome.end.result.samples[0].tokens.record(0, outcome.end.result.pieces)
    wanted = [math.exp(c.logprob) for c in record.top[:ROWS]]
    assert [p for _, p in shown(panel)[:ROWS]] == pytest.approx(wanted, abs=0.01)


def test_typing_brings_other_numbers(window: MainWindow, qtbot: QtBot) -> None:
    before = shown(settle(window, qtbot))
    type_name(window, qtbot, " and the king")
    assert shown(settle(window, qtbot)) != before


def test_an_undefined_variable_says_why_instead_of_old_numbers(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = settle(window, qtbot)
    block = window.prompt_space.editor.blocks[-1]
    with qtbot.waitSignal(window.prompts.failed, timeout=10_000):
        block.edit.insertPlainText("{{ nobody }} ")
    assert "nobody" in panel.reason.text()
    assert not panel.bars.isVisible()
    assert not panel.bars.rows
    field = window.prompt_space.variables.field("nobody")
    assert field is not None
    with qtbot.waitSignal(window.prompts.prepared, timeout=10_000):
        QTest.keyClicks(field.field, "Ada")
    settle(window, qtbot)
    assert panel.bars.isVisible()
    assert not panel.reason.isVisible()


def test_a_prompt_that_is_too_long_says_both_numbers(window: MainWindow, qtbot: QtBot) -> None:
    settle(window, qtbot)
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000) as done:
        window.prompt_space.editor.blocks[0].edit.setPlainText("A fox saw a lamp. " * 300)
    assert done.args is not None
    panel = settle(window, qtbot)
    assert f"{len(done.args[0].tokens):,}" in panel.reason.text()
    assert "1,024" in panel.reason.text()
    assert not panel.bars.isVisible()


def test_a_run_is_never_disturbed(window: MainWindow, qtbot: QtBot) -> None:
    panel = settle(window, qtbot)
    before = shown(panel)
    window.prompt_space.sampling.set_sampling(LONG)
    with qtbot.waitSignal(window.runs.bridge.grew, timeout=20_000):
        window.runs.generate()
    field = window.prompt_space.variables.field("name")
    assert field is not None
    counted = window.status.prompt.text()
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        QTest.keyClicks(field.field, " and the king")
    assert window.status.prompt.text() != counted, "tokens are counted while a run goes on"
    looked_while_busy = []
    window.runs.bridge.grew.connect(lambda _t: looked_while_busy.append(window.peeks.is_looking))
    qtbot.waitUntil(lambda: len(looked_while_busy) > 20, timeout=20_000)
    assert window.runs.phase is Phase.RUNNING
    assert not any(looked_while_busy)
    assert shown(panel) == before
    with qtbot.waitSignal(window.runs.finished, timeout=20_000):
        window.runs.stop()
    settle(window, qtbot)
    assert shown(panel) != before


def test_a_look_under_way_makes_room_for_the_run(window: MainWindow, qtbot: QtBot) -> None:
    settle(window, qtbot)
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.prompt_space.editor.blocks[0].edit.setPlainText("A fox saw a lamp. " * 100)
    qtbot.waitUntil(lambda: window.peeks.is_looking, timeout=10_000)
    with qtbot.waitSignal(window.runs.finished, timeout=20_000) as done:
        window.runs.generate()
        assert not window.peeks.is_looking
        assert not window.peeks.is_settled
    assert done.args is not None
    assert done.args[0].end.status is RunStatus.DONE
    panel = settle(window, qtbot)
    assert len(panel.bars.rows) == ROWS + 1


def test_closing_in_the_middle_of_a_look_leaves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.prompt_space.editor.blocks[0].edit.setPlainText("A fox saw a lamp. " * 100)
    qtbot.waitUntil(lambda: window.peeks.is_looking, timeout=10_000)
    window.close()
    assert not window.peeks.is_looking


def test_the_rows_add_up_and_control_tokens_are_chips() -> None:
    rows = bar_rows(FOUND, {9})
    assert [(row.text, row.is_control) for row in rows] == [
        (" One", False),
        ("end", True),
        ("others", False),
    ]
    assert sum(row.p for row in rows) == pytest.approx(1.0)
    many = tuple(Candidate(i, "x", math.log(0.1)) for i in range(10))
    rows = bar_rows(NextToken(many, 0.0, 2.3, 0, 1.0), ())
    assert len(rows) == ROWS + 1
    assert rows[-1].p == pytest.approx(0.3)


@pytest.fixture
def panel(theme: Theme, fonts: Fonts, qtbot: QtBot) -> NextTokenPanel:
    made = NextTokenPanel(theme, fonts)
    qtbot.addWidget(made)
    made.resize(285, 250)
    made.show()
    made.show_next(FOUND, {9}, 10)
    return made


def test_arrows_walk_and_the_table_can_be_copied(panel: NextTokenPanel) -> None:
    assert panel.foot.text() == "entropy 1.25 nats"
    panel.bars.setFocus()
    QTest.keyClick(panel.bars, Qt.Key.Key_Down)
    assert panel.foot.text().startswith("“ One” · id 5 · -0.69 nats")
    for _ in range(5):
        QTest.keyClick(panel.bars, Qt.Key.Key_Down)
    assert panel.foot.text() == "all other tokens · 25.0 %"
    QTest.keyClick(panel.bars, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1].split("\t")[:3] == [" One", "5", "0.5"]
    assert lines[-1].split("\t")[0] == "others"
    panel.bars.clearFocus()
    assert panel.foot.text() == "entropy 1.25 nats"


def test_pointing_tells_facts_and_new_numbers_keep_the_row(panel: NextTokenPanel) -> None:
    QTest.mouseMove(panel.bars, QPoint(40, 30))
    assert "id 9" in panel.foot.text()
    other = NextToken(FOUND.candidates[::-1], 0.25, 1.0, 0, 1.0)
    panel.show_next(other, {9}, 10)
    assert "id 5" in panel.foot.text()
    panel.show_reason("It is broken.", wrong=True)
    assert not panel.bars.isVisible()
    assert panel.bars.current == -1


def generate(window: MainWindow, qtbot: QtBot) -> RunOutcome:
    """Run the prompt and wait for the end."""
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        window.runs.generate()
    assert done.args is not None
    outcome = done.args[0]
    assert isinstance(outcome, RunOutcome)
    return outcome
