"""Saving, versions, unsaved edits and files that others change, on the real session."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from workbench.core.ids import text_hash
from workbench.core.paths import Profile
from workbench.experiments.drafts import Drafts
from workbench.gui.dialogs.name_dialog import NameDialog
from workbench.gui.main_window import MainWindow
from workbench.gui.messages import Message
from workbench.gui.state import WindowState
from workbench.gui.versions_dialog import VersionsDialog

OpenWindow = Callable[..., MainWindow]

SOURCE = """\
# for the newsletter
name: Greeting   # shown in the list
variables:
  name: Bea
messages:
  - role: user
    content: |
      Say hello to {{ name }}.
# the end
"""


@pytest.fixture
def own_file(own_profile: Profile) -> Path:
    path = own_profile.prompts / "greeting.prompt.yml"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE, encoding="utf-8")
    return path


def _open(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        window.documents.open(path)
    qtbot.waitUntil(lambda: window.documents.opened is not None, timeout=10_000)
    assert window.documents.opened is not None
    assert window.documents.opened.path == path


def _type(window: MainWindow, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(window.prompts.edited, timeout=10_000):
        window.prompt_space.editor.blocks[-1].edit.append(text)


def _save(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.documents.files_changed, timeout=10_000):
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def _chip(window: MainWindow) -> str:
    return window.prompt_space.editor.chip.text()


def _message(window: MainWindow, key: str) -> Message | None:
    return window.prompt_space.editor.messages.message(key)


def _press(window: MainWindow, words: str) -> None:
    messages = window.prompt_space.editor.messages
    button = next(b for b in messages.findChildren(QPushButton) if b.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _bundled(window: MainWindow, name: str) -> Path:
    return next(window.desk.bundled.rglob(f"{name}.prompt.yml"))


def _drafts(profile: Profile) -> list[str]:
    return [draft.source for draft in Drafts(profile.root / "drafts").all()]


def test_saving_makes_versions_and_keeps_comments(
    window: MainWindow, qtbot: QtBot, own_file: Path
) -> None:
    _open(window, qtbot, own_file)
    assert _chip(window) == ""
    _type(window, qtbot, "Be kind.")
    assert _chip(window) == "edited"
    _save(window, qtbot)
    text = own_file.read_text(encoding="utf-8")
    assert text.startswith("# for the newsletter\nname: Greeting   # shown in the list\n")
    assert text.endswith("# the end\n")
    assert "      Be kind.\n" in text
    assert _chip(window) == "v2"
    _type(window, qtbot, "And short.")
    assert _chip(window) == "v2 · edited"
    _save(window, qtbot)
    assert _chip(window) == "v3"
    versions = window.desk.versions.list("greeting.prompt.yml")
    assert [v.number for v in versions] == [3, 2, 1]
    assert window.desk.versions.source(versions[2]) == SOURCE


def test_saving_keeps_the_cursor_and_undo(window: MainWindow, qtbot: QtBot, own_file: Path) -> None:
    _open(window, qtbot, own_file)
    edit = window.prompt_space.editor.blocks[0].edit
    before = edit.toPlainText()
    _type(window, qtbot, "More.")
    position = edit.textCursor().position()
    _save(window, qtbot)
    assert window.prompt_space.editor.blocks[0].edit is edit
    assert edit.textCursor().position() == position
    with qtbot.waitSignal(window.prompts.edited, timeout=10_000):
        QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText() == before
    qtbot.waitUntil(lambda: _chip(window) == "v2 · edited")


def test_a_bundled_prompt_is_saved_as_a_copy(
    window: MainWindow, qtbot: QtBot, own_profile: Profile
) -> None:
    bundled = _bundled(window, "few-shot-story")
    before = bundled.read_bytes()
    _type(window, qtbot, "Use short words.")
    _save(window, qtbot)
    copy = own_profile.prompts / "techniques" / "few-shot-story.prompt.yml"
    assert "Use short words." in copy.read_text(encoding="utf-8")
    assert bundled.read_bytes() == before
    assert _chip(window) == "v2"
    assert window.documents.opened is not None
    assert window.documents.opened.path == copy
    tree = window.prompt_space.library.tree
    qtbot.waitUntil(lambda: "mine" in tree.titles(), timeout=10_000)
    assert tree.current_path() == copy
    versions = window.desk.versions
    first = versions.get("techniques/few-shot-story.prompt.yml", 1)
    assert versions.source(first).encode() == before


def test_a_new_prompt_asks_for_its_name(
    window: MainWindow, qtbot: QtBot, own_profile: Profile
) -> None:
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert _chip(window) == "not in a file"
    _type(window, qtbot, "Hello {{ who }}")
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(NameDialog)
    assert isinstance(dialog, NameDialog)
    dialog.field.setText("letters/Dear Ünal")
    with qtbot.waitSignal(window.documents.files_changed, timeout=10_000):
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    path = own_profile.prompts / "letters" / "dear-ünal.prompt.yml"
    assert 'name: "Dear Ünal"' in path.read_text(encoding="utf-8")
    assert window.prompt_space.editor.title.text() == "Dear Ünal"
    assert _chip(window) == "v1"
    again = window.documents.save_as()
    assert again is not None
    again.field.setText("letters/dear Ünal")
    QTest.keyClick(again.field, Qt.Key.Key_Return)
    assert "already" in again.error.text()
    again.reject()


def test_a_raw_prompt_has_one_text(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        window.documents.new(is_chat=False)
    assert len(window.prompt_space.editor.blocks) == 1
    _type(window, qtbot, "Once upon")
    make = window.prompts.snapshot()
    assert make is not None
    assert not make().is_chat


def test_a_file_that_cannot_be_written_is_said_and_the_edit_kept(
    window: MainWindow, qtbot: QtBot, own_file: Path, own_profile: Profile
) -> None:
    _open(window, qtbot, own_file)
    _type(window, qtbot, "More.")
    own_file.unlink()
    own_file.mkdir()
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _message(window, "save") is not None, timeout=10_000)
    qtbot.waitUntil(lambda: any("More." in d for d in _drafts(own_profile)), timeout=10_000)
    assert "edited" in _chip(window)


def test_unsaved_edits_are_back_when_one_comes_back(
    window: MainWindow, qtbot: QtBot, own_file: Path, own_profile: Profile
) -> None:
    _open(window, qtbot, own_file)
    window.prompt_space.editor.blocks[-1].edit.append("Typed a moment ago.")
    field = window.prompt_space.variables.field("name")
    assert field is not None
    field.set_value("Ada")
    _open(window, qtbot, _bundled(window, "role"))
    assert own_file.read_text(encoding="utf-8") == SOURCE
    _open(window, qtbot, own_file)
    assert "Typed a moment ago." in window.prompt_space.editor.blocks[-1].content
    assert _chip(window) == "edited"
    assert _message(window, "draft-back") is None, "nobody needs to be told within one sitting"
    assert window.prompt_space.variables.values() == {"name": "Ada"}
    _save(window, qtbot)
    assert _drafts(own_profile) == []


def test_a_draft_is_gone_when_everything_is_undone(
    window: MainWindow, qtbot: QtBot, own_file: Path, own_profile: Profile
) -> None:
    _open(window, qtbot, own_file)
    _type(window, qtbot, "More.")
    qtbot.waitUntil(lambda: len(_drafts(own_profile)) == 1, timeout=10_000)
    edit = window.prompt_space.editor.blocks[-1].edit
    QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _drafts(own_profile) == [], timeout=10_000)
    qtbot.waitUntil(lambda: _chip(window) == "")


def test_edits_survive_a_crash(
    open_window: OpenWindow, qtbot: QtBot, own_file: Path, own_profile: Profile
) -> None:
    edited = SOURCE.replace("hello", "good morning")
    fresh = "name: new prompt\nmessages:\n  - role: user\n    content: never saved\n"
    script = (
        "import os, sys\nfrom pathlib import Path\n"
        "from workbench.experiments.drafts import Drafts\n"
        "drafts = Drafts(Path(sys.argv[1]))\n"
        "drafts.keep(sys.argv[2], sys.argv[3], sys.argv[4])\n"
        "drafts.keep('unsaved-1', sys.argv[5])\n"
        "os._exit(9)\n"
    )
    folder = str(own_profile.root / "drafts")
    args = [folder, own_file.as_posix(), edited, text_hash(SOURCE), fresh]
    crashed = subprocess.run([sys.executable, "-c", script, *args], check=False)
    assert crashed.returncode == 9
    state = WindowState(theme="light", prompt=str(own_file))
    window = open_window(state, prompt=None)
    assert "good morning" in window.prompt_space.editor.blocks[0].content
    message = _message(window, "draft-back")
    assert message is not None
    assert "Greeting" in message.text
    assert message.hint == ""
    qtbot.waitUntil(lambda: _message(window, "drafts") is not None, timeout=10_000)
    others = _message(window, "drafts")
    assert others is not None
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        others.actions[0][1]()
    assert window.prompt_space.editor.blocks[0].content == "never saved"
    _open(window, qtbot, own_file)
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        _press(window, "Discard them")
    assert "Say hello" in window.prompt_space.editor.blocks[0].content


def test_edits_of_a_file_that_changed_meanwhile_say_so(
    open_window: OpenWindow, own_file: Path, own_profile: Profile
) -> None:
    edited = SOURCE.replace("hello", "good morning")
    Drafts(own_profile.root / "drafts").keep(own_file.as_posix(), edited, text_hash("older"))
    window = open_window(WindowState(theme="light", prompt=str(own_file)), prompt=None)
    message = _message(window, "draft-back")
    assert message is not None
    assert "changed since" in message.hint


def test_closing_keeps_what_was_typed_last(
    window: MainWindow, qtbot: QtBot, own_file: Path, own_profile: Profile
) -> None:
    _open(window, qtbot, own_file)
    window.prompt_space.editor.blocks[-1].edit.append("The very last word.")
    window.close()
    assert any("The very last word." in source for source in _drafts(own_profile))


def test_a_file_changed_by_another_program(
    window: MainWindow, qtbot: QtBot, own_file: Path
) -> None:
    _open(window, qtbot, own_file)
    _type(window, qtbot, "Mine.")
    fresh = own_file.with_suffix(".new")
    fresh.write_text(SOURCE.replace("hello", "goodbye"), encoding="utf-8")
    fresh.replace(own_file)
    qtbot.waitUntil(lambda: _message(window, "disk") is not None, timeout=10_000)
    message = _message(window, "disk")
    assert message is not None
    assert [words for words, _ in message.actions] == ["Read it again", "Keep mine"]
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        _press(window, "Read it again")
    assert "goodbye" in window.prompt_space.editor.blocks[0].content
    kept = window.desk.versions.list("greeting.prompt.yml")[0]
    assert "Mine." in window.desk.versions.source(kept)


def test_keeping_mine_and_a_deleted_file(window: MainWindow, qtbot: QtBot, own_file: Path) -> None:
    _open(window, qtbot, own_file)
    own_file.write_text(SOURCE.replace("hello", "goodbye"), encoding="utf-8")
    qtbot.waitUntil(lambda: _message(window, "disk") is not None, timeout=10_000)
    _press(window, "Keep mine")
    assert _chip(window) == "edited"
    own_file.unlink()
    qtbot.waitUntil(lambda: _message(window, "disk") is not None, timeout=10_000)
    message = _message(window, "disk")
    assert message is not None
    assert "deleted" in message.text
    with qtbot.waitSignal(window.documents.files_changed, timeout=10_000):
        _press(window, "Save it again")
    assert own_file.read_text(encoding="utf-8") == SOURCE


def _versions(window: MainWindow, qtbot: QtBot, count: int) -> VersionsDialog:
    QTest.keyClick(
        window,
        Qt.Key.Key_H,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    dialog = window.versions.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.count() == count, timeout=10_000)
    return dialog


def test_versions_are_compared_named_and_restored(
    window: MainWindow, qtbot: QtBot, own_file: Path
) -> None:
    _open(window, qtbot, own_file)
    with qtbot.waitSignal(window.prompts.prepared, timeout=10_000):
        field = window.prompt_space.variables.field("name")
        assert field is not None
        field.set_value("Ada")
    with qtbot.waitSignal(window.runs.finished, timeout=30_000):
        window.runs.generate()
    _type(window, qtbot, "Be kind.")
    _save(window, qtbot)
    _type(window, qtbot, "Be brief.")
    dialog = _versions(window, qtbot, 3)
    titles = [entry.title for entry in dialog.list.entries()]
    assert titles == ["now, not saved", "v2", "v1"]
    assert dialog.list.entries()[2].note.endswith("1 run")
    qtbot.waitUntil(lambda: dialog.summary.text() == "−0 +2 words", timeout=10_000)
    assert not dialog.restore_button.isEnabled()
    dialog.list.setCurrentRow(2)
    dialog.base.setCurrentIndex(dialog.base.findText("v2"))
    qtbot.waitUntil(lambda: dialog.summary.text() == "−2 +0 words", timeout=10_000)
    name = dialog.ask_name()
    assert name is not None
    name.field.setText("first try")
    QTest.keyClick(name.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.list.entries()[-1].title == "v1  first try", timeout=10_000)
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        dialog.restore_button.click()
    assert own_file.read_text(encoding="utf-8") == SOURCE
    qtbot.waitUntil(lambda: _chip(window) == "v4", timeout=10_000)
    qtbot.waitUntil(lambda: dialog.list.count() == 4, timeout=10_000)
    unsaved = window.desk.versions.source(window.desk.versions.get("greeting.prompt.yml", 3))
    assert "Be brief." in unsaved
    dialog.close()
    assert window.versions.dialog is None


def test_a_run_opened_over_unsaved_edits_keeps_them(
    window: MainWindow, qtbot: QtBot, own_file: Path
) -> None:
    _open(window, qtbot, own_file)
    with qtbot.waitSignal(window.prompts.prepared, timeout=10_000):
        field = window.prompt_space.variables.field("name")
        assert field is not None
        field.set_value("Ada")
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        window.runs.generate()
    _type(window, qtbot, "Not saved yet.")
    start = done.args[0].start
    with qtbot.waitSignal(window.history.opened, timeout=10_000):
        window.history.open(start.run_id)
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        window.stored.restore()
    qtbot.waitUntil(lambda: _message(window, "aside") is not None, timeout=10_000)
    kept = window.desk.versions.list("greeting.prompt.yml")[0]
    assert "Not saved yet." in window.desk.versions.source(kept)
    assert "Not saved yet." not in window.prompt_space.editor.blocks[-1].content
