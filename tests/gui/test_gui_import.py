"""Prompts of other tools, taken in through the window."""

from __future__ import annotations

import json
from pathlib import Path

from pytestqt.qtbot import QtBot
from support.dropping import drop

from workbench.gui.main_window import MainWindow

TEMPLATE = "system: Be $tone.\nprompt: Ask $what\ndefaults: {tone: kind}\nextract: true\n"


def test_a_dropped_template_becomes_a_prompt_of_the_library(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "ask.yaml"
    file.write_text(TEMPLATE, encoding="utf-8")
    with qtbot.waitSignal(window.imports.imported, timeout=10_000) as done:
        assert drop(window, file)
    (written,) = done.args[0]
    assert written.name == "ask.prompt.yml"
    opened = window.documents
    qtbot.waitUntil(lambda: opened.opened is not None and opened.opened.path == written)
    assert window.prompts.prompt is not None
    assert [m.content for m in window.prompts.prompt.messages] == [
        "Be {{ tone }}.",
        "Ask {{ what }}",
    ]
    told = window.prompt_space.editor.messages.message("import")
    assert told is not None
    assert told.text == "One prompt imported from ask.yaml."
    assert "extract" in told.hint


def test_what_is_in_no_format_is_said_and_writes_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "data.json"
    file.write_text(json.dumps({"a": 1}), encoding="utf-8")
    before = list(window.desk.own.glob("*"))
    window.imports.take(file)
    messages = window.prompt_space.editor.messages
    qtbot.waitUntil(lambda: messages.message("import") is not None)
    told = messages.message("import")
    assert told is not None
    assert "in no format" in told.text
    assert list(window.desk.own.glob("*")) == before


def test_a_prompt_file_is_opened_where_it_is(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "own.prompt.yml"
    file.write_text("text: Once\n", encoding="utf-8")
    assert drop(window, file)
    opened = window.documents
    qtbot.waitUntil(lambda: opened.opened is not None and opened.opened.path == file)


def test_several_files_that_are_no_models_are_not_taken(window: MainWindow, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert not drop(window, tmp_path / "a.txt", tmp_path / "b.txt")
    assert not drop(window, tmp_path, tmp_path / "b.txt")
    assert not drop(window, tmp_path / "nowhere")
