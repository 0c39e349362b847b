"""The right end of the status bar: as which run the reply in front is saved, its speeds."""

from __future__ import annotations

from pytestqt.qtbot import QtBot
from support.compare_room import Room

from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace


def generate(window: MainWindow, qtbot: QtBot) -> str:
    """Run the prompt, wait until it is listed; its id."""
    before = len(window.history_model.rows)
    with qtbot.waitSignal(window.runs.finished, timeout=30_000):
        window.runs.generate()
    qtbot.waitUntil(lambda: len(window.history_model.rows) > before, timeout=10_000)
    run = window.current.run
    assert run is not None
    return run.run_id


def said(window: MainWindow) -> str:
    """What stands at the right end."""
    return window.status.saved.text()


def test_a_run_keeps_its_number_when_others_follow(window: MainWindow, qtbot: QtBot) -> None:
    window.prompt_space.sampling.set_sampling(with_values(Sampling(), {"max_tokens": 4}))
    first = generate(window, qtbot)
    qtbot.waitUntil(lambda: said(window) == "saved · run 1", timeout=10_000)
    generate(window, qtbot)
    qtbot.waitUntil(lambda: said(window) == "saved · run 2", timeout=10_000)
    window.prompt_space.recent.opened.emit(first)
    qtbot.waitUntil(lambda: window.shown.run_id == first, timeout=10_000)
    assert said(window) == "saved · run 1"
    window.history.refresh()
    with qtbot.waitSignal(window.history.listed, timeout=10_000):
        pass
    assert said(window) == "saved · run 1"


def test_speeds_are_those_of_the_reply_in_front(window: MainWindow, qtbot: QtBot) -> None:
    window.prompt_space.sampling.set_sampling(with_values(Sampling(), {"max_tokens": 30}))
    first = generate(window, qtbot)
    run = window.current.run
    assert run is not None
    assert run.end is not None
    decode = run.end.result.timings.decode_tps
    assert decode is not None
    generate(window, qtbot)
    window.prompt_space.recent.opened.emit(first)
    qtbot.waitUntil(lambda: window.shown.run_id == first, timeout=10_000)
    assert window.status.decode.text() == f"decode {decode:,.0f} token/s"


def test_the_words_of_compare_stay_in_compare(window: MainWindow, qtbot: QtBot) -> None:
    room = Room(qtbot, window)
    room.run()
    words = said(window)
    assert "columns" in words
    window.show_workspace(Workspace.PROMPT)
    assert "columns" not in said(window)
    window.show_workspace(Workspace.COMPARE)
    assert said(window) == words
