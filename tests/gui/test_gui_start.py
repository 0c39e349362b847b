"""How soon the window is there, what it takes when left alone, and what it imports for that."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile
from workbench.experiments.session import open_session
from workbench.gui.fonts import Fonts
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.state import WindowState
from workbench.gui.theme import Theme

BENCH = Path(__file__).resolve().parents[2] / "packaging" / "bench_start.py"
MOST_RATIO = 4.0
MOST_SECONDS = 1.0
MOST_BUSY = 0.01
MOST_BYTES = 200_000_000
HEAVY = (
    "numpy.random",
    "scipy",
    "pyqtgraph",
    "llama_cpp",
    "sqlite_utils",
    "gguf",
    "jinja2",
    "click",
    "yaml",
)
"""What the first paint needs nothing of."""


def measured() -> dict[str, float]:
    """What the measuring program says of one series of starts."""
    done = subprocess.run(
        [sys.executable, str(BENCH), "--rounds", "4", "--idle", "4", "--json"],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout)
    return found


@pytest.mark.timing
@pytest.mark.timeout(400)
def test_the_window_is_there_soon_and_then_rests() -> None:
    found = measured()
    # Others' work slows a start down and never speeds it up: a slow series is measured again.
    for _ in range(2):
        if found["ratio"] > MOST_RATIO:
            found = measured()
    assert found["ratio"] <= MOST_RATIO, found
    # Processor time: what others do meanwhile must not decide.
    assert found["cpu"] < MOST_SECONDS, found
    assert found["busy"] < MOST_BUSY, found
    assert found["rss_usable"] < MOST_BYTES, found


def test_the_first_paint_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from workbench.gui.main_window import MainWindow\n"
        f"print([m for m in sys.modules if m.startswith({HEAVY!r})])\n"
        "print([m for m in sys.modules if m.startswith('workbench.engine')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]


def test_the_window_never_loads_llama_cpp_nor_scipy() -> None:
    code = (
        "import sys, workbench.gui.window_parts\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('llama_cpp', 'scipy', 'gguf')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_window_is_painted_before_anybody_acts_behind_it(
    qtbot: QtBot, own_profile: Profile, theme: Theme, fonts: Fonts, tmp_path: Path
) -> None:
    window = MainWindow(None, WindowState(theme="light"), theme, fonts, tmp_path)
    try:
        with qtbot.waitSignal(window.appeared, timeout=10_000):
            window.show()
        window.rail.buttons[Workspace.COMPARE].click()  # too early: it stays where it is
        assert window.rail.buttons[Workspace.PROMPT].isChecked()
        assert list(window.rail.buttons) == list(Workspace)
        session, _ = open_session(own_profile)
        window.complete(session)
        with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
            window.start(None, session.library.find("few-shot-story"))
        window.rail.buttons[Workspace.COMPARE].click()
        assert window.pages.workspace is Workspace.COMPARE
    finally:
        window.close()
        window.deleteLater()


def test_a_window_may_be_closed_before_it_is_complete(
    qtbot: QtBot, theme: Theme, fonts: Fonts, tmp_path: Path
) -> None:
    window = MainWindow(None, WindowState(theme="light"), theme, fonts, tmp_path)
    window.show()
    assert window.close()
    window.deleteLater()
