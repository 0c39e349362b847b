"""Files of a person's own in the Experiments workspace: good, bad, long and many rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from support.experiments_room import ExperimentRoom, write

from workbench.gui.experiments.rows import Show
from workbench.gui.main_window import MainWindow


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> ExperimentRoom:
    return ExperimentRoom(qtbot, window)


def test_bad_rows_are_named_and_the_good_ones_run(room: ExperimentRoom, tmp_path: Path) -> None:
    good = [{"id": f"g{i}", "prompt": f"Tom: {i}\nTom:", "answer": str(i)} for i in range(3)]
    path = write(tmp_path / "mixed.jsonl", [good[0], "{broken", good[1], {"prompt": "x"}, good[2]])
    room.open(path)
    assert "2 rows of mixed could not be used" in room.message()
    assert "line 2" in room.message()
    assert room.space.items.model.rowCount() == 3
    message = room.space.messages.message("bad-rows")
    assert message is not None
    message.actions[0][1]()
    assert room.cell(1, 2).startswith("line 4, ")
    assert "2 rows left out" in room.space.items.said.text()
    room.run()
    assert room.space.progress.text() == "3 done"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("empty.jsonl", "", "empty"),
        ("broken.json", "{", "broken.json"),
        ("odd.jsonl", '{"a": 1}\n', "odd.jsonl"),
    ],
)
def test_a_file_that_is_no_task_says_so(
    room: ExperimentRoom, tmp_path: Path, name: str, text: str, words: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    room.space.tasks.add_file(path)
    room.until(lambda: room.message() != "")
    assert words in room.message()
    assert room.controller.task is None
    room.window.pages.press()
    assert "No task is chosen" in room.message()
    assert not room.controller.is_running


def test_files_can_be_dropped(room: ExperimentRoom, tmp_path: Path) -> None:
    path = write(tmp_path / "dropped.jsonl", [{"prompt": "1 + 1 =", "answer": "2"}])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    room.space.tasks.dropEvent(event)
    room.until(lambda: room.space.chip.text() == "dropped.jsonl")
    assert room.space.items.model.rowCount() == 1


def test_an_item_that_cannot_be_asked_is_named(room: ExperimentRoom, tmp_path: Path) -> None:
    rows = [
        {"id": "short", "prompt": "Tom: 1\nTom:", "answer": "1"},
        {"id": "long", "prompt": "Tom: 1\n" * 2000 + "Tom:", "answer": "1"},
    ]
    room.open(write(tmp_path / "long.jsonl", rows))
    room.run()
    assert room.space.progress.text() == "1 done · 1 failed"
    assert "1 runs failed" in room.message() or "1 run failed" in room.message()
    room.space.items.show_only(Show.FAILED)
    assert room.space.items.model.rowCount() == 1
    assert room.cell(0, 0) == "long"
    assert room.cell(0, 4) == "–"
    assert room.space.items.model.run_at(0, 4) is None
    room.space.items.table.setCurrentIndex(room.space.items.model.index(0, 0))
    assert "token" in room.space.items.full.toPlainText()


def test_ten_thousand_items_can_be_looked_at(room: ExperimentRoom, tmp_path: Path) -> None:
    rows: list[object] = [
        {"prompt": f"Tom: {i}\nTom:", "answer": str(i), "group": f"g{i % 7}"} for i in range(10_000)
    ]
    room.open(write(tmp_path / "many.jsonl", rows))
    items = room.space.items
    assert items.model.rowCount() == 10_000
    items.model.sort(3, Qt.SortOrder.DescendingOrder)
    assert room.cell(0, 3) == "9999"
    assert "10,000 items" in room.space.cost.text()
    room.space.setup.limit.setValue(5)
    room.run()
    assert items.model.rowCount() == 5


def test_rows_of_a_prompt_file_fill_that_prompt(room: ExperimentRoom, tmp_path: Path) -> None:
    path = tmp_path / "sum.prompt.yml"
    path.write_text(
        "name: sum\nmessages:\n  - {role: user, content: 'What is {{ a }} + {{ b }}?'}\n"
        "testData:\n  - {a: 2, b: 3, expected: 5}\n  - {a: 4, b: 4, expected: 8}\n",
        encoding="utf-8",
    )
    room.open(path)
    room.until(lambda: room.space.setup.prompts.ticked_keys() == [str(path)])
    room.run()
    assert [room.cell(row, 4)[0] for row in range(2)] == ["✓", "✓"]


def test_examples_are_taken_from_the_items_and_not_asked(
    room: ExperimentRoom, tmp_path: Path
) -> None:
    rows = [{"prompt": f"{i} + 1 =", "answer": str(i + 1)} for i in range(1, 9)]
    room.open(write(tmp_path / "shots.jsonl", rows))
    room.space.setup.few_shot.setValue(2)
    room.space.setup.limit.setValue(3)
    assert room.space.cost.text() == "3 items × 1 model = 3 runs"
    room.run()
    assert room.space.progress.text() == "3 done"
    assert [room.cell(row, 0) for row in range(3)] == ["3", "4", "5"]
