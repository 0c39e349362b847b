"""What crashes leave behind, and that it tells nothing of the person."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.core.crash_reports import CrashFolder, error_lines, is_running, without_paths

PRIVATE = "my very own prompt"

WATCHED = """
import os, signal, sys
from pathlib import Path
from workbench.core.crash_reports import CrashFolder
def in_my_function(text):
    {end}
with CrashFolder(Path(sys.argv[1])).watched("window"):
    in_my_function("my very own prompt")
"""


def ended(folder: Path, end: str) -> int:
    """Run a watched process that ends so; answers with its exit code."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED.format(end=end), str(folder)],
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_crash_leaves_its_stack_and_a_kill_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "crashes"
    assert ended(folder, "os.kill(os.getpid(), signal.SIGSEGV)") == -signal.SIGSEGV
    (report,) = CrashFolder(folder).collect()
    assert report.part == "window"
    assert "Segmentation fault" in report.text
    assert "in_my_function" in report.text
    assert re.search(r"versions: workbench \S+, Python 3", report.text)
    assert PRIVATE not in report.text
    assert str(Path.home()) not in report.text
    assert CrashFolder(folder).collect() == [report]  # it waits until it is forgotten
    CrashFolder(folder).forget(report)
    for end in ("os.kill(os.getpid(), signal.SIGKILL)", "pass", "sys.exit(3)"):
        ended(folder, end)
        assert CrashFolder(folder).collect() == [], end
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_abort_counts_too(tmp_path: Path) -> None:
    assert ended(tmp_path, "os.abort()") == -signal.SIGABRT
    (report,) = CrashFolder(tmp_path).collect()
    assert "Aborted" in report.text


def fail() -> None:
    try:
        _ = {"": ""}[PRIVATE]
    except KeyError as error:
        raise RuntimeError(f"/home/somebody/{PRIVATE}") from error


def test_an_unforeseen_error_is_kept_without_what_it_says(tmp_path: Path) -> None:
    folder = CrashFolder(tmp_path / "crashes")
    try:
        fail()
    except RuntimeError as error:
        folder.note(error)
        lines = error_lines(error)
    assert lines[0] == "RuntimeError"
    assert "KeyError" in lines
    (report,) = folder.collect()
    assert report.part == "error"
    assert "test_an_unforeseen_error_is_kept" in report.text
    assert PRIVATE not in report.text
    assert "somebody" not in report.text


def test_paths_are_cut_to_the_package() -> None:
    stack = "\n".join(
        f'  File "{path}", line 7 in call'
        for path in (
            "/home/ann/secret project/workbench/engine/llama.py",
            "/home/ann/.venv/lib/python3.11/site-packages/numpy/core.py",
            "/usr/lib/python3.11/threading.py",
            "/home/ann/own metric.py",
            "<frozen runpy>",
            "C:\\Users\\ann\\workbench\\app.py",
        )
    )
    found = re.findall('File "([^"]*)"', without_paths(stack))
    assert found == [
        "workbench/engine/llama.py",
        "numpy/core.py",
        "threading.py",
        "(elsewhere)",
        "<frozen runpy>",
        "workbench\\app.py",
    ]


def test_stacks_of_processes_that_run_are_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / f"window-{os.getpid()}.stack"
    mine.write_text("Fatal", encoding="utf-8")
    (tmp_path / "no name.stack").write_text("Fatal", encoding="utf-8")
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    assert CrashFolder(tmp_path).collect() == []
    assert mine.exists()
    assert is_running(os.getpid(), mine)


def test_only_the_newest_reports_stay(tmp_path: Path) -> None:
    folder = CrashFolder(tmp_path)
    for _ in range(25):
        folder.note(ValueError())
    reports = folder.collect()
    assert len(reports) == 20
    assert len(list(tmp_path.iterdir())) == 20
    times = [report.created_us for report in reports]
    assert times == sorted(times)


def test_a_folder_that_cannot_be_made_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    folder = CrashFolder(tmp_path / "file" / "crashes")
    with folder.watched("window"):
        folder.note(ValueError())
    assert folder.collect() == []
