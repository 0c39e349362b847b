"""A program in the sandbox that is asked again and again."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from workbench.sandbox.probe import check_sandbox
from workbench.sandbox.service import Service, ServiceError
from workbench.sandbox.values import Limits, Outcome, Permission, Program

YES = Permission(allowed=True)
HERE = check_sandbox().available
DOUBLER = "import sys\nfor line in sys.stdin: print(int(line) * 2, flush=True)"
Start = Callable[[str], Service | None]


def started(source: str, **more: object) -> Service | None:
    """The service; None where the system has no walls, which it must say at once."""
    limits = Limits(seconds=60, output_bytes=100_000)
    service = Service(Program(source, limits=limits, **more), YES)  # type: ignore[arg-type]  # fields of Program
    if HERE:
        return service
    with pytest.raises(ServiceError) as refusal:
        service.ask(b"1", 10)
    assert refusal.value.outcome is Outcome.REFUSED
    return None


def test_it_answers_line_by_line() -> None:
    service = started(DOUBLER)
    if service is not None:
        with closing(service):
            assert [service.ask(str(n).encode(), 10) for n in range(5)] == [
                b"0",
                b"2",
                b"4",
                b"6",
                b"8",
            ]


@pytest.mark.parametrize(
    ("source", "outcome", "words"),
    [
        ("import sys, time\nsys.stdin.readline()\ntime.sleep(60)", Outcome.TIMEOUT, "within 1 s"),
        ("raise ValueError('no')", Outcome.FAILED, "ValueError: no"),
        ("import os; os.abort()", Outcome.KILLED, "SIGABRT"),
        ("pass", Outcome.PASSED, "came to its end"),
        ("while True: print('x' * 1000, end='')", Outcome.OUTPUT, "wrote more"),
        ("import sys\nwhile True: sys.stderr.write('x' * 1000)", Outcome.OUTPUT, "wrote more"),
        ("x = bytearray(10 << 30)", Outcome.MEMORY, "memory"),
    ],
)
def test_why_there_is_no_answer(source: str, outcome: Outcome, words: str) -> None:
    service = started(source)
    if service is not None:
        with closing(service):
            with pytest.raises(ServiceError) as error:
                service.ask(b"1", 1 if outcome is Outcome.TIMEOUT else 20)
            assert error.value.outcome is outcome
            assert words in error.value.reason
            with pytest.raises(ServiceError, match="has ended"):
                service.ask(b"1", 1)


def test_a_program_that_does_not_read_is_not_waited_for() -> None:
    service = started("import time; time.sleep(60)")
    if service is not None:
        with closing(service), pytest.raises(ServiceError, match="within 1 s"):
            service.ask(b"x" * 1_000_000, 1)


def test_what_it_may_read(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("pear")
    source = f"""
import os
print(open({str(tmp_path / "words.txt")!r}).read(), os.environ["MINE"], flush=True)
try: open({str(tmp_path / "new")!r}, "w")
except OSError as error: print(error.errno, flush=True)
"""
    tmp_path.chmod(0o700)
    service = started(source, readable=(str(tmp_path),), environment={"MINE": "yes"})
    if service is not None:
        with closing(service):
            assert service.hear(10) == b"pear yes"
            assert service.hear(10) == b"30"


def test_a_closed_folder_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """Only root's own folders are copied; for anybody else the program is the same user."""
    (tmp_path / "big").write_bytes(bytes(3 << 20))
    tmp_path.chmod(0o700)
    limits = Limits(seconds=60, folder_bytes=1 << 20)
    program = Program("print(1)", readable=(str(tmp_path),), limits=limits)
    with closing(Service(program, YES)) as service:
        if os.geteuid() or not HERE:
            return
        with pytest.raises(ServiceError, match="a folder of its own"):
            service.hear(20)


def test_without_permission_it_does_not_start() -> None:
    with pytest.raises(ServiceError, match="switched off"):
        Service(Program(DOUBLER), Permission())


def test_closing_ends_it_and_leaves_no_descriptor() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    service = started(DOUBLER)
    if service is not None:
        service.ask(b"1", 10)
        service.close()
        service.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
