"""Runs commands as a person would, in this process or in one of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import Command, Ran, no_window

from workbench.cli.main import run


@pytest.fixture
def workbench(capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs a command line in this process; the engine of `run` still is a child of it."""

    def call(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        code = run([str(a) for a in arguments], no_window)
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return call


@pytest.fixture
def shell() -> Command:
    """Runs a command line in a process of its own."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "workbench", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            timeout=100,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call
