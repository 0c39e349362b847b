"""What a start makes of the profile: theme, size, language, and what was open."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from workbench import app
from workbench.core.paths import Profile
from workbench.core.settings_store import SettingsStore
from workbench.gui.fonts import MODEL_PIXELS, Fonts, load_fonts
from workbench.gui.settings.preferences import Preferences
from workbench.gui.state import WindowState, save_state
from workbench.gui.theme import Mode, Theme
from workbench.gui.token_view import TokenView
from workbench.gui.window_files import WindowFiles
from workbench.gui.windows import STATE_FILE
from workbench.history.owner import Owner

GONE = Owner(platform.node(), 1, "gone")


@pytest.fixture
def files(own_profile: Profile) -> WindowFiles:
    return WindowFiles(own_profile.root / "windows")


@pytest.fixture
def scale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")  # put back at the end, whatever happens
    monkeypatch.delenv("QT_SCALE_FACTOR")


def _states(
    profile: Profile, files: WindowFiles
) -> tuple[WindowState, dict[int, WindowState], str]:
    return app._states(profile, Preferences(profile), files)


def _save(profile: Profile, state: WindowState) -> None:
    save_state(profile.root / STATE_FILE, state)


def test_the_theme_of_an_earlier_version_becomes_the_setting(
    own_profile: Profile, files: WindowFiles, qapp: QApplication
) -> None:
    _save(own_profile, WindowState(theme="dark"))
    state, _more, _problem = _states(own_profile, files)
    assert state.theme == "dark"
    assert SettingsStore(own_profile.settings_file).read().text("theme") == "dark"
    SettingsStore(own_profile.settings_file).change("theme", "system")
    _save(own_profile, WindowState(theme="dark"))
    assert _states(own_profile, files)[0].theme == "system", "the setting counts from now on"


def test_who_wants_a_fresh_start_gets_one_in_the_same_place(
    own_profile: Profile, files: WindowFiles, qapp: QApplication
) -> None:
    was = WindowState(prompt="/p.yml", run="1", token=(1, 0, 2), workspace="history", size=(9, 8))
    _save(own_profile, was)
    assert _states(own_profile, files)[0].run == "1"
    WindowFiles(own_profile.root / "windows", GONE).keep(1, was)
    SettingsStore(own_profile.settings_file).change("restore_session", False)
    state, more, _problem = _states(own_profile, files)
    assert (state.prompt, state.run, state.token, state.workspace) == ("", "", (), "")
    assert state.size == (9, 8)
    assert more == {}
    assert list((own_profile.root / "windows").glob("*.json")) == []


def test_windows_of_a_killed_program_come_back_newest_first(
    own_profile: Profile, files: WindowFiles, qapp: QApplication
) -> None:
    ticks = iter(range(1, 100))
    killed = WindowFiles(own_profile.root / "windows", GONE, lambda: next(ticks))
    for number in range(1, 12):
        killed.keep(number, WindowState(seed=number))
    state, more, _problem = _states(own_profile, files)
    assert state.seed == 11
    assert [one.seed for one in more.values()] == [10, 9, 8, 7, 6, 5, 4]
    assert _states(own_profile, files)[1] == {}, "they are ours now"


@pytest.mark.usefixtures("scale")
def test_the_size_of_the_interface_is_set_before_qt_starts(own_profile: Profile) -> None:
    assert not app._use_interface_size(own_profile)
    assert "QT_SCALE_FACTOR" not in os.environ
    SettingsStore(own_profile.settings_file).change("interface_size", 150)
    assert app._use_interface_size(own_profile)
    assert os.environ["QT_SCALE_FACTOR"] == "1.5"
    assert not app._use_interface_size(own_profile), "what the environment says comes first"


def test_model_text_grows_in_proportion(qapp: QApplication, fonts: Fonts) -> None:
    large = load_fonts(2 * MODEL_PIXELS)
    assert large.mono(13).pixelSize() == 2 * fonts.mono(13).pixelSize()
    assert large.ui().pixelSize() == fonts.ui().pixelSize()
    theme = Theme(Mode.LIGHT)
    views = [TokenView(theme, each, grows=True) for each in (fonts, large)]
    assert views[1]._line_height == 2 * views[0]._line_height
    for view in views:
        view.deleteLater()


def test_a_profile_that_cannot_be_read_still_starts(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    profile = Profile(tmp_path / "file" / "profile")
    state, more, _problem = _states(profile, WindowFiles(profile.root / "windows"))
    assert (state.theme, more) == ("system", {})
