"""Names that are no UTF-8, outputs without UTF-8, empty names, devices as files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import ROOT, Command

from workbench.core.paths import assets_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="names are text there, not bytes")
SMALL = assets_folder() / "models" / "demo-0.5m-q8_0.gguf"
RUN = ("run", "@Once upon a time", "--no-save", "-s", "max_tokens=3")


def in_shell(line: str, profile: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    """What `sh` makes of a line in which $W is the command."""
    return subprocess.run(
        ["sh", "-c", line.replace("$W", f'"{sys.executable}" -m workbench')],
        capture_output=True,
        timeout=100,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "WORKBENCH_PROFILE": str(profile),
            "PYTHONUTF8": "0",
            **more,
        },
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems take only UTF-8")
@pytest.mark.parametrize("locale", ["C.UTF-8", "POSIX"])
def test_names_that_are_no_utf8(locale: str, tmp_path: Path) -> None:
    """A model and a prompt with such a name run, and JSON stays JSON."""
    folder = os.fsencode(tmp_path)
    shutil.copy(os.fsencode(SMALL), folder + b"/m\xff.gguf")
    (tmp_path / "p\udcff.prompt.yml").write_text("text: Once upon a time\n")
    model = f"$(printf '{tmp_path}/m\\377.gguf')"
    prompt = f"$(printf '{tmp_path}/p\\377.prompt.yml')"
    line = f'$W run "{prompt}" -m "{model}" -s max_tokens=3 --json'
    done = in_shell(line, tmp_path / "profile", LC_ALL=locale)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout.decode("utf-8"))
    assert document["saved"]
    assert document["model"]["path"].endswith("m\udcff.gguf")
    shown = in_shell(f'$W models show "{model}"', tmp_path / "profile", LC_ALL=locale)
    assert rb"m\udcff.gguf" in shown.stdout


@posix
def test_an_output_without_utf8_gets_escapes(tmp_path: Path) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    done = in_shell('$W render "@Zo\u00eb \U0001f600" --json', tmp_path, **ascii_only)
    assert json.loads(done.stdout.decode("ascii"))["text"] == "Zo\u00eb \U0001f600"
    assert in_shell("$W metrics list", tmp_path, **ascii_only).returncode == 0


@posix
def test_other_bytes_are_refused_in_one_line(shell: Command, tmp_path: Path) -> None:
    shell("--profile", tmp_path, *RUN[:2], "-s", "max_tokens=1")
    for words, named in (
        (("history", "show", "\udcff"), "UTF-8"),
        (("lookahead", "@Once", "--after", "\udcff"), "--after"),
        (("models", "add-server", "lab", "http://\udcff:1"), "UTF-8"),
    ):
        ran = shell("--profile", tmp_path, *words)
        assert ran.code == 2
        assert ran.out == ""
        assert named in ran.line


@pytest.mark.parametrize(
    "words",
    [
        (*RUN, "-m", ""),
        (*RUN, "--preset", " "),
        (*RUN, "--profile", ""),
        ("score", "@a", "-m", ""),
        ("compare", "@a", "-m", SMALL, "-m", ""),
        ("eval", "demo-choice", "-m", ""),
        ("eval", "demo-choice", "--judge", ""),
        ("run", ""),
    ],
)
def test_an_empty_name_is_no_default(workbench: Command, words: tuple[str, ...]) -> None:
    """`-m "$MODEL"` with nothing in MODEL would run another model than was meant."""
    ran = workbench(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert "is empty" in ran.line


def test_a_tag_for_no_run_is_a_mistake(workbench: Command, tmp_path: Path) -> None:
    ran = workbench("--profile", tmp_path, "history", "tag", "--add", "good")
    assert ran.code == 2
    assert "No run is named" in ran.line


def test_a_folder_is_no_prompt(workbench: Command, tmp_path: Path) -> None:
    assert workbench("run", tmp_path).line.startswith(f"{tmp_path} is a folder, not a prompt.")


def test_a_run_that_is_refused_prints_nothing(workbench: Command) -> None:
    ran = workbench(*RUN, "-s", "grammar=nonsense")
    assert (ran.code, ran.out) == (2, "")


@posix
def test_a_device_is_written_to_and_not_replaced(workbench: Command, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        ran = workbench("attention", "@Once upon", "-m", SMALL, "--heads", "mean", "-o", pipe)
        assert ran.code == 0
        assert pipe.is_fifo()
        assert os.read(reader, 2) == b"PK"
    finally:
        os.close(reader)
    plain = tmp_path / "a.npz"
    workbench("attention", "@Once upon", "-m", SMALL, "-o", plain)
    umask = os.umask(0)
    os.umask(umask)
    assert plain.stat().st_mode & 0o777 == 0o666 & ~umask
