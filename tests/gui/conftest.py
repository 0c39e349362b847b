"""A window on a real session, and a check that it leaves nothing behind."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile
from workbench.experiments.session import open_session
from workbench.gui.fonts import Fonts, load_fonts
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.editor import BlockText, EditorPanel
from workbench.gui.settings.preferences import Preferences
from workbench.gui.state import WindowState
from workbench.gui.theme import Mode, Theme
from workbench.gui.translate import install_language
from workbench.gui.window_files import WindowFiles
from workbench.gui.windows import Windows

OpenWindow = Callable[..., MainWindow]
OpenEditor = Callable[[list[BlockText]], EditorPanel]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen screen has no window manager and says so at every window."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.gui)
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
            item.add_marker(pytest.mark.qt_log_ignore("OpenType support missing", extend=True))


@pytest.fixture
def fonts(qapp: QApplication) -> Fonts:
    """The window's fonts."""
    return load_fonts()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme."""
    return Theme(Mode.LIGHT)


@pytest.fixture(autouse=True)
def no_widgets_left(qapp: QApplication) -> Iterator[None]:
    """Fails a test that leaves a top-level widget or a running timer behind."""
    before = set(map(id, QApplication.topLevelWidgets()))
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    left = [w for w in QApplication.topLevelWidgets() if id(w) not in before and w.isVisible()]
    assert not left, f"widgets left: {left}"
    timers = [t for w in QApplication.topLevelWidgets() for t in _running(w)]
    assert not timers, f"timers left running: {timers}"


def _running(widget: QWidget) -> list[QTimer]:
    return [timer for timer in widget.findChildren(QTimer) if timer.isActive()]


@pytest.fixture
def open_window(
    qtbot: QtBot, own_profile: Profile, fonts: Fonts, theme: Theme, tmp_path: Path
) -> Iterator[OpenWindow]:
    """Opens windows as the program does, and closes them after the test."""
    opened: list[MainWindow] = []

    def make(
        state: WindowState | None = None,
        *,
        ready: bool = True,
        model: Path | None = None,
        prompt: str | None = "few-shot-story",
    ) -> MainWindow:
        session, _ = open_session(own_profile)
        first = session.library.find(prompt) if prompt is not None else None
        window = MainWindow(session, state or WindowState(theme="light"), theme, fonts, tmp_path)
        opened.append(window)
        window.resize(1440, 900)
        window.show()
        if ready:
            with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
                window.start(model, first)
        else:
            window.start(model, first)
        return window

    yield make
    for window in opened:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """A window whose model is loaded and whose prompt is rendered."""
    return open_window()


@pytest.fixture
def windows(own_profile: Profile, theme: Theme, fonts: Fonts, tmp_path: Path) -> Iterator[Windows]:
    """The windows of one program, which keep where they are; none is open yet."""
    own_profile.create()
    files = WindowFiles(own_profile.root / "windows")
    made = Windows(own_profile, (theme, fonts), tmp_path, Preferences(own_profile), files)
    yield made
    opened = made.all
    made.quit()
    for window in opened:
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[QApplication]:
    """The program speaks German for one test."""
    before, locale = qapp.findChildren(QTranslator), QLocale()
    assert install_language(qapp, "de") == "de"
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        if translator not in before:
            qapp.removeTranslator(translator)
            translator.deleteLater()
    QLocale.setDefault(locale)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def open_editor(qtbot: QtBot, theme: Theme, fonts: Fonts) -> Iterator[OpenEditor]:
    """Opens an editor with messages on the screen, and frees it after the test."""
    opened: list[EditorPanel] = []

    def make(messages: list[BlockText]) -> EditorPanel:
        panel = EditorPanel(theme, fonts)
        opened.append(panel)
        panel.resize(700, 600)
        panel.show_prompt("chat", messages)
        panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isVisible)
        return panel

    yield make
    for panel in opened:
        panel.close_lanes()
        panel.close()
        panel.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
