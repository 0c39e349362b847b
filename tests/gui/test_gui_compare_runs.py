"""Runs compared and replayed from the History workspace, in a real window on a real history."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.core.engine_settings import EngineSettings
from workbench.core.paths import Profile, demo_model_path
from workbench.core.replay import FirstDifference, Replayed
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import open_session
from workbench.gui.compare_runs.checks import message
from workbench.gui.main_window import MainWindow
from workbench.gui.messages import Level
from workbench.gui.panels.history import RUN_ID
from workbench.gui.panels.rail import Workspace
from workbench.gui.theme import Mode, Theme
from workbench.templates.prompt_file import raw_prompt

OpenWindow = Callable[..., MainWindow]


class Quiet:
    """Hears nothing."""

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Nothing."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Nothing."""

    def run_finished(self, outcome: RunOutcome) -> None:
        """Nothing."""


@pytest.fixture
def ids(own_profile: Profile) -> list[str]:
    """Three recorded runs, the oldest first."""
    session, _ = open_session(own_profile)
    made = []
    for text, seed in (("Once upon a time", 1), ("Once upon a day", 2), ("The cat", 3)):
        prepared = session.prepare(demo_model_path(), EngineSettings(), raw_prompt(text), {})
        handle = session.start(prepared, Sampling(max_tokens=12), seed, 2, Quiet())
        made.append(handle.wait(60).start.run_id)
    session.close()
    return made


@pytest.fixture
def window(ids: list[str], open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """A window that shows the second run in the History workspace."""
    made = open_window()
    made.show_workspace(Workspace.HISTORY)
    with qtbot.waitSignal(made.history.opened, timeout=10_000):
        made.history.open(ids[1])
    return made


def test_two_chosen_runs_stand_side_by_side_the_older_one_left(
    window: MainWindow, ids: list[str], qtbot: QtBot
) -> None:
    runs = window.history_space.list
    qtbot.waitUntil(lambda: runs.model().index(2, 0).data(RUN_ID) is not None)
    choose = QItemSelectionModel.SelectionFlag
    for row in (0, 2):  # the newest stands first
        index = runs.model().index(row, 0)
        runs.selectionModel().select(index, choose.Select | choose.Rows)
    runs.selectionModel().select(runs.model().index(1, 0), choose.Deselect | choose.Rows)
    assert window.checks.chosen() == [ids[2], ids[0]]
    QTest.mouseClick(window.history_space.details.compare, Qt.MouseButton.LeftButton)
    dialog = window.checks.dialog
    assert dialog is not None
    with qtbot.waitSignal(dialog.shown, timeout=10_000) as shown:
        pass
    assert shown.args == [ids[0], ids[2]]
    assert dialog.sentence.text().startswith("The prompt (")
    assert "the seed (1 → 3)" in dialog.sentence.text()
    assert dialog.base.currentData() == ids[0]
    assert "tokens" in dialog.facts.text()
    assert dialog.sample.count() == 2
    dialog.sample.setCurrentIndex(1)
    for tab, number in zip(dialog.tabs, range(4), strict=True):
        QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
        assert dialog.stack.currentIndex() == number
    cells = [dialog.settings.item(r, 1) for r in range(dialog.settings.rowCount())]
    assert "seed" in [cell.text() for cell in cells if cell is not None]

    # Another one on the left.
    with qtbot.waitSignal(dialog.shown, timeout=10_000) as shown:
        at = dialog.base.findData(ids[1])
        dialog.base.setCurrentIndex(at)
        dialog.base.activated.emit(at)
    assert shown.args == [ids[1], ids[2]]
    dialog.close()
    assert window.checks.dialog is None


def test_one_run_is_compared_with_the_one_before_or_its_neighbour(
    window: MainWindow, ids: list[str], qtbot: QtBot
) -> None:
    listed = window.history_space.list.model()
    qtbot.waitUntil(lambda: listed.index(2, 0).data(RUN_ID) is not None)
    window.history_space.list.mark(ids[1])
    window.checks.compare()
    dialog = window.checks.dialog
    assert dialog is not None
    with qtbot.waitSignal(dialog.shown, timeout=10_000) as shown:
        pass
    assert shown.args == [ids[0], ids[1]]
    with qtbot.waitSignal(window.history.opened, timeout=10_000):
        window.history.open(ids[2])
    with qtbot.waitSignal(dialog.shown, timeout=10_000) as shown:
        window.checks.compare()
    assert shown.args == [ids[1], ids[2]]
    dialog.compare(ids[0], "nobody")
    qtbot.waitUntil(dialog.messages.isVisible)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_the_comparison_is_painted_in_both_themes(
    window: MainWindow, theme: Theme, ids: list[str], qtbot: QtBot, mode: Mode
) -> None:
    theme.set_mode(mode)
    window.checks.compare_pair(ids[0], ids[1])
    dialog = window.checks.dialog
    assert dialog is not None
    with qtbot.waitSignal(dialog.shown, timeout=10_000):
        pass
    picture = dialog.grab().toImage()
    assert picture.pixelColor(picture.width() - 3, picture.height() - 3) == theme.colour("pane")


def test_a_run_is_replayed_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.checks.replayed, timeout=30_000) as replayed:
        QTest.mouseClick(window.history_space.details.replay, Qt.MouseButton.LeftButton)
    assert replayed.args is not None
    assert replayed.args[0].identical
    assert window.history_space.details.reply.messages.isVisible()
    window.close()  # nothing is left running


def test_results_are_worded_with_what_was_said_and_what_came() -> None:
    first = FirstDifference(0, 4, 5, 6, " red", " blue", 0.5, 0.4, 0.01)
    found = Replayed("r", False, "near-tie noise", "Nothing has changed.", first)
    shown = message(found)
    assert shown.level is Level.WARNING
    assert shown.text == (
        "Near-tie noise. It differs from token 5 on: “ red” → “ blue”. "
        "The two were 0.01 logits apart."
    )
    assert "logit gap 0.01" in shown.details
    same = message(Replayed("r", True, "identical", "4 sampled tokens, all the same."))
    assert (same.level, same.text) == (Level.INFO, "Identical. 4 sampled tokens, all the same.")
