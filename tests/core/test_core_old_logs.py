"""Logs of killed programs of versions that set no locks: only what surely nobody has goes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from support.commands import ROOT

from workbench.core.old_logs import OLD_S, sweep_old_log
from workbench.core.scratch import sweep_scratch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file")

HOLDS = "import sys\nprint('there', flush=True)\nsys.stdin.read()\n"

SWEEPS = (
    "import sys\n"
    "from pathlib import Path\n"
    "from workbench.core.old_logs import sweep_old_log\n"
    "import time\n"
    "print('there', flush=True)\n"
    "sys.stdin.read()\n"
    "removed = 0\n"
    "for path in sorted(Path(sys.argv[1]).iterdir()):\n"
    "    try:\n"
    "        removed += sweep_old_log(path, time.time() + 1e6)\n"
    "    except OSError:\n"
    "        pass\n"
    "print(removed)\n"
)


def log(folder: Path, name: str = "workbench-engine-ab_12xyz.log") -> Path:
    path = folder / name
    path.write_text("llama.cpp said something\n")
    return path


def a_day_later() -> float:
    return time.time() + OLD_S + 60


def test_a_log_that_nobody_has_open_goes_after_a_day(tmp_path: Path) -> None:
    path = log(tmp_path)
    assert not sweep_old_log(path)
    assert not sweep_old_log(path, time.time() + OLD_S - 60)
    assert path.exists()
    assert sweep_old_log(path, a_day_later())
    assert not path.exists()
    with pytest.raises(FileNotFoundError):
        sweep_old_log(path, a_day_later())


def test_a_log_that_a_living_engine_writes_stays(tmp_path: Path) -> None:
    """As an engine has it: its standard error, and open nowhere else."""
    path = log(tmp_path)
    with path.open("a") as stream:
        child = subprocess.Popen(
            [sys.executable, "-c", HOLDS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stream,
        )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"there\n"
        with pytest.raises(BlockingIOError):
            sweep_old_log(path, a_day_later())
        assert path.read_text() == "llama.cpp said something\n"
        child.kill()
        child.wait()
        assert sweep_old_log(path, a_day_later())


def test_a_reader_has_it_too(tmp_path: Path) -> None:
    path = log(tmp_path)
    with path.open(), pytest.raises(BlockingIOError):
        sweep_old_log(path, a_day_later())
    assert path.exists()


def test_links_folders_and_pipes_are_left_alone(tmp_path: Path) -> None:
    precious = log(tmp_path, "precious")
    link = tmp_path / "workbench-engine-aaaaaaaa.log"
    link.symlink_to(precious)
    folder = tmp_path / "workbench-engine-bbbbbbbb.log"
    folder.mkdir()
    pipe = tmp_path / "workbench-engine-cccccccc.log"
    os.mkfifo(pipe)
    for path in (link, folder, pipe):
        assert not sweep_old_log(path, a_day_later())
    assert precious.exists()
    assert {p.name for p in tmp_path.iterdir()} == {"precious", link.name, folder.name, pipe.name}


def test_only_logs_by_their_own_names_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole sweep, in a day to come."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = [log(tmp_path), log(tmp_path, "workbench-probe-0123_xyz.log")]
    names = (
        "workbench-engine-notes.log", "workbench-engine-ab_12xyz.log.gz", "my-engine-ab_12xyz.log",
        "workbench-code-ab_12xyz.log", "workbench-engine-AB_12XYZ.log", "workbench-engine.log",
    )  # fmt: skip
    kept = [log(tmp_path, name) for name in names]
    # Of this version: whether its owner lives is what the lock says.
    kept.append(log(tmp_path, "workbench-engine-lock_xyz.log"))
    (tmp_path / "workbench-engine-lock_xyz.log.lock").symlink_to(tmp_path / "nowhere")
    assert sweep_scratch() == 0
    assert sweep_scratch(a_day_later()) == len(gone)
    assert not any(path.exists() for path in gone)
    assert all(path.exists() for path in kept)


def test_who_has_a_log_for_itself_outlives_another_that_wants_it(tmp_path: Path) -> None:
    """The system tells it by a signal, of which the usual one would end it."""
    path = log(tmp_path)
    script = (
        "import os, sys\n"
        "from workbench.core.old_logs import _have_alone\n"
        "_have_alone(os.open(sys.argv[1], os.O_RDWR))\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script + HOLDS, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"there\n"
        with pytest.raises(BlockingIOError):
            sweep_old_log(path, a_day_later())
        holder.communicate()
    assert holder.returncode == 0


def test_two_programs_that_sweep_at_once_do_each_other_no_harm(tmp_path: Path) -> None:
    for number in range(400):
        log(tmp_path, f"workbench-engine-{number:08}.log")
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", SWEEPS, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for _ in range(3)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == b"there\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.close()
    removed = 0
    for program in programs:
        assert program.stdout is not None
        removed += int(program.stdout.read())
        program.stdout.close()
        assert program.wait(60) == 0
    left = len(list(tmp_path.iterdir()))
    assert removed + left == 400
    assert removed > 0
