"""Names for screen readers everywhere, Tab that goes round, and a focus that is seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from support.accessible import nameless, tab_stops
from support.compare_room import Room

from workbench.gui.compare.space import CompareSpace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace

DIALOGS = (
    "open_model", "model_card", "save_as", "export", "versions", "columns", "chat_template", "help",
    "settings", "shortcuts",
)  # fmt: skip


def test_everything_the_keyboard_reaches_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    room = Room(qtbot, window)
    room.run()
    for workspace in Workspace:
        window.show_workspace(workspace)
        page = window.pages.page.widget
        if isinstance(page, CompareSpace):
            for name in ("Sweep", "Arena", "Columns"):
                page.sheets.turn_to(name)
        QApplication.processEvents()
    assert nameless(window) == []


def test_everything_in_the_dialogs_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    for action in DIALOGS:
        window.actions_by_name[action].trigger()
        qtbot.waitUntil(lambda: bool(_dialogs(window)), timeout=10_000)
        for dialog in _dialogs(window):
            assert nameless(dialog) == [], action
            assert dialog.windowTitle() or dialog.accessibleName(), action
            dialog.close()
        qtbot.waitUntil(lambda: not _dialogs(window), timeout=10_000)


def test_the_palette_has_names(window: MainWindow) -> None:
    window.actions_by_name["palette"].trigger()
    QApplication.processEvents()
    assert nameless(window) == []


def _dialogs(window: MainWindow) -> list[QWidget]:
    tops = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    return [w for w in tops if isinstance(w, QDialog)] or tops


@pytest.mark.parametrize("workspace", list(Workspace))
def test_tab_goes_round_and_is_seen(window: MainWindow, workspace: Workspace) -> None:
    window.show_workspace(workspace)
    QApplication.processEvents()
    stops = tab_stops(window)
    assert len(stops) > 8
    unseen = []
    for stop in stops:
        window.setFocus()
        QApplication.processEvents()
        before = _picture(window, stop)
        stop.setFocus()
        QApplication.processEvents()
        # A task that was read meanwhile may have taken a question away.
        is_there = QApplication.focusWidget() is stop and not stop.visibleRegion().isEmpty()
        if is_there and _picture(window, stop) == before:
            unseen.append(f"{type(stop).__name__}: {stop.accessibleName()}")
    assert not unseen, "; ".join(unseen)


def _picture(window: MainWindow, widget: QWidget) -> QImage:
    """The widget with what stands round it."""
    corner = widget.mapTo(window, widget.rect().topLeft())
    place = QRect(corner, widget.size()).adjusted(-4, -4, 4, 4)
    return window.grab(place.intersected(window.rect())).toImage()
