"""Tab goes through every workspace and dialog as one reads, reaches everything, and comes round."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot
from support.compare_room import Room

from workbench.gui.arena.controller import ArenaController, Phase
from workbench.gui.compare.space import CompareSpace
from workbench.gui.experiments.space import ExperimentSpace
from workbench.gui.focus_order import put_in_order, tab_stops
from workbench.gui.main_window import MainWindow
from workbench.gui.model_card.dialog import ModelCardDialog
from workbench.gui.open_model.dialog import OpenModelDialog
from workbench.gui.panels.rail import Workspace
from workbench.gui.sweep.controller import SweepController

DIALOGS = (
    "open_model", "connect_server", "model_card", "save_as", "export", "versions", "columns",
    "chat_template", "help", "settings", "shortcuts",
)  # fmt: skip
MOST = 150
MOST_LINKS = 100
"""Tab goes through the links of a page before it leaves it."""


def walk(top: QWidget) -> list[tuple[QWidget, QRect]]:
    """Press Tab until it comes round; every stop with where it stood when it had the keyboard."""
    top.activateWindow()
    put_in_order(top)
    tab_stops(top)[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[tuple[QWidget, QRect]] = []
    while len(seen) < MOST:
        QApplication.processEvents()
        at = QApplication.focusWidget()
        assert at is not None, f"the keyboard is nowhere after {said(seen[-1][0])}"
        if at in [widget for widget, _ in seen]:
            break
        seen.append((at, QRect(at.mapTo(top, QPoint(0, 0)), at.size())))
        for _ in range(MOST_LINKS if isinstance(at, QTextBrowser) else 1):
            QTest.keyClick(at, Qt.Key.Key_Tab)
            if QApplication.focusWidget() is not at:
                break
        assert QApplication.focusWidget() is not at, f"{said(at)} keeps the keyboard"
    assert at is not None
    assert at is seen[0][0], f"the round goes back to {said(at)}"
    return seen


def check(top: QWidget) -> int:
    """Nothing is left out, and no step goes up inside of a column; answers how many stops."""
    seen = walk(top)
    visited = [widget for widget, _ in seen]
    left = [
        said(widget)
        for widget in tab_stops(top)
        if widget not in visited and not widget.visibleRegion().isEmpty()
    ]
    assert not left, f"Tab does not reach {left}"
    for (one, before), (other, after) in pairwise(seen):
        is_above = after.bottom() <= before.top()
        is_beside = after.left() >= before.right() or after.right() <= before.left()
        assert not is_above or is_beside, f"{said(other)} stands above {said(one)}"
    return len(seen)


def said(widget: QWidget) -> str:
    """What a widget is, for a message."""
    return f"{type(widget).__name__} “{widget.accessibleName()}”"


@pytest.mark.parametrize("workspace", list(Workspace))
def test_tab_reads_a_workspace(window: MainWindow, qtbot: QtBot, workspace: Workspace) -> None:
    qtbot.waitUntil(lambda: window.peeks.is_settled, timeout=20_000)
    window.show_workspace(workspace)
    page = window.pages.page.widget
    if isinstance(page, CompareSpace):
        qtbot.waitUntil(lambda: len(page.views) == 2, timeout=20_000)
    if isinstance(page, ExperimentSpace):
        qtbot.waitUntil(lambda: page.setup.models.count() >= 3, timeout=20_000)
        qtbot.waitUntil(lambda: page.items.model.rowCount() > 0, timeout=20_000)
    assert check(window) > 7


def test_tab_reads_the_prompt_with_welcome_and_search(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.peeks.is_settled, timeout=20_000)
    window.welcome.show_welcome()
    window.actions_by_name["replace"].trigger()
    space, bar = window.prompt_space, window.welcome.bar
    assert bar is not None
    assert check(window) > 50
    order = [widget for widget, _ in walk(window)]
    edits = [block.edit for block in space.editor.blocks]
    fields = [field.field for field in space.variables.fields]
    named: list[QWidget] = [
        bar.tour_button, space.library.tree, *fields, space.editor.export_button, *edits,
        space.editor.exact.view, space.next_token.bars,
    ]  # fmt: skip
    places = [order.index(widget) for widget in named]
    assert places == sorted(places)


def test_tab_reads_the_sheets_of_compare(window: MainWindow, qtbot: QtBot) -> None:
    room = Room(qtbot, window)
    room.run()
    space = room.space
    assert isinstance(space, CompareSpace)
    order = [widget for widget, _ in walk(window)]
    texts: list[QWidget] = [view.text for view in space.views]
    places = [order.index(widget) for widget in (*texts, space.diff.view)]
    assert places == sorted(places)
    arena, sweep = window.findChild(ArenaController), window.findChild(SweepController)
    assert arena is not None
    assert sweep is not None
    for sheet, is_there in (
        ("Columns", lambda: True),
        ("Sweep", lambda: bool(sweep.form.rows)),
        ("Arena", lambda: arena.phase is not Phase.BUSY),
    ):
        space.sheets.turn_to(sheet)
        room.until(is_there)
        assert check(window) > 7


@pytest.mark.parametrize("action", DIALOGS)
def test_tab_reads_a_dialog(window: MainWindow, qtbot: QtBot, action: str) -> None:
    window.actions_by_name[action].trigger()
    qtbot.waitUntil(lambda: bool(dialogs()), timeout=10_000)
    (dialog,) = dialogs()
    if isinstance(dialog, OpenModelDialog):
        qtbot.waitUntil(lambda: not dialog.stop_button.isVisible(), timeout=20_000)
        qtbot.waitUntil(lambda: dialog.card.card is not None, timeout=20_000)
    if isinstance(dialog, ModelCardDialog):
        qtbot.waitUntil(lambda: dialog.view.card is not None, timeout=20_000)
    if action == "export":
        qtbot.waitUntil(lambda: bool(window.exports.dialog.preview.toPlainText()), timeout=10_000)  # type: ignore[union-attr]  # it is open
    assert check(dialog) >= 3
    dialog.close()
    qtbot.waitUntil(lambda: not dialogs(), timeout=10_000)


def dialogs() -> list[QDialog]:
    """Those that stand on the screen."""
    tops = QApplication.topLevelWidgets()
    return [w for w in tops if isinstance(w, QDialog) and w.isVisible()]
