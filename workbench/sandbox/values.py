"""What is asked of the sandbox and what it says. Values without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MIB = 1 << 20


class Outcome(StrEnum):
    """How a program ended."""

    PASSED = "passed"
    """It came to its end with exit code 0."""
    FAILED = "failed"
    """It ended with another exit code."""
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT = "output"
    """It wrote more than it may to standard output or error."""
    KILLED = "killed"
    """A signal ended it: a crash, or itself."""
    REFUSED = "refused"
    """It was not run; `message` says why."""
    CANCELLED = "cancelled"


class Protection(StrEnum):
    """One wall around a program."""

    PROCESSES = "processes"
    """A process namespace: everything it started dies with it, and it sees no other process."""
    NETWORK = "network"
    """A network namespace without any interface."""
    FILES = "files"
    """A file tree of its own: the system read-only, nothing of the person's, one small folder."""
    LIMITS = "limits"
    """Time, memory, file size, open files and processes of each process."""
    TOTAL_MEMORY = "total memory"
    """The memory of all its processes together is watched."""
    USER = "user"
    """No rights beyond an ordinary user's, and none to be had."""
    SYSTEM_CALLS = "system calls"
    """A filter on system calls: no sockets but local ones, no tracing, no mounting."""
    LANDLOCK = "landlock"
    """Where there is no file tree of its own: the kernel allows writing in one folder only."""


REQUIRED = (Protection.PROCESSES, Protection.NETWORK, Protection.FILES, Protection.LIMITS)
"""Without these nothing runs unless a person forces it."""


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether code may run at all: off until a person switches it on for a task.

    Attributes:
        allowed: the person said yes for this task.
        forced: also where the system cannot give every wall in `REQUIRED`.
    """

    allowed: bool = False
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use.

    Attributes:
        seconds: on the clock; `cpu_seconds` of each process (None: as many as `seconds`).
        memory_bytes: address space of each process, and resident memory of all together.
        file_bytes: of one file; `folder_bytes` of its folder with all files.
        processes: at the same time, itself included; threads count.
        output_bytes: of standard output and of standard error, each.
    """

    seconds: float = 10.0
    cpu_seconds: float | None = None
    memory_bytes: int = 512 * MIB
    file_bytes: int = 16 * MIB
    folder_bytes: int = 64 * MIB
    processes: int = 16
    open_files: int = 64
    output_bytes: int = MIB

    def __post_init__(self) -> None:
        numbers = (
            self.seconds,
            self.memory_bytes,
            self.file_bytes,
            self.folder_bytes,
            self.processes,
            self.open_files,
            self.output_bytes,
        )
        if min(numbers) <= 0 or (self.cpu_seconds is not None and self.cpu_seconds <= 0):
            raise ValueError("every limit of a program must be above 0")


@dataclass(frozen=True, slots=True)
class Program:
    """A Python program in one or more files.

    Attributes:
        source: the program itself; it runs as `main.py` in a folder of its own.
        files: what else lies in that folder: names without folders, and contents.
        arguments: its sys.argv after the name.
        packages: whether it may import what is installed beside the workbench (read-only);
            otherwise only the standard library.
        collect: files of its folder to read when it has ended; missing ones are left out.
        readable: folders and files of the person's that it may read, at their own places.
        environment: variables beside the few that it has anyway.
    """

    source: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    packages: bool = False
    collect: tuple[str, ...] = ()
    readable: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """How it went.

    Attributes:
        message: one sentence for people.
        exit_code: None when a signal ended it; `signal`: its name (SIGKILL where the sandbox
            itself ended the program).
        stdout, stderr: as text, undecodable bytes replaced, cut at the limit.
        seconds: on the clock, from the start of the program; `peak_bytes`: the most memory seen of
            all its processes together, 0 when not watched.
        left_behind: other processes that were still there at its end; they were killed.
        files: what `collect` asked for and was a plain file.
        active: the walls that stood. `missing`: those that did not, and why.
    """

    outcome: Outcome
    message: str
    exit_code: int | None = None
    signal: str = ""
    stdout: str = ""
    stderr: str = ""
    seconds: float = 0.0
    peak_bytes: int = 0
    left_behind: int = 0
    files: Mapping[str, bytes] = field(default_factory=dict)
    active: frozenset[Protection] = frozenset()
    missing: Mapping[Protection, str] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether it came to its end with exit code 0."""
        return self.outcome is Outcome.PASSED
