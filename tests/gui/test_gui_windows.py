"""Windows of one program, and finding them again after a quit, a crash or a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile, demo_model_path
from workbench.experiments.drafts import Drafts
from workbench.gui.current import Part, TokenPlace
from workbench.gui.history.table import RunTable
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.history import RUN_ID
from workbench.gui.panels.rail import Workspace
from workbench.gui.state import WindowState, load_state
from workbench.gui.window_files import WindowFiles
from workbench.gui.windows import STATE_FILE, Windows
from workbench.history.owner import Owner, this_process

OpenWindow = Callable[..., MainWindow]
PROMPT = "name: mine\nmessages:\n  - role: user\n    content: Tell me about {{ who }}.\n"


def _show(windows: Windows, qtbot: QtBot, state: WindowState) -> MainWindow:
    ready: list[MainWindow] = []

    def start(window: MainWindow, _session: object) -> None:
        window.prompts.opened.connect(lambda _prompt: ready.append(window))
        window.start(None, None)

    window = windows.open(state, start)
    qtbot.waitUntil(lambda: window in ready and window.models.path is not None, timeout=30_000)
    return window


def _own_prompt(profile: Profile) -> Path:
    path = profile.prompts / "mine.prompt.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PROMPT)
    return path


def _text(window: MainWindow) -> str:
    return window.prompt_space.editor.blocks[0].edit.toPlainText()


def test_a_window_goes_on_where_it_stopped(
    windows: Windows, own_profile: Profile, qtbot: QtBot
) -> None:
    path = _own_prompt(own_profile)
    first = _show(windows, qtbot, WindowState(theme="light", prompt=str(path)))
    field = first.prompt_space.variables.field("who")
    assert field is not None
    with qtbot.waitSignal(first.prompts.prepared, timeout=10_000):
        QTest.keyClicks(field.field, "Zoe")
    edit = first.prompt_space.editor.blocks[0].edit
    edit.setFocus()
    with qtbot.waitSignal(first.prompts.prepared, timeout=10_000):
        QTest.keyClicks(edit, "Now: ")
    with qtbot.waitSignal(first.runs.finished, timeout=30_000):
        first.runs.generate()
    run = first.current.run
    assert run is not None
    first.current.choose(TokenPlace(Part.REPLY, 0, 1))
    first.show_workspace(Workspace.PROBABILITIES)
    first.resize(900, 700)  # the screen of the tests is 800 pixels high
    splitter = first.findChild(QSplitter, "left")
    assert splitter is not None
    splitter.setSizes([200, 420])
    upper = splitter.sizes()[0]
    first.close()
    qtbot.waitUntil(lambda: not windows.all, timeout=10_000)
    assert list((own_profile.root / "windows").glob("*.json")) == []

    state, problem = load_state(own_profile.root / STATE_FILE)
    assert problem == ""
    again = _show(windows, qtbot, state)
    assert "Now: " in _text(again)
    restored = again.prompt_space.variables.field("who")
    assert restored is not None
    assert again.prompt_space.variables.values()["who"] == "Zoe"
    assert again.pages.workspace is Workspace.PROBABILITIES
    splitter = again.findChild(QSplitter, "left")
    assert splitter is not None
    assert splitter.sizes()[0] == upper
    qtbot.waitUntil(lambda: again.current.token is not None, timeout=10_000)
    assert again.current.run is not None
    assert again.current.run.run_id == run.run_id
    assert again.current.token == TokenPlace(Part.REPLY, 0, 1)
    recent = again.prompt_space.recent
    qtbot.waitUntil(lambda: bool(recent.selectedIndexes()), timeout=10_000)
    assert [index.data(RUN_ID) for index in recent.selectedIndexes()] == [run.run_id]


def test_a_run_that_the_history_showed_is_marked_again(
    windows: Windows, own_profile: Profile, qtbot: QtBot
) -> None:
    first = _show(windows, qtbot, WindowState(theme="light"))
    for _ in range(2):
        with qtbot.waitSignal(first.runs.finished, timeout=30_000):
            first.runs.generate()
    first.show_workspace(Workspace.HISTORY)
    table = first.findChildren(RunTable)[0]
    qtbot.waitUntil(lambda: table.runs.is_known(0, 1) and len(table.runs.ids) == 2, timeout=10_000)
    with qtbot.waitSignal(first.stored.shown, timeout=10_000):
        table.selectRow(1)
    run = first.current.run
    assert run is not None
    assert table.runs.position_of(run.run_id) == 1
    first.close()
    qtbot.waitUntil(lambda: not windows.all, timeout=10_000)

    again = _show(windows, qtbot, load_state(own_profile.root / STATE_FILE)[0])
    assert again.pages.workspace is Workspace.HISTORY
    table = again.findChildren(RunTable)[0]
    qtbot.waitUntil(lambda: table.chosen() == [1], timeout=10_000)
    qtbot.waitUntil(lambda: again.current.run is not None, timeout=10_000)
    assert again.current.run is not None
    assert again.current.run.run_id == run.run_id


def test_a_prompt_without_a_file_comes_back(
    windows: Windows, own_profile: Profile, qtbot: QtBot
) -> None:
    first = _show(windows, qtbot, WindowState(theme="light"))
    with qtbot.waitSignal(first.prompts.opened, timeout=10_000):
        first.documents.new()
    QTest.keyClicks(first.prompt_space.editor.blocks[0].edit, "never saved")
    first.close()
    state, _ = load_state(own_profile.root / STATE_FILE)
    assert state.draft
    again = _show(windows, qtbot, state)
    assert _text(again) == "never saved"


def test_what_is_gone_is_told_in_a_line(
    windows: Windows, own_profile: Profile, qtbot: QtBot
) -> None:
    state = WindowState(
        theme="light", model="/gone/big.gguf", prompt="/gone/mine.prompt.yml", run="01GONE",
        token=(1, 0, 3), workspace="nowhere",
    )  # fmt: skip
    window = _show(windows, qtbot, state)
    model, prompt = window.notices.message("model-gone"), window.notices.message("prompt-gone")
    assert model is not None
    assert "/gone/big.gguf" in model.text
    assert prompt is not None
    assert "/gone/mine.prompt.yml" in prompt.text
    assert window.models.path == demo_model_path()
    qtbot.waitUntil(lambda: window.notices.message("history-run") is not None, timeout=10_000)


def test_two_windows_edit_one_prompt_and_lose_nothing(
    windows: Windows, own_profile: Profile, qtbot: QtBot
) -> None:
    path = _own_prompt(own_profile)
    first = _show(windows, qtbot, WindowState(theme="light", prompt=str(path)))
    first.actions_by_name["new_window"].trigger()
    qtbot.waitUntil(lambda: len(windows.all) == 2, timeout=10_000)
    second = windows.all[1]
    qtbot.waitUntil(
        lambda: hasattr(second, "documents") and second.documents.opened is not None,
        timeout=20_000,
    )
    assert second.models.settings == first.models.settings
    QTest.keyClicks(first.prompt_space.editor.blocks[0].edit, "first ")
    qtbot.waitUntil(lambda: bool(list((own_profile.root / "drafts").glob("*.json"))), timeout=5000)
    with qtbot.waitSignal(second.prompts.opened, timeout=10_000):
        second.documents.open(path)
    assert "first" not in _text(second), "edits of a window that lives are its own"
    note = second.prompt_space.editor.messages.message("elsewhere")
    assert note is not None
    QTest.keyClicks(second.prompt_space.editor.blocks[0].edit, "second ")
    second.close()
    first.close()
    drafts = [d.source for d in Drafts(own_profile.root / "drafts").all()]
    assert len(drafts) == 1, "the newest of one prompt"
    kept = [json.loads(p.read_text()) for p in (own_profile.root / "drafts").glob("*.json")]
    texts = " ".join(entry["source"] for entry in kept)
    assert "first Tell" in texts
    assert "second Tell" in texts


def test_quitting_two_windows_brings_both_back(
    windows: Windows, own_profile: Profile, qtbot: QtBot
) -> None:
    first = _show(windows, qtbot, WindowState(theme="light"))
    _show(windows, qtbot, WindowState(theme="light", workspace="history"))
    first.actions_by_name["quit"].trigger()
    assert windows.all == []
    mine, other = this_process(), Owner("", 0, "")
    assert WindowFiles(own_profile.root / "windows", mine).claim() == {}, "we still run"
    for file in (own_profile.root / "windows").glob("*.json"):
        entry = json.loads(file.read_text())
        entry["pid"], entry["started"] = 2**22 + 1, "gone"
        file.write_text(json.dumps(entry))
    found = WindowFiles(own_profile.root / "windows", other).claim()
    assert sorted(found) == [1, 2]
    assert {state.workspace for state in found.values()} == {"prompt", "history"}


def test_damaged_window_files_are_put_aside(own_profile: Profile) -> None:
    folder = own_profile.root / "windows"
    folder.mkdir(parents=True)
    for number, content in enumerate((b"", b"[1]", b"{", b'{"host": 1}', b"[" * 5000)):
        (folder / f"x-{number}.json").write_bytes(content)
    assert WindowFiles(folder).claim() == {}
    assert len(list(folder.glob("*.bak"))) == 5


_KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from workbench import app as program
from workbench.gui import session_keeper, windows as opened

def main():
    session_keeper.EVERY_MS = 100
    made = []
    build = opened.Windows.__init__
    def remember(self, *args):
        build(self, *args)
        made.append(self)
    opened.Windows.__init__ = remember
    typed = []
    def look():
        window = made[0].all[0] if made and made[0].all else None
        if window is None or not hasattr(window, "documents"):
            return
        if window.documents.opened is None or window.models.path is None:
            return
        if not typed:
            typed.append(1)
            window.prompt_space.editor.blocks[0].edit.setFocus()
            QTest.keyClicks(window.prompt_space.editor.blocks[0].edit, "typed before the kill ")
            window.prompt_space.sampling.set_seed(77)
        root = Path(sys.argv[1])
        drafts = list((root / "drafts").glob("*.json"))
        states = [p.read_text() for p in (root / "windows").glob("*.json")]
        if drafts and any('"seed": 77' in text for text in states):
            os.kill(os.getpid(), signal.SIGKILL)
    application = QApplication([])
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    program.run_window(sys.argv[1], None, None)

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_after_a_kill_nothing_that_was_typed_is_lost(
    windows: Windows, own_profile: Profile, qtbot: QtBot, tmp_path: Path
) -> None:
    script = tmp_path / "killed.py"
    script.write_text(_KILLED)
    done = subprocess.run(
        [sys.executable, str(script), str(own_profile.root)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    found = WindowFiles(own_profile.root / "windows").claim()
    assert list(found) == [1]
    assert found[1].seed == 77
    window = _show(windows, qtbot, found[1])
    assert _text(window).startswith("typed before the kill ")
    assert window.prompt_space.sampling.seed() == 77
    assert window.prompt_space.editor.messages.message("draft-back") is not None


def test_cursor_and_scroll_bars_go_back(
    windows: Windows, own_profile: Profile, qtbot: QtBot
) -> None:
    path = _own_prompt(own_profile)
    lines = "".join(f"      line {n}\n" for n in range(200))
    path.write_text(f"name: mine\nmessages:\n  - role: user\n    content: |\n{lines}")
    first = _show(windows, qtbot, WindowState(theme="light", prompt=str(path)))
    edit = first.prompt_space.editor.blocks[0].edit
    edit.setFocus()
    cursor = edit.textCursor()
    cursor.setPosition(1000)
    edit.setTextCursor(cursor)
    bar = first.prompt_space.editor.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1500, timeout=5000)
    bar.setValue(1400)
    first.close()
    state, _ = load_state(own_profile.root / STATE_FILE)
    assert (state.cursor, state.scroll["editor"]) == ((0, 1000), 1400)
    again = _show(windows, qtbot, state)
    restored = again.prompt_space.editor
    assert restored.blocks[0].edit.textCursor().position() == 1000
    qtbot.waitUntil(lambda: restored.area.verticalScrollBar().value() == 1400, timeout=5000)
