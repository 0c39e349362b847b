"""The window's composition root: settings, session, window, and where errors go.

Qt is imported inside the functions: `workbench run` imports this module's neighbours and must
stay quick, and without a display nothing of Qt may be touched.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.errors import UserError
from workbench.core.paths import Profile, open_profile

if TYPE_CHECKING:
    from workbench.experiments.session import Session
    from workbench.gui.main_window import MainWindow
    from workbench.gui.screenshot import Screenshot
    from workbench.gui.settings.preferences import Preferences
    from workbench.gui.state import WindowState
    from workbench.gui.window_files import WindowFiles

FIRST = 1
"""The number of the first window."""


def run_window(
    profile_root: str | None, model: str | None, screenshot: str | None, prompt: str | None = None
) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Args:
        profile_root: the profile folder; None takes the default.
        model: a path or the name of a model; None takes the last one, at first the demo model.
        screenshot: generate once on the demo model, save a picture of the window there and end.
        prompt: the prompt file to open; None takes the last one.
    """
    missing = _missing_display()
    if missing:
        print(missing, file=sys.stderr)  # noqa: T201  # a terminal is all there is
        return 2
    try:
        return _open(profile_root, model, screenshot, Path(prompt) if prompt else None)
    except UserError as error:
        print(error, file=sys.stderr)  # noqa: T201  # as above
        return 2


def _missing_display() -> str:
    """One line when there is no display to open a window on; empty when there is."""
    if not sys.platform.startswith("linux"):
        return ""
    if any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return ""
    return (
        "There is no display to open the window on; on the command line use "
        "`workbench run PROMPT` (see `workbench --help`)."
    )


def _open(
    profile_root: str | None, model: str | None, screenshot: str | None, prompt: Path | None
) -> int:
    """Show the window first; whatever it needs to act is made behind it.

    Raises:
        UserError: there is no such model, or the profile cannot be used.
    """
    from PySide6.QtCore import QLoggingCategory
    from PySide6.QtWidgets import QApplication

    from workbench.gui.quick_imports import spare_source_checks

    spare_source_checks()
    from workbench.core.crash_reports import CrashFolder
    from workbench.core.scratch import Scratch
    from workbench.core.settings_files import settings_problems
    from workbench.gui.app_icon import APP_ID, app_icon
    from workbench.gui.application import Application
    from workbench.gui.error_hooks import ErrorHooks
    from workbench.gui.fonts import load_fonts
    from workbench.gui.messages import Message
    from workbench.gui.settings.preferences import Preferences
    from workbench.gui.theme import Mode, Theme
    from workbench.gui.translate import install_language
    from workbench.gui.window_files import WindowFiles
    from workbench.gui.windows import Windows

    profile = open_profile(profile_root)
    path = _model_path(model, profile)
    # A font that lacks a script is replaced by one that has it; nobody needs to read about it.
    QLoggingCategory.setFilterRules("qt.text.font.*=false")
    existing = QApplication.instance()
    is_scaled = existing is None and screenshot is None and _use_interface_size(profile)
    app = existing if isinstance(existing, QApplication) else Application(sys.argv[:1])
    app.setApplicationName("Prompt Workbench")
    app.setDesktopFileName(APP_ID)
    app.setWindowIcon(app_icon())
    app.setStyle("Fusion")
    preferences = Preferences(profile)
    files = WindowFiles(profile.root / "windows") if screenshot is None else None
    state, more, problem = _states(profile, preferences, files)
    install_language(app, state.language)
    theme = Theme(Mode(state.theme))
    with Scratch("window", folder=True) as folder:
        look = (theme, load_fonts(preferences.number("model_font")))
        windows = Windows(profile, look, folder, preferences, files)
        crashes = CrashFolder(profile.crashes)
        shots: list[Screenshot] = []
        failures: list[str] = []

        def show(key: str, message: Message) -> None:
            windows.show_notice(key, message)
            if screenshot is not None and key == "bug":  # nobody looks at this window
                failures.append(message.text)
                app.quit()

        hooks = ErrorHooks(show, crashes.note)

        def start(window: MainWindow, session: Session) -> None:
            from workbench.gui.crash_offer import CrashOffer

            bad_settings = " ".join(s for s in (problem, *settings_problems(profile)) if s)
            if bad_settings:
                window.show_notice("start-settings", Message(bad_settings))
            shown = prompt
            if screenshot is not None:
                from workbench.gui.screenshot import Screenshot

                shots.append(Screenshot(window, Path(screenshot)))
                shown = prompt or session.library.find(SHOWN_PROMPT)
            else:
                CrashOffer(crashes, window.notices, window).look()
            if isinstance(app, Application):
                app.give_files_to(windows.take_file)
                window.prompts.opened.connect(app.hand_over_soon)
            window.start(path, shown)
            windows.open_more(more)

        with crashes.watched("window"):
            try:
                hooks.install()
                windows.open(state, start, FIRST)
                code = int(app.exec())
            finally:
                hooks.remove()
                windows.quit()
        if windows.problem is not None:
            raise windows.problem
        for sentence in (*failures, *(shot.problem for shot in shots)):
            if sentence:
                print(sentence, file=sys.stderr)  # noqa: T201  # what the caller reads
                return 1
    if windows.wants_restart:
        _start_again(profile, is_scaled=is_scaled)
    return code


def _states(
    profile: Profile, preferences: Preferences, files: WindowFiles | None
) -> tuple[WindowState, dict[int, WindowState], str]:
    """What the first window goes on with, what further windows do, and a sentence about it."""
    from dataclasses import replace

    from workbench.gui.state import WindowState, load_state
    from workbench.gui.windows import STATE_FILE

    if files is None:
        return WindowState(theme="light", language="en"), {}, ""
    state, problem = load_state(profile.root / STATE_FILE)
    if not profile.settings_file.exists() and state.theme != "system":
        preferences.set("theme", state.theme)  # an earlier version kept it with the window
    more = files.claim()
    if not preferences.switch("restore_session"):
        for number in more:
            files.drop(number)
        more = {}
        state = replace(state, prompt="", draft="", run="", token=(), workspace="")
    state = more.pop(FIRST, state)
    theme, language = preferences.text("theme"), preferences.text("language")
    return replace(state, theme=theme, language=language), more, problem


def _use_interface_size(profile: Profile) -> bool:
    """Have Qt draw everything as large as the person wants; False when nothing was to be done or
    the environment says something else. Must happen before Qt starts."""
    from workbench.core.settings_store import SettingsStore

    percent = SettingsStore(profile.settings_file).read(keep_bad=False).number("interface_size")
    if percent == 100 or "QT_SCALE_FACTOR" in os.environ:
        return False
    os.environ["QT_SCALE_FACTOR"] = f"{percent / 100:g}"
    return True


def _start_again(profile: Profile, *, is_scaled: bool) -> None:
    """Start the program once more, on its own; this one is about to end.

    `is_scaled`: the scale in the environment is this program's; the next one has its own.
    """
    from PySide6.QtCore import QProcess

    if is_scaled:
        del os.environ["QT_SCALE_FACTOR"]
    arguments = ["--profile", str(profile.root)]
    frozen = bool(getattr(sys, "frozen", False))
    program = os.environ.get("APPIMAGE", sys.executable) if frozen else sys.executable
    QProcess.startDetached(program, arguments if frozen else ["-m", "workbench", *arguments])


def _model_path(model: str | None, profile: Profile) -> Path | None:
    """The file of the wanted model; None without a wish.

    Raises:
        UserError: there is no such model.
    """
    if not model:
        return None
    from workbench.experiments.models import find_model

    return find_model(model, profile)


SHOWN_PROMPT = "few-shot-story"
"""The prompt on the screenshot."""
