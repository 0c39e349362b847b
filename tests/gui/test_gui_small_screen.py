"""A small screen: no workspace makes the window wider than it, and windows open inside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from workbench.gui.compare.space import CompareSpace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.state import WindowState
from workbench.gui.steady_splitter import SteadySplitter
from workbench.gui.tight_scroll import TightScroll
from workbench.gui.windows import Windows

SMALL = (1024, 640)


def test_every_workspace_fits_a_small_screen(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        window.runs.generate()
    assert done.args is not None
    window.show_workspace(Workspace.HISTORY)
    with qtbot.waitSignal(window.stored.shown, timeout=10_000):
        window.history.open(done.args[0].start.run_id)
    title = window.history_space.details.title
    title.setText("A very long name of a prompt " * 9)
    for workspace in Workspace:
        window.show_workspace(workspace)
    least = window.minimumSizeHint()
    pages = {
        type(page).__name__: (page.minimumSizeHint().width(), page.minimumSizeHint().height())
        for page in (window.pages.widget(number) for number in range(window.pages.count()))
        if page is not None
    }
    assert len(pages) == 6
    assert least.width() <= SMALL[0], pages
    assert least.height() <= SMALL[1], pages
    window.resize(*SMALL)
    assert (window.width(), window.height()) == SMALL


def test_the_first_window_opens_inside_the_screen(windows: Windows, qtbot: QtBot) -> None:
    done: list[MainWindow] = []
    window = windows.open(WindowState(theme="light"), lambda made, _session: done.append(made))
    room = window.screen().availableGeometry()
    assert room.height() < 900, "the screen of the tests is a small one"
    assert window.height() < room.height()
    qtbot.waitUntil(lambda: window in done, timeout=30_000)


def test_nothing_is_cut_off_on_a_small_screen(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(*SMALL)
    compare = window.findChild(CompareSpace)
    assert compare is not None
    for workspace in (Workspace.PROBABILITIES, Workspace.ATTENTION, Workspace.COMPARE):
        window.show_workspace(workspace)
        page = window.pages.page.widget
        if workspace is Workspace.COMPARE:
            qtbot.waitUntil(lambda: len(compare.views) > 1, timeout=10_000)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        cut = [
            (button.text(), button.width(), button.minimumSizeHint().width())
            for button in page.findChildren(QAbstractButton)
            if button.isVisible() and button.width() < button.minimumSizeHint().width()
        ]
        assert not cut, workspace
        for area in page.findChildren(TightScroll):
            if area.isVisible():
                inside = area.widget()
                assert inside is not None
                held, seen = inside.size(), area.viewport().size()
                across = held.width() <= seen.width()
                assert across or held.height() <= seen.height(), (workspace, held, seen)


def test_panels_get_their_places_back_after_a_small_while(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1440, 900)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    splitters = {s.objectName(): s for s in window.prompt_space.findChildren(SteadySplitter)}
    assert splitters.keys() >= {"left", "middle", "right", "columns"}
    splitters["left"].setSizes([300, 529])
    before = {name: one.sizes() for name, one in splitters.items()}
    window.resize(*SMALL)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert splitters["columns"].sizes() != before["columns"]
    assert window.state().splitters["left"] == pytest.approx(before["left"], abs=3)
    window.resize(1440, 900)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    after = {name: one.sizes() for name, one in splitters.items()}
    for name, sizes in before.items():
        assert after[name] == pytest.approx(sizes, abs=3), name


def test_another_window_opens_inside_the_screen_too(windows: Windows, qtbot: QtBot) -> None:
    done: list[MainWindow] = []
    window = windows.open(WindowState(theme="light"), lambda made, _session: done.append(made))
    qtbot.waitUntil(lambda: window in done, timeout=30_000)
    room = window.screen().availableGeometry()
    window.resize(room.width() - 10, room.height() - 45)
    window.move(room.topLeft())
    other = windows.open_beside(window)
    assert other.pos() != window.pos() or other.width() >= room.width() - 10
    assert other.y() + other.height() <= room.bottom() + 1
