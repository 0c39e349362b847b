"""A helper process that answers one JSON line with another, within a time and a memory limit."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import workbench
from workbench.core.python import python_command
from workbench.core.scratch import Scratch

_LONGEST_LINE = 1 << 20
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "VIRTUAL_ENV")
_END_S = 5.0
_GIVE_UP = 3


class ChildError(Exception):
    """The helper gave no answer; `reason` says why in one sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Child:
    """Runs `python -m MODULE ARGUMENTS` and asks it things. Safe to share between threads.

    The process starts at the first question and again after it was killed. It sees only a few
    environment variables, works in an empty folder, and dies with its whole group when this
    object is closed or collected, or when this process ends. After three failures in a row
    nothing is asked any more.
    """

    def __init__(
        self, module: str, arguments: tuple[str, ...] = (), *, memory_bytes: int, start_s: float
    ) -> None:
        self._command = python_command("-m", module, str(memory_bytes), *arguments)
        self._start_s = start_s
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._failures = 0

    def greeting(self) -> Mapping[str, Any]:
        """What the helper says when it has started.

        Raises:
            ChildError: it did not start.
        """
        with self._lock:
            return self._ready().greeting

    def ask(self, question: Mapping[str, object], timeout_s: float) -> Mapping[str, Any]:
        """The helper's answer.

        Raises:
            ChildError: it took too long (and was killed), died, or answered nonsense.
        """
        with self._lock:
            if self._failures >= _GIVE_UP:
                raise ChildError(f"It failed {_GIVE_UP} times in a row and is not asked any more.")
            try:
                answer = self._ready().exchange(question, timeout_s)
            except ChildError:
                self._failures += 1
                self._end()
                raise
            self._failures = 0
            return answer

    def close(self) -> None:
        """End the helper, if it runs. It may be asked again."""
        with self._lock:
            self._end()

    def _ready(self) -> _Running:
        if self._running is None:
            started = _Running(self._command)
            try:
                started.greet(self._start_s)
            except ChildError:
                started.end()
                raise
            self._running = started
        return self._running

    def _end(self) -> None:
        if self._running is not None:
            self._running.end()
            self._running = None


class _Running:
    """One live process."""

    def __init__(self, command: list[str]) -> None:
        self.greeting: Mapping[str, Any] = {}
        folder = Scratch("metric", folder=True)
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder.path,
            env=_environment(),
            start_new_session=True,
        )
        if process.stdin is None or process.stdout is None:
            raise ChildError("The helper process has no pipes.")
        self._process = process
        self._stdin: IO[bytes] = process.stdin
        self._stdout: IO[bytes] = process.stdout
        self.end = weakref.finalize(self, _end, process, folder)

    def greet(self, timeout_s: float) -> None:
        """Wait until it has started."""
        self.greeting = self._exchange(b"", timeout_s, "start")

    def exchange(self, question: Mapping[str, object], timeout_s: float) -> Mapping[str, Any]:
        """Ask one thing."""
        return self._exchange(json.dumps(question).encode() + b"\n", timeout_s, "answer")

    def _exchange(self, line: bytes, timeout_s: float, what: str) -> Mapping[str, Any]:
        """Write and read in a thread of their own: no pipe can be waited for with a limit."""
        answers: list[bytes] = []

        def talk() -> None:
            with contextlib.suppress(OSError, ValueError):  # it has ended: there is no answer
                if line:
                    self._stdin.write(line)
                    self._stdin.flush()
                answers.append(self._stdout.readline(_LONGEST_LINE))

        thread = threading.Thread(target=talk, name="metric-child", daemon=True)
        thread.start()
        thread.join(timeout_s)
        if thread.is_alive():
            _kill(self._process)
            # Something it started may hold the pipe open for ever; then the thread is left.
            thread.join(_END_S)
            raise ChildError(f"It did not {what} within {timeout_s:g} s.")
        if not answers or not answers[0]:
            raise ChildError(f"Its process ended: {self._how()}.")
        try:
            answer = json.loads(answers[0])
        except (ValueError, RecursionError):
            raise ChildError("Its process answered something that is no JSON.") from None
        if not isinstance(answer, dict):
            raise ChildError("Its process answered something that is no object.")
        return answer

    def _how(self) -> str:
        try:
            code = self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            return "it closed its pipe"
        _kill_group(self._process.pid)
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process and everything it started. One that was reaped has lost its number."""
    if process.returncode is None:
        _kill_group(process.pid)
        process.kill()


def _kill_group(number: int) -> None:
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(number, signal.SIGKILL)


def _end(process: subprocess.Popen[bytes], folder: Scratch) -> None:
    _kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.close()
    folder.close()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(Path(workbench.__file__).parent.parent),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
