"""Nothing leaves the machine: no command asks for a name or connects to an address."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

WATCH = """\
import os
import sys

def watch(event, arguments):
    asks = event in ("socket.getaddrinfo", "socket.gethostbyname")
    connects = event == "socket.connect" and not isinstance(arguments[1], (str, bytes))
    if asks or connects:
        with open(os.environ["WATCHED"], "a") as log:
            log.write(f"{event} {arguments}\\n")
        raise OSError("no network here")

sys.addaudithook(watch)
"""
"""Run by every Python process that is started, the engine's own too. Texts are Unix sockets. It
writes a file, because what a thread raises may be heard by nobody."""

COMMANDS = (
    ("run", "@Once upon", "-s", "max_tokens=4"),
    ("score", "@Once", "--continuation", " upon"),
    ("history", "search", "once"),
    ("history", "export", "--query", "once"),
    ("models", "list"),
    ("prompts", "list"),
    ("doctor",),
    ("metrics", "score", "squad_f1", "--prediction", "a", "--reference", "a"),
    ("--screenshot", "window.png"),
)


def watched(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the watch in it and in every Python that it starts."""
    (folder / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(folder), str(root))),
            "QT_QPA_PLATFORM": "offscreen",
            "WATCHED": str(folder / "watched.log"),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_command_turns_to_the_network(tmp_path: Path) -> None:
    """One after the other on one profile, so that there is a history to search."""
    for words in COMMANDS:
        done = watched(tmp_path, "-m", "workbench", "--profile", str(tmp_path / "profile"), *words)
        found_fault = words == ("doctor",) and done.returncode == 1  # its answer, not an error
        assert done.returncode == 0 or found_fault, (words, done.stderr)
        assert not (tmp_path / "watched.log").exists(), (tmp_path / "watched.log").read_text()


def test_the_watch_sees_a_thread_of_a_process_that_was_started(tmp_path: Path) -> None:
    inner = "import socket; socket.create_connection(('127.0.0.1', 9))"
    outer = (
        "import subprocess, sys, threading; "
        f"t = threading.Thread(target=subprocess.run, args=([sys.executable, '-c', {inner!r}],)); "
        "t.start(); t.join()"
    )
    watched(tmp_path, "-c", outer)
    assert "socket.getaddrinfo" in (tmp_path / "watched.log").read_text()
