"""The program itself: the picture, and what it says when there is no display."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from workbench.core.paths import Profile
from workbench.gui.app_icon import app_icon
from workbench.history.store import HistoryStore


def _run(*args: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "workbench", *args],
        env=env,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def _environment(**more: str) -> dict[str, str]:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return {**{k: v for k, v in os.environ.items() if k not in screens}, **more}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a display")
def test_without_a_display_it_says_so_in_one_line(own_profile: Profile) -> None:
    done = _run(env=_environment())
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "workbench run" in done.stderr
    assert not own_profile.root.exists()


def test_importing_the_program_is_quick_and_without_qt() -> None:
    code = "import sys, workbench.app; print([m for m in sys.modules if 'PySide6' in m])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_screenshot_shows_a_real_reply(tmp_path: Path) -> None:
    target = tmp_path / "window.png"
    done = _run("--screenshot", str(target), env=_environment(QT_QPA_PLATFORM="offscreen"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    _check_picture(target)


def test_screenshot_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    target = tmp_path / "missing" / "window.png"
    done = _run("--screenshot", str(target), env=_environment(QT_QPA_PLATFORM="offscreen"))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "window.png" in done.stderr


def test_a_window_that_fails_behind_a_screenshot_ends_with_one_line(tmp_path: Path) -> None:
    """A library of a broken installation: nobody is there to read the message in the window."""
    broken = tmp_path / "jinja2"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise ImportError('a broken jinja2')\n")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = _run(
        "--screenshot",
        str(tmp_path / "window.png"),
        env=_environment(QT_QPA_PLATFORM="offscreen", PYTHONPATH=path),
    )
    assert done.returncode == 1
    assert "a broken jinja2" in done.stderr.splitlines()[-1]


@pytest.mark.xvfb
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="Xvfb is not installed")
def test_screenshot_on_a_real_x_server(tmp_path: Path) -> None:
    target = tmp_path / "window.png"
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", sys.executable, "-m", "workbench",
         "--screenshot", str(target)],
        env=_environment(QT_QPA_PLATFORM="xcb"),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )  # fmt: skip
    # A normal session (a start, a generation, an end) has nothing to complain about.
    assert (done.returncode, done.stderr) == (0, "")
    _check_picture(target)


def _check_picture(path: Path) -> None:
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1440, 900)
    colours = {image.pixelColor(x, y).name() for x in range(0, 1440, 2) for y in range(0, 900, 2)}
    assert "#3457d5" in colours, "the primary button is missing"
    assert "#c6d0f3" in colours, "the card's bars are missing"
    assert len(colours) > 100


def test_a_file_that_was_named_is_open_in_the_window(tmp_path: Path, own_profile: Profile) -> None:
    prompt = tmp_path / "mine.prompt.yml"
    prompt.write_text("name: Mine\ntext: Once upon a time\n", encoding="utf-8")
    target = tmp_path / "window.png"
    done = _run(
        str(prompt), "--screenshot", str(target), env=_environment(QT_QPA_PLATFORM="offscreen")
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    _check_picture(target)
    with closing(HistoryStore(own_profile.history_file)) as store:
        (run,) = store.recent(9)
    assert run.prompt_name == "Mine"


def test_the_program_has_its_icon_in_every_size(qapp: QApplication) -> None:
    icon = app_icon()
    for size in (16, 24, 48, 256):
        picture = icon.pixmap(size, size).toImage()
        assert picture.width() >= size
        colours = {
            picture.pixelColor(x, y).name()
            for x in range(0, picture.width(), 1 + size // 64)
            for y in range(0, picture.height(), 1 + size // 64)
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert len(colours) > 12, size
