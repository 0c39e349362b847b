"""The Compare workspace on the demo models."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.gui.compare.controller import CompareController
from workbench.gui.compare.space import CompareSpace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace

WAIT = 30_000


class Room:
    """A window with the workspace in front and its two columns laid out."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.prompt_space.sampling.set_sampling(Sampling(max_tokens=24, ignore_eos=True))
        window.prompt_space.sampling.set_seed(41)
        window.show_workspace(Workspace.COMPARE)
        page = window.pages.page.widget
        assert isinstance(page, CompareSpace)
        self.space = page
        self.controller = next(c for c in page.children() if isinstance(c, CompareController))
        self.until(lambda: len(page.views) == 2)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def run(self) -> None:
        """Run all columns and wait for the differences."""
        self.window.pages.press()
        assert self.controller.is_running
        self.until(lambda: not self.controller.is_running)
        self.until(lambda: self.space.diff_note.text() != "")

    def texts(self) -> list[str]:
        """What the columns show."""
        return [view.text.toPlainText() for view in self.space.views]

    def action(self, number: int, action: str) -> None:
        """Choose from a column's menu."""
        self.space.views[number].wanted.emit(action)


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> Room:
    return Room(qtbot, window)


def test_two_models_stream_beside_each_other(room: Room) -> None:
    heads = [view.head.text() for view in room.space.views]
    assert heads[0].startswith("A · ")
    assert heads[0].endswith(" · base")
    assert heads[1].startswith("B · ")
    room.run()
    texts = room.texts()
    assert all(texts)
    rows = room.window._session.store.recent()
    assert [row.status for row in rows] == [RunStatus.DONE] * 2
    assert {row.seed for row in rows} == {41}
    for number, row in enumerate(sorted(rows, key=lambda r: r.run_id)):
        stored = room.window._session.store.get(row.run_id)
        assert stored.end is not None
        assert stored.end.result.samples[0].text == texts[number]
    assert "nats" in room.space.views[1]._values["mean KL to base"].text()
    assert room.space.views[0]._values["decode"].text().endswith("token/s")
    assert room.space.diff_title.text() == "Where B differs from A, token by token"
    assert "token 3 " in room.space.bars.describe(3)


def test_words_that_differ_are_marked(room: Room) -> None:
    room.run()
    base, other = room.texts()
    marked = [s.cursor.selectedText() for s in room.space.views[1].text.extraSelections()]
    assert bool(marked) == (base != other)
    assert room.space.views[0].text.extraSelections() == []
    room.space.different.setChecked(True)
    room.until(lambda: room.texts()[1] == " … ".join(marked))
    room.space.different.setChecked(False)
    room.until(lambda: room.texts()[1] == other)


def test_columns_are_added_dropped_pinned_and_run_again(room: Room) -> None:
    room.run()
    before = room.texts()
    room.space.menu.actions()[-1].trigger()
    assert len(room.space.views) == 3
    assert "seed +1" in room.space.views[2].about.text()
    assert room.texts()[:2] == before
    room.space.views[0].pin.setChecked(True)
    count = room.window._session.store.count()
    room.run()
    assert room.texts()[0] == before[0]
    assert room.texts()[2]
    assert room.window._session.store.count() == count + 2
    room.action(2, "rerun")
    room.until(lambda: not room.controller.is_running)
    assert room.window._session.store.count() == count + 3
    room.action(1, "base")
    assert room.space.views[1].head.text().endswith(" · base")
    room.action(0, "drop")
    assert len(room.space.views) == 2
    assert room.space.views[0].head.text().endswith(" · base")


def test_escape_stops_all_columns(room: Room) -> None:
    room.window.prompt_space.sampling.set_sampling(Sampling(max_tokens=900, ignore_eos=True))
    room.window.pages.press()
    room.until(lambda: all(room.texts()))
    assert room.window.pages.page.escape()
    room.until(lambda: not room.controller.is_running)
    assert not room.window.pages.page.escape()
    statuses = {row.status for row in room.window._session.store.recent()}
    assert statuses <= {RunStatus.CANCELLED, RunStatus.DONE}


def test_a_column_leads_to_its_run_and_its_settings(room: Room) -> None:
    room.run()
    for action, workspace in (
        ("settings", Workspace.PROMPT),
        ("history", Workspace.PROBABILITIES),
    ):
        room.window.show_workspace(Workspace.COMPARE)
        room.action(1, action)
        assert room.window.pages.workspace is workspace
    room.until(lambda: room.window.current.run is not None)


def test_the_window_may_close_while_columns_run(room: Room) -> None:
    room.window.prompt_space.sampling.set_sampling(Sampling(max_tokens=900, ignore_eos=True))
    room.window.pages.press()
    room.until(lambda: any(room.texts()))
    room.window.close()
