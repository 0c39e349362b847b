"""Nothing leaves the machine: no command asks for a name or connects to an address."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCH = """\
import sys

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        raise SystemExit(f"asked for {arguments}")
    if event == "socket.connect" and not isinstance(arguments[1], (str, bytes)):
        raise SystemExit(f"connected to {arguments[1]}")

sys.addaudithook(watch)
"""
"""Run by every Python process that is started, the engine's own too. Texts are Unix sockets."""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Python process ends when it turns to the network."""
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    root = Path(__file__).parents[2]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(root))),
        "QT_QPA_PLATFORM": "offscreen",
    }


@pytest.mark.parametrize(
    "words",
    [
        ("run", "@Once upon", "-s", "max_tokens=4"),
        ("score", "@Once", "--continuation", " upon"),
        ("history", "search", "once"),
        ("models", "list"),
        ("prompts", "list"),
        ("doctor",),
        ("metrics", "score", "squad_f1", "--prediction", "a", "--reference", "a"),
        ("--screenshot", "window.png"),
    ],
    ids=lambda words: words[0],
)
def test_no_command_turns_to_the_network(
    words: tuple[str, ...], watched: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "--profile", str(tmp_path / "profile"), *words],
        cwd=tmp_path,
        env=watched,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1, 2), done.stderr  # an empty profile has no history
    for sentence in ("asked for", "connected to"):
        assert sentence not in done.stderr


def test_the_watch_sees_what_it_should(watched: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"],
        env=watched,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "asked for" in done.stderr
