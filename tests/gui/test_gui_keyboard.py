"""The whole round by keys alone: open, fill in, generate, inspect, retry, save, export; and where
one is can always be seen.
"""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile
from workbench.core.run import RunStatus
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
FEWEST_PIXELS = 24
"""A ring round the smallest control has more."""

AROUND = 16
"""A ring may be drawn by the frame the control stands in, this far away."""


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, wherever the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None, "the keyboard is nowhere"
    QTest.keyClick(focused, key, modifiers)


def type_text(text: str) -> None:
    """Keys for a text, wherever the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None, "the keyboard is nowhere"
    QTest.keyClicks(focused, text)


def ring_pixels(window: QWidget, widget: QWidget) -> int:
    """How many pixels at and around `widget` differ because it has the keyboard."""
    corner = widget.mapTo(window, QPoint(0, 0))
    place = QRect(corner, widget.size()).adjusted(-AROUND, -AROUND, AROUND, AROUND)
    place = place.intersected(window.rect())
    with_focus = window.grab(place).toImage()
    widget.clearFocus()
    without = window.grab(place).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return difference(with_focus, without)


def difference(a: QImage, b: QImage) -> int:
    """Pixels that differ, at most 1,000 are counted."""
    count = 0
    for y in range(a.height()):
        for x in range(a.width()):
            count += a.pixel(x, y) != b.pixel(x, y)
            if count >= 1000:
                return count
    return count


def seen(window: QWidget) -> QWidget:
    """The widget that has the keyboard; fails unless that can be seen."""
    focused = QApplication.focusWidget()
    assert focused is not None, "the keyboard is nowhere"
    assert focused.isVisible()
    pixels = ring_pixels(window, focused)
    assert pixels >= FEWEST_PIXELS, f"{_name(focused)} shows no focus ({pixels} pixels differ)"
    return focused


def test_open_fill_generate_inspect_retry_save_export(
    window: MainWindow, qtbot: QtBot, own_profile: Profile, tmp_path: Path
) -> None:
    QApplication.setCursorFlashTime(0)
    space = window.prompt_space
    press(Qt.Key.Key_1, ALT)
    assert seen(window) is space.library.tree
    wanted = "role"
    for _ in range(200):
        path = space.library.tree.current_path()
        if path is not None and path.name.startswith(wanted):
            break
        press(Qt.Key.Key_Down)
    assert path is not None
    assert path.name.startswith(wanted), "not reached with the arrow keys"
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        press(Qt.Key.Key_Return)
    assert window.prompts.prompt is not None
    assert window.prompts.prompt.path == path
    press(Qt.Key.Key_2, ALT)
    assert seen(window) is space.variables.fields[0].field
    field = space.variables.field("animal")
    assert field is not None
    while QApplication.focusWidget() is not field.field:
        press(Qt.Key.Key_Tab)
        seen(window)
    press(Qt.Key.Key_A, CONTROL)
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        type_text("Hugo")
    assert field.value() == "Hugo"
    qtbot.waitUntil(lambda: window.peeks.is_settled, timeout=20_000)
    press(Qt.Key.Key_6, ALT)
    assert seen(window) is space.next_token.bars
    press(Qt.Key.Key_Down)
    assert "id " in space.next_token.foot.text()
    press(Qt.Key.Key_7, ALT)
    assert seen(window) is space.editor.exact.view
    press(Qt.Key.Key_Right)
    assert "token 1" in space.editor.exact.caption.text()
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        press(Qt.Key.Key_Return, CONTROL)
    assert done.args is not None
    first = done.args[0]
    assert first.end.status is RunStatus.DONE
    assert "Hugo" in first.start.text
    press(Qt.Key.Key_4, ALT)
    assert seen(window) is space.reply.view
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert space.reply.view.locked_token == 1
    assert window.card.isVisible()
    press(Qt.Key.Key_Escape)
    assert not window.card.isVisible()
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        press(Qt.Key.Key_R, CONTROL)
    assert done.args is not None
    assert done.args[0].start.seed != first.start.seed
    press(Qt.Key.Key_3, ALT)
    edit = space.editor.blocks[-1].edit
    assert seen(window) is edit
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        type_text("Be kind. ")
    press(Qt.Key.Key_S, CONTROL)
    own = own_profile.prompts
    qtbot.waitUntil(lambda: any(own.rglob("*.prompt.yml")), timeout=10_000)
    saved = next(own.rglob("*.prompt.yml"))
    qtbot.waitUntil(lambda: "Be kind." in saved.read_text(encoding="utf-8"), timeout=10_000)
    press(Qt.Key.Key_5, ALT)
    assert seen(window) is space.sampling.first_field()
    press(Qt.Key.Key_E, CONTROL)
    export(window, qtbot, tmp_path / "by-keys.json")
    assert space.editor.messages.message("export") is not None


def export(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    """Choose a format, look at the preview and save it, in the open dialog."""
    dialog = window.exports.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.list)
    assert seen(dialog) is dialog.list
    for _ in range(30):
        if dialog.chosen.name == "messages":
            break
        press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.preview.toPlainText().startswith("["), timeout=20_000)
    press(Qt.Key.Key_Tab)
    assert seen(dialog) is dialog.preview
    press(Qt.Key.Key_Tab)
    assert seen(dialog) is dialog.copy_button
    press(Qt.Key.Key_Tab)
    seen(dialog)
    press(Qt.Key.Key_Tab)
    assert seen(dialog) is dialog.save_button
    press(Qt.Key.Key_Return)
    files = dialog.files
    assert files is not None
    qtbot.waitUntil(lambda: QApplication.activeWindow() is files)
    press(Qt.Key.Key_A, CONTROL)
    type_text(str(path))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.exports.dialog is None, timeout=10_000)
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert any("Be kind." in row["content"] for row in rows)
    assert any("Hugo" in row["content"] for row in rows)


def test_every_stop_of_the_tab_key_can_be_seen(window: MainWindow, qtbot: QtBot) -> None:
    QApplication.setCursorFlashTime(0)
    qtbot.waitUntil(lambda: window.peeks.is_settled, timeout=20_000)
    window.prompt_space.library.tree.setFocus(Qt.FocusReason.TabFocusReason)
    first = QApplication.focusWidget()
    unseen: list[str] = []
    visited: list[QWidget] = []
    while (focused := QApplication.focusWidget()) not in visited:
        assert focused is not None, f"the keyboard is nowhere after {_name(visited[-1])}"
        visited.append(focused)
        assert len(visited) < 200
        pixels = ring_pixels(window, focused)
        if pixels < FEWEST_PIXELS:
            unseen.append(f"{_name(focused)}: {pixels} pixels")
        press(Qt.Key.Key_Tab)
    assert focused is first, f"the round ends at {_name(focused)}"
    assert not unseen
    assert len(visited) > 20
    space = window.prompt_space
    for part in (
        space.next_token.bars,
        space.editor.exact.view,
        space.editor.exact.template_button,
    ):
        assert part in visited, _name(part)


def _name(widget: QWidget | None) -> str:
    if widget is None:
        return "nothing"
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}"


def test_the_keyboard_comes_to_what_a_workspace_is_for(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.runs.finished, timeout=30_000):
        window.runs.generate()
    block = window.prompt_space.editor.blocks[-1].edit
    block.setFocus()
    for workspace, kind in (
        (Workspace.HISTORY, "Search the runs"),
        (Workspace.PROBABILITIES, "Reply"),
    ):
        window.show_workspace(workspace)
        place = window.focusWidget()
        assert place is not None
        assert place.accessibleName() == kind
    window.show_workspace(Workspace.PROMPT)
    assert window.focusWidget() is block
