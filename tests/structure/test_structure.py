"""The plan of the house, as far as files can show it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench

PACKAGE = Path(workbench.__file__).parent
ROOT = PACKAGE.parent
MAX_LINES = 400
"""A file past 400 lines asks to be split; past this it must be."""

SOURCES = sorted(PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> Iterator[str]:
    """Every module a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def users_of(*packages: str) -> set[str]:
    """Files, relative to the package, that import one of these."""
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in SOURCES
        if any(name.split(".")[0] in packages for name in imports_of(path))
    }


def public_things(
    node: ast.Module | ast.ClassDef, inside: str = ""
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    """Functions, classes and their methods, as far as nothing of them begins with an underscore."""
    for child in node.body:
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if child.name[0] == "_":
            continue
        name = f"{inside}{child.name}"
        yield name, child
        if isinstance(child, ast.ClassDef):
            yield from public_things(child, f"{name}.")


def test_packaging_is_no_package() -> None:
    """It would hide the module `packaging` that pip and pytest need."""
    assert (ROOT / "packaging").is_dir()
    assert not list((ROOT / "packaging").rglob("__init__.py"))
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_only_the_engine_knows_llama_cpp() -> None:
    users = users_of("llama_cpp")
    assert users
    assert {
        u for u in users if u != "engine/llama.py" and not u.startswith("engine/native/")
    } == set()


def test_only_gui_and_app_know_qt() -> None:
    users = users_of("PySide6", "pyqtgraph", "shiboken6")
    assert users
    assert {u for u in users if u != "app.py" and not u.startswith("gui/")} == set()


def test_core_needs_only_the_standard_library_and_numpy() -> None:
    allowed = {*sys.stdlib_module_names, "numpy", "platformdirs", "workbench"}
    for path in (PACKAGE / "core").glob("*.py"):
        assert {name.split(".")[0] for name in imports_of(path)} <= allowed, path.name


def test_lower_rooms_print_nothing() -> None:
    for path in SOURCES:
        room = path.relative_to(PACKAGE).parts[0]
        if room in ("cli", "app.py", "__main__.py"):
            continue
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "print"
        ]
        assert not calls, path


def test_every_public_thing_has_a_docstring() -> None:
    missing = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and ast.get_docstring(tree) is None:
            missing.append(f"{path.relative_to(PACKAGE)}: the module")
        missing += [
            f"{path.relative_to(PACKAGE)}:{node.lineno}: {name}"
            for name, node in public_things(tree)
            if ast.get_docstring(node) is None
        ]
    assert not missing


def test_no_file_grows_beyond_its_limit() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in [*SOURCES, *(ROOT / "tests").rglob("*.py")]
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert not long


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later(word: str) -> None:
    for path in SOURCES:
        assert word not in path.read_text(encoding="utf-8"), path
