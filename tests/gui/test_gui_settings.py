"""The settings dialog and the window that follows it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPushButton, QSpinBox, QStyle
from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile
from workbench.core.settings import SETTINGS, Group
from workbench.core.settings_store import SettingsStore
from workbench.gui.main_window import MainWindow
from workbench.gui.motion import linux_is_still
from workbench.gui.settings.preferences import Preferences
from workbench.gui.settings.rows import FolderList
from workbench.gui.theme import CONTRAST_DARK, DARK
from workbench.gui.translate import LANGUAGES

OpenWindow = Callable[..., MainWindow]


def _kept(profile: Profile) -> dict[str, object]:
    return dict(SettingsStore(profile.settings_file).read().chosen)


def test_the_dialog_has_a_row_for_every_setting(window: MainWindow) -> None:
    dialog = window.desktop.settings.open()
    assert list(dialog.rows) == [setting.name for setting in SETTINGS]
    for number, group in enumerate(Group):
        dialog.list.setCurrentRow(number)
        shown = [row.setting.name for row in dialog.rows.values() if row.isVisible()]
        assert shown == [s.name for s in SETTINGS if s.group is group]
        assert all(dialog.rows[name].control.accessibleName() for name in shown)


def test_languages_are_those_the_window_speaks() -> None:
    language = next(s for s in SETTINGS if s.name == "language")
    assert [c.value for c in language.choices] == ["", *(one.code for one in LANGUAGES)]


def test_a_theme_counts_at_once_and_is_kept(window: MainWindow, own_profile: Profile) -> None:
    row = window.desktop.settings.open().rows["theme"]
    assert isinstance(row.control, QComboBox)
    row.control.setCurrentIndex(row.control.findData("dark"))
    row.control.activated.emit(row.control.currentIndex())
    assert window._theme.colours == DARK
    assert _kept(own_profile) == {"theme": "dark"}
    assert row.reset.isVisible()
    row.reset.click()
    assert _kept(own_profile) == {}
    assert not row.reset.isVisible()


def test_the_theme_of_the_top_bar_is_the_setting(window: MainWindow, own_profile: Profile) -> None:
    actions = {a.text(): a for a in window.top_bar.theme_button.menu().actions()}
    actions["high contrast, dark"].trigger()
    assert window._theme.colours == CONTRAST_DARK
    assert _kept(own_profile) == {"theme": "contrast-dark"}


def test_search_finds_by_name_sentence_and_choice(window: MainWindow) -> None:
    dialog = window.desktop.settings.open()
    for text, name in (("kv", "kv_type"), ("deutsch", "language"), ("blink", "motion")):
        dialog.search.setText(text)
        assert [row.setting.name for row in dialog.rows.values() if row.isVisible()] == [name]
    dialog.search.setText("no such thing")
    assert not any(row.isVisible() for row in dialog.rows.values())
    assert "no such thing" in dialog.nothing.text()
    dialog.search.clear()
    assert dialog.rows["theme"].isVisible()


def test_engine_settings_load_the_model_again(window: MainWindow, qtbot: QtBot) -> None:
    dialog = window.desktop.settings.open("n_ctx")
    row = dialog.rows["n_ctx"]
    assert row.isVisible()
    assert isinstance(row.control, QSpinBox)
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        row.control.setValue(512)
    assert window.models.settings.n_ctx == 512
    assert "512" in window.top_bar.device_chip.toolTip()


def test_reset_all_puts_every_setting_back(window: MainWindow, own_profile: Profile) -> None:
    dialog = window.desktop.settings.open()
    window.desktop.preferences.set("motion", "reduced")
    window.desktop.preferences.set("restore_session", False)
    dialog.reset_all.click()
    assert _kept(own_profile) == {}
    restore = dialog.rows["restore_session"].control
    assert isinstance(restore, QCheckBox)
    assert restore.isChecked()


def test_a_reset_of_everything_can_be_undone(window: MainWindow, own_profile: Profile) -> None:
    preferences = window.desktop.preferences
    dialog = window.desktop.settings.open()
    dialog.reset_all.click()
    (said,) = dialog.messages.messages()
    assert said.actions == (), "there was nothing to undo"
    preferences.set("motion", "reduced")
    preferences.set("restore_session", False)
    dialog.reset_all.click()
    assert _kept(own_profile) == {}
    preferences.set("motion", "full")
    (said,) = dialog.messages.messages()
    undo = next(b for b in dialog.messages.findChildren(QPushButton) if b.text() == "Undo")
    undo.click()
    assert _kept(own_profile) == {"motion": "full", "restore_session": False}, "the newer one stays"
    assert dialog.messages.messages() == []


def test_a_reset_of_all_shortcuts_can_be_undone(window: MainWindow) -> None:
    keymap = window.desktop.keymap
    keymap.set("export", "Ctrl+Shift+X")
    keymap.set("open_model", "")
    dialog = window.desktop.settings.open()
    dialog.show_shortcuts()
    dialog.shortcuts.reset_all.click()
    assert keymap.keys("export") == ("Ctrl+E",)
    undo = next(b for b in dialog.messages.findChildren(QPushButton) if b.text() == "Undo")
    undo.click()
    assert keymap.keys("export") == ("Ctrl+Shift+X",)
    assert keymap.keys("open_model") == ()
    assert dialog.messages.messages() == []
    dialog.shortcuts.reset_all.click()
    keymap.set("save", "F9")
    assert dialog.messages.messages() == [], "what was undone now would take other keys away"


def test_what_counts_only_later_offers_to_start_again(window: MainWindow, qtbot: QtBot) -> None:
    dialog = window.desktop.settings.open("model_font")
    assert not dialog.restart.isVisible()
    size = dialog.rows["model_font"].control
    assert isinstance(size, QSpinBox)
    size.setValue(20)
    assert dialog.restart.isVisible()
    with qtbot.waitSignal(window.desktop.restart_wanted, timeout=1000):
        dialog.restart.click()


def test_reduced_motion_stops_caret_and_animations(window: MainWindow) -> None:
    hints, style = QGuiApplication.styleHints(), window.prompt_space.all_runs
    usual = hints.cursorFlashTime()
    assert usual > 0
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    try:
        window.desktop.preferences.set("motion", "reduced")
        assert hints.cursorFlashTime() == 0
        assert style.style().styleHint(hint, None, style) == 0
    finally:
        window.desktop.preferences.set("motion", "full")
    assert hints.cursorFlashTime() == usual


def test_the_desktops_own_wish_for_stillness_is_read(tmp_path: Path) -> None:
    assert not linux_is_still({}, tmp_path)
    (tmp_path / "gtk-4.0").mkdir()
    (tmp_path / "gtk-4.0" / "settings.ini").write_text("[Settings]\ngtk-enable-animations=0\n")
    assert linux_is_still({}, tmp_path)
    (tmp_path / "gtk-4.0" / "settings.ini").write_bytes(b"\xff not a file of settings")
    assert not linux_is_still({}, tmp_path)
    (tmp_path / "kdeglobals").write_text("[KDE]\nAnimationDurationFactor=0\n")
    assert linux_is_still({"XDG_CURRENT_DESKTOP": "KDE"}, tmp_path)


def test_folders_are_those_the_library_and_the_command_line_know(
    window: MainWindow, own_profile: Profile, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "mine.prompt.yml").write_text("name: my own thing\ntext: hello\n")
    row = window.desktop.settings.open("prompt_folders").rows["prompt_folders"]
    assert isinstance(row.control, FolderList)
    row.control.add_folder(str(folder))
    library = window.prompt_space.library

    def listed() -> bool:
        return any(entry.summary.path.parent == folder for entry in library.entries)

    qtbot.waitUntil(listed, timeout=10_000)
    assert json.loads(own_profile.library_file.read_text())["folders"] == [str(folder)]
    row.control.list.setCurrentRow(0)
    row.control.remove.click()
    assert json.loads(own_profile.library_file.read_text())["folders"] == []


def test_another_program_is_followed(
    window: MainWindow, own_profile: Profile, qtbot: QtBot
) -> None:
    window.desktop.preferences.set("private", False)
    window.desktop.preferences.set("motion", "full")
    SettingsStore(own_profile.settings_file).change("theme", "dark")
    qtbot.waitUntil(lambda: window._theme.colours == DARK, timeout=5000)


def test_a_private_start_keeps_no_runs(open_window: OpenWindow, own_profile: Profile) -> None:
    SettingsStore(own_profile.settings_file).change("private", True)
    window = open_window()
    assert window._session.private
    assert window.history_space.private.isChecked()


def test_damaged_settings_are_said_in_the_window(
    open_window: OpenWindow, own_profile: Profile
) -> None:
    own_profile.root.mkdir(parents=True)
    own_profile.settings_file.write_text('{"theme": "pink", "shortcuts": {"save": ["Hmpf+Q"]}}')
    window = open_window()
    settings, keys = window.notices.message("settings"), window.notices.message("shortcuts")
    assert settings is not None
    assert "theme" in settings.text
    assert keys is not None
    assert "save" in keys.text
    assert window.desktop.keymap.keys("save") == ("Ctrl+S",)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs folders that refuse")
def test_a_read_only_profile_keeps_nothing_and_says_it(qapp: QApplication, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        _change_in(Profile(tmp_path))
    finally:
        tmp_path.chmod(0o700)


def test_a_profile_that_cannot_be_made_keeps_nothing_and_says_it(
    qapp: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    _change_in(Profile(tmp_path / "file" / "profile"))


def _change_in(profile: Profile) -> None:
    preferences = Preferences(profile)
    failures: list[Exception] = []
    preferences.failed.connect(failures.append)
    preferences.set("theme", "dark")
    assert preferences.text("theme") == "dark", "it counts until the program ends"
    assert "cannot be written" in str(failures[0])
    preferences.read_again()
    assert preferences.text("theme") == "dark"


def test_the_rules_of_the_history_are_one_press_away(window: MainWindow, qtbot: QtBot) -> None:
    dialog = window.desktop.settings.open()
    dialog.list.setCurrentRow(list(Group).index(Group.HISTORY))
    assert dialog.links[0].isVisible()
    dialog.links[0].button.click()
    qtbot.waitUntil(
        lambda: type(QApplication.activeModalWidget()).__name__ == "RulesDialog", timeout=5000
    )
    rules = QApplication.activeModalWidget()
    assert rules is not None
    QTest.keyClick(rules, Qt.Key.Key_Escape)
