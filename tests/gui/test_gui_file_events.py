"""Files that a Mac's desktop names in an event, before the window stands and while it does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from workbench.core.paths import assets_folder

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from workbench.app import run_window
from workbench.gui.application import Application
from workbench.gui.main_window import MainWindow

profile, prompt, model = sys.argv[1:]
app = Application(sys.argv[:1])
app.sendEvent(app, QFileOpenEvent(prompt))
asked = []

def look():
    windows = [w for w in app.topLevelWidgets() if isinstance(w, MainWindow) and w.is_complete]
    if not windows:
        return
    window = windows[0]
    opened = window.prompts.prompt
    if opened is None or opened.path != Path(prompt):
        return
    if not asked:
        asked.append(model)
        app.sendEvent(app, QFileOpenEvent(model))
    elif window.models.path == Path(model):
        timer.stop()
        print("both")
        window.close()

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
QTimer.singleShot(60_000, app, app.quit)
sys.exit(run_window(profile, None, None))
"""


def test_files_named_by_the_desktop_are_opened(tmp_path: Path) -> None:
    prompt = tmp_path / "mine.prompt.yml"
    prompt.write_text("name: Mine\ntext: Once\n", encoding="utf-8")
    model = assets_folder() / "models" / "demo-0.5m-q8_0.gguf"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "profile"), str(prompt), str(model)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "both\n", "")
