"""Two windows on one profile: both work, both runs are kept, each sees the other's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.history.store import HistoryStore
from workbench.history.verify import verify

OpenWindow = Callable[..., MainWindow]


def _lists(window: MainWindow, count: int) -> bool:
    return window.prompt_space.recent.model().rowCount() == count


def test_two_windows_share_one_history(
    open_window: OpenWindow, own_profile: Profile, qtbot: QtBot
) -> None:
    first, second = open_window(), open_window()
    for window in (first, second):
        with qtbot.waitSignal(window.runs.finished, timeout=30_000):
            window.runs.generate()
    for window in (first, second):
        window.history.refresh()
        qtbot.waitUntil(partial(_lists, window, 2), timeout=10_000)
        window.show_workspace(Workspace.HISTORY)
        assert not [k for k in window.notices._messages if k.startswith("store-")]
    first.close()
    with qtbot.waitSignal(second.runs.finished, timeout=30_000):
        second.runs.generate()
    second.close()
    store = HistoryStore(own_profile.history_file)
    assert store.count() == 3
    store.close()
    assert verify(own_profile.history_file).is_whole
