"""Earlier evaluations, the leaderboard and what is written of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.experiments_room import ExperimentRoom, child

from workbench.gui.experiments.earlier import Earlier
from workbench.gui.main_window import MainWindow


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> ExperimentRoom:
    return ExperimentRoom(qtbot, window)


def test_earlier_evaluations_come_back(room: ExperimentRoom) -> None:
    room.space.setup.limit.setValue(3)
    room.run()
    data = room.results.data
    assert data is not None
    room.choose("demo-sums")
    room.until(lambda: room.space.items.model.rowCount() == 30)
    assert room.results.data is None
    earlier = child(room.space, Earlier)
    earlier.read()
    menu = room.space.earlier_menu
    room.until(lambda: any("demo-choice" in a.text() for a in menu.actions()))
    menu.actions()[0].trigger()
    room.until(lambda: room.results.data is not None)
    again = room.results.data
    assert again is not None
    assert again.name == data.name
    assert again.subjects[0].aggregates == data.subjects[0].aggregates
    assert room.space.progress.text() == "from the history"


def test_the_leaderboard_shows_every_suite(room: ExperimentRoom, tmp_path: Path) -> None:
    room.space.sheets.turn_to("Leaderboard")
    room.until(lambda: not room.board.is_reading)
    assert room.board.empty.isVisible()
    room.space.sheets.turn_to("Evaluate")
    for name in ("demo-choice", "demo-sums"):
        room.choose(name)
        room.space.setup.limit.setValue(3)
        room.run()
    room.space.sheets.turn_to("Leaderboard")
    room.until(lambda: room.board.model.rowCount() == 1)
    model = room.board.model
    heads = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert heads == ["model", "demo-choice, Accuracy", "demo-sums, Numeric match", "mean"]
    assert str(model.index(0, 1).data()).startswith("★ 1.00")
    assert str(model.index(0, 3).data()) == "1.00"
    target = tmp_path / "board.html"
    room.board.write_report(target)
    room.until(lambda: "leaderboard is in" in room.message())
    assert "demo-sums" in target.read_text(encoding="utf-8")
    room.board.table.activated.emit(model.index(0, 1))
    assert room.space.sheets.front.name == "Evaluate"
    room.until(lambda: room.space.progress.text() == "from the history")
    assert room.results.data is not None
    assert room.results.data.task == "demo-choice"


def test_a_report_and_a_picture_are_written(room: ExperimentRoom, tmp_path: Path) -> None:
    room.space.setup.limit.setValue(3)
    room.run()
    room.until(lambda: room.space.plots.plot is not None)
    report, picture = tmp_path / "r.html", tmp_path / "p.png"
    room.results.write_report(report)
    room.until(lambda: "The report is in" in room.message())
    assert "<svg" in report.read_text(encoding="utf-8")
    room.space.plots.save_picture(picture)
    assert picture.stat().st_size > 1000
