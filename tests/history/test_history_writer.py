"""The writer's thread: order, errors to whoever asked, and an end that can be relied on."""

from __future__ import annotations

import sqlite3
import threading
from functools import partial
from pathlib import Path

import pytest
from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.history.writer import Writer


def test_tasks_run_in_order_on_one_thread_that_is_not_ours() -> None:
    writer = Writer(None)
    seen: list[tuple[int, str]] = []

    def task(number: int, _: Database) -> None:
        seen.append((number, threading.current_thread().name))

    for number in range(50):
        writer.submit(partial(task, number))
    writer.close()
    assert seen == [(number, "history-writer") for number in range(50)]


def test_close_drains_is_idempotent_and_ends_the_thread(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "h.db")
    futures = [writer.submit(lambda db: db.execute("SELECT 1").fetchone()) for _ in range(100)]
    writer.close()
    writer.close()
    assert all(future.result() == (1,) for future in futures)
    with pytest.raises(UserError, match="history is closed"):
        writer.submit(lambda _: None)


def test_an_error_reaches_its_future_and_the_thread_goes_on() -> None:
    writer = Writer(None)

    def fail(db: Database) -> None:
        db.execute("SELECT nonsense")

    broken = writer.submit(fail)
    works = writer.submit(lambda db: db.execute("SELECT 2").fetchone())
    with pytest.raises(sqlite3.OperationalError, match="nonsense"):
        broken.result()
    assert works.result() == (2,)
    writer.close()


def test_a_cancelled_future_is_not_run() -> None:
    writer = Writer(None)
    gate = threading.Event()
    ran: list[int] = []
    first = writer.submit(lambda _: gate.wait())
    second = writer.submit(lambda _: ran.append(2))
    assert second.cancel()
    gate.set()
    writer.close()
    assert first.result() is True
    assert ran == []


def test_a_thread_that_will_not_end_is_reported() -> None:
    writer = Writer(None)
    gate = threading.Event()
    writer.submit(lambda _: gate.wait())
    with pytest.raises(UserError, match=r"still being written after 0\.01 seconds"):
        writer.close(timeout_s=0.01)
    gate.set()
    writer.close()


def test_a_file_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be opened"):
        Writer(tmp_path)
