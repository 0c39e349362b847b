"""Opening a model: everything on this machine in one list, its card beside it, drops, recents."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot
from support.dropping import drop
from support.model_trees import cached_model, ollama_model

from workbench.core.model_folders import ModelFolders
from workbench.core.model_places import Origin
from workbench.core.paths import Profile
from workbench.core.recent import RecentKind
from workbench.gui.main_window import MainWindow
from workbench.gui.open_model.dialog import OpenModelDialog
from workbench.gui.open_model.models_table import Column

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own."""
    for name in ("OLLAMA_MODELS", "HF_HOME", "HF_HUB_CACHE", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def plain_window(open_window: OpenWindow) -> MainWindow:
    """A window that need not load anything."""
    return open_window(ready=False)


def searched(window: MainWindow, qtbot: QtBot) -> OpenModelDialog:
    """The dialog, at the end of its search."""
    dialog = window.tools.opener.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.stop_button.isVisible(), timeout=20_000)
    return dialog


def asked(window: MainWindow, qtbot: QtBot) -> OpenModelDialog:
    """The dialog as Ctrl+O opens it."""
    window.actions_by_name["open_model"].trigger()
    return searched(window, qtbot)


def shown(dialog: OpenModelDialog) -> list[str]:
    """The names in the table, from the top."""
    rows = range(dialog.shown.rowCount())
    return [str(dialog.shown.index(row, Column.NAME).data()) for row in rows]


def test_models_of_other_programs_are_listed_with_fit_and_card(
    plain_window: MainWindow, qtbot: QtBot, home: Path, small_demo_model: Path, demo_model: Path
) -> None:
    ollama_model(home / ".ollama/models", "tiny:1b", small_demo_model, {"template": b"x"})
    cached_model(home / ".cache/huggingface/hub", "org/repo", "story.gguf", demo_model)
    (home / ".lmstudio/models").mkdir(parents=True)
    (home / ".lmstudio/models/broken.gguf").write_bytes(b"no model")
    dialog = asked(plain_window, qtbot)
    assert set(shown(dialog)) >= {"tiny:1b", "org/repo/story", "demo-2m-q4_0", "broken"}
    assert shown(dialog)[-1] == "broken"  # what cannot run is last
    dialog.table.sortByColumn(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert shown(dialog)[-1] == "broken"
    tiny = next(m for m in dialog.model.models if m.candidate.name == "tiny:1b")
    row = dialog.model.models.index(tiny)
    assert dialog.model.index(row, Column.SOURCE).data() == "Ollama"
    assert dialog.model.index(row, Column.FIT).data() == "✓ fits"
    assert "It fits with all it was trained for" in str(
        dialog.model.index(row, Column.FIT).data(Qt.ItemDataRole.ToolTipRole)
    )
    assert dialog.select(tiny.path)
    qtbot.waitUntil(lambda: dialog.card.card is not None and dialog.card.card.path == tiny.path)
    broken = next(m for m in dialog.model.models if m.error)
    dialog.select(broken.path)
    qtbot.waitUntil(lambda: "not a GGUF file" in dialog.card.sentence.text())
    assert not dialog.open_button.isEnabled()
    assert dialog.chips.buttons[Origin.OLLAMA].text().split() == ["Ollama", "1"]


def test_filter_sources_and_keyboard(
    plain_window: MainWindow, qtbot: QtBot, home: Path, small_demo_model: Path
) -> None:
    ollama_model(home / ".ollama/models", "tiny:1b", small_demo_model)
    dialog = asked(plain_window, qtbot)
    QTest.keyClicks(dialog.search, "TINY ollama")
    assert shown(dialog) == ["tiny:1b"]
    assert "1 of" in dialog.status.text()
    dialog.search.clear()
    before = len(shown(dialog))
    QTest.mouseClick(dialog.chips.buttons[Origin.OLLAMA], Qt.MouseButton.LeftButton)
    assert "tiny:1b" not in shown(dialog)
    assert len(shown(dialog)) == before - 1
    QTest.mouseClick(dialog.chips.buttons[Origin.OLLAMA], Qt.MouseButton.LeftButton)
    QTest.keyClicks(dialog.search, "0.5m")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert chosen.args == [small_demo_model]
    qtbot.waitUntil(lambda: plain_window.models.path == small_demo_model, timeout=20_000)


def test_down_goes_into_the_table_and_up_out_of_it(plain_window: MainWindow, qtbot: QtBot) -> None:
    dialog = asked(plain_window, qtbot)
    dialog.activateWindow()
    dialog.table.selectRow(0)
    dialog.search.setFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    qtbot.waitUntil(dialog.table.hasFocus)
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.table.currentIndex().row() == 1
    QTest.keyClick(dialog.table, Qt.Key.Key_Up)
    QTest.keyClick(dialog.table, Qt.Key.Key_Up)
    qtbot.waitUntil(dialog.search.hasFocus)
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert plain_window.tools.opener.dialog is None


def test_the_model_in_use_is_the_chosen_one_at_first(
    open_window: OpenWindow, qtbot: QtBot, demo_model: Path
) -> None:
    window = open_window(model=demo_model)
    dialog = asked(window, qtbot)
    assert dialog.current is not None
    assert dialog.current.path == demo_model
    assert dialog.table.currentIndex().row() > 0, "it is the first one by its name alone"
    QTest.keyClicks(dialog.search, "0.5m")
    assert dialog.current.path != demo_model


def test_folders_are_added_and_forgotten(
    plain_window: MainWindow,
    qtbot: QtBot,
    own_profile: Profile,
    tmp_path: Path,
    small_demo_model: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    shutil.copy(small_demo_model, folder / "own.gguf")
    dialog = asked(plain_window, qtbot)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    dialog.folders_menu.aboutToShow.emit()
    dialog.folders_menu.actions()[0].trigger()
    searched(plain_window, qtbot)
    assert "own" in shown(dialog)
    assert ModelFolders(own_profile).added() == (folder,)
    dialog.folders_menu.aboutToShow.emit()
    forget = next(a for a in dialog.folders_menu.actions() if a.text().startswith("Forget"))
    forget.trigger()
    searched(plain_window, qtbot)
    assert "own" not in shown(dialog)
    assert ModelFolders(own_profile).added() == ()


def test_downloads_are_looked_into_when_asked(
    plain_window: MainWindow, qtbot: QtBot, home: Path, small_demo_model: Path
) -> None:
    (home / "Downloads").mkdir()
    shutil.copy(small_demo_model, home / "Downloads" / "fresh.gguf")
    dialog = asked(plain_window, qtbot)
    assert "fresh" not in shown(dialog)
    dialog.folders_menu.aboutToShow.emit()
    next(a for a in dialog.folders_menu.actions() if a.isCheckable()).trigger()
    searched(plain_window, qtbot)
    assert "fresh" in shown(dialog)


def test_stopping_a_search_keeps_what_was_found(
    plain_window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    folder = home / ".lmstudio/models"
    for number in range(3_000):
        (folder / f"{number % 30}").mkdir(parents=True, exist_ok=True)
        (folder / f"{number % 30}" / f"{number}.gguf").touch()
    plain_window.tools.opener.ask()
    dialog = plain_window.tools.opener.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 3, timeout=20_000)
    QTest.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    found = dialog.model.rowCount()
    assert found < 3_000
    assert not dialog.stop_button.isVisible()
    qtbot.wait(120)
    assert dialog.model.rowCount() == found


def test_a_dropped_model_is_loaded_also_without_its_ending(
    plain_window: MainWindow, qtbot: QtBot, home: Path, small_demo_model: Path
) -> None:
    blob = ollama_model(home / "store", "tiny:1b", small_demo_model)
    assert drop(plain_window, blob)
    qtbot.waitUntil(lambda: plain_window.models.path == blob, timeout=20_000)
    assert plain_window.tools.opener.dialog is None


def test_several_dropped_models_and_folders_are_listed(
    plain_window: MainWindow, qtbot: QtBot, tmp_path: Path, small_demo_model: Path, demo_model: Path
) -> None:
    folder = tmp_path / "pile" / "deep"
    folder.mkdir(parents=True)
    shutil.copy(demo_model, folder / "big.gguf")
    one = tmp_path / "one.gguf"
    shutil.copy(small_demo_model, one)
    assert drop(plain_window, one, tmp_path / "pile")
    dialog = searched(plain_window, qtbot)
    assert shown(dialog) == ["big", "one"]
    dialog.folders_menu.aboutToShow.emit()
    dialog.folders_menu.actions()[-1].trigger()
    searched(plain_window, qtbot)
    assert "demo-2m-q4_0" in shown(dialog)


def test_an_empty_folder_says_what_to_do(
    plain_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert drop(plain_window, tmp_path / "empty")
    dialog = searched(plain_window, qtbot)
    assert "No models were found" in dialog.card.sentence.text()
    assert not dialog.open_button.isEnabled()


def test_what_was_open_lately_is_offered_again(
    open_window: OpenWindow, qtbot: QtBot, own_profile: Profile, small_demo_model: Path
) -> None:
    window = open_window()
    window.models.choose(small_demo_model)
    recents = window.tools.recents

    def models() -> list[Path]:
        return [entry.path for entry in recents.of(RecentKind.MODELS)]

    qtbot.waitUntil(lambda: models()[:1] == [small_demo_model], timeout=20_000)
    prompts = recents.of(RecentKind.PROMPTS)
    assert prompts[0].title == "few-shot-story"
    menu = window.top_bar.model_menu
    menu.aboutToShow.emit()
    submenu = next(m for m in menu.findChildren(QMenu) if m.title() == "Recent models")
    assert [a.text() for a in submenu.actions()][:2] == ["demo-0.5m-q8_0", "demo-2m-q8_0"]
    window.close()
    other = open_window()  # ready: nothing it opens comes on the lists after they are emptied
    qtbot.waitUntil(lambda: bool(other.tools.recents.of(RecentKind.MODELS)), timeout=20_000)
    again = other.tools.recents.of(RecentKind.MODELS)
    assert small_demo_model in [entry.path for entry in again]
    other.tools.recents.clear()
    qtbot.waitUntil(lambda: other.tools.recents.entries() == (), timeout=20_000)


def test_the_palette_finds_recent_models_outside_the_folders(
    plain_window: MainWindow, qtbot: QtBot, tmp_path: Path, small_demo_model: Path
) -> None:
    path = tmp_path / "far away.gguf"
    shutil.copy(small_demo_model, path)
    plain_window.models.choose(path)
    recents = plain_window.tools.recents
    qtbot.waitUntil(lambda: path in [e.path for e in recents.entries()], timeout=20_000)
    found = [e for e in plain_window.desktop.palette.entries() if e.key == f"model:{path}"]
    assert [entry.title for entry in found] == ["far away"]
