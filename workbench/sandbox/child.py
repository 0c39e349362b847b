"""The sandbox's child process, and what goes through the pipes to and from it."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import workbench
from workbench.core.cancel import CancelToken
from workbench.core.python import python_command
from workbench.core.scratch import Scratch
from workbench.sandbox.inside.order import Order, write_order
from workbench.sandbox.values import Permission, Program

_ANSWER_BYTES = 256 << 20
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv.pop()); "
    "from workbench.sandbox.inside.boot import main; main()"
)
NOT_ALLOWED = "Running code is switched off for this task."


def why_not(permission: Permission) -> str:
    """Why no program may run at all; "" when one may."""
    if not permission.allowed:
        return NOT_ALLOWED
    if not sys.platform.startswith("linux"):
        return "Only Linux has the walls that a program must run behind."
    if not sys.executable:
        return "This build of the workbench has no Python of its own to run programs with."
    return ""


def check_names(program: Program) -> None:
    """Raise ValueError when a file's name is no plain name, or a file is named main.py."""
    for name in (*program.files, *program.collect):
        if not name or name in (".", "..") or "/" in name or "\0" in name:
            raise ValueError(f"{name!r} is no plain file name")
    if "main.py" in program.files:
        raise ValueError("main.py is the program itself")


def order_for(program: Program, permission: Permission, *, namespaces: bool) -> Order:
    """What the child is told; its folder is not known yet.

    Args:
        namespaces: False leaves them out even where the system gives them.
    """
    limits = program.limits
    files = {"main.py": program.source.encode("utf-8", "surrogatepass"), **program.files}
    flags = ("-s", "-B", "-X", "utf8")
    python = python_command(*flags)
    roots = {sys.base_prefix, sys.base_exec_prefix, str(Path(sys.executable).resolve().parent)}
    if program.packages:
        roots |= {sys.prefix, sys.exec_prefix}
    else:
        python = python_command(*flags, "-S", executable=str(Path(sys.executable).resolve()))
    roots |= set(map(os.path.abspath, program.readable))
    # A virtual environment may be a link to another place; both names must lead somewhere.
    roots |= {os.path.realpath(root) for root in roots}
    return Order(
        python=python,
        arguments=list(program.arguments),
        readable=sorted(roots),
        folder="",
        files={name: base64.b64encode(data).decode() for name, data in files.items()},
        collect=list(program.collect),
        environment={
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            # Libraries that start a thread per core would use up the processes.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            **program.environment,
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
class Child:
    """The child process and the pipes to it. One thread at a time.

    Making one raises OSError when the process cannot be started.

    Attributes:
        heard: what came through "stdout", "stderr" and "answer" so far, cut at their limits.
        stopped: why the workbench let go of it: "cancelled", "output", "hung", or "".
        questions: where the program's standard input is written to; -1 when it has none.
    """

    order: Order
    output_bytes: int
    asks: bool = False
    heard: dict[str, bytearray] = field(default_factory=dict)
    stopped: str = ""
    questions: int = -1
    _process: subprocess.Popen[bytes] = field(init=False)
    _answer: int = field(init=False)
    _folder: Scratch = field(init=False)
    _open: selectors.DefaultSelector = field(init=False)

    def __post_init__(self) -> None:
        self._folder = Scratch("code", folder=True)
        if os.geteuid() == 0:
            # The child may become another user before it builds the file tree here.
            self._folder.path.chmod(0o755)
        self._answer, told = os.pipe()
        heard, self.questions = os.pipe() if self.asks else (-1, -1)
        self.order = replace(
            self.order, folder=os.path.realpath(self._folder.path), questions=heard
        )
        theirs = [handle for handle in (told, heard) if handle >= 0]
        try:
            self._process = subprocess.Popen(
                [
                    *python_command("-I", "-S", "-B", "-c", _BOOT, str(told)),
                    str(Path(workbench.__file__).resolve().parent.parent),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=theirs,
                start_new_session=True,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            )
        except OSError:
            os.close(self._answer)
            if self.asks:
                os.close(self.questions)
            self._folder.close()
            raise
        finally:
            for handle in theirs:
                os.close(handle)
        self._open = selectors.DefaultSelector()
        pipes = {"stdout": self._process.stdout, "stderr": self._process.stderr}
        for name, pipe in (*pipes.items(), ("answer", self._answer)):
            self.heard[name] = bytearray()
            if pipe is not None:
                self._open.register(pipe, selectors.EVENT_READ, name)
        self._give_order()

    def _give_order(self) -> None:
        # The child reads it before it does anything else, so this does not block for long.
        with contextlib.suppress(BrokenPipeError):
            if self._process.stdin is not None:
                self._process.stdin.write(write_order(self.order))
                self._process.stdin.flush()

    def listen(
        self,
        deadline: float,
        cancel: CancelToken | None = None,
        enough: Callable[[], bool] | None = None,
    ) -> bool:
        """Listen until the child has said everything, `enough` is true, or time is over.

        Args:
            deadline: on time.monotonic.

        Returns:
            Whether there may be more to hear.
        """
        while self._open.get_map():
            if enough is not None and enough():
                return True
            if time.monotonic() > deadline:
                return True
            if cancel and not self.stopped:
                self.let_go("cancelled")
            for key, _ in self._open.select(0.05):
                self._hear(key)
        return False

    def _hear(self, key: selectors.SelectorKey) -> None:
        piece = os.read(key.fd, 1 << 16)
        if not piece:
            self._open.unregister(key.fileobj)
            return
        heard = self.heard[key.data]
        limit = _ANSWER_BYTES if key.data == "answer" else self.output_bytes
        heard += piece[: max(0, limit - len(heard))]
        if len(heard) >= limit and not self.stopped:
            self.let_go("output")

    def let_go(self, why: str) -> None:
        """Let go of the lifeline: the child ends the program and answers."""
        self.stopped = self.stopped or why
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()

    def document(self) -> Mapping[str, object]:
        """What the child answered; empty when it ended without an answer."""
        try:
            told = json.loads(self.heard["answer"])
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}

    def close(self) -> None:
        """Kill what is left of the child, wait for it, close the pipes, remove the folder."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._open.close()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        os.close(self._answer)
        if self.questions >= 0:
            os.close(self.questions)
        self._folder.close()
