"""What a process that crashed leaves behind: which part it was, versions, and where in the program.

No text of the person and no path of theirs is in a report: of stacks only the program's own files
and functions stay, of errors only their kind. A process that was killed from outside leaves
nothing.
"""

from __future__ import annotations

import faulthandler
import os
import platform
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from types import TracebackType

from workbench import __version__
from workbench.core.ids import wall_clock_us

FOLDER_VARIABLE = "WORKBENCH_CRASHES"
"""Tells the processes that a window starts where its reports are."""

_MOST_REPORTS = 20
_MOST_BYTES = 64_000
_STACK, _REPORT = ".stack", ".txt"
_NAME = re.compile(r"(?P<part>[a-z]+)-(?P<pid>\d+)")
_FRAME = re.compile(r'File "([^"]*)"')
_KNOWN = re.compile(
    r".*[\\/](?:site-packages|lib[\\/]python\d[^\\/]*)[\\/]|.*[\\/](?=workbench[\\/])"
)
_PACKAGES = ("PySide6-Essentials", "llama-cpp-python", "numpy")


@dataclass(frozen=True, slots=True)
class CrashReport:
    """One report.

    Attributes:
        part: "window", "engine", or "error" for one nobody expected.
        created_us: microseconds since the Unix epoch.
    """

    path: Path
    part: str
    created_us: int
    text: str


class CrashFolder:
    """The reports of one profile. Any thread; every method is quiet about a folder that fails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def watched(self, part: str) -> Iterator[None]:
        """While this lasts, a crash of this process leaves its stack; processes it starts too."""
        os.environ[FOLDER_VARIABLE] = str(self.folder)
        try:
            with watched(self.folder, part):
                yield
        finally:
            os.environ.pop(FOLDER_VARIABLE, None)

    def note(self, error: BaseException) -> None:
        """Keep where an error came from that nobody expected."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write("error", os.getpid(), "\n".join(error_lines(error)), wall_clock_us())

    def collect(self) -> list[CrashReport]:
        """The reports that wait, the oldest first; stacks of ended processes become some."""
        try:
            found = sorted(self.folder.iterdir())
        except OSError:
            return []
        for path in found:
            if path.suffix == _STACK:
                with suppress(OSError):
                    self._take(path)
        reports = [report for path in self.folder.glob(f"*{_REPORT}") if (report := _read(path))]
        reports.sort(key=lambda report: report.created_us)
        for report in reports[:-_MOST_REPORTS]:
            self.forget(report)
        return reports[-_MOST_REPORTS:]

    def forget(self, report: CrashReport) -> None:
        """Delete a report."""
        with suppress(OSError):
            report.path.unlink(missing_ok=True)

    def _take(self, path: Path) -> None:
        named = _NAME.fullmatch(path.stem)
        if named is None or is_running(int(named["pid"]), path):
            return
        with path.open("rb") as file:
            stack = file.read(_MOST_BYTES).decode("utf-8", "replace").strip()
        if stack:  # an empty one: the process was killed, or the power went
            created_us = path.stat().st_mtime_ns // 1000
            self._write(named["part"], int(named["pid"]), without_paths(stack), created_us)
        path.unlink(missing_ok=True)

    def _write(self, part: str, pid: int, what: str, created_us: int) -> None:
        when = datetime.fromtimestamp(created_us / 1e6, UTC)
        lines = [
            "Prompt Workbench: crash report",
            f"part: {part}",
            f"when: {when:%Y-%m-%d %H:%M:%S} UTC",
            f"versions: workbench {__version__}, Python {platform.python_version()}, "
            + ", ".join(_versions()),
            f"system: {platform.system()} {platform.release()} {platform.machine()}",
            "",
            what,
        ]
        path = self.folder / f"{part}-{pid}-{created_us}{_REPORT}"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@contextmanager
def watched(folder: Path | None, part: str) -> Iterator[None]:
    """Have a crash of this process leave its stack in `folder`; None takes that of the parent.

    Without any folder, or one that cannot be written, nothing is watched.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    if folder is None and named is None:
        yield
        return
    path = (folder or Path(named or "")) / f"{part}-{os.getpid()}{_STACK}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("wb")
    except OSError:
        yield
        return
    with file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
    with suppress(OSError):
        path.unlink(missing_ok=True)


def error_lines(error: BaseException) -> list[str]:
    """The kinds of an error and its causes, and where they came from, the innermost last.

    What an error says is left out: it may quote a prompt or name a file.
    """
    lines: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        lines += [type(one).__name__, *_frames(one.__traceback__)]
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        if one is not None:
            lines.append("because of")
    return lines


def without_paths(text: str) -> str:
    """A stack with the program's own files named from their package on, and others left out."""
    return _FRAME.sub(lambda found: f'File "{_own_name(found[1])}"', text)


def is_running(pid: int, held: Path) -> bool:
    """Whether the process that holds a file is still there; an unsure answer is yes."""
    if sys.platform == "win32":
        try:  # an open file cannot be renamed there
            held.rename(held)
        except OSError:
            return True
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _frames(trace: TracebackType | None) -> list[str]:
    return [
        f'  File "{_own_name(frame.filename)}", line {frame.lineno} in {frame.name}'
        for frame in traceback.extract_tb(trace)
    ]


def _own_name(path: str) -> str:
    if path.startswith("<"):  # <frozen importlib>, <string>
        return path
    name, count = _KNOWN.subn("", path, count=1)
    return name if count else "(elsewhere)"


def _versions() -> list[str]:
    found = []
    for package in _PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            found.append(f"{package} {metadata.version(package)}")
    return found


def _read(path: Path) -> CrashReport | None:
    part, _, rest = path.stem.partition("-")
    created = rest.rpartition("-")[2]
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return CrashReport(path, part, int(created) if created.isdigit() else 0, text)
