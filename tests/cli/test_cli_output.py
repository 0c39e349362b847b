"""Where the output cannot be written: one line, no traceback, and the run is in the history."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import ROOT, printed

from workbench.core.paths import Profile
from workbench.engine.bench_model import QUICK, write_bench_model

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="a device that is full: Linux")


def environment(unbuffered: str = "") -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered}


def command(profile: Profile, *words: str | Path) -> list[str]:
    return [sys.executable, "-m", "workbench", "--profile", str(profile.root), *map(str, words)]


def statuses(profile: Profile) -> list[str]:
    listed = json.loads(printed(profile.root, "history", "list", "--json"))
    return [run["status"] for run in listed]


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_one_line(own_profile: Profile, unbuffered: str) -> None:
    with FULL.open("w") as full:
        ran = subprocess.run(
            command(own_profile, "models", "show", "demo-2m-q8_0", "--json"),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment(unbuffered),
        )
    assert ran.returncode == 1
    expected = "workbench: The output could not be written: No space left on device.\n"
    assert ran.stderr == expected


def test_a_run_whose_reader_leaves_is_stopped_and_kept(
    own_profile: Profile, tmp_path: Path
) -> None:
    model = tmp_path / "endless.gguf"
    write_bench_model(model, QUICK)
    process = subprocess.Popen(
        command(
            own_profile, "run", "@Hello", "-m", model, "-s", "max_tokens=8000",
            "-s", "n_ctx=8192", "-s", "ignore_eos=true",
        ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(1)
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 1
    assert error == b""
    assert statuses(own_profile) == ["cancelled"]


@needs_full
def test_a_run_on_a_full_disk_is_kept(own_profile: Profile) -> None:
    with FULL.open("w") as full:
        ran = subprocess.run(
            command(own_profile, "run", "@Hello", "-s", "max_tokens=4"),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment(),
        )
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "No space left" in ran.stderr
    assert len(statuses(own_profile)) == 1


def test_closed_streams(own_profile: Profile) -> None:
    words = " ".join(command(own_profile, "run", "@Hello", "-s", "max_tokens=4"))
    ran = subprocess.run(
        ["sh", "-c", f"{words} <&- >&- 2>&-"], capture_output=True, check=False, env=environment()
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert statuses(own_profile) == ["done"]
