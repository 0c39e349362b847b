"""Forks in the real window: at alternatives, edits and ends, while streaming, several at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.engine.bench_model import QUICK, write_bench_model
from workbench.experiments.live_run import RunOutcome
from workbench.gui.branches.edit_strip import EditStrip
from workbench.gui.branches.reply_tools import ReplyTools
from workbench.gui.current import Part, ShownRun, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.run_controller import Phase
from workbench.history.branches import family

WAIT_MS = 30_000
SHORT = Sampling(max_tokens=14, ignore_eos=True)
LONG = Sampling(max_tokens=800, ignore_eos=True)


@pytest.fixture(scope="module")
def slow_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model whose long replies take seconds."""
    path = tmp_path_factory.mktemp("slow") / "slow.gguf"
    write_bench_model(path, QUICK)
    return path


def generate(window: MainWindow, qtbot: QtBot, sampling: Sampling = SHORT) -> ShownRun:
    """A finished run on show."""
    window.prompt_space.sampling.set_sampling(sampling)
    window.prompt_space.sampling.set_seed(7)
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.runs.generate()
    return on_show(window)


def on_show(window: MainWindow) -> ShownRun:
    """The run on show."""
    run = window.current.run
    assert run is not None
    return run


def place(index: int, sample: int = 0) -> TokenPlace:
    """A token of the reply."""
    return TokenPlace(Part.REPLY, sample, index)


def ids(run: ShownRun, sample: int = 0) -> list[int]:
    """What a reply says."""
    return [int(t) for t in run.samples[sample].ids]


def other(run: ShownRun, index: int) -> int:
    """An alternative that was not said."""
    said = int(run.samples[0].ids[index])
    return next(int(t) for t in run.samples[0].top_ids[index] if int(t) != said)


def notice(window: MainWindow) -> str:
    """What stands above every workspace about forking."""
    message = window.notices.message("fork")
    return "" if message is None else f"{message.text} {message.hint}"


def test_a_click_on_an_alternative_in_the_card_forks_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    root = generate(window, qtbot)
    view = window.prompt_space.reply.view
    view.lock(5)
    card = window.card
    assert card.card is not None
    row = next(i for i, r in enumerate(card.card.rows) if r.id is not None and not r.chosen)
    wanted = card.card.rows[row].id
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.row_rect(row).center())
    fork = on_show(window)
    assert fork.start.parent == (root.run_id, 0, 5)
    assert fork.start.given == (wanted,)
    assert fork.start.seed == root.start.seed
    assert ids(fork)[:6] == [*ids(root)[:5], wanted]
    assert len(ids(fork)) == 6 + 14
    assert len(view) == len(ids(fork))
    assert np.isnan(fork.samples[0].p_sampled[5])
    stored = window._session.store.get(fork.run_id)
    assert stored.status is RunStatus.DONE
    assert stored.end is not None
    assert stored.end.result.samples[0].tokens.ids.tolist() == ids(fork)
    # The status tells what was decoded: the alternative, and what was said behind it.
    assert stored.end.result.timings.prefill_tokens == 1


def test_the_card_is_deaf_until_it_is_kept_open(window: MainWindow, qtbot: QtBot) -> None:
    generate(window, qtbot)
    view = window.prompt_space.reply.view
    view.pointed.emit(5, view.rect_of(5))
    assert window.card.card is not None
    assert window.card.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    view.lock(5)
    assert not window.card.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    chosen: list[int] = []
    window.card.alternative_chosen.connect(chosen.append)
    rows = window.card.card.rows
    for number in [i for i, r in enumerate(rows) if r.chosen or r.is_rest]:
        point = window.card.row_rect(number).center()
        QTest.mouseClick(window.card, Qt.MouseButton.LeftButton, pos=point)
    QTest.mouseClick(window.card, Qt.MouseButton.LeftButton, pos=QPoint(40, 30))
    assert chosen == []
    assert window.runs.is_idle()


def test_keys_fork_regenerate_and_several(window: MainWindow, qtbot: QtBot) -> None:
    root = generate(window, qtbot)
    view = window.prompt_space.reply.view
    view.setFocus()
    view.lock(4)
    number = root.samples[0].top_ids[4].tolist().index(other(root, 4)) + 1
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        QTest.keyClicks(view, str(number))
    one = on_show(window)
    assert one.start.given == (other(root, 4),)
    view.lock(9)
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        QTest.keyClick(view, Qt.Key.Key_R)
    two = on_show(window)
    assert two.start.parent == (one.run_id, 0, 9)
    assert (two.start.given, ids(two)[:9]) == ((), ids(one)[:9])
    assert two.start.seed != one.start.seed
    view.lock(3)
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        QTest.keyClick(view, Qt.Key.Key_N)
    many = on_show(window)
    assert many.start.n_samples == 4
    assert window.pages.workspace is Workspace.PROBABILITIES
    assert {tuple(ids(many, s)[:3]) for s in range(4)} == {tuple(ids(two)[:3])}
    tree = family(window._session.store, root.run_id)
    assert [row.parent for row in tree] == [
        None, (root.run_id, 0, 4), (one.run_id, 0, 9), (two.run_id, 0, 3),
    ]  # fmt: skip


def test_a_fork_at_the_first_token_and_at_the_end(window: MainWindow, qtbot: QtBot) -> None:
    root = generate(window, qtbot)
    window.current.choose(place(0))
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.forks.say_instead(other(root, 0))
    first = on_show(window)
    assert first.start.parent == (root.run_id, 0, 0)
    assert ids(first)[0] == other(root, 0)
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.forks.go_on()
    longer = on_show(window)
    assert longer.start.parent == (first.run_id, 0, len(ids(first)))
    assert ids(longer)[: len(ids(first))] == ids(first)
    assert len(ids(longer)) == len(ids(first)) + 14


def test_forking_while_streaming_stops_the_run_and_keeps_it(
    open_window: object, qtbot: QtBot, slow_model: Path
) -> None:
    assert callable(open_window)
    window: MainWindow = open_window(model=slow_model)
    window.prompt_space.sampling.set_sampling(LONG)
    window.runs.generate()
    qtbot.waitUntil(
        lambda: window.current.run is not None and on_show(window).length(Part.REPLY) > 12,
        timeout=WAIT_MS,
    )
    parent = on_show(window)
    window.current.choose(place(8))
    wanted = other(parent, 8)
    ended: list[RunOutcome] = []
    window.runs.finished.connect(ended.append)
    window.forks.say_instead(wanted)
    qtbot.waitUntil(lambda: on_show(window).run_id != parent.run_id, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: on_show(window).length(Part.REPLY) > 20, timeout=WAIT_MS)
    assert [o.start.run_id for o in ended] == [parent.run_id]
    fork = on_show(window)
    assert fork.start.parent == (parent.run_id, 0, 8)
    # A fork of the fork while that streams, then stopped by hand.
    window.current.choose(place(15))
    window.forks.again(place(15))
    qtbot.waitUntil(lambda: on_show(window).run_id != fork.run_id, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: on_show(window).length(Part.REPLY) > 18, timeout=WAIT_MS)
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.runs.stop()
    rows = family(window._session.store, parent.run_id)
    assert [(r.parent, r.status) for r in rows] == [
        (None, RunStatus.CANCELLED),
        ((parent.run_id, 0, 8), RunStatus.CANCELLED),
        ((fork.run_id, 0, 15), RunStatus.CANCELLED),
    ]
    for row in rows:
        stored = window._session.store.get(row.run_id)
        assert stored.end is not None
        assert len(stored.end.result.samples[0].tokens) > 8
        assert stored.end.result.samples[0].text == row.samples[0].text != ""


def test_esc_while_the_parent_still_stops_takes_the_fork_back(
    open_window: object, qtbot: QtBot, slow_model: Path
) -> None:
    assert callable(open_window)
    window: MainWindow = open_window(model=slow_model)
    window.prompt_space.sampling.set_sampling(LONG)
    window.runs.generate()
    qtbot.waitUntil(
        lambda: window.current.run is not None and on_show(window).length(Part.REPLY) > 5,
        timeout=WAIT_MS,
    )
    parent = on_show(window)
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.forks.again(place(2))
        assert window.runs.phase is Phase.STOPPING
        window.runs.stop()
    assert window.runs.is_idle()
    assert on_show(window).run_id == parent.run_id
    assert len(family(window._session.store, parent.run_id)) == 1


def test_an_edit_in_the_middle_is_said_and_continued(window: MainWindow, qtbot: QtBot) -> None:
    root = generate(window, qtbot)
    view = window.prompt_space.reply.view
    view.setFocus()
    view.lock(6)
    QTest.keyClick(view, Qt.Key.Key_E)
    strip = window.prompt_space.reply.findChild(EditStrip)
    assert strip is not None
    assert strip.isVisible()
    piece = root.pieces[ids(root)[6]].decode()
    assert strip.field.toPlainText() == piece
    assert view.lit == frozenset({6})
    QTest.keyClick(strip.field, Qt.Key.Key_Escape)
    assert not strip.isVisible()
    assert view.lit == frozenset()
    assert window.runs.is_idle()
    view.lock(6)
    QTest.keyClick(view, Qt.Key.Key_F2)
    strip.field.setPlainText(" purple 🦊")
    QTest.keyClick(strip.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert strip.isVisible()
    strip.field.setPlainText(" purple 🦊")
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        QTest.keyClick(strip.field, Qt.Key.Key_Return)
    fork = on_show(window)
    assert fork.start.parent == (root.run_id, 0, 6)
    given = b"".join(fork.pieces[t] for t in fork.start.given)
    assert given == " purple 🦊".encode()
    before = b"".join(root.pieces[t] for t in ids(root)[:6]).decode()
    assert fork.end is not None
    assert fork.end.result.samples[0].text.startswith(before + " purple 🦊")
    assert not np.isnan(fork.samples[0].logprob).any()


def test_an_edit_that_leaves_nothing_is_said_anew_from_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    root = generate(window, qtbot)
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.forks.write(place(3), "")
    fork = on_show(window)
    assert (fork.start.parent, fork.start.given) == ((root.run_id, 0, 3), ())


def test_a_click_on_the_next_token_begins_with_it(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: window.peeks.is_settled and bool(window.prompt_space.next_token.bars.rows)
    )
    bars = window.prompt_space.next_token.bars
    wanted = bars.rows[1].id
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(40, 33))
    run = on_show(window)
    assert (run.start.parent, run.start.given) == (None, (wanted,))
    assert ids(run)[0] == wanted
    assert run.end is not None
    # The next one is an ordinary run again.
    assert generate(window, qtbot).start.given == ()


def test_another_model_and_a_model_that_is_gone_are_named(
    open_window: object, qtbot: QtBot, demo_model: Path, small_demo_model: Path, tmp_path: Path
) -> None:
    assert callable(open_window)
    own = tmp_path / "own.gguf"
    own.write_bytes(small_demo_model.read_bytes())
    window: MainWindow = open_window(model=own)
    root = generate(window, qtbot)
    with qtbot.waitSignal(window.models.loaded, timeout=WAIT_MS):
        window.models.choose(demo_model)
    window.forks.again(place(3))
    assert f"made by {root.start.model.name}" in notice(window)
    message = window.notices.message("fork")
    assert message is not None
    (words, load) = message.actions[0]
    assert words == "Load own"
    assert window.runs.is_idle()
    own.rename(tmp_path / "away.gguf")
    window.forks.again(place(3))
    assert f"gone: {own}" in notice(window)
    (tmp_path / "away.gguf").rename(own)
    with qtbot.waitSignal(window.models.loaded, timeout=WAIT_MS):
        load()
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        window.forks.again(place(3))
    assert on_show(window).start.parent == (root.run_id, 0, 3)
    assert notice(window) == ""


def test_a_prompt_token_and_an_empty_window_cannot_be_forked(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.forks.again(place(0))
    assert "There is no reply to fork" in notice(window)
    generate(window, qtbot)
    window.current.choose(TokenPlace(Part.PROMPT, 0, 2))
    window.forks.say_instead(5)
    assert "Only a reply can be forked" in notice(window)
    window.prompt_space.sampling.set_sampling(replace(SHORT, grammar='root ::= "zzz"'))
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS) as done:
        window.forks.again(place(4))
    assert done.args is not None
    assert "does not follow the grammar" in done.args[0].end.result.error


def test_the_menu_offers_everything_at_a_token(window: MainWindow, qtbot: QtBot) -> None:
    root = generate(window, qtbot)
    view = window.prompt_space.reply.view
    tools = view.findChild(ReplyTools)
    assert tools is not None
    tools.open_menu(5, view.viewport().mapToGlobal(view.rect_of(5).center()))
    menu = tools.menu
    assert menu is not None
    assert view.locked_token == 5
    texts = [a.text().replace("&", "").split("\t")[0] for a in menu.actions() if a.text()]
    assert texts == [
        "Say instead", "Regenerate from here", "Several continuations from here",
        "Edit from here…", "Look ahead from here", "Continue the reply",
    ]  # fmt: skip
    instead = menu.actions()[0].menu()
    assert instead is not None
    listed = instead.actions()  # type: ignore[attr-defined]  # the stub says QObject
    assert len(listed) == 9
    assert [a.isEnabled() for a in listed].count(False) <= 1
    chosen = next(i for i, a in enumerate(listed) if a.isEnabled())
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT_MS):
        listed[chosen].trigger()
    menu.close()
    assert on_show(window).start.given == (int(root.samples[0].top_ids[5][chosen]),)
