"""An evaluation survives its program's death, its engine's death, and another program beside it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.evaluations import (
    SETTINGS,
    WAIT_S,
    Watching,
    choice_rows,
    evaluated,
    plan_for,
    stored_items,
    word_rows,
    write_rows,
)

from workbench.core.paths import Profile
from workbench.engine.gguf import read_header
from workbench.engine.pool import EnginePool
from workbench.experiments.evaluate.runner import Evaluation
from workbench.experiments.session import Session, open_session
from workbench.experiments.tasks.load import load_task


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    opened, _ = open_session(own_profile, EnginePool())
    yield opened
    opened.close()


def command(profile: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "workbench", "--profile", str(profile), "eval",
            *map(str, arguments), "--json"]  # fmt: skip


def results(document: dict[str, Any]) -> list[tuple[object, ...]]:
    (model,) = document["models"]
    return [
        (r["id"], r["prediction"], tuple(r.get("logprobs", ())), r["error"], r["gold"])
        for r in model["results"]
    ]


def killed_at(profile: Path, arguments: list[str], items: int) -> None:
    """Start the command and kill it as soon as so many items are on the disk."""
    with subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        deadline = time.monotonic() + WAIT_S
        while stored_items(profile) < items:
            if process.poll() is not None or time.monotonic() > deadline:
                assert process.stderr is not None
                raise AssertionError(f"it ended by itself: {process.stderr.read().decode()}")
            try:
                process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
        process.kill()
        process.wait()


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("items", "kills"), [(300, 4), pytest.param(500, 10, marks=pytest.mark.bench)]
)
def test_killed_again_and_again_it_ends_as_if_nothing_had_happened(
    small_demo_model: Path, tmp_path: Path, items: int, kills: int
) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(items + 5))
    asked: list[str | Path] = [path, "-m", small_demo_model, "--permute", "--seed", "3"]
    asked += ["--few-shot", "5", "-s", "n_ctx=512"]
    plain = subprocess.run(
        command(tmp_path / "plain", *asked), capture_output=True, check=False, timeout=300
    )
    assert plain.returncode == 0, plain.stderr.decode()
    expected = results(json.loads(plain.stdout))
    assert len(expected) == items
    profile = tmp_path / "killed"
    killed_at(profile, command(profile, *asked), 1)
    for kill in range(1, kills):
        killed_at(profile, command(profile, "--resume", "last"), stored_items(profile) + 1 + kill)
    before = stored_items(profile)
    assert 0 < before < items
    last = subprocess.run(
        command(profile, "--resume", "last"), capture_output=True, check=False, timeout=300
    )
    assert last.returncode == 0, last.stderr.decode()
    found = json.loads(last.stdout)
    assert results(found) == expected
    runs = [r["run_id"] for r in found["models"][0]["results"]]
    assert len(set(runs)) == items
    with sqlite3.connect(profile / "history.db") as connection:
        known = {row[0] for row in connection.execute("SELECT run_id FROM runs")}
        left = connection.execute("SELECT count(*) FROM runs WHERE status <> 'done'").fetchone()
    assert known == set(runs)
    assert left == (0,)


@pytest.mark.spawned
def test_the_engine_may_be_killed_midway(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", word_rows(30))
    plan = plan_for(path, small_demo_model)
    _, expected = evaluated(session, plan, save=False)

    def kill(_outcome: object, _progress: object) -> None:
        if len(sink.outcomes) in (5, 15):
            client = session.held(read_header(small_demo_model).info, SETTINGS)
            if client is not None and client.pid is not None:
                os.kill(client.pid, signal.SIGKILL)

    sink = Watching(kill)
    evaluation = Evaluation(session, plan, load_task(path), sink)
    evaluation.start()
    end = evaluation.wait(WAIT_S)
    assert [o.error for o in end.outcomes] == [""] * 30
    assert [o.evidence[0].prediction for o in end.outcomes] == [
        o.evidence[0].prediction for o in expected.outcomes
    ]
    assert session.store.count() == 30


@pytest.mark.spawned
def test_an_item_that_kills_every_engine_fails_alone(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    """Whenever the third item's turn has come, its engine dies."""
    path = write_rows(tmp_path / "t.jsonl", word_rows(6))
    plan = plan_for(path, small_demo_model, n_samples=64)
    evaluation = Evaluation(session, plan, load_task(path), sink := Watching())
    begin = evaluation._finish

    def finish(subject: Any) -> None:
        if evaluation._line.running[0].batch == (2,):
            client = session.held(read_header(small_demo_model).info, SETTINGS)
            job = evaluation._line.running[0].work.job
            if client is not None and client.pid is not None and not job.future.done():
                os.kill(client.pid, signal.SIGKILL)
        begin(subject)

    evaluation._finish = finish  # type: ignore[method-assign]  # the moment matters
    evaluation.start()
    end = evaluation.wait(WAIT_S)
    assert [bool(o.error) for o in end.outcomes] == [False, False, True, False, False, False]
    assert "SIGKILL" in end.outcomes[2].error
    assert sink.progress[-1].failed == 1
    _, again = evaluated(session, plan, name=evaluation.name)
    assert [o.error for o in again.outcomes] == [""] * 6


def test_two_programs_go_on_with_one_evaluation(small_demo_model: Path, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(60))
    profile = tmp_path / "both"
    asked: list[str | Path] = [path, "-m", small_demo_model, "-s", "n_ctx=512"]
    killed_at(profile, command(profile, *asked), 1)
    both = [
        subprocess.Popen(command(profile, "--resume", "last"), stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    documents = []
    for process in both:
        out, _ = process.communicate(timeout=WAIT_S)
        assert process.returncode == 0
        documents.append(json.loads(out))
    assert results(documents[0]) == results(documents[1])
    assert len(results(documents[0])) == 60
    with sqlite3.connect(profile / "history.db") as connection:
        assert connection.execute("SELECT count(*) FROM experiment_items").fetchone() == (60,)
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (60,)
