"""The sweep in the Compare workspace, on the demo models."""

from __future__ import annotations

import csv
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.experiments.sweep_grid import View
from workbench.gui.compare.space import CompareSpace
from workbench.gui.fonts import Fonts
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.sweep.axis_names import axis_name
from workbench.gui.sweep.controller import SweepController
from workbench.gui.sweep.heat_image import Scale, heat_image, scale_of
from workbench.gui.sweep.picture import placed
from workbench.gui.sweep.progress import duration
from workbench.gui.sweep.space import SweepSpace
from workbench.gui.theme import Theme
from workbench.history.experiments import list_experiments, placed_runs

WAIT = 60_000
AXES = (("temperature", "0, 0.7, 1.4"), ("top_p", "0.8, 1"))


class Room:
    """A window with the sweep in front and its form filled."""

    def __init__(self, qtbot: QtBot, window: MainWindow, max_tokens: int = 6) -> None:
        self.qtbot, self.window = qtbot, window
        sampling = Sampling(max_tokens=max_tokens, ignore_eos=True)
        window.prompt_space.sampling.set_sampling(sampling)
        window.prompt_space.sampling.set_seed(41)
        window.show_workspace(Workspace.COMPARE)
        page = window.pages.page.widget
        assert isinstance(page, CompareSpace)
        page.sheets.turn_to("Sweep")
        self.controller = page.findChildren(SweepController)[0]
        self.space: SweepSpace = self.controller._space
        self.until(lambda: bool(self.controller.form.rows))
        self.store = window._session.store

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def fill(self, axes: tuple[tuple[str, str], ...] = AXES, n_samples: int = 2) -> None:
        """Fill the form."""
        self.controller.form.show_axes(self.controller.form.choices, axes)
        self.controller.replies.setValue(n_samples)

    def run(self) -> None:
        """Press the primary button and wait for the end."""
        self.window.pages.press()
        assert self.controller.is_running
        self.until(lambda: not self.controller.is_running)
        n_cells = len(self.controller.cells)
        self.until(lambda: self.space.rows.rowCount() == n_cells)

    def done_places(self) -> list[int]:
        """Places of the runs that are done, of the newest sweep."""
        name = list_experiments(self.store, "sweep")[0].name
        runs = placed_runs(self.store, name)
        return sorted(p.place for p in runs if p.status is RunStatus.DONE)


def front(room: Room) -> Workspace:
    """Which workspace is in front."""
    return room.window.pages.workspace


def click(widget: QWidget, at: QPoint) -> None:
    """Click with the left button."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> Room:
    return Room(qtbot, window)


def test_what_it_costs_is_said_before_it_starts(room: Room) -> None:
    room.fill(n_samples=4)
    room.until(lambda: "6 cells, 24 replies" in room.space.cost.text())
    assert "at most 144 reply tokens" in room.space.cost.text()
    assert " s at most" in room.space.cost.text()
    assert room.store.count() == 0
    room.fill((("temperature", "0, warm"),))
    room.controller.form.rows[0].values.setText("0, hot")
    room.until(lambda: "hot" in room.space.cost.text())


def test_a_sweep_fills_heatmap_and_table(room: Room) -> None:
    room.fill()
    room.run()
    assert room.done_places() == list(range(6))
    assert room.space.state.text().startswith("6 of 6 cells · done")
    assert room.space.button.text() == "Start sweep"
    heatmap = room.space.heatmap
    assert heatmap._grid is not None
    assert heatmap._grid.columns == ("0", "0.7", "1.4")
    assert heatmap._grid.rows == ("0.8", "1")
    assert set(heatmap._shown.values) == set(range(6))
    assert heatmap._shown.values[0] == 1.0  # greedy replies agree
    assert heatmap._shown.title == "self-agreement"
    rows = room.space.rows
    assert [rows.cell_at(r).index for r in range(6)] == list(range(6))
    assert rows.data(rows.index(3, 0)) == "0.7"


def test_a_cell_is_chosen_by_click_and_by_keyboard(room: Room) -> None:
    room.fill()
    room.run()
    heatmap = room.space.heatmap
    box = heatmap._box((0, 1, 0))
    QTest.mouseClick(
        heatmap, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box.center()
    )
    assert heatmap.cell == 1  # temperature 0, top-p 1
    texts = room.controller.cells[1].texts
    assert all(text in room.space.cell.text.toPlainText() for text in texts)
    QTest.keyClick(heatmap, Qt.Key.Key_Right)
    assert heatmap.cell == 3
    QTest.keyClick(heatmap, Qt.Key.Key_Up)
    assert heatmap.cell == 2
    assert room.space.cell.title.text() == "Cell 3"
    assert room.window.pages.page.escape()
    assert heatmap.cell is None
    assert not room.window.pages.page.escape()
    QTest.mouseClick(
        heatmap, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(2, 2)
    )
    assert heatmap.cell is None


def test_a_cell_leads_to_its_run_and_its_settings(room: Room) -> None:
    room.fill()
    room.run()
    room.controller.picture.choose(5)
    room.space.cell.settings_button.click()
    assert front(room) is Workspace.PROMPT
    assert room.window.prompt_space.sampling.sampling.temperature == 1.4
    room.window.show_workspace(Workspace.COMPARE)
    run_id = room.controller.cells[5].run_id
    heatmap = room.space.heatmap
    QTest.keyClick(heatmap, Qt.Key.Key_Return)
    assert front(room) is Workspace.PROBABILITIES
    current = room.window.current
    room.until(lambda: current.run is not None and current.run.start.run_id == run_id)


def test_paused_and_resumed_nothing_is_made_twice_or_left_out(
    qtbot: QtBot, window: MainWindow
) -> None:
    room = Room(qtbot, window, max_tokens=60)
    room.fill(n_samples=40)
    room.window.pages.press()
    room.until(lambda: len(room.controller.cells) >= 1)
    assert room.window.pages.page.escape()
    room.until(lambda: not room.controller.is_running)
    assert len(room.controller.cells) < 6
    assert room.space.button.text() == "Resume"
    assert "paused" in room.space.state.text()
    room.run()
    assert room.done_places() == list(range(6))
    assert set(room.controller.cells) == set(range(6))


def test_a_sweep_of_the_history_is_opened_and_goes_on(
    qtbot: QtBot, window: MainWindow, open_window: Callable[..., MainWindow]
) -> None:
    """As after a restart: another window on the same profile."""
    room = Room(qtbot, window, max_tokens=60)
    room.fill(n_samples=40)
    room.window.pages.press()
    room.until(lambda: len(room.controller.cells) >= 1)
    room.window.close()
    again = Room(qtbot, open_window())
    again.until(lambda: bool(again.space.past_menu.actions()))
    again.space.past_menu.actions()[0].trigger()
    again.until(lambda: again.controller.can_resume)
    kept = {index: cell.run_id for index, cell in again.controller.cells.items()}
    assert kept
    assert again.space.button.text() == "Resume"
    assert again.controller.replies.value() == 40
    again.run()
    assert again.done_places() == list(range(6))
    for index, run_id in kept.items():
        assert again.controller.cells[index].run_id == run_id


@pytest.mark.spawned
def test_the_engine_is_killed_midway(qtbot: QtBot, window: MainWindow) -> None:
    room = Room(qtbot, window, max_tokens=60)
    room.fill(n_samples=40)
    room.window.pages.press()
    room.until(lambda: len(room.controller.cells) >= 1)
    prepared = window.prompts.preparer()
    assert prepared is not None
    loaded = prepared()
    client = window._session.held(loaded.loaded.model, loaded.settings)
    assert client is not None
    assert client.pid is not None
    os.kill(client.pid, signal.SIGKILL)
    room.until(lambda: not room.controller.is_running)
    assert room.done_places() == list(range(6))
    assert not any(cell.error for cell in room.controller.cells.values())


def test_metrics_with_answers_from_the_prompts_own_rows(
    qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    room = Room(qtbot, open_window(prompt="capital-city"), max_tokens=12)
    room.fill((("var:country", "Kenya, Greece, Norway"),))
    room.run()
    figure = room.space.figure
    figure.setCurrentIndex(figure.findData("contains"))
    room.until(lambda: room.space.heatmap._shown.title.startswith("Contains"))
    values = room.space.heatmap._shown.values
    texts = {cell.at["var:country"]: cell.texts for cell in room.controller.cells.values()}
    assert values[0] == sum("Nairobi" in text for text in texts["Kenya"]) / 2
    assert values[1] == sum("Athens" in text for text in texts["Greece"]) / 2
    assert values[2] is None  # no row says what Norway's capital is
    assert "testData" in room.space.note.text()


def test_models_stand_in_heatmaps_of_their_own(room: Room) -> None:
    room.fill((("model", "demo-2m-q8_0, demo-0.5m-q8_0"), *AXES))
    room.run()
    grid = room.space.heatmap._grid
    assert grid is not None
    assert [face.title for face in grid.faces] == ["0.8", "1"]
    room.space.facet.setCurrentIndex(room.space.facet.findData("model"))
    grid = room.space.heatmap._grid
    assert grid is not None
    assert [face.title for face in grid.faces] == ["demo-2m-q8_0", "demo-0.5m-q8_0"]
    assert room.space.y.currentData() == "top_p"
    room.fill((("model", "demo-2m-q8_0, demo-2m-q8_0"),))
    room.window.pages.press()
    room.until(lambda: room.space.messages.message("sweep") is not None)
    message = room.space.messages.message("sweep")
    assert message is not None
    assert "twice" in message.text


def test_axes_are_named_as_everywhere_else(room: Room) -> None:
    room.fill((*AXES, ("seed", "7")), n_samples=1)
    assert room.controller.form.rows[1].names.currentText() == "top-p"
    room.run()
    space, grid = room.space, room.space.heatmap._grid
    assert grid is not None
    assert (grid.x, grid.y, grid.fixed) == ("temperature", "top-p", {"seed": "7"})
    assert space.x.itemText(1) == "top-p"
    across = Qt.Orientation.Horizontal
    assert [space.rows.headerData(n, across) for n in range(3)] == ["temperature", "top-p", "seed"]
    room.controller.picture.show_cell(0)
    assert "top-p" in {label.text() for label in space.cell.findChildren(QLabel)}
    room.controller.shown()
    room.until(lambda: bool(space.past_menu.actions()))
    assert "temperature × top-p × seed" in space.past_menu.actions()[0].text()
    assert axis_name("var:country") == "variable country"
    assert axis_name("prompt") == "prompt version"


def test_a_list_names_all_its_axes(room: Room) -> None:
    room.fill((("temperature", "0, 1"), ("top_p", "0.8, 1")), n_samples=1)
    room.space.is_list.setCurrentIndex(1)
    room.run()
    grid = room.space.heatmap._grid
    assert grid is not None
    assert (grid.x, grid.y, grid.columns) == ("temperature · top-p", "", ("0 · 0.8", "1 · 1"))


def test_no_axes_at_all(room: Room) -> None:
    room.fill(())
    room.window.pages.press()
    room.until(lambda: room.space.messages.message("sweep") is not None)
    assert not room.controller.is_running
    assert room.store.count() == 0
    room.space.add.click()
    assert room.controller.form.axes[0][0] == room.controller.form.choices.names[0]


def test_exports(room: Room, tmp_path: Path) -> None:
    room.fill()
    room.run()
    picture = room.controller.picture
    for kind in ("csv", "png", "svg"):
        picture.write(kind, tmp_path / f"sweep.{kind}")
    with (tmp_path / "sweep.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["temperature"] for row in rows] == ["0", "0", "0.7", "0.7", "1.4", "1.4"]
    assert rows[0]["agreement"] == "1.0"
    assert rows[4]["reply_2"].lstrip("'") == room.controller.cells[4].texts[1]
    assert (tmp_path / "sweep.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "sweep.svg").read_bytes()


def test_the_window_may_close_while_a_sweep_runs(qtbot: QtBot, window: MainWindow) -> None:
    room = Room(qtbot, window, max_tokens=200)
    room.fill(n_samples=40)
    room.window.pages.press()
    room.until(lambda: room.controller.is_running)
    room.window.close()


def test_an_axis_that_moves_swaps_places() -> None:
    view = View("a", "b", "c")
    assert placed(view, "x", "b") == View("b", "a", "c")
    assert placed(view, "facet", "a") == View("c", "b", "a")
    assert placed(view, "y", "") == View("a", "", "c")
    assert placed(View("a", ""), "y", "a") == View("a", "")  # one goes across


def test_colours_are_linear_and_missing_cells_are_no_value(theme: Theme) -> None:
    values = {0: 0.0, 1: 5.0, 2: 10.0, 3: None}
    scale = scale_of(values)
    assert (scale.low, scale.high) == (0.0, 10.0)
    assert [scale.shade(v) for v in (0.0, 5.0, 10.0)] == [1, 128, 255]
    assert scale_of({0: None}) == Scale(None, None)
    assert scale_of({0: 0.5}, (0.0, 1.0)).shade(0.5) == 128
    assert scale_of({0: None}, (0.0, 1.0)) == Scale(None, None)
    assert Scale(2.0, 2.0).shade(2.0) == 128
    image = heat_image([[0, 1, 2], [3, 4, 2]], values, scale, "#123456")
    assert image.pixelColor(0, 1).name() == image.pixelColor(1, 1).name() == "#123456"
    assert image.pixelColor(2, 0).name() == scale.colour(10.0).name()


def test_figures_in_cells_have_the_same_decimals() -> None:
    scale = scale_of({0: -0.37, 1: -0.4698, 2: None})
    assert [scale.written(v) for v in (-0.37, -0.4698)] == ["-0.370", "-0.470"]
    assert scale_of({0: 12.0, 1: 7.0}).written(7.0) == "7"
    assert scale_of({0: 1234.5, 1: 2.0}).written(1234.5) == "1,234"
    assert scale_of({0: 0.036, 1: 1.0}, (0.0, 1.0)).written(0.036) == "0.04"
    assert scale_of({0: 0.5, 1: float("inf")}).written(0.5) == "0.5"
    assert scale_of({0: 0.0}).written(0.0) == "0"


def test_times_as_people_say_them(fonts: Fonts) -> None:
    said = [duration(seconds) for seconds in (0.2, 40, 300, 9000)]
    assert said == ["1 s", "40 s", "5 min", "2.5 h"]
