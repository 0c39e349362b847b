"""Questions off the GUI thread: the newest counts, a stop is heard, errors arrive."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from workbench.core.cancel import CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.gui.attention.asking import Asking, Progress


@pytest.fixture
def asking(qtbot: QtBot) -> Iterator[Asking]:
    """Closed after the test."""
    made = Asking("test")
    yield made
    made.close()


def test_answers_and_errors_arrive_here(qtbot: QtBot, asking: Asking) -> None:
    here = threading.get_ident()
    threads: list[int] = []
    answers: list[object] = []

    def work(progress: Progress, cancel: CancelToken) -> int:
        threads.append(threading.get_ident())
        return 42

    def bad(progress: Progress, cancel: CancelToken) -> int:
        raise UserError("no such layer")

    asking.ask(work, answers.append, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert answers == [42]
    assert threads != [here]
    assert not asking.is_asking
    asking.ask(bad, answers.append, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert str(answers[1]) == "no such layer"


def test_a_new_question_stops_the_one_before(qtbot: QtBot, asking: Asking) -> None:
    stopped = threading.Event()
    answers: list[str] = []

    def slow(progress: Progress, cancel: CancelToken) -> str:
        cancel.when_cancelled(stopped.set)
        stopped.wait(10)
        raise StoppedError("It was stopped.")

    asking.ask(slow, answers.append, lambda e: answers.append(str(e)))
    asking.ask(lambda _p, _c: "second", answers.append, lambda e: answers.append(str(e)))
    qtbot.waitUntil(lambda: bool(answers), timeout=5000)
    assert stopped.is_set()
    assert answers == ["second"]


def test_a_stop_calls_nobody(qtbot: QtBot, asking: Asking) -> None:
    answers: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def slow(progress: Progress, cancel: CancelToken) -> str:
        begun.set()
        cancel.when_cancelled(go_on.set)
        go_on.wait(10)
        return "late"

    asking.ask(slow, answers.append, lambda e: answers.append(str(e)))
    assert begun.wait(5)
    asking.stop()
    assert not asking.is_asking
    asking.ask(lambda _p, _c: "next", answers.append, lambda e: answers.append(str(e)))
    qtbot.waitUntil(lambda: answers == ["next"], timeout=5000)


def test_only_what_lasts_shows_progress(qtbot: QtBot, asking: Asking) -> None:
    told: list[object] = []
    asking.busy_changed.connect(told.append)
    asking.progressed.connect(lambda done, total: told.append((done, total)))
    go_on = threading.Event()

    def slow(progress: Progress, cancel: CancelToken) -> str:
        progress(1, 9)
        go_on.wait(10)
        progress(2, 9)
        return "done"

    answers: list[str] = []
    asking.ask(lambda _p, _c: "quick", answers.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(answers))
    assert told == []
    asking.ask(slow, answers.append, lambda _: None)
    qtbot.waitUntil(lambda: told == [True], timeout=5000)
    go_on.set()
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=5000)
    assert told == [True, (2, 9), False]
