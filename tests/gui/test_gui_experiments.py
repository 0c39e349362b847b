"""The Experiments workspace on the demo models."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.evaluations import word_rows
from support.experiments_room import MODELS, WAIT, ExperimentRoom, write

from workbench.core.paths import Profile
from workbench.core.task import Kind as TaskKind
from workbench.experiments.evaluate.line import LOT_REPLIES
from workbench.gui.experiments.plot_series import Kind
from workbench.gui.experiments.rows import Show
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.history.versions import PromptVersions


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> ExperimentRoom:
    return ExperimentRoom(qtbot, window)


def test_a_suite_is_shown_before_it_runs(room: ExperimentRoom) -> None:
    assert room.space.items.model.rowCount() == 30
    assert room.space.setup.models.ticked_keys() == [str(MODELS / "demo-2m-q8_0.gguf")]
    assert room.space.setup.metrics.ticked_keys() == ["accuracy", "brier", "ece"]
    assert room.space.cost.text() == "30 items × 1 model = 30 runs"
    assert "Run a task" in room.space.plots.empty.text()
    assert not room.space.report.isEnabled()
    room.space.setup.limit.setValue(4)
    room.tick_models("demo-2m-q8_0", "demo-0.5m-q8_0")
    assert room.space.cost.text() == "4 items × 2 models = 8 runs"


def test_two_models_are_scored_and_compared(room: ExperimentRoom) -> None:
    room.tick_models("demo-2m-q8_0", "demo-0.5m-q8_0")
    room.space.setup.limit.setValue(6)
    room.run()
    scores = room.space.scores
    assert scores.rowCount() == 2
    assert str(scores.index(0, 1).data()).startswith("1.00   ")
    assert "95 %" in str(scores.index(0, 1).data(Qt.ItemDataRole.ToolTipRole))
    assert "same score on every one of 6 items" in room.space.words.text()
    assert room.space.progress.text() == "12 done"
    assert room.space.items.model.rowCount() == 6
    assert room.cell(0, 4) == f"✓  {room.cell(0, 3)}"
    rows = room.window._session.store.recent()
    assert len(rows) == 12
    assert room.message() == ""


def test_a_cell_leads_to_its_run(room: ExperimentRoom) -> None:
    room.space.setup.limit.setValue(3)
    room.run()
    model = room.space.items.model
    run = model.run_at(1, 4)
    assert run is not None
    room.space.items.table.setCurrentIndex(model.index(1, 4))
    assert room.cell(1, 2) in room.space.items.full.toPlainText()
    assert "accuracy 1" in room.space.items.full.toPlainText()
    room.space.items.table.activated.emit(model.index(1, 4))
    assert room.front() == "probabilities"
    room.until(lambda: room.window.current.run is not None)
    room.window.show_workspace(Workspace.EXPERIMENTS)
    menu = room.space.items.menu()
    menu.actions()[1].trigger()
    assert room.front() == "history"


def test_items_can_be_filtered_and_sorted(room: ExperimentRoom, tmp_path: Path) -> None:
    rows = [
        {"id": f"n{i}", "prompt": f"Ann: {i}\nBen: 9\nAnn:", "answer": str(i if i % 2 else i + 50)}
        for i in range(1, 7)
    ]
    room.open(write(tmp_path / "own.jsonl", rows))
    room.run()
    assert room.space.setup.metrics.ticked_keys() == ["numeric_match", "exact_match"]
    items = room.space.items
    items.show_only(Show.WRONG)
    assert [room.cell(r, 0) for r in range(items.model.rowCount())] == ["n2", "n4", "n6"]
    assert room.cell(0, 4) == "✗  2"
    items.show_only(Show.DIFFER)
    assert items.model.rowCount() == 0
    items.show_only(Show.ALL)
    items.model.sort(0, Qt.SortOrder.DescendingOrder)
    assert room.cell(0, 0) == "n6"
    items.model.sort(4)
    assert room.cell(0, 0) == "n2"
    items.model.sort(-1)
    assert room.cell(0, 0) == "n1"


def test_columns_of_items_are_as_wide_as_what_stands_in_them(
    room: ExperimentRoom, tmp_path: Path
) -> None:
    table = room.space.items.table
    words = {"answer": "7", "group": "sums", "prompt": "short"}
    room.open(write(tmp_path / "short.jsonl", [{"id": "1", **words}]))
    narrow = table.columnWidth(2)
    long = {**words, "prompt": "A question of a good many words, which wants more room than that."}
    room.open(write(tmp_path / "long.jsonl", [{"id": "1", **long}]))
    assert 56 <= table.columnWidth(0) < 100
    assert narrow < table.columnWidth(2) <= 270
    head = table.horizontalHeader()
    edge = head.sectionViewportPosition(1) - 1
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge, 8))
    QTest.mouseMove(head.viewport(), QPoint(edge + 60, 8))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge + 60, 8))
    dragged = table.columnWidth(0)
    assert dragged > 100
    room.open(write(tmp_path / "again.jsonl", [{"id": "2", **words}]))
    assert table.columnWidth(0) == dragged


def test_every_plot_draws_or_says_why_not(room: ExperimentRoom) -> None:
    room.choose("robustness")
    room.tick_models("demo-2m-q8_0", "demo-0.5m-q8_0")
    room.space.setup.limit.setValue(12)
    room.run()
    plots = room.space.plots
    said: dict[Kind, str] = {}
    shown = {Kind.SCORES, Kind.VARIANTS, Kind.CALIBRATION, Kind.SCATTER, Kind.SIZE}
    for kind in Kind:
        plots.note.setText("?")
        plots.choose(kind)
        room.until(lambda: plots.note.text() != "?")
        said[kind] = plots.note.text()
        assert bool(said[kind]) == (kind in shown or plots.stack.currentIndex() == 1)
    assert "Wilson" in said[Kind.SCORES]
    assert "Worst case" in said[Kind.VARIANTS]
    assert "calibration error" in said[Kind.CALIBRATION]
    assert "A click finds the item" in said[Kind.SCATTER]
    assert said[Kind.SIZE]
    plots.choose(Kind.SCATTER)
    room.until(lambda: plots.b.isVisible())
    plots.item_wanted.emit(5)
    assert room.space.items.table.currentIndex().row() == 5


def test_another_metric_changes_words_plot_and_items(room: ExperimentRoom) -> None:
    room.space.setup.limit.setValue(4)
    room.run()
    brier = room.space.scores.names.index("brier")
    room.space.table.setCurrentIndex(room.space.scores.index(0, 1 + brier))
    assert room.results.metric == "brier"
    room.until(
        lambda: "items" in room.space.plots.note.text() or room.space.plots.note.text() != ""
    )
    assert not room.cell(0, 4).startswith("✗")


def test_a_run_is_paused_stopped_and_goes_on(room: ExperimentRoom, tmp_path: Path) -> None:
    """More items than grow in one batch: those of a batch may all end in the same moment."""
    room.open(write(tmp_path / "many.jsonl", word_rows(4 * LOT_REPLIES)))
    room.window.pages.press()
    room.until(lambda: room.space.bar.value() >= 1)
    room.space.pause.click()
    assert room.space.pause.text() == "Go on"
    assert "paused" in room.space.progress.text()
    assert room.window.pages.page.escape()
    room.until(lambda: not room.controller.is_running)
    done = room.window._session.store.count()
    assert 1 <= done < 4 * LOT_REPLIES
    assert "stopped" in room.space.progress.text()
    assert "Go on" in room.message()
    assert not room.window.pages.page.escape()
    message = room.space.messages.message("experiments")
    assert message is not None
    message.actions[0][1]()
    room.until(lambda: not room.controller.is_running)
    assert room.window._session.store.count() == 4 * LOT_REPLIES
    assert room.space.progress.text() == f"{4 * LOT_REPLIES} done"
    assert room.message() == ""


def test_nothing_ticked_is_refused_with_a_hint(room: ExperimentRoom) -> None:
    room.space.setup.models.tick([])
    room.window.pages.press()
    room.until(lambda: not room.controller.is_running)
    assert "No model is ticked" in room.message()


def test_a_prompt_that_does_not_fit_the_task_is_refused(
    room: ExperimentRoom, tmp_path: Path
) -> None:
    setup = room.space.setup
    path = tmp_path / "odd.prompt.yml"
    path.write_text('name: odd\ntext: "{{ colour }}: {{ question }}"\n', encoding="utf-8")
    room.offering.add_prompt(path)
    room.until(lambda: str(path) in setup.prompts.ticked_keys())
    setup.prompts.tick([str(path)])
    setup.limit.setValue(2)
    room.window.pages.press()
    room.until(lambda: not room.controller.is_running)
    assert "odd has the variable colour" in room.message()
    assert room.space.no_scores.isVisible()
    setup.prompts.tick(["suite"])
    room.run()
    assert room.message() == ""


def test_prompts_and_settings_are_compared(room: ExperimentRoom, tmp_path: Path) -> None:
    room.choose("demo-sums")
    setup = room.space.setup
    path = tmp_path / "sum.prompt.yml"
    path.write_text('name: sum\ntext: "{{ question }} ="\n', encoding="utf-8")
    room.offering.add_prompt(path)
    room.until(lambda: str(path) in setup.prompts.ticked_keys())
    setup.settings.tick(["usual", "creative"])
    setup.limit.setValue(3)
    assert "× 2 prompts × 2 settings = 12 runs" in room.space.cost.text()
    room.run()
    data = room.results.data
    assert data is not None
    labels = [subject.label for subject in data.subjects]
    assert len(set(labels)) == len(labels) == 4
    assert {subject.prompt for subject in data.subjects} == {"Plain question", "sum"}
    room.space.plots.note.clear()
    room.space.plots.choose(Kind.PROMPTS)
    room.until(lambda: room.space.plots.note.text() == "95 % intervals.")


def test_versions_of_the_open_prompt_are_compared(
    room: ExperimentRoom, own_profile: Profile
) -> None:
    own_profile.prompts.mkdir(parents=True, exist_ok=True)
    path = own_profile.prompts / "sum.prompt.yml"
    versions = PromptVersions(room.window._session.store)
    for form in ("{{ question }}", "{{ question }} Answer:"):
        source = f"name: sum\ntext: '{form}'\nvariables:\n  question: {{default: 1 + 1}}\n"
        path.write_text(source, encoding="utf-8")
        versions.save("sum.prompt.yml", source).result()
    room.choose("demo-sums")
    with room.qtbot.waitSignal(room.window.prompts.opened, timeout=WAIT):
        room.window.prompts.open(path)
    prompts = room.space.setup.prompts
    room.until(lambda: any(p.text() == "sum v2" for p in map(prompts.item, range(prompts.count()))))
    prompts.tick(["sum.prompt.yml#1", "sum.prompt.yml#2"])
    room.space.setup.limit.setValue(3)
    room.run()
    data = room.results.data
    assert data is not None
    assert [s.prompt for s in data.subjects] == ["sum v1", "sum v2"]


@pytest.mark.spawned
def test_an_engine_that_dies_costs_nothing(room: ExperimentRoom) -> None:
    room.choose("demo-needle")
    room.window.pages.press()
    room.until(lambda: room.space.bar.value() >= 1)
    for child in multiprocessing.active_children():
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
    room.until(lambda: not room.controller.is_running)
    assert room.space.progress.text() == "20 done"
    assert room.space.items.model.rowCount() == 20
    assert room.message() == ""


def test_an_unknown_metric_is_refused_and_one_with_arguments_counts(room: ExperimentRoom) -> None:
    setup = room.space.setup
    setup.limit.setValue(3)
    setup.own_metric.setText("akuracy")
    setup.own_metric.returnPressed.emit()
    room.window.pages.press()
    room.until(lambda: not room.controller.is_running)
    assert "akuracy" in room.message()
    setup.metrics.tick([])
    setup.own_metric.setText("accuracy(ignore_case=false)")
    setup.own_metric.returnPressed.emit()
    assert setup.metrics.ticked_keys() == ["accuracy(ignore_case=false)"]
    room.run()
    assert room.space.scores.names == ("accuracy(ignore_case=False)",)


def test_programs_run_only_when_they_are_allowed(room: ExperimentRoom) -> None:
    room.choose("demo-code")
    setup = room.space.setup
    assert not setup.run_code.isChecked()
    setup.limit.setValue(2)
    room.run()
    assert str(room.space.scores.index(0, 1).data()) == "–"
    setup.run_code.setChecked(True)
    room.choose("demo-sums")
    room.choose("demo-code")
    assert not setup.run_code.isChecked()


def test_the_cost_is_told_by_asking_a_few_items(room: ExperimentRoom) -> None:
    before = room.window._session.store.count()
    room.space.estimate.click()
    room.until(lambda: "prompt tokens" in room.space.cost.text())
    assert room.space.cost.text().startswith("30 runs · about ")
    assert "by asking 3 items" in room.space.cost.text()
    assert room.window._session.store.count() == before


def test_suites_are_found_by_words(room: ExperimentRoom) -> None:
    tasks = room.space.tasks
    tasks.search.setText("inverse scaling")
    left = [i.text(0) for i in tasks._items() if not i.isHidden()]
    assert left == ["Memo trap", "Unwanted imitation", "Distractor", "Spurious examples"]
    tasks.search.setText("zzz")
    assert all(i.isHidden() for i in tasks._items())
    tasks.search.clear()
    assert not any(i.isHidden() for i in tasks._items())


def test_the_suite_is_remembered(room: ExperimentRoom) -> None:
    room.choose("memo-trap")
    assert room.window.pages.remember()["experiments"] == {"suite": "memo-trap"}


def test_the_window_may_close_in_the_middle(room: ExperimentRoom) -> None:
    room.choose("demo-needle")
    room.window.pages.press()
    room.until(lambda: room.space.bar.value() >= 1)
    room.window.close()


def test_settings_mean_nothing_where_answers_are_weighed(room: ExperimentRoom) -> None:
    assert room.controller.task is not None
    assert room.controller.task.kind is TaskKind.CHOICE
    assert not room.space.setup.settings.isVisible()
    assert room.space.setup.scored.isVisible()
    room.choose("demo-sums")
    room.until(lambda: room.space.setup.settings.isVisible())
    assert not room.space.setup.scored.isVisible()


def test_ticked_models_stay_when_the_lists_are_read_again(room: ExperimentRoom) -> None:
    room.tick_models("demo-0.5m-q8_0", "demo-2m-q4_0")
    kept = sorted(room.space.setup.models.ticked_keys())
    room.offering.shown()
    room.offering.add_model(MODELS / "demo-2m-q8_0.gguf")
    wanted = sorted([*kept, str(MODELS / "demo-2m-q8_0.gguf")])
    room.until(lambda: sorted(room.space.setup.models.ticked_keys()) == wanted)


def test_a_file_that_is_no_model_is_refused(room: ExperimentRoom, tmp_path: Path) -> None:
    path = tmp_path / "odd.gguf"
    path.write_bytes(b"nothing")
    room.offering.add_model(path)
    room.until(lambda: "odd.gguf" in room.message())
    assert room.space.setup.models.count() >= 3


def test_depth_and_length_of_a_needle_are_drawn(room: ExperimentRoom) -> None:
    room.choose("demo-needle")
    room.run()
    room.space.plots.note.clear()
    room.space.plots.choose(Kind.GRID)
    room.until(lambda: "1 item in a cell" in room.space.plots.note.text())


def test_a_judge_gives_points(room: ExperimentRoom) -> None:
    room.choose("demo-sums")
    setup = room.space.setup
    setup.judge.setCurrentIndex(setup.judge.findData(str(MODELS / "demo-0.5m-q8_0.gguf")))
    setup.limit.setValue(2)
    room.run()
    assert room.message() == ""
    assert "judge_score" in room.space.scores.names
    data = room.results.data
    assert data is not None
    value = data.subjects[0].aggregates["judge_score"].value
    assert value is not None
    assert 0 <= value <= 1
