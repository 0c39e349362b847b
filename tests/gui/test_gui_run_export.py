"""Runs leave from the History workspace: chosen or found, with what the format says and lacks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from support.many_runs import runs

from workbench.core.paths import Profile
from workbench.gui.dialogs.run_export_dialog import MOST_COPIED, RunExportDialog
from workbench.gui.history.exporter import Exporter
from workbench.gui.history.finder import Finder
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.history.bulk import import_runs
from workbench.history.store import HistoryStore

OpenWindow = Callable[..., MainWindow]
COUNT = 700


@pytest.fixture
def opened(open_window: OpenWindow, own_profile: Profile, qtbot: QtBot) -> MainWindow:
    """A window on many runs with the History workspace in front."""
    own_profile.create()
    store = HistoryStore(own_profile.history_file)
    import_runs(store, runs(COUNT))
    store.close()
    window = open_window()
    finder = window.history_space.findChild(Finder)
    assert finder is not None
    with qtbot.waitSignal(finder.found, timeout=10_000):
        window.show_workspace(Workspace.HISTORY)
    return window


def choose_rows(window: MainWindow, *rows: int) -> None:
    """Choose rows of the table."""
    table = window.history_space.list
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in rows:
        table.selectionModel().select(table.runs.index(row, 0), flags)


def dialog_of(window: MainWindow, qtbot: QtBot, name: str = "jsonl") -> RunExportDialog:
    """The dialog with a format on show."""
    window.history_space.export.click()
    exporter = window.history_space.findChild(Exporter)
    assert exporter is not None
    assert exporter.dialog is not None
    show(exporter.dialog, qtbot, name)
    return exporter.dialog


def show(dialog: RunExportDialog, qtbot: QtBot, name: str) -> None:
    """Choose a format and wait for how its file begins."""
    if dialog.chosen.name == name:
        qtbot.waitUntil(dialog.save_button.isEnabled, timeout=10_000)
        return
    with qtbot.waitSignal(dialog.shown, timeout=10_000, check_params_cb=lambda: True):
        dialog.choose(name)
    qtbot.waitUntil(lambda: dialog.help.text() == dialog.chosen.help, timeout=10_000)


def test_the_chosen_runs_leave_in_their_order(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    choose_rows(opened, 4, 1)
    dialog = dialog_of(opened, qtbot)
    assert dialog.which.currentText() == "The 2 chosen runs"
    [first, second] = dialog.preview.toPlainText().splitlines()
    wanted = [json.loads(line)["run_id"] for line in (first, second)]
    assert wanted == [f"run-{COUNT - 2:09}", f"run-{COUNT - 5:09}"]
    assert dialog.losses.text() == "Nothing is left out."
    path = tmp_path / "out" / "some"
    with qtbot.waitSignal(dialog.saved, timeout=10_000):
        dialog.save_to(path)
    lines = path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["run_id"] for line in lines] == wanted
    exporter = opened.history_space.findChild(Exporter)
    assert exporter is not None
    assert exporter.dialog is None


def test_all_that_was_found_leave_with_options(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    opened.history_space.list.clearSelection()
    dialog = dialog_of(opened, qtbot)
    assert dialog.which.count() == 1
    assert dialog.which.currentText() == f"All {COUNT:,} runs found"
    assert not dialog.copy_button.isEnabled()
    assert COUNT > MOST_COPIED
    show(dialog, qtbot, "html")
    columns = dialog.options.field("columns")
    assert isinstance(columns, QComboBox)
    with qtbot.waitSignal(dialog.shown, timeout=10_000):
        columns.setCurrentText("3")
    assert 'class="runs c3"' in dialog.preview.toPlainText()
    assert "What this format leaves out" in dialog.losses.text()
    path = tmp_path / "page.html"
    with qtbot.waitSignal(dialog.saved, timeout=30_000) as saved:
        dialog.save_to(path)
    assert saved.args is not None
    assert saved.args[:2] == [path, COUNT]
    assert path.read_text(encoding="utf-8").count("<h3>") == COUNT


def test_what_is_chosen_is_copied(opened: MainWindow, qtbot: QtBot) -> None:
    choose_rows(opened, 0, 1, 2, 3)
    dialog = dialog_of(opened, qtbot, "jsonl")
    show(dialog, qtbot, "csv")
    dialog.copy()
    qtbot.waitUntil(lambda: dialog.copy_button.text() == "Copied", timeout=10_000)
    assert QGuiApplication.clipboard().text().startswith("run_id,sample,")
    assert QGuiApplication.clipboard().text().count("\r\nrun-") == 4
    dialog.reject()


def test_a_history_needs_leave_to_keep_names_and_shows_no_text(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    choose_rows(opened, 0)
    dialog = dialog_of(opened, qtbot)
    show(dialog, qtbot, "sqlite")
    assert dialog.preview.isHidden()
    assert not dialog.copy_button.isEnabled()
    assert not dialog.save_button.isEnabled()
    assert "folders and user names would stay" in dialog.error.text()
    with qtbot.waitSignal(dialog.shown, timeout=10_000):
        dialog.keep_paths.setChecked(True)
    assert dialog.error.isHidden()
    with qtbot.waitSignal(dialog.saved, timeout=10_000):
        dialog.save_to(tmp_path / "some.db")
    store = HistoryStore(tmp_path / "some.db")
    try:
        assert store.count() == 1
    finally:
        store.close()


def test_a_stop_leaves_the_old_file(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened.history_space.list.clearSelection()
    dialog = dialog_of(opened, qtbot)
    path = tmp_path / "mine" / "runs.jsonl"
    path.parent.mkdir()
    path.write_text("old")
    dialog.save_to(path)
    assert dialog.close_button.text() == "Stop"
    assert not dialog.save_button.isEnabled()
    dialog.close_button.click()
    qtbot.waitUntil(lambda: not dialog.error.isHidden(), timeout=10_000)
    assert dialog.error.text() == "Stopped. No file was written."
    assert path.read_text() == "old"
    assert [p.name for p in path.parent.iterdir()] == ["runs.jsonl"]
    assert dialog.save_button.isEnabled()
    dialog.close_button.click()


def test_closing_the_window_stops_a_long_export(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    opened.history_space.list.clearSelection()
    dialog = dialog_of(opened, qtbot)
    path = tmp_path / "runs.jsonl"
    dialog.save_to(path)
    opened.close()
    assert not path.exists() or path.read_text(encoding="utf-8").count("\n") == COUNT


def test_nothing_found_is_said(opened: MainWindow, qtbot: QtBot) -> None:
    finder = opened.history_space.findChild(Finder)
    assert finder is not None
    with qtbot.waitSignal(finder.found, timeout=10_000):
        opened.history_space.search.setText("tag:nothing-has-this")
    opened.history_space.export.click()
    exporter = opened.history_space.findChild(Exporter)
    assert exporter is not None
    assert exporter.dialog is None
