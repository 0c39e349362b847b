"""The window's composition root: settings, session, window, and where errors go.

Qt is imported inside the functions: `workbench run` imports this module's neighbours and must
stay quick, and without a display nothing of Qt may be touched.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.errors import UserError
from workbench.core.paths import Profile, open_profile

if TYPE_CHECKING:
    from workbench.gui.screenshot import Screenshot
    from workbench.gui.state import WindowState

STATE_FILE = "window.json"


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
    from workbench.core.settings_files import settings_problems
    from workbench.gui.app_icon import APP_ID, app_icon
    from workbench.gui.error_hooks import ErrorHooks
    from workbench.gui.fonts import load_fonts
    from workbench.gui.main_window import MainWindow
    from workbench.gui.messages import Message
    from workbench.gui.state import WindowState, load_state
    from workbench.gui.theme import Mode, Theme
    from workbench.gui.translate import install_language

    profile = open_profile(profile_root)
    path = _model_path(model, profile)
    # A font that lacks a script is replaced by one that has it; nobody needs to read about it.
    QLoggingCategory.setFilterRules("qt.text.font.*=false")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Prompt Workbench")
    app.setDesktopFileName(APP_ID)
    app.setWindowIcon(app_icon())
    app.setStyle("Fusion")
    state, problem = load_state(profile.root / STATE_FILE)
    if screenshot is not None:
        state = WindowState(theme=Mode.LIGHT.value, language="en")
    install_language(app, state.language)
    theme = Theme(Mode(state.theme))
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        window = MainWindow(None, state, theme, load_fonts(), Path(folder))
        crashes = CrashFolder(profile.crashes)
        hooks = ErrorHooks(window.show_notice, crashes.note)
        shots: list[Screenshot] = []

        def complete() -> None:
            from workbench.experiments.session import open_session
            from workbench.gui.crash_offer import CrashOffer

            session, notices = open_session(profile, history=False)
            bad_settings = " ".join(s for s in (problem, *settings_problems(profile)) if s)
            for number, notice in enumerate((*notices, bad_settings)):
                if notice:
                    window.show_notice(f"start-{number}", Message(notice))
            window.complete(session)
            if screenshot is not None:
                from workbench.gui.screenshot import Screenshot

                shots.append(Screenshot(window, Path(screenshot)))
            else:
                window.closing.connect(lambda last: _remember(profile.root / STATE_FILE, last))
                CrashOffer(crashes, window.notices, window).look()
            shown = session.library.find(SHOWN_PROMPT) if shots and prompt is None else prompt
            window.start(path, shown)

        failed: list[UserError] = []

        def begin() -> None:
            try:
                complete()
            except UserError as error:
                failed.append(error)
                window.close()

        with crashes.watched("window"):
            try:
                hooks.install()
                window.appeared.connect(begin)
                window.show()
                code = int(app.exec())
            finally:
                hooks.remove()
                window.close()
        for error in failed:
            raise error
        for shot in shots:
            if shot.problem:
                print(shot.problem, file=sys.stderr)  # noqa: T201  # what the caller reads
                return 1
        return code


def _model_path(model: str | None, profile: Profile) -> Path | None:
    """The file of the wanted model; None without a wish.

    Raises:
        UserError: there is no such model.
    """
    if not model:
        return None
    from workbench.experiments.models import find_model

    return find_model(model, profile)


def _remember(path: Path, state: WindowState) -> None:
    from workbench.gui.state import save_state

    try:
        save_state(path, state)
    except OSError as error:
        print(f"{path} cannot be written: {error.strerror or error}.", file=sys.stderr)  # noqa: T201  # the window is gone


SHOWN_PROMPT = "few-shot-story"
"""The prompt on the screenshot."""
