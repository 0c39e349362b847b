"""Temporary files go with their owner, and those of a program that was killed with the next one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from support.commands import ROOT

from workbench.core.scratch import Scratch, sweep_scratch

HOLDS = (
    "import sys\n"
    "from workbench.core.scratch import Scratch\n"
    "file, folder = Scratch('engine', '.log'), Scratch('code', folder=True)\n"
    "file.path.write_text('x')\n"
    "(folder.path / 'inside').write_text('y')\n"
    "print('there', flush=True)\n"
    "sys.stdin.read()\n"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of this test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def owner(place: Path) -> subprocess.Popen[bytes]:
    """Another program with two things in the folder; it lives until its input ends."""
    made = subprocess.Popen(
        [sys.executable, "-c", HOLDS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(place), "TEMP": str(place)},
    )
    assert made.stdout is not None
    assert made.stdout.readline().strip() == b"there"
    return made


def test_what_is_closed_is_gone(place: Path) -> None:
    with Scratch("engine", ".log") as path:
        path.write_text("x")
        assert path.parent == place
    folder = Scratch("code", folder=True)
    (folder.path / "a").mkdir()
    folder.close()
    folder.close()
    assert list(place.iterdir()) == []


def test_a_program_that_ends_leaves_nothing(place: Path) -> None:
    with owner(place) as other:
        assert len(list(place.iterdir())) == 4
        other.communicate()
    assert list(place.iterdir()) == []


def test_a_killed_program_leaves_what_the_next_takes_away(place: Path) -> None:
    mine = Scratch("engine", ".log")
    mine.path.write_text("mine")
    with owner(place) as living, owner(place) as killed:
        before = set(place.iterdir())
        assert sweep_scratch() == 0
        assert set(place.iterdir()) == before
        killed.kill()
        killed.wait()
        assert sweep_scratch() == 2
        assert len(set(place.iterdir())) == len(before) - 4
        assert mine.path.read_text() == "mine"
        living.communicate()
    mine.close()
    assert list(place.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_and_strangers_are_left_alone(
    place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    precious = tmp_path_factory.mktemp("home") / "precious"
    precious.write_text("x")
    (place / "workbench-engine-abc.log.lock").symlink_to(precious)
    (place / "workbench-code-abc.lock").write_text("")
    (place / "workbench-code-abc").symlink_to(precious.parent)
    (place / "workbench-notes.txt").write_text("a person's own")
    assert sweep_scratch() == 1
    assert precious.read_text() == "x"
    names = {path.name for path in place.iterdir()}
    assert names == {"workbench-engine-abc.log.lock", "workbench-code-abc", "workbench-notes.txt"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_run_that_was_killed(place: Path, tmp_path: Path) -> None:
    """The log of its engine goes at the next run."""
    words = ("run", "@Once", "--no-save", "-s", "ignore_eos=true", "-s", "max_tokens=900")
    command = [sys.executable, "-m", "workbench", "--profile", str(tmp_path / "p"), *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(place)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as killed:
        assert killed.stdout is not None
        assert killed.stdout.read(1)
        killed.send_signal(signal.SIGKILL)
    assert list(place.glob("workbench-engine-*.log"))
    subprocess.run([*command, "-s", "max_tokens=1"], capture_output=True, env=env, check=True)
    assert not list(place.glob("workbench-*"))
