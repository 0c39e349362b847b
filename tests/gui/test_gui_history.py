"""The History workspace: searching while one types, the table, groups, remarks, trash, plots."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot
from support.many_runs import runs

from workbench.core.paths import Profile
from workbench.gui.history.columns import COLUMNS, DEFAULT, column_of, columns_of
from workbench.gui.history.finder import Finder
from workbench.gui.history.keeper import Keeper
from workbench.gui.history.model import MOST_LINES, RunsModel
from workbench.gui.history.plot import PlotPanel, running_mean
from workbench.gui.history.rules_dialog import RulesDialog
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.history import curate
from workbench.history.bulk import import_runs
from workbench.history.retention import Rules
from workbench.history.store import HistoryStore

OpenWindow = Callable[..., MainWindow]
COUNT = 300


@pytest.fixture
def opened(open_window: OpenWindow, own_profile: Profile, qtbot: QtBot) -> MainWindow:
    """A window on 300 runs with the History workspace in front."""
    own_profile.create()
    store = HistoryStore(own_profile.history_file)
    import_runs(store, runs(COUNT))
    store.write(
        lambda db: db.execute(
            "INSERT INTO scores SELECT id, 0, 'rouge_l', 1, '{}', id / 300.0, '', 0 FROM runs "
            "WHERE id % 2"
        )
    ).result()
    store.close()
    window = open_window()
    with qtbot.waitSignal(finder(window).found, timeout=10_000):
        window.show_workspace(Workspace.HISTORY)
    return window


def finder(window: MainWindow) -> Finder:
    """The window's search."""
    found = window.history_space.findChild(Finder)
    assert isinstance(found, Finder)
    return found


def cells(space: HistoryWorkspace, key: str, rows: int = 5) -> list[object]:
    """What stands in the first rows of a column."""
    model = space.list.runs
    place = [column.key for column in model.columns].index(key)
    return [model.index(row, place).data() for row in range(min(rows, model.rowCount()))]


def find(window: MainWindow, qtbot: QtBot, text: str) -> int:
    """Type a query; how many runs it finds."""
    with qtbot.waitSignal(finder(window).found, timeout=10_000):
        window.history_space.search.setText(text)
    return window.history_space.list.runs.rowCount()


def shown(space: HistoryWorkspace, qtbot: QtBot) -> None:
    """Wait until the first rows are read."""
    qtbot.waitUntil(lambda: space.list.runs.line(0) is not None, timeout=10_000)


def open_first(window: MainWindow, qtbot: QtBot) -> str:
    """Open the newest run; its id."""
    space = window.history_space
    shown(space, qtbot)
    with qtbot.waitSignal(window.stored.shown, timeout=10_000):
        space.list.selectRow(0)
    qtbot.waitUntil(space.remarks.isEnabled, timeout=10_000)
    line = space.list.runs.line(0)
    assert line is not None
    return line.run_id


def test_typing_searches_and_mistakes_are_said(opened: MainWindow, qtbot: QtBot) -> None:
    """Every keystroke searches; a query that cannot be read leaves what is shown and says why."""
    space = opened.history_space
    shown(space, qtbot)
    assert space.list.runs.rowCount() == COUNT
    assert cells(space, "prompt", 2) == ["prompt-19", "prompt-18"]
    assert find(opened, qtbot, "temp>1") == 75
    assert space.count.text() == "75"
    space.search.setText("temp>warm")
    qtbot.waitUntil(space.trouble.isVisible)
    assert "“warm” is no number" in space.trouble.text()
    assert space.list.runs.rowCount() == 75
    assert find(opened, qtbot, "nothingislikethis") == 0
    assert space.empty.isVisible()
    assert "No run is like that" in space.empty.text()
    with qtbot.waitSignal(finder(opened).found, timeout=10_000):
        opened.actions_by_name["stop"].trigger()
    assert space.list.runs.rowCount() == COUNT
    assert not space.trouble.isVisible()


def test_a_click_on_a_head_orders(opened: MainWindow, qtbot: QtBot) -> None:
    space = opened.history_space
    head = space.list.horizontalHeader()
    section = DEFAULT.index("prompt")
    for expected in ("prompt-9", "prompt-0"):
        with qtbot.waitSignal(finder(opened).found, timeout=10_000):
            head.sectionClicked.emit(section)
        shown(space, qtbot)
        assert cells(space, "prompt", 1) == [expected]


def test_columns_are_chosen_and_remembered(opened: MainWindow, qtbot: QtBot) -> None:
    space = opened.history_space
    qtbot.waitUntil(lambda: any("rouge" in a.text() for a in space.list.columns_menu().actions()))
    for action in space.list.columns_menu().actions():
        if action.text() in ("Seed", "score rouge_l", "Model"):
            action.trigger()
    keys = space.list.keys()
    assert keys[-2:] == ["seed", "score:rouge_l"]
    assert "model" not in keys
    shown(space, qtbot)
    assert cells(space, "score:rouge_l", 2) == ["", "0.9967"]
    assert list(opened.state().pages["history"]["columns"]) == keys


def test_groups_narrow_the_table(opened: MainWindow, qtbot: QtBot) -> None:
    space = opened.history_space
    space.group.setCurrentIndex(space.group.findData("model"))
    space.group.activated.emit(space.group.currentIndex())
    qtbot.waitUntil(lambda: space.groups.count() == 4, timeout=10_000)
    texts = [space.groups.item(i).text() for i in range(4)]
    assert texts == ["All  300", "demo-2m Q8_0  100", "demo-8m Q8_0  100", "other-7b Q8_0  100"]
    with qtbot.waitSignal(finder(opened).found, timeout=10_000):
        space.groups.setCurrentRow(3)
    assert space.list.runs.rowCount() == 100
    assert find(opened, qtbot, "temp>1") == 25
    with qtbot.waitSignal(finder(opened).found, timeout=10_000):
        space.group.setCurrentIndex(0)
        space.group.activated.emit(0)
    assert space.list.runs.rowCount() == 75


def test_remarks_are_written_and_found(opened: MainWindow, qtbot: QtBot) -> None:
    space = opened.history_space
    run_id = open_first(opened, qtbot)
    store = finder(opened)._session.store  # the window's own history
    bar = space.remarks
    QTest.mouseClick(bar.star, Qt.MouseButton.LeftButton)
    bar.tags.setText("good, very good")
    bar.tags.editingFinished.emit()
    bar.note.setText("remarkable")
    bar.note.editingFinished.emit()
    bar.rating.setCurrentIndex(4)
    bar.rating.activated.emit(4)
    wanted = curate.Remarks(("good", "very-good"), True, 4, "remarkable", False)
    qtbot.waitUntil(lambda: curate.remarks(store, run_id) == wanted, timeout=10_000)
    find(opened, qtbot, "remarkable tag:good is:starred")
    qtbot.waitUntil(lambda: space.list.runs.rowCount() == 1, timeout=10_000)
    bar.tags.setText("a*b")
    bar.tags.editingFinished.emit()
    qtbot.waitUntil(lambda: any("a*b" in m.text for m in opened.notices.messages()))


def test_tags_and_stars_that_went_are_offered_back(opened: MainWindow, qtbot: QtBot) -> None:
    space, key = opened.history_space, "history-keeping"
    run_id = open_first(opened, qtbot)
    store = finder(opened)._session.store

    def tagged(text: str, *wanted: str) -> None:
        space.remarks.tags.setText(text)
        space.remarks.tags.editingFinished.emit()
        wait_for_tags(*wanted)

    def wait_for_tags(*wanted: str) -> None:
        def there() -> bool:
            found = curate.remarks(store, run_id)
            return found is not None and found.tags == wanted

        qtbot.waitUntil(there, timeout=10_000)

    def undo() -> None:
        qtbot.waitUntil(lambda: opened.notices.message(key) is not None, timeout=10_000)
        message = opened.notices.message(key)
        assert message is not None
        assert message.actions[0][0] == "Undo"
        message.actions[0][1]()

    tagged("bad, good", "bad", "good")
    tagged("bad, new", "bad", "new")
    undo()
    wait_for_tags("bad", "good")
    space.list.selectAll()
    actions = opened.findChildren(Keeper)[0].menu().actions()
    next(a for a in actions if a.text().startswith("Star")).trigger()
    undo()

    def none_has_a_star() -> bool:
        found = curate.remarks(store, run_id)
        return found is not None and not found.starred

    qtbot.waitUntil(none_has_a_star, timeout=10_000)


def test_delete_can_be_undone(opened: MainWindow, qtbot: QtBot) -> None:
    space = opened.history_space
    open_first(opened, qtbot)
    space.list.setFocus()
    QTest.keyClick(space.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: space.list.runs.rowCount() == COUNT - 1, timeout=10_000)
    qtbot.waitUntil(lambda: opened.notices.message("history-keeping") is not None)
    message = opened.notices.message("history-keeping")
    assert message is not None
    assert "in the trash" in message.text
    message.actions[0][1]()
    qtbot.waitUntil(lambda: space.list.runs.rowCount() == COUNT, timeout=10_000)


def test_private_keeps_new_runs_out(opened: MainWindow, qtbot: QtBot) -> None:
    space = opened.history_space
    QTest.mouseClick(space.private, Qt.MouseButton.LeftButton)
    assert opened.notices.message("history-private") is not None
    opened.show_workspace(Workspace.PROMPT)
    with qtbot.waitSignal(opened.runs.finished, timeout=30_000) as done:
        opened.runs.generate()
    assert not done.args[0].saved
    store = finder(opened)._session.store  # the window's own history
    assert store.count() == COUNT
    message = opened.notices.message("history-private")
    assert message is not None
    message.actions[0][1]()
    assert not space.private.isChecked()
    with qtbot.waitSignal(opened.runs.finished, timeout=30_000) as done:
        opened.runs.generate()
    assert done.args[0].saved


def test_rules_are_set_in_a_dialog_and_followed(opened: MainWindow, qtbot: QtBot) -> None:
    """Only what was switched on is a rule; it acts at once, and again when a window opens."""
    space = opened.history_space
    dialog = RulesDialog(opened, Rules(trash_days=9))
    assert not dialog.ticks["runs"].isChecked()
    assert dialog.numbers["trash_days"].value() == 9
    dialog.ticks["trash_days"].setChecked(False)
    dialog.ticks["runs"].setChecked(True)
    dialog.numbers["runs"].setValue(10)
    buttons = dialog.findChild(QDialogButtonBox)
    keeper = space.findChild(Keeper)
    assert isinstance(buttons, QDialogButtonBox)
    assert isinstance(keeper, Keeper)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        buttons.accepted.emit()
    assert chosen.args == [Rules(runs=10)]
    keeper.set_rules(chosen.args[0])
    qtbot.waitUntil(lambda: space.list.runs.rowCount() == 10, timeout=20_000)
    dialog.deleteLater()


@pytest.mark.parametrize("kind", ["time", "versions"])
def test_the_plot_follows_the_search(opened: MainWindow, qtbot: QtBot, kind: str) -> None:
    space = opened.history_space
    panel = space.findChild(PlotPanel)
    assert isinstance(panel, PlotPanel)
    qtbot.waitUntil(lambda: panel.figure.findData("score:rouge_l") >= 0, timeout=10_000)
    panel.figure.setCurrentIndex(panel.figure.findData("score:rouge_l"))
    panel.kind.setCurrentIndex(panel.kind.findData(kind))
    space.plot.setChecked(True)
    said = {"time": "150 runs · 150 without", "versions": "20 versions"}[kind]
    qtbot.waitUntil(lambda: panel.said.text().startswith(said), timeout=10_000)
    find(opened, qtbot, "temp>1")
    qtbot.waitUntil(lambda: not panel.said.text().startswith(said), timeout=10_000)


def test_the_model_keeps_qts_rules_while_ids_come_and_go() -> None:
    """Qt's own tester watches: shown, grown on top, grown behind, replaced, emptied."""
    model = RunsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    inserted: list[int] = []
    base: QAbstractItemModel = model
    base.rowsInserted.connect(lambda _p, first, _last: inserted.append(first))
    model.show_ids(np.array([5, 4, 3]))
    model.show_ids(np.array([7, 6, 5, 4, 3]))
    model.append_ids(np.array([2, 1]))
    assert inserted == [0, 5]
    model.show_ids(np.array([6, 2]))
    model.show_columns(COLUMNS)
    model.show_ids(np.empty(0, np.int64))
    assert model.rowCount() == 0
    assert model.rowCount(QModelIndex()) == 0
    assert MOST_LINES >= 1000
    assert tester is not None


def test_unknown_columns_are_left_out() -> None:
    assert [c.key for c in columns_of(["seed", "gone", "seed", 7, "score:bleu"])] == [
        "seed",
        "score:bleu",
    ]
    assert [c.key for c in columns_of(["gone"])] == list(DEFAULT)
    assert column_of("score:") is None


def test_a_running_mean_weighs_what_a_point_stands_for() -> None:
    found = running_mean(np.array([0.0, 1.0, 1.0]), np.array([1, 1, 2]), width=3)
    assert found.tolist() == [0.5, 0.75, 1.0]
    assert running_mean(np.empty(0), np.empty(0)).size == 0
