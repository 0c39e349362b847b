"""Lanes: the newest request counts, answers arrive on the GUI thread, nothing is left running."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from workbench.gui.lane import Lane


def test_answers_arrive_on_the_gui_thread(qtbot: QtBot) -> None:
    lane = Lane("test")
    seen: list[tuple[object, int]] = []
    lane.submit(
        threading.get_ident,
        lambda ident: seen.append((ident, threading.get_ident())),
        lambda _error: None,
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, gui = seen[0]
    assert gui == threading.get_ident() != worker
    assert lane.close()


def test_only_the_newest_answer_counts(qtbot: QtBot) -> None:
    lane = Lane("test")
    gate, begun = threading.Event(), threading.Event()
    seen: list[int] = []
    ran: list[int] = []

    def slow() -> int:
        begun.set()
        gate.wait(5)
        ran.append(1)
        return 1

    def quick(number: int) -> int:
        ran.append(number)
        return number

    lane.submit(slow, seen.append, lambda _error: None)
    assert begun.wait(5)
    lane.submit(lambda: quick(2), seen.append, lambda _error: None)
    lane.submit(lambda: quick(3), seen.append, lambda _error: None)
    gate.set()
    qtbot.waitUntil(lambda: seen == [3])
    assert ran == [1, 3]
    assert lane.close()


def test_errors_go_to_failed(qtbot: QtBot) -> None:
    lane = Lane("test")
    errors: list[Exception] = []

    def bad() -> int:
        raise ZeroDivisionError("no")

    lane.submit(bad, lambda _answer: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)
    assert lane.close()


def test_closing_twice_and_submitting_afterwards_is_harmless(qtbot: QtBot) -> None:
    lane = Lane("test")
    assert lane.close()
    lane.submit(lambda: 1, lambda _answer: None, lambda _error: None)
    assert lane.close()


def test_closing_says_when_the_work_will_not_end(qtbot: QtBot) -> None:
    lane = Lane("test")
    gate, begun = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        gate.wait(5)

    lane.submit(slow, lambda _answer: None, lambda _error: None)
    assert begun.wait(5)
    assert not lane.close(0.01)
    gate.set()
    assert lane.close()
