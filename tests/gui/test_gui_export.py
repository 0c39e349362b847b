"""The export dialog: what leaves is what stands on the screen, and what is lost is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from workbench.core.sampling import Sampling
from workbench.gui.dialogs.export_dialog import ExportDialog
from workbench.gui.main_window import MainWindow
from workbench.templates.prompt_file import parse_prompt


def opened(window: MainWindow, qtbot: QtBot, name: str) -> ExportDialog:
    """The dialog with a format on show."""
    window.actions_by_name["export"].trigger()
    dialog = window.exports.dialog
    assert dialog is not None
    shown: list[bool] = []
    dialog.shown.connect(lambda: shown.append(True))
    dialog.choose(name)
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    return dialog


def test_what_stands_on_the_screen_leaves(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    space = window.prompt_space
    field = space.variables.field("name")
    assert field is not None
    field.set_value("Hugo")
    space.editor.blocks[-1].edit.textCursor().insertText("Now! ")
    space.sampling.set_sampling(Sampling(temperature=0.25))
    dialog = opened(window, qtbot, "messages")
    rows = json.loads(dialog.preview.toPlainText())
    assert rows[-1]["content"].startswith("Now! ")
    assert "Hugo" in rows[-1]["content"]
    assert "temperature 0.25" in dialog.losses.text()
    dialog.copy()
    assert json.loads(QGuiApplication.clipboard().text()) == rows
    path = tmp_path / "out" / "story"
    dialog.save_to(path)
    assert window.exports.dialog is None
    assert json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) == rows
    told = space.editor.messages.message("export")
    assert told is not None
    assert "story.json" in told.text
    assert "temperature 0.25" in told.hint
    again = opened(window, qtbot, "messages")
    assert again.chosen.name == "messages"
    again.reject()


def test_the_exact_text_and_the_prompt_file(window: MainWindow, qtbot: QtBot) -> None:
    window.prompt_space.sampling.set_sampling(Sampling(top_k=3))
    dialog = opened(window, qtbot, "text")
    exact = window.prompt_space.editor.exact.view.plain_text()
    assert "Tell me a story about Zoe" in dialog.preview.toPlainText()
    assert len(dialog.preview.toPlainText()) >= len(exact.strip())
    with qtbot.waitSignal(dialog.shown, timeout=20_000):
        dialog.choose("prompt-yml")
    read = parse_prompt(dialog.preview.toPlainText(), "x")
    assert read.model_parameters == {"top_k": 3}
    assert not dialog.losses.text()
    dialog.reject()


def test_what_cannot_be_written_is_said_in_the_dialog(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    space = window.prompt_space
    space.editor.blocks[-1].edit.textCursor().insertText("{{ nobody }} ")
    dialog = opened(window, qtbot, "messages")
    assert "nobody" in dialog.error.text()
    assert not dialog.save_button.isEnabled()
    with qtbot.waitSignal(dialog.shown, timeout=20_000):
        dialog.choose("jinja")
    assert not dialog.error.isVisible()
    assert "{{ nobody }}" in dialog.preview.toPlainText()
    folder = tmp_path / "taken.jinja"
    folder.mkdir()
    dialog.save_to(folder)
    assert "cannot be written" in dialog.error.text()
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_the_file_dialog_proposes_a_name(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, answer: str
) -> None:
    dialog = opened(window, qtbot, "jinja")
    dialog.ask_file()
    files = dialog.files
    assert files is not None
    assert Path(files.selectedFiles()[0]).name == "few-shot-story.jinja"
    target = tmp_path / "here.jinja"
    files.selectFile(str(target))
    if answer == "accept":
        files.accept()
    else:
        files.reject()
    assert target.exists() == (answer == "accept")
    assert (window.exports.dialog is None) == (answer == "accept")
    dialog.reject()
