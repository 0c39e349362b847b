"""What the sandbox is asked and what it says: files, output, limits, words."""

from __future__ import annotations

import ctypes
import platform
import signal
import struct
import sys
import tempfile
import time
from pathlib import Path

import pytest

from workbench.sandbox.inside.call_filter import filter_program
from workbench.sandbox.inside.order import RefusedError, read_order
from workbench.sandbox.probe import check_sandbox, judged
from workbench.sandbox.report import document_of, refused
from workbench.sandbox.run import run_program
from workbench.sandbox.service import Service, ServiceError
from workbench.sandbox.values import (
    REQUIRED,
    Limits,
    Outcome,
    Permission,
    Program,
    ProgramResult,
    Protection,
)

YES = Permission(allowed=True)
HERE = check_sandbox().available


def said(told: dict[str, object], stderr: str = "", stopped: str = "") -> ProgramResult:
    """The result of an answer."""
    return document_of(told, Limits(seconds=2), b"", stderr.encode(), stopped=stopped)


def test_files_go_in_and_come_out() -> None:
    source = """
import json, sys
told = json.load(open("evidence.json"))
open("result.json", "w").write(json.dumps({"value": told["x"] * 2}))
print(sys.argv[1:], "né")
"""
    program = Program(
        source,
        files={"evidence.json": b'{"x": 21}'},
        arguments=("a b", ""),
        collect=("result.json", "absent"),
    )
    result = run_program(program, YES)
    if not HERE:
        assert result.outcome is Outcome.REFUSED
        return
    assert result.passed
    assert result.files == {"result.json": b'{"value": 42}'}
    assert result.stdout == "['a b', ''] né\n"
    assert result.exit_code == 0
    assert set(REQUIRED) <= result.active


def test_packages_only_when_asked_for() -> None:
    without = run_program(Program("import numpy"), YES)
    with_them = run_program(
        Program("import numpy; print(numpy.arange(3).sum())", packages=True), YES
    )
    if not HERE:
        assert without.outcome is with_them.outcome is Outcome.REFUSED
        return
    assert without.outcome is Outcome.FAILED
    assert "numpy" in without.message
    assert with_them.stdout == "3\n", with_them


def test_without_a_python_nothing_starts_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = len(list(Path("/proc/self/fd").iterdir()))
    for executable, words in (("", "no Python of its own"), ("/nowhere/python", "not be started")):
        monkeypatch.setattr(sys, "executable", executable)
        result = run_program(Program("pass"), YES)
        assert result.outcome is Outcome.REFUSED
        assert words in result.message
        with pytest.raises(ServiceError, match=words):
            Service(Program("pass"), YES)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert not list(tmp_path.iterdir())


def test_many_at_once() -> None:
    """Each has limits of its own: processes of one do not count for another."""
    from concurrent.futures import ThreadPoolExecutor

    source = "import os, time\nfor _ in range(3):\n    if os.fork() == 0: time.sleep(9)\nprint(1)"
    program = Program(source, limits=Limits(seconds=20, processes=5))
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: run_program(program, YES), range(6)))
    assert {r.outcome for r in results} == {Outcome.PASSED if HERE else Outcome.REFUSED}
    assert {r.left_behind for r in results} == {3 if HERE else 0}


def test_processor_time_has_its_own_limit() -> None:
    limits = Limits(seconds=20, cpu_seconds=1)
    begin = time.monotonic()
    result = run_program(Program("while True: pass", limits=limits), YES)
    assert time.monotonic() - begin < 15
    assert result.outcome is (Outcome.TIMEOUT if HERE else Outcome.REFUSED)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/etc/passwd", "x\0y"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no plain file name"):
        run_program(Program("pass", files={name: b""}), YES)
    with pytest.raises(ValueError, match="no plain file name"):
        run_program(Program("pass", collect=(name,)), YES)
    with pytest.raises(ValueError, match=r"main\.py"):
        run_program(Program("pass", files={"main.py": b""}), YES)


@pytest.mark.parametrize("field", ["seconds", "memory_bytes", "processes", "output_bytes"])
def test_limits_are_above_zero(field: str) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Limits(**{field: 0})
    with pytest.raises(ValueError, match="above 0"):
        Limits(cpu_seconds=0)


def test_a_program_of_any_characters() -> None:
    result = run_program(Program("print('\udcff' == '\\udcff')"), YES)
    assert result.outcome is (Outcome.FAILED if HERE else Outcome.REFUSED)
    empty = run_program(Program(""), YES)
    assert empty.outcome is (Outcome.PASSED if HERE else Outcome.REFUSED)


@pytest.mark.parametrize(
    ("told", "stderr", "stopped", "outcome", "words"),
    [
        ({"status": 0}, "", "", Outcome.PASSED, "came to its end"),
        ({"status": 3}, "", "", Outcome.FAILED, "exit code 3"),
        ({"status": 1}, "Trace\nAssertionError: no", "", Outcome.FAILED, "AssertionError: no"),
        ({"status": 1}, "MemoryError", "", Outcome.MEMORY, "512 MiB"),
        ({"status": -11}, "", "", Outcome.KILLED, "SIGSEGV"),
        ({"status": -signal.SIGKILL}, "", "", Outcome.KILLED, "SIGKILL"),
        ({"status": -signal.SIGXCPU}, "", "", Outcome.TIMEOUT, "processor"),
        ({"status": -9, "why": "timeout"}, "", "", Outcome.TIMEOUT, "after 2 s"),
        ({"status": -9, "why": "memory"}, "", "", Outcome.MEMORY, "512 MiB"),
        ({"status": -9, "why": "stopped"}, "", "cancelled", Outcome.CANCELLED, "stopped"),
        ({"status": -9, "why": "stopped"}, "", "output", Outcome.OUTPUT, "1 MiB"),
        ({"refused": "no walls"}, "", "", Outcome.REFUSED, "no walls"),
        ({}, "", "hung", Outcome.REFUSED, "did not answer"),
        ({}, "Boom\nOSError: x", "", Outcome.REFUSED, "OSError: x"),
    ],
)
def test_every_end_has_its_words(
    told: dict[str, object], stderr: str, stopped: str, outcome: Outcome, words: str
) -> None:
    result = said(told, stderr, stopped)
    assert result.outcome is outcome
    assert words in result.message


def test_what_doctor_hears() -> None:
    nothing = judged(refused("The system gives no namespaces."))
    assert not nothing.available
    assert "no namespaces" in nothing.title
    assert "kernel." in nothing.advice
    half = judged(ProgramResult(Outcome.PASSED, "", active=frozenset({Protection.LIMITS})))
    assert not half.available
    assert "processes, network, files" in half.title
    whole = judged(ProgramResult(Outcome.PASSED, "", active=frozenset(Protection)))
    assert whole.available
    assert whole.advice == ""


def test_an_order_that_breaks_off(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("order") / "short"
    path.write_bytes(struct.pack("=Q", 100) + b"{")
    with path.open("rb") as file, pytest.raises(RefusedError, match="went away"):
        read_order(file.fileno())


def run_filter(code: bytes, machine: int, number: int, first: int, fourth: int = 0) -> int:
    """What the kernel would answer: a classic BPF machine of the few instructions used."""
    data = struct.pack("=IIQQQQQ", number, machine, 0, first, 0, 0, fourth)
    at, held = 0, 0
    while True:
        kind, yes, no, value = struct.unpack_from("=HBBI", code, at * 8)
        at += 1
        if kind == 0x20:
            (held,) = struct.unpack_from("=I", data, value)
        elif kind == 0x54:
            held &= value
        elif kind == 0x15:
            at += yes if held == value else no
        elif kind == 0x35:
            at += yes if held >= value else no
        else:
            return int(value)


ALLOW, DENY, UNKNOWN, KILL = 0x7FFF0000, 0x50001, 0x50026, 0x80000000


@pytest.mark.parametrize(
    ("machine", "arch", "number", "first", "verdict"),
    [
        ("x86_64", 0xC000003E, 0, 0, ALLOW),  # read
        ("x86_64", 0xC000003E, 59, 0, ALLOW),  # execve
        ("x86_64", 0xC000003E, 101, 0, DENY),  # ptrace
        ("x86_64", 0xC000003E, 272, 0, DENY),  # unshare
        ("x86_64", 0xC000003E, 435, 0, UNKNOWN),  # clone3
        ("x86_64", 0xC000003E, 56, 0x1200011, ALLOW),  # clone as fork does
        ("x86_64", 0xC000003E, 56, 0x10000011, DENY),  # clone into a user namespace
        ("x86_64", 0xC000003E, 41, 1, ALLOW),  # socket of this machine
        ("x86_64", 0xC000003E, 41, 2, DENY),  # socket to others
        ("x86_64", 0xC000003E, 0x40000000 | 101, 0, KILL),  # the x32 way around
        ("x86_64", 0x40000003, 26, 0, KILL),  # the 32-bit way around
        ("aarch64", 0xC00000B7, 63, 0, ALLOW),  # read
        ("aarch64", 0xC00000B7, 117, 0, DENY),  # ptrace
        ("aarch64", 0xC00000B7, 220, 0x10000011, DENY),
        ("aarch64", 0xC00000B7, 198, 2, DENY),
        ("aarch64", 0xC00000B7, 198, 1, ALLOW),
    ],
)
def test_the_filter_of_system_calls(
    machine: str, arch: int, number: int, first: int, verdict: int
) -> None:
    assert run_filter(filter_program(machine), arch, number, first) == verdict


@pytest.mark.parametrize(
    ("flags", "verdict"),
    [(0x22, ALLOW), (0x02, ALLOW), (0x01, ALLOW), (0x21, DENY), (0x23, DENY), (0x20, ALLOW)],
)
def test_memory_that_is_shared_and_no_file(flags: int, verdict: int) -> None:
    """MAP_SHARED | MAP_ANONYMOUS is denied; private memory and files are not."""
    assert run_filter(filter_program("x86_64"), 0xC000003E, 9, 0, flags) == verdict
    assert run_filter(filter_program("aarch64"), 0xC00000B7, 222, 0, flags) == verdict


def test_the_filter_knows_what_it_does_not_know() -> None:
    with pytest.raises(KeyError):
        filter_program("sparc")
    assert platform.machine()
    assert ctypes.sizeof(ctypes.c_void_p) == 8
