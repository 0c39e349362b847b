"""Blocks: add, delete, duplicate, move, change of role, fold, and the one undo over all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.gui.panels.editor import TEXT_ROLE, BlockText, EditorPanel, Show
from workbench.gui.prompt_edit import with_blocks
from workbench.gui.prompt_mistakes import Mistake
from workbench.templates.prompt_file import parse_prompt

OpenEditor = Callable[[list[BlockText]], EditorPanel]

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
START = [
    BlockText("system", "Be kind."),
    BlockText("user", "Hello {{ name }}"),
    BlockText("assistant", "Hi!"),
]


@pytest.fixture
def editor(open_editor: OpenEditor) -> EditorPanel:
    """An editor with three messages, on the screen."""
    return open_editor(START)


def roles(editor: EditorPanel) -> str:
    """First letters of the roles."""
    return "".join(text.role[0] for text in editor.texts())


def press(editor: EditorPanel, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the keyboard is."""
    together = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        together |= modifier
    QTest.keyClick(editor.focusWidget(), key, together)


def test_add_puts_a_message_last_and_the_keyboard_in_it(editor: EditorPanel) -> None:
    assert [a.text() for a in editor.list.add_menu.actions()][:3] == ["system", "developer", "user"]
    editor.list.add_menu.actions()[2].trigger()
    assert roles(editor) == "suau"
    assert editor.focusWidget() is editor.blocks[-1].edit
    QTest.keyClicks(editor.blocks[-1].edit, "And?")
    assert editor.texts()[-1] == BlockText("user", "And?")
    editor.list.undo()
    editor.list.undo()
    assert editor.texts() == START


def test_delete_can_be_undone_in_one_click(editor: EditorPanel) -> None:
    editor.blocks[1].header.delete_wanted.emit()
    assert roles(editor) == "sa"
    assert "user message deleted" in editor.list.back.text()
    assert editor.list.back.isVisible()
    QTest.mouseClick(editor.list.back, Qt.MouseButton.LeftButton)
    assert editor.texts() == START
    assert not editor.list.back.isVisible()


def test_the_last_message_cannot_be_deleted(editor: EditorPanel) -> None:
    for _ in range(5):
        editor.list.delete(editor.blocks[0])
    assert roles(editor) == "a"
    delete = editor.blocks[0].header.menu().actions()[-1]
    assert not delete.isEnabled()


def test_by_keyboard_alone(editor: EditorPanel) -> None:
    editor.blocks[1].edit.setFocus()
    press(editor, Qt.Key.Key_Up, ALT)
    assert roles(editor) == "usa"
    press(editor, Qt.Key.Key_Down, ALT)
    press(editor, Qt.Key.Key_Down, ALT)
    press(editor, Qt.Key.Key_Down, ALT)  # it is last already
    assert roles(editor) == "sau"
    assert editor.focusWidget() is editor.blocks[2].edit
    press(editor, Qt.Key.Key_D, CTRL, SHIFT)
    assert roles(editor) == "sauu"
    press(editor, Qt.Key.Key_Return, CTRL, SHIFT)
    assert roles(editor) == "sauua"
    press(editor, Qt.Key.Key_Backspace, CTRL, SHIFT)
    assert roles(editor) == "sauu"
    press(editor, Qt.Key.Key_F, CTRL, SHIFT)
    assert editor.blocks[-1].is_folded
    assert editor.focusWidget() is editor.blocks[-1].header.fold
    press(editor, Qt.Key.Key_Space)
    assert not editor.blocks[-1].is_folded
    for _ in range(20):
        press(editor, Qt.Key.Key_Z, CTRL)
    assert editor.texts() == START


def test_tab_walks_the_blocks_in_the_order_they_stand_in(editor: EditorPanel) -> None:
    editor.list.move_block(editor.blocks[2], 0)
    editor.blocks[0].edit.setFocus()
    for wanted in (*editor.blocks[1].focusables(), editor.blocks[2].header.fold):
        press(editor, Qt.Key.Key_Tab)
        assert editor.focusWidget() is wanted


def test_dragging_the_handle_moves_the_block(editor: EditorPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: editor.blocks[2].y() > editor.blocks[1].y() + 40)
    grip = editor.blocks[0].header.grip
    target = editor.blocks[2]
    below = grip.mapFromGlobal(target.mapToGlobal(QPoint(5, target.height() - 2)))
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(grip, left, pos=QPoint(5, 5))
    QTest.mouseMove(grip, QPoint(5, 30))
    QTest.mouseMove(grip, below)
    QTest.mouseRelease(grip, left, pos=below)
    assert roles(editor) == "uas"
    editor.list.undo()
    assert editor.texts() == START


def test_escape_gives_a_drag_up(editor: EditorPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: editor.blocks[2].y() > editor.blocks[1].y() + 40)
    grip = editor.blocks[0].header.grip
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(grip, left, pos=QPoint(5, 5))
    QTest.mouseMove(grip, QPoint(5, 200))
    QTest.keyClick(grip, Qt.Key.Key_Escape)
    QTest.mouseRelease(grip, left, pos=QPoint(5, 200))
    assert editor.texts() == START
    assert not editor.list.history.can_undo


def test_a_click_on_the_handle_is_no_drag(editor: EditorPanel) -> None:
    QTest.mouseClick(editor.blocks[0].header.grip, Qt.MouseButton.LeftButton)
    assert not editor.list.history.can_undo


def test_the_role_changes_by_the_header(editor: EditorPanel) -> None:
    block = editor.blocks[1]
    block.header.role_chosen.emit("developer")
    assert editor.texts()[1] == BlockText("developer", "Hello {{ name }}")
    assert block.header.role.text() == "developer"
    assert block.edit.accessibleName() == "developer message"
    editor.list.undo()
    assert block.header.role.text() == "user"
    assert editor.blocks[1] is block


def test_folding_shows_how_it_begins(editor: EditorPanel) -> None:
    block = editor.blocks[1]
    QTest.mouseClick(block.header.fold, Qt.MouseButton.LeftButton)
    assert not block.edit.isVisible()
    assert block.header.preview.text() == "Hello {{ name }}"
    assert block.header.fold.accessibleName() == "Unfold this message"
    editor.show_errors([Mistake("line 1: bad", 1)])
    assert block.error.isVisible()


def test_undo_goes_through_every_kind_of_step(editor: EditorPanel) -> None:
    seen = [editor.texts()]
    lists = editor.list

    def note() -> None:
        seen.append(editor.texts())

    QTest.keyClicks(editor.blocks[0].edit, "Oh ")
    note()
    lists.add_block("user")
    note()
    QTest.keyClicks(editor.blocks[3].edit, "new")
    note()
    lists.move_block(editor.blocks[3], 0)
    note()
    lists.set_role(editor.blocks[1], "developer")
    note()
    lists.delete(editor.blocks[2])
    note()
    lists.replace_texts([t.content.upper() for t in editor.texts()], "replace all")
    note()
    lists.duplicate(editor.blocks[0])
    note()
    editor.blocks[1].edit.selectAll()
    QApplication.clipboard().setText("pasted\n😀 two")
    editor.blocks[1].edit.paste()
    note()
    for wanted in reversed(seen[:-1]):
        lists.undo()
        assert editor.texts() == wanted
    lists.undo()
    assert editor.texts() == START
    for wanted in seen[1:]:
        lists.redo()
        assert editor.texts() == wanted


def test_both_usual_keys_redo(editor: EditorPanel) -> None:
    editor.blocks[0].edit.setFocus()
    QTest.keyClicks(editor.blocks[0].edit, "x")
    for key, modifiers in ((Qt.Key.Key_Z, (CTRL, SHIFT)), (Qt.Key.Key_Y, (CTRL,))):
        press(editor, Qt.Key.Key_Z, CTRL)
        assert editor.texts() == START
        press(editor, key, *modifiers)
        assert editor.texts()[0].content == "xBe kind."


def test_undo_in_the_find_field_is_its_own(editor: EditorPanel) -> None:
    editor.list.set_role(editor.blocks[0], "user")
    editor.show_find()
    QTest.keyClicks(editor.finder.bar.field, "abc")
    QTest.keyClick(editor.finder.bar.field, Qt.Key.Key_Z, CTRL)
    assert editor.finder.bar.field.text() == ""
    assert editor.texts()[0].role == "user"


def test_undo_unfolds_what_it_changes(editor: EditorPanel) -> None:
    QTest.keyClicks(editor.blocks[0].edit, "x")
    editor.blocks[0].fold(True)
    editor.list.undo()
    assert not editor.blocks[0].is_folded
    assert editor.texts() == START


def test_another_prompt_cannot_be_undone_into_the_one_before(editor: EditorPanel) -> None:
    QTest.keyClicks(editor.blocks[0].edit, "x")
    editor.show_prompt("other", [BlockText("user", "Other")])
    editor.list.undo()
    assert editor.texts() == [BlockText("user", "Other")]


def test_a_raw_text_is_one_block(editor: EditorPanel) -> None:
    editor.show_prompt("raw", [BlockText(TEXT_ROLE, "Once upon")])
    head = editor.blocks[0].header
    assert not editor.list.add.isVisible()
    assert not any(part.isVisible() for part in (head.grip, head.role, head.more))
    editor.list.add_block("user")
    editor.list.duplicate(editor.blocks[0])
    editor.list.delete(editor.blocks[0])
    assert editor.texts() == [BlockText(TEXT_ROLE, "Once upon")]


def test_what_qt_would_change_in_a_text_stays(editor: EditorPanel) -> None:
    text = "a\u00a0b\r\nc\u2028d\t😀"
    editor.show_prompt("odd", [BlockText("user", text), BlockText("user", "x")])
    assert editor.texts()[0].content == text
    editor.list.move_block(editor.blocks[0], 1)
    assert editor.texts()[1].content == text
    QTest.keyClicks(editor.blocks[1].edit, "!")
    assert editor.texts()[1].content == "!" + text.replace("\r\n", "\n")


def test_shape_changes_keep_the_rest_of_the_file() -> None:
    source = (
        "# mine\nname: x\nmessages:\n- role: user # who\n  content: a\n"
        "- role: assistant\n  content: b\n"
    )
    prompt = parse_prompt(source, "x")
    assert with_blocks(prompt, [("user", "a"), ("assistant", "b")]) is prompt
    changed = with_blocks(prompt, [("system", "s"), ("user", "a"), ("assistant", "b")])
    assert changed.source.startswith("# mine\nname: x\n")
    assert "# who" in changed.source
    assert [m.role for m in changed.messages] == ["system", "user", "assistant"]
    swapped = with_blocks(prompt, [("assistant", "b"), ("user", "a")])
    assert [m.content for m in swapped.messages] == ["b", "a"]


def test_the_file_is_shown_as_it_will_be_saved(editor: EditorPanel) -> None:
    editor.show_source("name: chat # so\nmessages: []\n")
    editor.show_mode(Show.YAML)
    assert editor.source.edit.text() == "name: chat # so\nmessages: []\n"
    assert editor.source.edit.isReadOnly()
    assert not editor.blocks[0].isVisible()
    formats = editor.source.edit.document().begin().layout().formats()
    inks = {f.format.foreground().color().name() for f in formats}
    assert len(inks) >= 2
    editor.show_source("name: other\n")
    assert editor.source.edit.text() == "name: other\n"


def test_everything_in_a_block_has_a_name_for_screen_readers(editor: EditorPanel) -> None:
    for block in editor.blocks:
        for part in (*block.focusables(), block.header.grip):
            assert part.accessibleName(), part
        assert "role" in block.header.role.accessibleName().lower()
    for part in (editor.list.add, editor.list.back, *editor.finder.bar.parts()):
        assert part.accessibleName(), part


def test_hidden_blocks_give_the_keyboard_to_their_tab(editor: EditorPanel) -> None:
    editor.blocks[1].edit.setFocus()
    editor.show_mode(Show.YAML)
    assert editor.focusWidget() is editor.tabs[Show.YAML]
