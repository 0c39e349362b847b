"""The tree of branches in the real window: shown, opened, named, deleted, compared, streamed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.engine.bench_model import QUICK, write_bench_model
from workbench.experiments.run_tree import reply_facts
from workbench.gui.branches.columns import Columns
from workbench.gui.branches.tree_controller import TreeController
from workbench.gui.branches.tree_panel import TreePanel
from workbench.gui.current import Part, ShownRun, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.history.branches import family

WAIT_MS = 30_000
SHORT = Sampling(max_tokens=14, ignore_eos=True)


@pytest.fixture(scope="module")
def slow_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model whose long replies take seconds."""
    path = tmp_path_factory.mktemp("slow") / "slow.gguf"
    write_bench_model(path, QUICK)
    return path


def run(window: MainWindow, qtbot: QtBot, act: Callable[[], object]) -> ShownRun:
    """The run that `act` begins, finished."""
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        act()
    shown = window.current.run
    assert shown is not None
    return shown


def panel(window: MainWindow) -> TreePanel:
    """The panel of the tree."""
    found = window.findChild(TreePanel)
    assert found is not None
    return found


def settle(window: MainWindow, qtbot: QtBot, act: Callable[[], object]) -> None:
    """Until the tree was read again behind `act`."""
    controller = panel(window).findChild(TreeController)
    assert controller is not None
    with qtbot.waitSignal(controller.settled, timeout=WAIT_MS):
        act()


def grown(window: MainWindow, qtbot: QtBot) -> tuple[ShownRun, ShownRun, ShownRun]:
    """A root, a fork of it and a fork of that, with the tree in front."""
    window.prompt_space.sampling.set_sampling(SHORT)
    root = run(window, qtbot, window.runs.generate)
    one = run(window, qtbot, lambda: window.forks.again(TokenPlace(Part.REPLY, 0, 4)))
    two = run(window, qtbot, lambda: window.forks.again(TokenPlace(Part.REPLY, 0, 9)))
    settle(window, qtbot, window.actions_by_name["branches"].trigger)
    return root, one, two


def keys(window: MainWindow) -> list[tuple[str, int | None]]:
    """What the tree shows."""
    return [node.key for node in panel(window).tree.nodes]


def test_the_tree_shows_the_family_and_marks_the_run_on_show(
    window: MainWindow, qtbot: QtBot
) -> None:
    root, one, two = grown(window, qtbot)
    assert window.pages.workspace is Workspace.PROBABILITIES
    tree = panel(window).tree
    assert keys(window) == [(root.run_id, 0), (one.run_id, 0), (two.run_id, 0)]
    assert [node.parent for node in tree.nodes] == [-1, 0, 1]
    assert panel(window).count.text() == "3 runs"
    assert [node.key for node in tree.selected()] == [(two.run_id, 0)]
    index = tree.model().index(0, 0)
    qtbot.waitUntil(lambda: tree.visualRect(index).height() > 0)
    with qtbot.waitSignal(window.current.run_changed, timeout=WAIT_MS):
        QTest.mouseClick(
            tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center()
        )
    assert window.current.run is not None
    assert window.current.run.run_id == root.run_id
    qtbot.waitUntil(lambda: window.shown.run_id == root.run_id, timeout=WAIT_MS)
    # Opening a fork chooses the token where it left its parent.
    with qtbot.waitSignal(window.current.token_changed, timeout=WAIT_MS):
        tree.opened.emit(tree.nodes[2])
    assert window.current.token == TokenPlace(Part.REPLY, 0, 9)


def test_a_name_is_given_and_kept(window: MainWindow, qtbot: QtBot) -> None:
    _, one, _ = grown(window, qtbot)
    tree = panel(window).tree
    tree.mark((one.run_id, 0))
    item = tree.currentIndex()
    settle(window, qtbot, lambda: tree.model().setData(item, "the purple one"))
    assert [n.title for n in tree.nodes if n.is_named] == ["the purple one"]
    assert family(window._session.store, one.run_id)[1].name == "the purple one"
    settle(window, qtbot, lambda: tree.model().setData(tree.currentIndex(), "n" * 300))
    message = panel(window).messages.message("write")
    assert message is not None
    assert "at most 200" in message.text
    assert family(window._session.store, one.run_id)[1].name == "the purple one"


def test_deleting_with_undo_loses_nothing(window: MainWindow, qtbot: QtBot) -> None:
    root, one, two = grown(window, qtbot)
    tree = panel(window).tree
    tree.select([(one.run_id, 0)])
    settle(window, qtbot, lambda: QTest.keyClick(tree, Qt.Key.Key_Delete))
    # Its fork stands on it, so it stays as a deleted line.
    assert [n.trashed for n in tree.nodes] == [False, True, False]
    assert panel(window).count.text() == "2 runs"
    message = panel(window).messages.message("deleted")
    assert message is not None
    assert message.text == "1 run is deleted."
    assert "stays" in message.hint
    settle(window, qtbot, message.actions[0][1])
    assert not any(n.trashed for n in tree.nodes)
    tree.select([(one.run_id, 0)])
    settle(window, qtbot, lambda: panel(window).delete_wanted.emit(True))
    assert keys(window) == [(root.run_id, 0)]
    assert {r.run_id for r in window._session.store.recent()} == {root.run_id}
    settle(
        window,
        qtbot,
        lambda: QTest.keyClick(tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    )
    assert keys(window) == [(root.run_id, 0), (one.run_id, 0), (two.run_id, 0)]
    tree.select([(one.run_id, 0)])
    settle(window, qtbot, lambda: panel(window).delete_wanted.emit(False))
    tree.select([(one.run_id, 0)])
    settle(window, qtbot, panel(window).restore_wanted.emit)
    assert not any(n.trashed for n in tree.nodes)


def test_deleting_the_parent_of_a_running_branch_loses_nothing(
    open_window: Callable[..., MainWindow], qtbot: QtBot, slow_model: Path
) -> None:
    window = open_window(model=slow_model)
    window.prompt_space.sampling.set_sampling(SHORT)
    root = run(window, qtbot, window.runs.generate)
    settle(window, qtbot, window.actions_by_name["branches"].trigger)
    window.prompt_space.sampling.set_sampling(Sampling(max_tokens=800, ignore_eos=True))
    window.forks.again(TokenPlace(Part.REPLY, 0, 5))
    current = window.current
    qtbot.waitUntil(
        lambda: (
            current.run is not None
            and current.run.run_id != root.run_id
            and current.run.length(Part.REPLY) > 20
        ),
        timeout=WAIT_MS,
    )
    assert current.run is not None
    branch = current.run.run_id
    tree = panel(window).tree
    qtbot.waitUntil(lambda: (branch, 0) in keys(window), timeout=WAIT_MS)
    tree.select([(root.run_id, 0)])
    settle(window, qtbot, lambda: QTest.keyClick(tree, Qt.Key.Key_Delete))
    assert not window.runs.is_idle()
    assert [(n.run_id, n.trashed) for n in tree.nodes] == [(root.run_id, True), (branch, False)]
    assert tree.nodes[1].status is RunStatus.RUNNING
    settle(window, qtbot, lambda: run(window, qtbot, window.runs.stop))
    qtbot.waitUntil(lambda: tree.nodes[1].status is RunStatus.CANCELLED, timeout=WAIT_MS)
    stored = window._session.store.get(branch)
    assert stored.end is not None
    assert len(stored.end.result.samples[0].tokens) > 20
    assert stored.start.parent == (root.run_id, 0, 5)
    settle(
        window,
        qtbot,
        lambda: QTest.keyClick(tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    )
    assert not any(n.trashed for n in tree.nodes)


def test_continuations_stream_beside_each_other(
    open_window: Callable[..., MainWindow], qtbot: QtBot, slow_model: Path
) -> None:
    window = open_window(model=slow_model)
    window.prompt_space.sampling.set_sampling(SHORT)
    root = run(window, qtbot, window.runs.generate)
    window.prompt_space.sampling.set_sampling(Sampling(max_tokens=300, ignore_eos=True))
    window.forks.several(TokenPlace(Part.REPLY, 0, 6), 3)
    columns = window.findChild(Columns)
    assert columns is not None
    qtbot.waitUntil(
        lambda: len(columns.columns) == 3 and all(len(c.view) > 20 for c in columns.columns),
        timeout=WAIT_MS,
    )
    assert not window.runs.is_idle()
    assert columns.isVisible()
    assert columns.title.text() == "3 continuations"
    assert columns.note.text() == "from token 7 on"
    finished = run(window, qtbot, window.runs.stop)
    qtbot.waitUntil(lambda: "stopped" in columns.columns[2]._facts.text(), timeout=WAIT_MS)
    assert finished.end is not None
    for sample, column in enumerate(columns.columns):
        table = finished.samples[sample]
        assert len(column.view) == len(table)
        finish = finished.end.result.samples[sample].finish
        assert column._facts.text() == reply_facts(table, 6, finish)
        assert table.ids[:6].tolist() == root.samples[0].ids[:6].tolist()
    # A click on a column's head shows that reply at its fork.
    columns.columns[1].clicked.emit(*columns.columns[1].key)
    assert window.current.token == TokenPlace(Part.REPLY, 1, 6)
    columns.away.click()
    assert not columns.isVisible()


def test_branches_are_compared_with_numbers_of_their_own(window: MainWindow, qtbot: QtBot) -> None:
    root, one, two = grown(window, qtbot)
    tree = panel(window).tree
    tree.select([(root.run_id, 0)])
    assert not panel(window).compare.isEnabled()
    tree.select([(one.run_id, 0), (two.run_id, 0)])
    assert panel(window).compare.isEnabled()
    columns = window.findChild(Columns)
    assert columns is not None
    QTest.keyClick(tree, Qt.Key.Key_C)
    qtbot.waitUntil(columns.isVisible, timeout=WAIT_MS)
    assert columns.title.text() == "2 branches compared"
    assert [c.key for c in columns.columns] == [(one.run_id, 0), (two.run_id, 0)]
    same = 0
    for a, b in zip(one.samples[0].ids, two.samples[0].ids, strict=False):
        if a != b:
            break
        same += 1
    assert same >= 9
    assert columns.note.text() == f"the first {same} tokens are the same"
    for column, branch in zip(columns.columns, (one, two), strict=True):
        assert branch.end is not None
        wanted = reply_facts(branch.samples[0], same, branch.end.result.samples[0].finish)
        assert column._facts.text() == f"behind token {same}: {wanted}"


def test_the_menu_and_the_empty_state(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_name["branches"].trigger()
    assert panel(window).isVisible()
    assert not panel(window).tree.isVisible()
    for button in (panel(window).compare, panel(window).rename, panel(window).delete):
        assert not button.isEnabled()
    _, one, _ = grown(window, qtbot)
    panel(window).tree.select([(one.run_id, 0)])
    panel(window).open_menu(QPoint(0, 0))
    menu = panel(window).menu
    assert menu is not None
    enabled = {a.text().replace("&", "").split("\t")[0]: a.isEnabled() for a in menu.actions()}
    menu.close()
    assert enabled == {
        "Compare": False,
        "Rename": True,
        "Delete": True,
        "Delete with all its forks": True,
        "Bring back": False,
        "Undo the last deletion": True,
    }
