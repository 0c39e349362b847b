"""The same evaluation here and on a cluster, whose parts may die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.evaluations import choice_rows, stored_items, word_rows, write_rows
from support.ray_nodes import RayNodes

pytestmark = pytest.mark.timeout(300)
WAIT_S = 120.0


def command(profile: Path, verb: str, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "workbench", "--profile", str(profile), verb,
            *map(str, arguments), "--json"]  # fmt: skip


def ran(profile: Path, verb: str, *arguments: str | Path) -> tuple[dict[str, Any], str]:
    done = subprocess.run(
        command(profile, verb, *arguments), capture_output=True, check=False, timeout=WAIT_S
    )
    errors = done.stderr.decode()
    assert done.returncode == 0, errors
    return json.loads(done.stdout), errors


def interrupted(
    profile: Path,
    items: int,
    act: Callable[[subprocess.Popen[bytes]], None],
    *arguments: str | Path,
) -> tuple[int, bytes, str]:
    """Start an evaluation; `act` when so many items are on the disk; its code and what it said."""
    with subprocess.Popen(
        command(profile, "eval", *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        deadline = time.monotonic() + WAIT_S
        while stored_items(profile) < items:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            try:
                process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
        act(process)
        out, errors = process.communicate(timeout=WAIT_S)
        return process.returncode, out, errors.decode()


def results(document: dict[str, Any]) -> list[dict[str, Any]]:
    (model,) = document["models"]
    assert len({r["run_id"] for r in model["results"]}) == len(model["results"])
    return [{k: v for k, v in r.items() if k != "run_id"} for r in model["results"]]


def test_every_item_is_as_the_local_run_has_it(
    cluster: RayNodes, small_demo_model: Path, tmp_path: Path
) -> None:
    rows = [*choice_rows(30), *word_rows(30)]
    for name, some in (("choices", rows[:30]), ("words", rows[30:])):
        path = write_rows(tmp_path / f"{name}.jsonl", some)
        asked: list[str | Path] = [path, "-m", small_demo_model, "-s", "n_ctx=512"]
        asked += ["-s", "temperature=1", "-n", "1" if name == "choices" else "3"]
        here, _ = ran(tmp_path / f"here-{name}", "eval", *asked)
        there, said = ran(tmp_path / f"there-{name}", "eval", *asked, "--cluster", cluster.address)
        assert said == ""
        assert results(there) == results(here)
        assert there["models"][0]["metrics"] == here["models"][0]["metrics"]


def test_a_sweep_has_the_same_cells(
    cluster: RayNodes, small_demo_model: Path, tmp_path: Path
) -> None:
    asked = ["few-shot-story", "-v", "name=Zoe", "-m", str(small_demo_model), "--seed", "3"]
    asked += ["--axis", "temperature=0.2,0.8", "--axis", "top_p=0.5,0.95", "-n", "4"]
    here, _ = ran(tmp_path / "here", "sweep", *asked)
    there, _ = ran(tmp_path / "there", "sweep", *asked, "--cluster", cluster.address)
    assert [(c["at"], c["replies"]) for c in there["cells"]] == [
        (c["at"], c["replies"]) for c in here["cells"]
    ]


def test_a_replica_and_then_a_whole_machine_may_die(
    cluster: RayNodes, small_demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", word_rows(300))
    # One by one: in batches the rest would be done before a machine is dead.
    asked: list[str | Path] = [path, "-m", small_demo_model, "-s", "n_ctx=512", "--one-by-one"]
    here, _ = ran(tmp_path / "here", "eval", *asked)

    def kill_replica(_process: object) -> None:
        os.kill(cluster.replicas()[0], signal.SIGKILL)

    code, out, said = interrupted(
        tmp_path / "one", 20, kill_replica, *asked, "--cluster", cluster.address
    )
    assert code == 0, said
    assert " was lost (" in said
    assert results(json.loads(out)) == results(here)

    try:
        code, out, said = interrupted(
            tmp_path / "two",
            20,
            lambda _process: cluster.kill_node(),
            *asked,
            "--cluster",
            cluster.address,
        )
    finally:
        cluster.add_node()
    assert code == 0, said
    assert " was lost (" in said
    assert results(json.loads(out)) == results(here)


def test_stopped_on_the_cluster_it_goes_on_here(
    cluster: RayNodes, small_demo_model: Path, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", word_rows(300))
    asked: list[str | Path] = [path, "-m", small_demo_model, "-s", "n_ctx=512"]
    # Long enough for the signal to come in between: items are made many at a time.
    asked += ["-s", "max_tokens=60", "-s", "ignore_eos=true"]
    here, _ = ran(tmp_path / "here", "eval", *asked)
    there = tmp_path / "there"

    def stop(process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGINT)

    code, _, said = interrupted(there, 20, stop, *asked, "--cluster", cluster.address)
    assert code == 130, said
    assert "Go on with: workbench eval --resume" in said
    assert 20 <= stored_items(there) < 300
    whole, _ = ran(there, "eval", "--resume", "last")
    assert results(whole) == results(here)
    deadline = time.monotonic() + WAIT_S
    while cluster.replicas():
        assert time.monotonic() < deadline, "a replica is left on the cluster"


def test_what_cannot_be_is_said_in_a_line(tmp_path: Path, small_demo_model: Path) -> None:
    path = write_rows(tmp_path / "t.jsonl", word_rows(2))
    for more, said in (
        (["--replicas", "2"], "--replicas needs --cluster."),
        (["--cluster", "nonsense"], "There is no Ray cluster at nonsense"),
        (["--cluster", "127.0.0.1:1"], "There is no Ray cluster at 127.0.0.1:1"),
    ):
        asked = command(tmp_path / "p", "eval", path, "-m", small_demo_model, *more)
        done = subprocess.run(asked, capture_output=True, check=False, timeout=WAIT_S)
        assert done.returncode == 2
        (line,) = done.stderr.decode().splitlines()
        assert said in line
