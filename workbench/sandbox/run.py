"""Runs a program in the sandbox and says how it went. The workbench's side."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import workbench
from workbench.core.cancel import CancelToken
from workbench.sandbox.inside.order import Order, write_order
from workbench.sandbox.report import document_of, refused
from workbench.sandbox.values import Permission, Program, ProgramResult

_GRACE_SECONDS = 10.0
"""For putting up the walls and ending everything; past it the whole child is killed."""
_ANSWER_BYTES = 256 << 20
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv.pop()); "
    "from workbench.sandbox.inside.boot import main; main()"
)

NOT_ALLOWED = "Running code is switched off for this task."


def run_program(
    program: Program,
    permission: Permission,
    cancel: CancelToken | None = None,
    *,
    namespaces: bool = True,
) -> ProgramResult:
    """Run `program` behind walls; never raises for what the program does.

    Args:
        permission: nothing runs unless a person allowed it; without the walls in `REQUIRED`
            nothing runs unless a person forced it.
        cancel: ends the program within a moment; the outcome is then CANCELLED.
        namespaces: False leaves them out even where the system gives them (to try the rest).

    Raises:
        ValueError: when a file's name is no plain name, or a file is named main.py.
    """
    _check_names(program)
    if not permission.allowed:
        return refused(NOT_ALLOWED)
    if not sys.platform.startswith("linux"):
        return refused("Only Linux has the walls that a program must run behind.")
    if getattr(sys, "frozen", False):
        return refused("This build of the workbench has no Python of its own to run programs with.")
    with tempfile.TemporaryDirectory(prefix="workbench-code-", ignore_cleanup_errors=True) as path:
        if os.geteuid() == 0:
            # The child may become another user before it builds the file tree here.
            Path(path).chmod(0o755)
        order = _order(program, path, permission, namespaces=namespaces)
        child = _Child(order, program.limits.output_bytes)
        with contextlib.closing(child):
            deadline = time.monotonic() + program.limits.seconds + _GRACE_SECONDS
            child.talk(deadline, cancel)
        return document_of(
            child.document(),
            program.limits,
            bytes(child.heard["stdout"]),
            bytes(child.heard["stderr"]),
            stopped=child.stopped,
        )


def _check_names(program: Program) -> None:
    for name in (*program.files, *program.collect):
        if not name or name in (".", "..") or "/" in name or "\0" in name:
            raise ValueError(f"{name!r} is no plain file name")
    if "main.py" in program.files:
        raise ValueError("main.py is the program itself")


def _order(program: Program, folder: str, permission: Permission, *, namespaces: bool) -> Order:
    limits = program.limits
    files = {"main.py": program.source.encode("utf-8", "surrogatepass"), **program.files}
    python = [sys.executable, "-s", "-B", "-X", "utf8"]
    roots = {sys.base_prefix, sys.base_exec_prefix, str(Path(sys.executable).resolve().parent)}
    if program.packages:
        roots |= {sys.prefix, sys.exec_prefix}
    else:
        python = [str(Path(sys.executable).resolve()), *python[1:], "-S"]
    # A virtual environment may be a link to another place; both names must lead somewhere.
    roots |= {os.path.realpath(root) for root in roots}
    return Order(
        python=python,
        arguments=list(program.arguments),
        readable=sorted(roots),
        folder=os.path.realpath(folder),
        files={name: base64.b64encode(data).decode() for name, data in files.items()},
        collect=list(program.collect),
        environment={
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            # Libraries that start a thread per core would use up the processes.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        seconds=limits.seconds,
        cpu_seconds=max(1, int(limits.cpu_seconds or limits.seconds) + 1),
        memory_bytes=limits.memory_bytes,
        file_bytes=limits.file_bytes,
        folder_bytes=limits.folder_bytes,
        processes=limits.processes,
        open_files=limits.open_files,
        namespaces=namespaces,
        forced=permission.forced,
    )


@dataclass(slots=True)
class _Child:
    """The child process and the pipes to it."""

    order: Order
    output_bytes: int
    heard: dict[str, bytearray] = field(default_factory=dict)
    stopped: str = ""
    process: subprocess.Popen[bytes] = field(init=False)
    _answer: int = field(init=False)
    _open: selectors.DefaultSelector = field(init=False)

    def __post_init__(self) -> None:
        self._answer, theirs = os.pipe()
        self._open = selectors.DefaultSelector()
        try:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-I", "-S", "-B", "-c", _BOOT, str(theirs)),
                    str(Path(workbench.__file__).resolve().parent.parent),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(theirs,),
                start_new_session=True,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            )
        finally:
            os.close(theirs)
        self.heard = {"stdout": bytearray(), "stderr": bytearray(), "answer": bytearray()}
        for name, handle in (
            ("stdout", self.process.stdout),
            ("stderr", self.process.stderr),
            ("answer", self._answer),
        ):
            assert handle is not None  # noqa: S101  # all three are pipes
            self._open.register(handle, selectors.EVENT_READ, name)

    def talk(self, deadline: float, cancel: CancelToken | None) -> None:
        """Give the order, and listen until the child has said everything or its time is over."""
        stdin = self.process.stdin
        assert stdin is not None  # noqa: S101  # it is a pipe
        with contextlib.suppress(BrokenPipeError):
            stdin.write(write_order(self.order))
            stdin.flush()
        while self._open.get_map():
            if time.monotonic() > deadline:
                self.stopped = self.stopped or "hung"
                return
            if cancel and not self.stopped:
                self._stop("cancelled")
            for key, _ in self._open.select(0.05):
                self._listen(key)

    def _listen(self, key: selectors.SelectorKey) -> None:
        piece = os.read(key.fd, 1 << 16)
        if not piece:
            self._open.unregister(key.fileobj)
            return
        heard = self.heard[key.data]
        limit = _ANSWER_BYTES if key.data == "answer" else self.output_bytes
        heard += piece[: max(0, limit - len(heard))]
        if len(heard) >= limit and not self.stopped:
            self._stop("output")

    def _stop(self, why: str) -> None:
        """Let go of the lifeline: the child ends the program and answers."""
        self.stopped = why
        assert self.process.stdin is not None  # noqa: S101  # it is a pipe
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()

    def document(self) -> Mapping[str, object]:
        """What the child answered; empty when it ended without an answer."""
        try:
            told = json.loads(self.heard["answer"])
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}

    def close(self) -> None:
        """Kill what is left of the child, wait for it and close the pipes."""
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        with contextlib.suppress(BrokenPipeError), self.process:
            pass
        self._open.close()
        os.close(self._answer)
