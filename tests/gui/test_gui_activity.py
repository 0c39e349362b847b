"""What takes long is told in the title, and in the taskbar where a desktop listens."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from support.compare_room import Room

from workbench.gui.activity import Activity
from workbench.gui.launcher import Launcher
from workbench.gui.main_window import MainWindow
from workbench.gui.title import PROGRAM

SEND = """
from PySide6.QtCore import QCoreApplication
from workbench.gui.launcher import Launcher
app = QCoreApplication([])
launcher = Launcher()
for share in (0.0, 0.421, 0.422, None):
    launcher.show(share)
"""


def test_what_knows_how_far_it_is_goes_first() -> None:
    owner = QObject()
    activity = Activity(owner)
    told: list[str] = []
    activity.changed.connect(lambda: told.append(str(activity.front and activity.front.words)))
    assert activity.front is None
    activity.show("run", "Generating")
    activity.show("sweep", "Sweep", 0.25)
    activity.show("model", "Loading")
    assert activity.front is not None
    assert activity.front == ("Sweep", 0.25)
    activity.show("sweep", "Sweep", 0.25)  # nothing new
    activity.end("sweep")
    assert activity.front is not None
    assert activity.front.words == "Loading"
    activity.end("never began")
    activity.end("model")
    activity.end("run")
    assert activity.front is None
    assert told == ["Generating", "Sweep", "Loading", "Generating", "None"]
    activity.show("odd", "Odd", 1.7)
    assert activity.front == ("Odd", 1.0)


def test_the_title_names_the_prompt_and_tells_of_a_run(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.windowTitle() == f"Few-shot story – {PROGRAM}", timeout=10_000)
    titles: list[str] = []
    window.windowTitleChanged.connect(titles.append)
    with qtbot.waitSignal(window.runs.finished, timeout=20_000):
        window.runs.generate()
    qtbot.waitUntil(window.runs.is_idle, timeout=10_000)
    assert titles[0] == f"Generating… · Few-shot story – {PROGRAM}"
    assert window.windowTitle() == f"Few-shot story – {PROGRAM}"


def test_columns_that_run_are_told_of(window: MainWindow, qtbot: QtBot) -> None:
    titles: list[str] = []
    room = Room(qtbot, window)
    window.windowTitleChanged.connect(titles.append)
    room.run()
    assert any(title.startswith("Comparing… · ") for title in titles)
    assert not window.windowTitle().startswith("Comparing")


def test_without_a_session_bus_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    launcher = Launcher()
    launcher.show(0.5)
    assert launcher._told is None


@pytest.mark.skipif(
    shutil.which("dbus-run-session") is None or shutil.which("dbus-monitor") is None,
    reason="D-Bus's tools are not installed",
)
def test_the_taskbar_is_told_each_percent_once(tmp_path: Path) -> None:
    heard = tmp_path / "heard.txt"
    listen = (
        "dbus-monitor \"interface='com.canonical.Unity.LauncherEntry'\" > $2 & "
        "monitor=$!; until dbus-send --print-reply --dest=org.freedesktop.DBus / "
        "org.freedesktop.DBus.ListNames | grep -c ':1' | grep -q '[2-9]'; do :; done; "
        '"$0" -c "$1"; until [ $(grep -c member=Update $2) = 3 ]; do :; done; kill $monitor; wait'
    )
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", listen, sys.executable, SEND, str(heard)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = heard.read_text(encoding="utf-8")
    assert said.count("member=Update") == 3, done.stderr
    assert "application://org.promptworkbench.Workbench.desktop" in said
    assert "double 0.42" in said
