"""Python for child processes: an interpreter, or this program playing one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.core.python import AS_PYTHON, python_command

ROOT = Path(__file__).resolve().parents[2]


def as_python(
    *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """What `workbench --as-python ARGUMENTS` does."""
    return subprocess.run(
        [sys.executable, "-m", "workbench", AS_PYTHON, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
    )


def test_an_interpreter_is_called_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert python_command("-m", "json.tool") == [sys.executable, "-m", "json.tool"]
    assert python_command("a.py", executable="/x/python")[0] == "/x/python"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert python_command("a.py") == [sys.executable, "--as-python", "a.py"]


def test_code_runs_with_its_arguments() -> None:
    done = as_python("-I", "-S", "-B", "-c", "import sys; print(sys.argv, __name__)", "7", "-x")
    assert done.stdout == "['-c', '7', '-x'] __main__\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_a_module_runs() -> None:
    done = as_python("-m", "workbench", "--version")
    assert "workbench" in done.stdout
    assert done.returncode == 0


def test_a_file_runs_as_the_main_module(tmp_path: Path) -> None:
    (tmp_path / "friend.py").write_text("NAME = 'Zoe'\n", encoding="utf-8")
    (tmp_path / "main.py").write_text(
        "import dataclasses, sys, __main__\n"
        "from friend import NAME\n"
        "@dataclasses.dataclass\n"
        "class A:\n"
        "    x: int = 3\n"
        "print(NAME, A(), __main__.NAME, sys.argv[1:])\n"
        "if __name__ == '__main__':\n"
        "    exit(4)\n",
        encoding="utf-8",
    )
    done = as_python("-s", "-B", "-X", "utf8", "main.py", "a", cwd=tmp_path)
    assert done.stdout == "Zoe A(x=3) Zoe ['a']\n"
    assert done.returncode == 4
    assert not (tmp_path / "__pycache__").exists()


def test_an_error_is_shown_as_python_shows_it(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("def f():\n    1 / 0\n\n\nf()\n", encoding="utf-8")
    done = as_python("main.py", cwd=tmp_path)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert 'main.py", line 5' in lines[1]
    assert lines[-1] == "ZeroDivisionError: division by zero"
    assert "core/python" not in done.stderr


def test_broken_syntax_is_named(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("x = = 1\n", encoding="utf-8")
    done = as_python("main.py", cwd=tmp_path)
    assert done.returncode == 1
    assert 'main.py", line 1' in done.stderr
    assert done.stderr.splitlines()[-1].startswith("SyntaxError")


def test_the_path_for_modules_is_read_unless_isolated(tmp_path: Path) -> None:
    (tmp_path / "friend.py").write_text("NAME = 'Zoe'\n", encoding="utf-8")
    code = ("-c", "import friend; print(friend.NAME)")
    path = f"{tmp_path}{os.pathsep}{ROOT}"
    assert as_python(*code, PYTHONPATH=path).stdout == "Zoe\n"
    names = as_python("-c", "import sys; print(sys.path)", PYTHONPATH=path).stdout
    isolated = as_python("-I", "-c", "import sys; print(sys.path)", PYTHONPATH=path).stdout
    assert names.count(str(tmp_path)) == isolated.count(str(tmp_path)) + 1


def test_a_text_given_to_exit_goes_to_stderr() -> None:
    done = as_python("-c", "raise SystemExit('no bread')")
    assert (done.returncode, done.stderr) == (1, "no bread\n")
