"""Whatever happens to the history, the table stays where the person scrolled to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.many_runs import runs

from workbench.core.paths import Profile
from workbench.core.run import RunEnd, RunStart
from workbench.gui.history.finder import Finder
from workbench.gui.history.table import RunTable
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.history import branches
from workbench.history.bulk import import_runs
from workbench.history.store import HistoryStore

OpenWindow = Callable[..., MainWindow]
COUNT = 300
DAY_US = 86_400_000_000


@pytest.fixture
def opened(open_window: OpenWindow, own_profile: Profile, qtbot: QtBot) -> MainWindow:
    """A window on 300 runs, scrolled to the middle, the first and the third run chosen."""
    own_profile.create()
    store = HistoryStore(own_profile.history_file)
    import_runs(store, runs(COUNT))
    store.close()
    window = open_window()
    with qtbot.waitSignal(finder(window).found, timeout=10_000):
        window.show_workspace(Workspace.HISTORY)
    table = window.history_space.list
    qtbot.waitUntil(lambda: table.runs.line(2) is not None, timeout=10_000)
    with qtbot.waitSignal(window.stored.shown, timeout=10_000):
        table.selectRow(0)
    place = table.visualRect(table.runs.index(2, 3)).center()
    with qtbot.waitSignal(window.stored.shown, timeout=10_000):
        QTest.mouseClick(
            table.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ControlModifier,
            place,
        )
    assert table.chosen() == [300, 298]
    table.verticalScrollBar().setValue(150)
    return window


def finder(window: MainWindow) -> Finder:
    """The window's search."""
    found = window.history_space.findChild(Finder)
    assert isinstance(found, Finder)
    return found


def store_of(window: MainWindow) -> HistoryStore:
    """The window's own history."""
    return finder(window)._session.store


def refresh(window: MainWindow, qtbot: QtBot) -> None:
    """What every change of the history leads to."""
    with qtbot.waitSignal(finder(window).found, timeout=10_000):
        window.history_space.history_changed.emit()


def first(table: RunTable) -> int:
    """The row number of the first run on the screen."""
    return int(table.runs.ids[table.rowAt(0)])


def newer(count: int) -> list[tuple[RunStart, RunEnd]]:
    """Runs that began after all the others."""
    return [
        (replace(start, run_id=f"{start.run_id}-new", created_us=start.created_us + DAY_US), end)
        for start, end in runs(count, seed=1)
    ]


def test_a_refresh_stays_and_opens_nothing(opened: MainWindow, qtbot: QtBot) -> None:
    table = opened.history_space.list
    seen = first(table)
    with qtbot.assertNotEmitted(table.opened):
        refresh(opened, qtbot)
    assert first(table) == seen
    assert table.chosen() == [300, 298]
    assert table.choice().current == 298


def test_new_runs_on_top_move_nothing(opened: MainWindow, qtbot: QtBot) -> None:
    table = opened.history_space.list
    seen = first(table)
    import_runs(store_of(opened), newer(5))
    refresh(opened, qtbot)
    assert table.runs.rowCount() == COUNT + 5
    assert first(table) == seen
    assert table.chosen() == [300, 298]


def test_at_the_top_new_runs_are_seen(opened: MainWindow, qtbot: QtBot) -> None:
    """Who looks at the newest run goes on doing so."""
    table = opened.history_space.list
    table.verticalScrollBar().setValue(0)
    import_runs(store_of(opened), newer(1))
    refresh(opened, qtbot)
    assert first(table) == COUNT + 1


def test_deleted_runs_above_move_nothing(opened: MainWindow, qtbot: QtBot) -> None:
    """Not even the first row of the screen among them; what was chosen and is left stays so."""
    table = opened.history_space.list
    seen = first(table)
    gone = [f"run-{number - 1:09}" for number in (300, 250, seen)]
    with qtbot.assertNotEmitted(table.opened):
        branches.trash(store_of(opened), gone).result()
        refresh(opened, qtbot)
    assert table.runs.rowCount() == COUNT - 3
    assert first(table) == seen - 1
    assert table.chosen() == [298]
    assert table.choice().current == 298


def test_a_refresh_during_a_search_keeps_its_place(opened: MainWindow, qtbot: QtBot) -> None:
    """The end of a search moves nobody who scrolled through what was there already."""
    table, search = opened.history_space.list, finder(opened)
    with qtbot.waitSignal(search.found, timeout=10_000):
        opened.history_space.search.setText("prompt:prompt")
    assert first(table) == 300
    assert table.chosen() == [300, 298]
    table.verticalScrollBar().setValue(200)
    seen = first(table)
    search.refresh()
    refresh(opened, qtbot)
    assert first(table) == seen
    assert table.choice().current == 298


def test_another_search_or_order_begins_at_the_top(opened: MainWindow, qtbot: QtBot) -> None:
    table = opened.history_space.list
    with qtbot.waitSignal(finder(opened).found, timeout=10_000):
        table.order_wanted.emit("tokens", True)
    assert table.rowAt(0) == 0
    assert table.chosen() == [300, 298] or table.chosen() == [298, 300]
    table.verticalScrollBar().setValue(100)
    refresh(opened, qtbot)
    assert table.rowAt(0) == 100


def test_runs_of_an_older_history_stand_at_their_time(opened: MainWindow, qtbot: QtBot) -> None:
    """Though they were recorded last; and nothing moves for it."""
    table = opened.history_space.list
    seen = first(table)
    start, end = next(runs(1))
    old = replace(start, run_id="old", created_us=start.created_us + 9 * 31_000_000 + 1)
    import_runs(store_of(opened), [(old, end)])
    refresh(opened, qtbot)
    assert first(table) == seen
    assert table.runs.position(301) == COUNT - 10
    assert table.runs.rowCount() == COUNT + 1
