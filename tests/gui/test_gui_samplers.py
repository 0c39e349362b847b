"""The panel of samplers: order and switches, by mouse and by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.core.sampling import SAMPLERS, Sampling
from workbench.gui.main_window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier


def test_keys_move_and_switch_what_runs(window: MainWindow, qtbot: QtBot) -> None:
    space = window.prompt_space
    panel, rows = space.samplers, space.samplers.list
    assert rows.visible_names() == ["top_k", "top_p", "min_p", "temperature"]
    QTest.keyClick(window, Qt.Key.Key_8, ALT)
    assert rows.hasFocus()
    assert rows.current_name() == "top_k"
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Down, ALT)
    assert rows.visible_names() == ["top_k", "min_p", "top_p", "temperature"]
    assert rows.current_name() == "top_p"
    kept = [n for n in space.sampling.sampling.samplers if n in rows.visible_names()]
    assert kept == rows.visible_names()
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert "top_p" not in space.sampling.sampling.samplers
    assert rows.visible_names() == ["top_k", "min_p", "top_p", "temperature"]
    assert "off" in rows.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)
    QTest.keyClick(rows, Qt.Key.Key_Up, ALT)
    QTest.keyClick(rows, Qt.Key.Key_Up, ALT)
    QTest.keyClick(rows, Qt.Key.Key_Up, ALT)
    assert rows.visible_names() == ["top_p", "top_k", "min_p", "temperature"]
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert space.sampling.preset.text().startswith("custom")
    with qtbot.waitSignal(window.runs.finished, timeout=20_000) as done:
        window.runs.generate()
    assert done.args is not None
    ran = [n for n in done.args[0].start.sampling.samplers if n in rows.visible_names()]
    assert ran == ["top_p", "top_k", "min_p", "temperature"]
    panel.reset.click()
    assert space.sampling.sampling == Sampling()
    assert panel.reset.isHidden()


def test_the_ones_that_change_nothing_are_a_click_away(window: MainWindow) -> None:
    space = window.prompt_space
    panel, rows = space.samplers, space.samplers.list
    assert panel.all.text() == "7 more"
    before = rows.height()
    panel.all.click()
    assert set(SAMPLERS) < set(rows.visible_names())
    assert rows.height() >= before
    space.sampling.set_sampling(Sampling(dry_multiplier=0.8, mirostat=2))
    panel.all.click()
    assert "dry" in rows.visible_names()
    assert "Mirostat 2" in panel.note.text()


def test_a_click_on_the_box_switches(window: MainWindow) -> None:
    space = window.prompt_space
    rows = space.samplers.list
    place = rows.visualItemRect(rows.item(rows.names().index("min_p")))
    box = QPoint(place.left() + 29, place.center().y() - 1)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert "min_p" not in space.sampling.sampling.samplers
    name = QPoint(place.left() + 90, place.center().y())
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=name)
    assert "min_p" not in space.sampling.sampling.samplers
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert space.sampling.sampling == Sampling()


def test_a_row_is_dropped_where_it_is_let_go(window: MainWindow) -> None:
    rows = window.prompt_space.samplers.list
    rows.choose("temperature")
    for name, below, wanted in (
        ("top_k", False, ["temperature", "top_k", "top_p", "min_p"]),
        ("top_p", True, ["top_k", "top_p", "temperature", "min_p"]),
        ("temperature", True, ["top_k", "top_p", "temperature", "min_p"]),
        ("min_p", True, ["top_k", "top_p", "min_p", "temperature"]),
    ):
        place = rows.visualItemRect(rows.item(rows.names().index(name)))
        at = QPointF(place.center().x(), place.bottom() - 1 if below else place.top() + 1)
        data = QMimeData()
        event = QDropEvent(
            at,
            Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QEvent.Type.Drop,
        )
        rows.dropEvent(event)
        assert rows.visible_names() == wanted, name
        assert rows.current_name() == "temperature"
