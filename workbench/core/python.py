"""Python for a child process: the interpreter, or the frozen program that plays one.

A frozen program has no `python` beside it. Started with `AS_PYTHON` as its first argument it does
what `python` does with the arguments behind it, as far as the workbench needs that.
"""

from __future__ import annotations

import builtins
import os
import runpy
import sys
import traceback
import types
from collections.abc import Sequence
from pathlib import Path

AS_PYTHON = "--as-python"


def is_frozen() -> bool:
    """Whether this is a packaged program with its own copy of everything."""
    return bool(getattr(sys, "frozen", False))


def python_command(*arguments: str, executable: str | None = None) -> list[str]:
    """A command line that runs Python with `arguments`, such as "-m", "workbench".

    Args:
        executable: another path of this same interpreter; None takes sys.executable.
    """
    start = [executable or sys.executable]
    return [*start, AS_PYTHON, *arguments] if is_frozen() else [*start, *arguments]


def play_python(arguments: Sequence[str]) -> int:
    """Do what `python ARGUMENTS` does with -c CODE, -m MODULE or a file; returns the exit code.

    Of the flags only -B and -I mean anything to a frozen program: it never reads the user's
    packages, and its text is UTF-8 always.

    Raises:
        SystemExit: the code asked for it.
    """
    rest = list(arguments)
    isolated = False
    while rest and rest[0].startswith("-") and rest[0] not in ("-c", "-m"):
        flag = rest.pop(0)
        if flag == "-X":
            rest.pop(0)
        elif flag == "-B":
            sys.dont_write_bytecode = True
        isolated = isolated or flag == "-I"
    if not isolated:
        sys.path[:0] = [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]
    # A frozen program starts without the names that `site` gives to every other.
    for name in ("exit", "quit"):
        vars(builtins).setdefault(name, sys.exit)
    try:
        _run(rest)
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  # as python does: shown, and the code is 1
        _show(error)
        return 1
    return 0


def _run(rest: list[str]) -> None:
    match rest:
        case ["-c", code, *more]:
            sys.argv = ["-c", *more]
            module = types.ModuleType("__main__")
            sys.modules["__main__"] = module
            exec(compile(code, "<string>", "exec"), module.__dict__)  # noqa: S102  # its purpose
        case ["-m", name, *more]:
            sys.argv = [name, *more]
            runpy.run_module(name, run_name="__main__", alter_sys=True)
        case [file, *more]:
            sys.argv = [file, *more]
            sys.path.insert(0, str(Path(file).resolve().parent))
            _run_file(file)
        case _:
            raise SystemExit("Nothing to run.")


def _run_file(file: str) -> None:
    # Not runpy: it takes the module away at the end, and what still runs then finds no names.
    module = types.ModuleType("__main__")
    module.__file__ = file
    sys.modules["__main__"] = module
    exec(compile(Path(file).read_bytes(), file, "exec"), module.__dict__)  # noqa: S102  # its purpose


def _show(error: BaseException) -> None:
    """The traceback without the frames of this file, as python shows it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)
