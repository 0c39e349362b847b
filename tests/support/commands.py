"""What running a command left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """Exit code and what was printed."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout; NaN and infinities are no JSON."""
        return json.loads(self.out, parse_constant=_no_constant)

    @property
    def line(self) -> str:
        """The one line on stderr."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("workbench: "), lines[0]
        return lines[0].removeprefix("workbench: ")


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


Command = Callable[..., Ran]
"""Takes the words of a command line, texts or paths."""


def no_window(*_asked: str | None) -> int:
    """In place of the window, for commands that never open one."""
    raise AssertionError("a window was asked for")


def printed(profile: Path, *words: str) -> str:
    """What a command prints that succeeds, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "--profile", str(profile), *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
