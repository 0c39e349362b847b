"""The library: search, folders of the person's own, files copied, renamed, deleted, put back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from workbench.core.errors import UserError
from workbench.core.library_folders import LibraryFolders
from workbench.core.paths import Profile
from workbench.gui.fonts import Fonts
from workbench.gui.library_search import LibraryEntry, LibraryIndex, LibraryRoot
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.library import Ask, LibraryPanel
from workbench.gui.theme import Theme
from workbench.templates.library import PromptSummary

OpenWindow = Callable[..., MainWindow]
ROOT, OWN = Path("/bundled"), Path("/own")
ROOTS = {ROOT: LibraryRoot("", is_own=False), OWN: LibraryRoot("mine", is_own=True)}


def _entry(
    name: str, folder: str, tags: tuple[str, ...] = (), text: str = "", root: Path = ROOT
) -> LibraryEntry:
    path = root / folder / f"{name}.prompt.yml"
    title = name.replace("-", " ").capitalize()
    error = "line 1: broken" if name == "broken" else ""
    return LibraryEntry(
        PromptSummary(name, path, title, f"About {name}.", tags, (), folder, error), text
    )


ENTRIES = [
    _entry("few-shot-story", "techniques", ("few-shot", "story"), "Tell me a story about {{ x }}"),
    _entry("zero-shot", "techniques", ("plain",), "Answer at once."),
    _entry("extract-json", "tasks", ("json",), "Give the author and the year as JSON."),
    _entry("short-story", "tasks", ("story",), "Write a short tale."),
    _entry("own-notes", "", (), "My author notes", root=OWN),
    _entry("broken", "", (), "", root=OWN),
]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("story", ["short-story", "few-shot-story"]),
        ("#story", ["short-story", "few-shot-story"]),
        ("#story tale", ["short-story"]),
        ("JSON", ["extract-json"]),
        ("author", ["own-notes", "extract-json"]),
        ("fsstory", ["few-shot-story"]),
        ("zshot", ["zero-shot"]),
        ("tasks story", ["short-story"]),
        ("nothing-like-it", []),
        ("   ", [e.summary.name for e in ENTRIES]),
    ],
)
def test_search(query: str, names: list[str]) -> None:
    assert [e.summary.name for e in LibraryIndex(ENTRIES).search(query)] == names


def test_search_is_instant_in_a_large_library() -> None:
    entries = [_entry(f"prompt-{n}", "many", ("tag",), "word " * 800) for n in range(2_000)]
    index = LibraryIndex(entries)
    before = time.perf_counter()
    assert len(index.search("absent-word")) == 0
    assert time.perf_counter() - before < 0.5  # 30 ms on an idle machine


@pytest.fixture
def panel(theme: Theme, fonts: Fonts, qtbot: QtBot) -> LibraryPanel:
    made = LibraryPanel(theme, fonts)
    qtbot.addWidget(made)
    made.resize(231, 480)
    made.show_prompts(ENTRIES, ROOTS)
    made.show()
    return made


def test_prompts_stand_in_their_folders(panel: LibraryPanel) -> None:
    assert panel.tree.titles() == [
        *("techniques", "Few shot story", "Zero shot"),
        *("tasks", "Extract json", "Short story"),
        *("mine", "Own notes", "Broken"),
    ]


def test_searching_by_keyboard(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.tree.setFocus()
    QTest.keyClicks(panel.tree, "s")
    assert QApplication.focusWidget() is panel.search
    QTest.keyClicks(panel.search, "tory")
    assert panel.tree.titles() == ["Short story", "Few shot story"]
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert chosen.args == [ENTRIES[3].summary.path]
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is panel.tree
    QTest.keyClick(panel.tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert chosen.args == [ENTRIES[0].summary.path]
    QTest.keyClick(panel.tree, Qt.Key.Key_Up)
    QTest.keyClick(panel.tree, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is panel.search
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert panel.search.text() == ""
    assert len(panel.tree.titles()) == 9


def test_nothing_found_says_so(panel: LibraryPanel) -> None:
    panel.search.setText("qqqq")
    assert panel.nothing.isVisible()
    assert "qqqq" in panel.nothing.text()
    panel.search.clear()
    assert not panel.nothing.isVisible()


def test_closed_folders_stay_closed_and_arrows_walk(panel: LibraryPanel) -> None:
    tree = panel.tree
    tree.mark(ENTRIES[1].summary.path)
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Left)
    assert tree.current_folder() == ROOT / "techniques"
    QTest.keyClick(tree, Qt.Key.Key_Left)
    assert "Zero shot" not in tree.titles()
    panel.show_prompts(ENTRIES[1:], ROOTS)
    panel.search.setText("json")
    panel.search.clear()
    tree.mark(None)
    assert tree.titles()[:2] == ["techniques", "tasks"]


def test_menus_offer_what_can_be_done(panel: LibraryPanel) -> None:
    def enabled(path: Path | None, folder: Path | None) -> dict[str, bool]:
        menu = panel.menu_for(path, folder)
        return {a.text().partition("\t")[0]: a.isEnabled() for a in menu.actions() if a.text()}

    bundled = enabled(ENTRIES[0].summary.path, None)
    assert not bundled["Delete"]
    assert not bundled["Rename…"]
    assert bundled["Duplicate"]
    own = enabled(ENTRIES[4].summary.path, None)
    assert own["Delete"]
    assert own["Rename…"]
    added = Path("/added")
    panel.show_prompts(ENTRIES, {**ROOTS, added: LibraryRoot("added", is_own=True)})
    assert "Take added out of the library" in enabled(None, added)
    assert "Take mine out of the library" not in enabled(None, OWN)
    assert "Add a folder…" in enabled(None, None)


def test_a_broken_file_shows_its_error(panel: LibraryPanel) -> None:
    item = next(i for i in panel.tree._items() if i.text(0) == "Broken")
    assert item.toolTip(0) == "line 1: broken"
    said = item.data(0, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said == "broken: line 1: broken"


def _press(window: MainWindow, words: str) -> None:
    messages = window.prompt_space.editor.messages
    button = next(b for b in messages.findChildren(QPushButton) if b.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _wait_for(window: MainWindow, qtbot: QtBot, title: str, *, there: bool = True) -> None:
    tree = window.prompt_space.library.tree
    qtbot.waitUntil(lambda: (title in tree.titles()) is there, timeout=10_000)


def _bundled(window: MainWindow, name: str) -> Path:
    return next(window.desk.bundled.rglob(f"{name}.prompt.yml"))


def test_duplicate_rename_delete_and_undo(
    window: MainWindow, qtbot: QtBot, own_profile: Profile
) -> None:
    panel = window.prompt_space.library
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        panel.asked.emit(Ask.DUPLICATE, _bundled(window, "role"))
    copy = own_profile.prompts / "techniques" / "role-copy.prompt.yml"
    assert copy.is_file()
    title = window.prompt_space.editor.title.text()
    assert title.endswith(" copy")
    _wait_for(window, qtbot, title)
    window.prompt_space.editor.blocks[-1].edit.append("Unsaved.")
    dialog = window.files.ask_rename(copy, title)
    assert dialog is not None
    dialog.field.setText("Pirate: captain?")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    _wait_for(window, qtbot, "Pirate: captain?")
    renamed = copy.with_name("pirate--captain.prompt.yml")
    assert renamed.is_file()
    assert not copy.exists()
    assert window.documents.opened is not None
    assert window.documents.opened.path == renamed
    assert "Unsaved." in window.prompt_space.editor.blocks[-1].content
    assert "Unsaved." not in renamed.read_text(encoding="utf-8")
    key = "techniques/pirate--captain.prompt.yml"
    qtbot.waitUntil(lambda: len(window.desk.versions.list(key)) == 2, timeout=10_000)
    tree = panel.tree
    assert tree.current_path() == renamed
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    _wait_for(window, qtbot, "Pirate: captain?", there=False)
    assert not renamed.exists()
    assert window.documents.opened is None
    assert window.prompt_space.editor.title.text() == ""
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        _press(window, "Undo")
    assert renamed.is_file()
    assert "Unsaved." in window.prompt_space.editor.blocks[-1].content


def test_a_new_name_can_be_undone(window: MainWindow, qtbot: QtBot, own_profile: Profile) -> None:
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        window.prompt_space.library.asked.emit(Ask.DUPLICATE, _bundled(window, "role"))
    copy = own_profile.prompts / "techniques" / "role-copy.prompt.yml"
    title = window.prompt_space.editor.title.text()
    dialog = window.files.ask_rename(copy, title)
    assert dialog is not None
    dialog.field.setText("Captain")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    messages = window.prompt_space.editor.messages
    qtbot.waitUntil(lambda: messages.message("renamed") is not None, timeout=10_000)
    _press(window, "Undo")
    _wait_for(window, qtbot, title)
    shown = window.prompt_space.editor.title
    qtbot.waitUntil(lambda: shown.text() == title, timeout=10_000)
    renamed = copy.with_name("captain.prompt.yml")
    qtbot.waitUntil(lambda: not renamed.exists(), timeout=10_000)


def test_bundled_prompts_are_not_renamed_or_deleted(window: MainWindow) -> None:
    path = _bundled(window, "role")
    assert window.files.ask_rename(path, "Role") is None
    window.files.delete(path)
    message = window.prompt_space.editor.messages.message("bundled")
    assert message is not None
    assert "Duplicate" in message.hint
    assert path.is_file()


@pytest.mark.parametrize("name", ["", "...", "///", "taken"])
def test_impossible_names_are_said_in_the_dialog(
    window: MainWindow, own_profile: Profile, name: str
) -> None:
    for file in ("mine", "taken"):
        path = own_profile.prompts / f"{file}.prompt.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text: hello\n", encoding="utf-8")
    dialog = window.files.ask_rename(own_profile.prompts / "mine.prompt.yml", "mine")
    assert dialog is not None
    dialog.field.setText(name)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.error.text() if name else not dialog.accept_button.isEnabled()
    dialog.reject()


def test_folders_of_the_persons_own_are_kept(
    open_window: OpenWindow, qtbot: QtBot, own_profile: Profile, tmp_path: Path
) -> None:
    folder = tmp_path / "team" / "prompts"
    (folder / "letters").mkdir(parents=True)
    path = folder / "letters" / "thanks.prompt.yml"
    path.write_text("name: Thanks\ntext: Thank you, {{ name }}.\n", encoding="utf-8")
    (folder / "bad.prompt.yml").write_text("messages: [", encoding="utf-8")
    LibraryFolders(own_profile).add(folder)
    window = open_window()
    _wait_for(window, qtbot, "Thanks")
    tree = window.prompt_space.library.tree
    titles = tree.titles()
    assert titles[titles.index("prompts") :] == ["prompts", "bad", "letters", "Thanks"]
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        window.prompt_space.library.chosen.emit(path)
    assert tree.current_path() == path
    with pytest.raises(UserError, match="already"):
        window.library.add_folder(folder / "letters")
    window.prompt_space.library.asked.emit(Ask.FORGET_FOLDER, folder)
    _wait_for(window, qtbot, "Thanks", there=False)
    assert LibraryFolders(own_profile).added() == ()
    message = window.notices.message("folder")
    assert message is not None
    message.actions[0][1]()  # Undo
    _wait_for(window, qtbot, "Thanks")
    assert LibraryFolders(own_profile).added() == (folder,)


def test_the_path_can_be_copied(window: MainWindow) -> None:
    path = _bundled(window, "role")
    window.prompt_space.library.asked.emit(Ask.COPY_PATH, path)
    assert QGuiApplication.clipboard().text() == str(path)


def test_opening_a_broken_file_says_why(
    window: MainWindow, qtbot: QtBot, own_profile: Profile
) -> None:
    bad = own_profile.prompts / "bad.prompt.yml"
    bad.parent.mkdir(parents=True, exist_ok=True)
    bad.write_text("messages:\n  - role: user\n   content: [", encoding="utf-8")
    window.library.read()
    _wait_for(window, qtbot, "bad")
    with qtbot.waitSignal(window.prompts.failed, timeout=10_000):
        window.prompt_space.library.chosen.emit(bad)
    message = window.prompt_space.editor.messages.message("open")
    assert message is not None
    assert "bad.prompt.yml" in message.text
    assert window.prompt_space.editor.title.text() == "Few-shot story"


def test_find_a_prompt_without_the_mouse(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    field = window.prompt_space.library.search
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "capital")
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert "apital" in window.prompt_space.editor.title.text()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
