"""Which runs belong to which version of a prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from workbench.core.run import RunStart
from workbench.history.store import HistoryStore
from workbench.history.version_runs import runs_by_version
from workbench.history.versions import PromptVersions

MakeStart = Callable[..., RunStart]


@pytest.fixture
def ticking(history_path: Path) -> Iterator[HistoryStore]:
    """A history whose clock says 10, 20, 30, …"""
    ticks = count(10, 10)
    opened = HistoryStore(history_path, lambda: next(ticks))
    yield opened
    opened.close()


def test_runs_belong_to_the_version_that_stood(
    ticking: HistoryStore, make_start: MakeStart
) -> None:
    versions = PromptVersions(ticking)
    saved = [versions.save("k", text).result() for text in ("one", "two", "one")]
    early, late = saved[0].created_us + 1, saved[2].created_us + 1
    for run_id, source, created_us in (
        ("run-1", "one", early),
        ("run-2", "one", early),
        ("run-3", "one", late),
        ("run-4", "two", late),
        ("run-5", "three", late),
        ("run-6", "one", 1),
    ):
        start = make_start(run_id, prompt_source=source, created_us=created_us)
        ticking.start_run(start).result()
    found = runs_by_version(ticking, versions.list("k"))
    assert found == {1: ["run-6", "run-2", "run-1"], 2: ["run-4"], 3: ["run-3"]}


def test_no_versions_and_many_versions(ticking: HistoryStore, make_start: MakeStart) -> None:
    assert runs_by_version(ticking, ()) == {}
    versions = PromptVersions(ticking)
    for number in range(600):
        versions.save("many", f"text {number}")
    ticking.start_run(make_start("run-1", prompt_source="text 599")).result()
    found = runs_by_version(ticking, versions.list("many"))
    assert len(found) == 600
    assert found[600] == ["run-1"]
