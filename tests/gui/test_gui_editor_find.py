"""The find bar over all blocks, and the list of words, by keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.gui.editor.find_bar import FindBar
from workbench.gui.panels.editor import BlockText, EditorPanel, Show

OpenEditor = Callable[[list[BlockText]], EditorPanel]

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
START = [
    BlockText("system", "A fox 😀 and a Fox."),
    BlockText("user", "No foxes: {{ fox }}"),
    BlockText("assistant", "fox"),
]


@pytest.fixture
def editor(open_editor: OpenEditor) -> EditorPanel:
    """An editor with three messages, on the screen."""
    panel = open_editor(START)
    panel.set_variables(["fox", "name"])
    return panel


def bar(editor: EditorPanel) -> FindBar:
    """The editor's find bar."""
    return editor.finder.bar


def find(editor: EditorPanel, qtbot: QtBot, text: str, *, replace: bool = False) -> None:
    """Open the bar and look for `text`."""
    editor.show_find(replace=replace)
    with qtbot.waitSignal(editor.finder.found, timeout=10_000):
        bar(editor).field.setText(text)


def chosen(editor: EditorPanel) -> list[str]:
    """What is selected in each block."""
    return [block.edit.textCursor().selectedText() for block in editor.blocks]


def test_finding_walks_over_all_blocks(editor: EditorPanel, qtbot: QtBot) -> None:
    find(editor, qtbot, "fox")
    assert bar(editor).count.text() == "1 of 5"
    assert len(editor.blocks[0].edit.extraSelections()) == 2
    field = bar(editor).field
    seen = []
    for _ in range(5):
        seen.append((bar(editor).count.text(), chosen(editor)))
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert [count for count, _ in seen] == [f"{n} of 5" for n in range(1, 6)]
    assert [texts[0] for _, texts in seen[:2]] == ["fox", "Fox"]
    assert bar(editor).count.text() == "1 of 5"
    QTest.keyClick(field, Qt.Key.Key_Return, SHIFT)
    assert bar(editor).count.text() == "5 of 5"
    assert field.accessibleDescription() == "5 of 5"


@pytest.mark.parametrize(("toggle", "count"), [("case", "1 of 4"), ("word", "1 of 4")])
def test_case_and_words(editor: EditorPanel, qtbot: QtBot, toggle: str, count: str) -> None:
    find(editor, qtbot, "fox")
    with qtbot.waitSignal(editor.finder.found, timeout=10_000):
        getattr(bar(editor), toggle).click()
    assert bar(editor).count.text() == count


def test_what_is_selected_is_what_to_find(editor: EditorPanel, qtbot: QtBot) -> None:
    editor.blocks[1].edit.setFocus()
    editor.blocks[1].edit.select(3, 8)
    with qtbot.waitSignal(editor.finder.found, timeout=10_000):
        editor.show_find()
    assert bar(editor).field.text() == "foxes"
    assert bar(editor).count.text() == "1 of 1"


def test_escape_closes_and_the_keyboard_goes_to_the_match(
    editor: EditorPanel, qtbot: QtBot
) -> None:
    find(editor, qtbot, "foxes")
    QTest.keyClick(bar(editor).field, Qt.Key.Key_Escape)
    assert not bar(editor).isVisible()
    assert editor.focusWidget() is editor.blocks[1].edit
    assert chosen(editor)[1] == "foxes"
    assert not editor.blocks[1].edit.extraSelections()


def test_a_match_in_a_folded_block_unfolds_it(editor: EditorPanel, qtbot: QtBot) -> None:
    editor.blocks[1].fold(True)
    find(editor, qtbot, "foxes")
    assert not editor.blocks[1].is_folded


def test_replace_one_by_one(editor: EditorPanel, qtbot: QtBot) -> None:
    find(editor, qtbot, "fox", replace=True)
    bar(editor).put.setText("owl")
    for left in (4, 3):
        with qtbot.waitSignal(editor.finder.found, timeout=10_000):
            QTest.keyClick(bar(editor).put, Qt.Key.Key_Return)
        assert bar(editor).count.text() == f"1 of {left}"
    assert editor.texts()[0].content == "A owl 😀 and a owl."
    editor.list.undo()
    assert editor.texts()[0].content == "A owl 😀 and a Fox."


def test_replace_all_is_one_step(editor: EditorPanel, qtbot: QtBot) -> None:
    find(editor, qtbot, r"(f)(ox)", replace=True)
    bar(editor).put.setText(r"\2\1")
    with qtbot.waitSignal(editor.finder.found, timeout=10_000):
        bar(editor).regex.click()
    with qtbot.waitSignals([editor.finder.found, editor.edited], timeout=10_000):
        bar(editor).all.click()
    assert [t.content for t in editor.texts()] == [
        "A oxf 😀 and a oxF.",
        "No oxfes: {{ oxf }}",
        "oxf",
    ]
    assert bar(editor).count.text() == "5 replaced"
    editor.list.undo()
    assert editor.texts() == START
    editor.list.redo()
    assert editor.texts()[2].content == "oxf"


def test_a_bad_pattern_says_why_in_one_sentence(editor: EditorPanel, qtbot: QtBot) -> None:
    find(editor, qtbot, "(fox")
    with qtbot.waitSignal(editor.finder.found, timeout=10_000):
        bar(editor).regex.click()
    assert "missing )" in bar(editor).error.text()
    assert bar(editor).error.isVisible()
    assert bar(editor).field.property("role") == "wrong"
    with qtbot.waitSignal(editor.finder.found, timeout=10_000):
        bar(editor).field.setText("(fox)")
    assert not bar(editor).error.isVisible()
    assert bar(editor).count.text() == "1 of 5"


def test_a_pattern_without_end_leaves_the_window_alive(editor: EditorPanel, qtbot: QtBot) -> None:
    editor.blocks[0].edit.setPlainText(",".join(map(str, range(600))) + "x" * 4000)
    bar(editor).regex.setChecked(True)
    longest = 0.0
    last = time.perf_counter()
    said: list[bool] = []
    editor.finder.found.connect(lambda: said.append(True))
    editor.show_find()
    bar(editor).field.setText("(?:.*?,){25}P")

    def is_said() -> bool:
        nonlocal longest, last
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        return bool(bar(editor).error.text())

    qtbot.waitUntil(is_said, timeout=20_000)
    assert longest < 0.5
    assert "1 s" in bar(editor).error.text()


def test_typing_in_a_block_counts_anew(editor: EditorPanel, qtbot: QtBot) -> None:
    find(editor, qtbot, "fox")
    with qtbot.waitSignal(editor.finder.found, timeout=10_000):
        editor.blocks[2].edit.append("fox fox")
    assert bar(editor).count.text().endswith("of 7")


def test_nothing_found_and_nothing_asked(editor: EditorPanel, qtbot: QtBot) -> None:
    find(editor, qtbot, "zebra")
    assert bar(editor).count.text() == "nothing found"
    bar(editor).step_wanted.emit(1)
    bar(editor).field.setText("")
    qtbot.waitUntil(lambda: bar(editor).count.text() == "")
    assert not any(block.edit.extraSelections() for block in editor.blocks)


def test_the_bar_shows_the_blocks(editor: EditorPanel) -> None:
    editor.show_mode(Show.TOKENS)
    editor.show_find(replace=True)
    assert editor.blocks[0].isVisible()
    assert bar(editor).put.isVisible()
    assert editor.focusWidget() is bar(editor).field


def words(editor: EditorPanel) -> list[str]:
    """What the list offers."""
    return [word.text for word in editor.completer.popup.words] if editor.completer.is_open else []


def test_words_are_offered_behind_an_opening(editor: EditorPanel) -> None:
    edit = editor.blocks[2].edit
    edit.setFocus()
    QTest.keyClicks(edit, "{")
    assert not editor.completer.is_open
    QTest.keyClicks(edit, "{")
    assert words(editor)[:2] == ["fox", "name"]
    assert editor.completer.popup.isVisible()
    QTest.keyClicks(edit, " n")
    assert words(editor)[0] == "name"
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert not editor.completer.is_open
    assert editor.texts()[2].content == "{{ namefox"
    QTest.keyClicks(edit, " | tit")
    assert words(editor) == ["title"]
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    QTest.keyClicks(edit, " }}")
    assert editor.texts()[2].content == "{{ name | title }}fox"
    assert not editor.completer.is_open


def test_a_word_behind_the_bare_opening_gets_its_space(editor: EditorPanel) -> None:
    edit = editor.blocks[2].edit
    edit.setFocus()
    QTest.keyClicks(edit, "{%")
    assert words(editor)[:2] == ["for", "if"]
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert editor.texts()[2].content == "{% iffox"
    for _ in range(9):
        editor.list.undo()
    assert editor.texts() == START


def test_the_list_is_driven_by_keys(editor: EditorPanel) -> None:
    edit = editor.blocks[1].edit
    edit.setFocus()
    edit.select(13, 13)
    QTest.keyClick(edit, Qt.Key.Key_Space, CTRL)
    offered = words(editor)
    popup = editor.completer.popup
    for key, wanted in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, len(offered) - 1),
        (Qt.Key.Key_Down, 0),
        (Qt.Key.Key_PageDown, min(8, len(offered) - 1)),
    ):
        QTest.keyClick(edit, key)
        assert popup.currentIndex().row() == wanted
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert editor.texts() == START
    QTest.keyClick(edit, Qt.Key.Key_Left)
    assert edit.place() == 12


def test_nothing_is_offered_in_plain_text(editor: EditorPanel) -> None:
    edit = editor.blocks[2].edit
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Space, CTRL)
    assert not editor.completer.is_open


def test_a_click_takes_a_word_and_leaving_closes_the_list(editor: EditorPanel) -> None:
    edit = editor.blocks[2].edit
    edit.setFocus()
    QTest.keyClicks(edit, "{{ ")
    popup = editor.completer.popup
    place = popup.visualRect(popup.model().index(1, 0)).center()
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.texts()[2].content == "{{ namefox"
    assert editor.focusWidget() is edit
    QTest.keyClicks(edit, " | ")
    assert editor.completer.is_open
    editor.blocks[0].edit.setFocus()
    assert not editor.completer.is_open
    assert not popup.isVisible()
