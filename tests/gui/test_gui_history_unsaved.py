"""A run that could not be written stands in the table like any other, and says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile
from workbench.gui.history.finder import Finder
from workbench.gui.history.table import RunTable
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.history.store import HistoryStore

OpenWindow = Callable[..., MainWindow]


def finder(window: MainWindow) -> Finder:
    """The window's search."""
    found = window.history_space.findChild(Finder)
    assert isinstance(found, Finder)
    return found


def limit_pages(store: HistoryStore, pages: str) -> None:
    """Let the file grow up to so many pages; SQLite tells it like a full disk."""

    def limit(db) -> None:  # type: ignore[no-untyped-def]  # sqlite-utils', used once
        most = db.execute(f"SELECT {pages}").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {most}").fetchone()

    store._writer.submit(limit).result()


def cell(table: RunTable, row: int, key: str, role: Qt.ItemDataRole) -> str:
    """What a cell says."""
    place = [column.key for column in table.runs.columns].index(key)
    return str(table.runs.index(row, place).data(role))


def test_a_run_that_was_not_saved_is_shown_marked_and_can_be_opened(
    open_window: OpenWindow, own_profile: Profile, qtbot: QtBot
) -> None:
    own_profile.create()
    window = open_window()
    store = finder(window)._session.store  # the window's own history
    with qtbot.waitSignal(window.runs.finished, timeout=30_000):
        window.runs.generate()
    limit_pages(store, "(SELECT page_count FROM pragma_page_count)")
    while not store.unsaved():  # until the pages that are there are full
        with qtbot.waitSignal(window.runs.finished, timeout=30_000):
            window.runs.generate()
    unsaved = {run.run_id for run in store.in_memory()}
    with qtbot.waitSignal(finder(window).found, timeout=10_000):
        window.show_workspace(Workspace.HISTORY)
    table = window.history_space.list
    assert table.runs.rowCount() == store.count()
    qtbot.waitUntil(lambda: table.runs.line(0) is not None, timeout=10_000)
    line = table.runs.line(0)
    assert line is not None
    assert line.run_id in unsaved
    assert "disk is full" in line.unsaved
    assert cell(table, 0, "created", Qt.ItemDataRole.DisplayRole).startswith("⚠")
    assert "Only in memory" in cell(table, 0, "reply", Qt.ItemDataRole.ToolTipRole)
    with qtbot.waitSignal(window.stored.shown, timeout=10_000) as shown:
        table.selectRow(0)
    assert shown.args[0].start.run_id == line.run_id
    table.remove_wanted.emit()
    qtbot.waitUntil(lambda: window.notices.message("history-unsaved") is not None)
    assert store.unsaved() == len(unsaved)
    limit_pages(store, "1000000")
    store.retry().result()
    with qtbot.waitSignal(finder(window).found, timeout=10_000):
        window.history_space.history_changed.emit()
    assert table.runs.rowCount() == store.count()
    assert (table.runs.ids > 0).all()
