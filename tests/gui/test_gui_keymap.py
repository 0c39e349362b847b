"""Keys of actions: changed, refused, reset, kept, and followed by every text that names them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.settings_store import SettingsStore
from workbench.gui.actions import ACTIONS
from workbench.gui.help_dialog import HelpDialog
from workbench.gui.key_hints import keyed, show_keys, with_own_keys
from workbench.gui.keymap import FIXED_KEYS, Keymap, check, keymap_of, portable, usable
from workbench.gui.main_window import MainWindow
from workbench.gui.messages import Message
from workbench.gui.settings.preferences import Preferences
from workbench.gui.settings.shortcuts_page import ShortcutsPage

OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def keymap(qapp: QApplication, own_profile: Profile) -> Keymap:
    preferences = Preferences(own_profile)
    return Keymap(preferences, preferences)


@pytest.fixture
def page(keymap: Keymap) -> Iterator[ShortcutsPage]:
    made = ShortcutsPage(keymap)
    yield made
    made.deleteLater()


def test_no_two_actions_have_the_same_usual_keys_nor_fixed_ones() -> None:
    keys = [portable(key) for spec in ACTIONS for key in spec.keys]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set(map(portable, FIXED_KEYS))
    for key in keys:
        check(key)


def test_keys_are_changed_and_kept(keymap: Keymap, own_profile: Profile) -> None:
    keymap.set("export", "Ctrl+Shift+X")
    assert keymap.keys("export") == ("Ctrl+Shift+X",)
    again = Keymap(Preferences(own_profile))
    assert again.keys("export") == ("Ctrl+Shift+X",)
    again.reset("export")
    assert again.keys("export") == ("Ctrl+E",)
    assert SettingsStore(own_profile.settings_file).read().shortcuts == {}


def test_enter_on_the_number_pad_goes_along(keymap: Keymap) -> None:
    keymap.set("generate", "Ctrl+Shift+X")
    assert keymap.keys("generate") == ("Ctrl+Shift+X",)
    keymap.set("retry", "Ctrl+Return")
    assert keymap.keys("retry") == ("Ctrl+Return", "Ctrl+Enter")


@pytest.mark.parametrize(
    ("keys", "words"),
    [("Ctrl+S", "Save"), ("Ctrl+Z", "Undo"), ("A", "typing"), ("Shift+B", "typing"),
     ("Hmpf+Q", "no key"), ("Ctrl+Shift+F", "Fold")],
)  # fmt: skip
def test_keys_that_cannot_be_had_are_refused(keymap: Keymap, keys: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        keymap.set("export", keys)
    assert keymap.keys("export") == ("Ctrl+E",)


def test_a_key_taken_from_an_action_leaves_it_without(keymap: Keymap) -> None:
    keymap.take_from("save", "Ctrl+S")
    assert keymap.keys("save") == ()
    assert keymap.shown("save") == ""
    keymap.set("export", "Ctrl+S")
    with pytest.raises(UserError, match="Export"):
        keymap.reset("save")
    keymap.reset_all()
    assert keymap.keys("save") == ("Ctrl+S",)
    assert not keymap.is_own("export")


@pytest.mark.parametrize(
    "stored",
    [{"save": "Ctrl+Q"}, {"save": [1]}, {"save": ["Nonsense"]}, {"save": ["Ctrl+Z"]},
     {"of_next_year": ["Ctrl+Shift+Y"]}, {"save": None}],
)  # fmt: skip
def test_stored_nonsense_leaves_the_usual_keys_and_is_said(stored: dict[str, object]) -> None:
    own, now, problem = usable(stored)
    assert own == {}
    assert now["save"] == ("Ctrl+S",)
    assert next(iter(stored)) in problem


def test_of_two_stored_actions_with_one_key_only_one_has_it() -> None:
    own, now, problem = usable({"save": ["Ctrl+Shift+X"], "export": ["Ctrl+Shift+X"]})
    assert (own["save"], now["export"]) == (("Ctrl+Shift+X",), ())
    assert "export" in problem
    _own, now, problem = usable({"export": ["Ctrl+S"]})
    assert (now["export"], now["save"], problem) == (("Ctrl+S",), (), "")


def test_keys_of_a_newer_version_stay_in_the_file(own_profile: Profile, qapp: object) -> None:
    SettingsStore(own_profile.settings_file).change_shortcuts({"of_next_year": ["Ctrl+Shift+Y"]})
    keymap = Keymap(Preferences(own_profile))
    keymap.set("export", "Ctrl+Shift+X")
    stored = SettingsStore(own_profile.settings_file).read().shortcuts
    assert stored == {"of_next_year": ["Ctrl+Shift+Y"], "export": ["Ctrl+Shift+X"]}


def test_the_page_says_who_has_a_key_and_takes_it(page: ShortcutsPage, keymap: Keymap) -> None:
    page.show()
    page.choose("export")
    page.edit.setKeySequence(QKeySequence("Ctrl+S"))
    assert "Save" in page.error.text()
    assert not page.use.isEnabled()
    page.take.click()
    assert (keymap.keys("export"), keymap.keys("save")) == (("Ctrl+S",), ())
    page.choose("save")
    page.edit.setKeySequence(QKeySequence("Ctrl+Shift+S"))
    assert not page.use.isEnabled()
    page.edit.setKeySequence(QKeySequence("Ctrl+Shift+X"))
    page.use.click()
    assert keymap.keys("save") == ("Ctrl+Shift+X",)
    page.reset_all.click()
    assert keymap.keys("save") == ("Ctrl+S",)
    page.hide()


def test_keys_are_pressed_not_typed(page: ShortcutsPage, keymap: Keymap, qtbot: QtBot) -> None:
    page.show()
    page.choose("arena")
    page.edit.setFocus()
    QTest.keyClick(page.edit, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    assert page.use.isEnabled()
    page.use.click()
    assert keymap.keys("arena") == ("Ctrl+F9",)
    page.clear.click()
    assert keymap.keys("arena") == ()
    page.hide()


def test_the_page_finds_actions(page: ShortcutsPage) -> None:
    page.show_matching("next match")
    shown = [n for n, item in page._items.items() if not item.isHidden()]
    assert shown == ["find_next"]


def test_actions_tooltips_menus_and_help_follow(window: MainWindow, qtbot: QtBot) -> None:
    space, keymap = window.prompt_space, window.desktop.keymap
    assert "Ctrl+E" in space.editor.export_button.toolTip()
    keymap.set("export", "Ctrl+Shift+X")
    keymap.set("prompt", "Ctrl+F11")
    keymap.set("open_model", "")
    keymap.set("generate", "F9")
    assert window.actions_by_name["export"].shortcut().toString() == "Ctrl+Shift+X"
    assert "(Ctrl+Shift+X)" in space.editor.export_button.toolTip()
    rail = window.rail.buttons[window.pages.workspace]
    assert "(Ctrl+F11)" in rail.toolTip()
    assert "(Ctrl+F11)" in rail.accessibleName()
    menu = window.top_bar.model_menu
    menu.aboutToShow.emit()
    opens = [a.text() for a in menu.actions() if a.text().startswith("Open")]
    assert opens == ["Open…"]
    assert "F9" in space.editor.button.toolTip()
    keymap.set("new_prompt", "Ctrl+F12")
    fresh = space.library.menu_for(None, None)
    show_keys(fresh)
    assert "New chat prompt\tCtrl+F12" in [action.text() for action in fresh.actions()]
    help_page = HelpDialog(window)
    texts = {label.text() for label in help_page.findChildren(QLabel)}
    assert "Ctrl+Shift+X" in texts
    assert "Ctrl+E" not in texts
    help_page.deleteLater()
    keymap.reset_all()
    assert "(Ctrl+E)" in space.editor.export_button.toolTip()
    assert "(Ctrl+1)" in rail.toolTip()
    menu.aboutToShow.emit()
    assert any(a.text() == "Open…\tCtrl+O" for a in menu.actions())
    assert keymap_of(space.editor) is keymap


def test_sentences_name_the_keys_that_count(window: MainWindow) -> None:
    keymap, text = window.desktop.keymap, "F8 goes to it; Ctrl+Enter runs (Ctrl+E)."
    assert with_own_keys(text, keymap) == text
    keymap.set("to_error", "Ctrl+F8")
    keymap.set("generate", "")
    keymap.set("export", "Ctrl+Shift+X")
    assert with_own_keys(text, keymap) == (
        "Ctrl+F8 goes to it; “Generate” in the palette runs (Ctrl+Shift+X)."
    )
    assert with_own_keys("Ctrl+Alt+F8, Ctrl+F81 and xF8", keymap) == "Ctrl+Alt+F8, Ctrl+F81 and xF8"
    assert with_own_keys("Esc closes", keymap) == "Esc closes"
    keymap.set("stop", "F12")
    assert with_own_keys("Esc closes, (Esc) stops", keymap, but=("Esc",)) == (
        "Esc closes, (F12) stops"
    )


def test_labels_and_empty_fields_follow_now_and_later(window: MainWindow) -> None:
    keymap = window.desktop.keymap
    label, field = QLabel("F8 goes to it.", window), QLineEdit(window)
    field.setPlaceholderText("Ctrl+P searches")
    keymap.set("to_error", "Ctrl+F8")
    keymap.set("search", "Ctrl+F9")
    assert label.text() == "Ctrl+F8 goes to it."
    assert field.placeholderText() == "Ctrl+F9 searches"
    label.setText(keyed(label, "Once more: F8."))
    assert label.text() == "Once more: Ctrl+F8."
    keymap.set("to_error", "Ctrl+F7")
    assert label.text() == "Once more: Ctrl+F7."
    keymap.reset_all()
    assert label.text() == "Once more: F8."


def test_the_tour_and_the_guide_name_the_keys_that_count(window: MainWindow) -> None:
    keymap = window.desktop.keymap
    keymap.set("generate", "F9")
    window.welcome.begin_tour()
    tour = window.welcome.tour
    assert tour is not None
    assert "F9" in tour.card.text.text()
    assert "Ctrl+Enter" not in tour.card.text.text()
    keymap.set("generate", "F10")
    assert "F10" in tour.card.text.text()
    while tour.step is not None and tour.step.name != "history":
        tour.forward()
    keymap.set("export", "")
    assert "(Ctrl+6)" in tour.card.text.text()
    assert "Ctrl+E" not in tour.card.text.text()
    tour.end()
    guide = HelpDialog(window, "quick-start")
    said = guide.browser.toPlainText()
    assert "F10" in said
    assert "Ctrl+Enter" not in said
    guide.show_page("settings-table")
    assert "Ctrl+Enter" in guide.browser.toPlainText(), "that page lists the usual ones"
    guide.deleteLater()


def test_messages_and_cards_name_the_keys_that_count(window: MainWindow) -> None:
    window.desktop.keymap.set("save", "F12")
    window.show_notice("one", Message("It is not yours.", "Save a copy (Ctrl+S)."))
    said = " ".join(label.text() for label in window.notices.findChildren(QLabel))
    assert "Save a copy (F12)." in said


def test_the_new_key_works_and_the_old_one_does_not(window: MainWindow, qtbot: QtBot) -> None:
    window.desktop.keymap.set("palette", "Ctrl+J")
    window.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_K, control)
    assert not window.desktop.palette.panel.isVisible()
    QTest.keyClick(window, Qt.Key.Key_J, control)
    qtbot.waitUntil(window.desktop.palette.panel.isVisible, timeout=2000)
    assert "Ctrl+J" in window.top_bar.search.toolTip()
