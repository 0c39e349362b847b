"""The bundle's list of contents, held against the program; nothing is built here."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import workbench
from workbench.core.python import AS_PYTHON
from workbench.gui.app_icon import APP_ID

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "packaging" / "bundle"
SOURCES = sorted(Path(workbench.__file__).parent.rglob("*.py"))


def script(path: Path) -> ModuleType:
    """A file of packaging as a module; the folder is no package."""
    spec = importlib.util.spec_from_file_location(f"packaging_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


contents = script(BUNDLE / "contents.py")


def imported() -> Iterator[tuple[str, str]]:
    """(module, file) of every import in the program."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((alias.name, path.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module, path.name
                yield from ((f"{node.module}.{alias.name}", path.name) for alias in node.names)


def opened_by_name() -> Iterator[str]:
    """Modules the program imports through a function, where PyInstaller does not see them."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).split(".")[-1] in ("library", "import_module")
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value)


def test_every_folder_of_assets_and_the_prompts_go_in() -> None:
    folders = {f"assets/{path.name}" for path in (ROOT / "assets").iterdir() if path.is_dir()}
    taken = {source for source, _ in contents.DATA}
    assert folders | {"prompts", "LICENSE"} == taken
    assert all((ROOT / source).exists() for source in taken)
    # core/paths.py looks for them under the same names.
    assert all(target in (source, ".") for source, target in contents.DATA)


def test_what_is_opened_by_name_goes_in() -> None:
    names = set(opened_by_name())
    assert "sacrebleu.metrics.bleu" in names
    left_out = {name for name in names if name.split(".")[0] in contents.EXCLUDED}
    assert left_out == {"pyarrow", "pyarrow.ipc", "pyarrow.parquet"}
    assert names - left_out <= set(contents.OPENED_BY_NAME)


@pytest.mark.parametrize("name", contents.OPENED_BY_NAME)
def test_what_goes_in_by_name_is_there(name: str) -> None:
    assert importlib.util.find_spec(name.partition(".")[0]) is not None


def test_nothing_that_the_program_imports_is_left_out() -> None:
    # Parquet is for those who installed pyarrow themselves; the program says so.
    allowed = {"pyarrow"}
    wrong = [
        (name, file)
        for name, file in imported()
        for out in contents.EXCLUDED
        if out not in allowed and (name == out or name.startswith(f"{out}."))
    ]
    assert not wrong


def test_programs_behind_the_walls_have_the_whole_standard_library() -> None:
    names = set(contents.standard_library())
    usual = "asyncio collections dataclasses decimal fractions heapq itertools json math random re"
    assert {*usual.split(), "statistics", "typing", "unittest", "__future__"} <= names
    assert not {"tkinter", "idlelib", "test"} & names
    for name in names:
        assert name in sys.stdlib_module_names


def test_files_that_are_left_out() -> None:
    for place in (
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "numpy/_core/tests/test_x.py",
        "libggml.so",
        "ggml-base.dll",
        "PySide6/Qt/translations/qtdeclarative_de.qm",
    ):
        assert contents.unwanted(place), place
    for place in (
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "assets/models/demo-2m-q8_0.gguf",
        "llama_cpp/lib/libllama.so",
        "llama_cpp/lib/ggml-base.dll",
    ):
        assert not contents.unwanted(place), place


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bundles leave libraries outside")
def test_libraries_of_a_desktop_stay_outside() -> None:
    outside = contents.left_to_the_system
    assert outside("libgtk-3.so.0", "/usr/lib/x86_64-linux-gnu/libgtk-3.so.0")
    assert outside("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6")
    assert not outside("libsqlite3.so.0", "/lib/x86_64-linux-gnu/libsqlite3.so.0")
    assert not outside("libQt6Core.so.6", "/opt/venv/PySide6/Qt/lib/libQt6Core.so.6")


def test_the_bundles_have_every_extra_but_the_large_ones() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = set(tomllib.load(file)["project"]["optional-dependencies"])
    wanted = extras - {"data", "ray"}
    linux = (BUNDLE / "build.sh").read_text(encoding="utf-8")
    assert set(re.findall(r'extras\["(\w+)"\]', linux)) == wanted
    windows = (ROOT / "packaging" / "windows" / "build.ps1").read_text(encoding="utf-8")
    assert set(windows.split("'.[")[1].split("]")[0].split(",")) == wanted
    assert "openpyxl" in linux
    assert "'openpyxl'" in windows


def test_recipes_speak_of_one_program() -> None:
    assert contents.APP_ID == APP_ID
    assert script(ROOT / "packaging" / "icons.py").APP_ID == APP_ID
    assert AS_PYTHON not in (BUNDLE / "entry.py").read_text(encoding="utf-8")
    ast.parse((BUNDLE / "workbench.spec").read_text(encoding="utf-8"))


def test_no_variant_for_amx_is_built() -> None:
    text = (BUNDLE / "llama.sh").read_text(encoding="utf-8")
    variants = text.split("variants='")[1].split("'")[0].split()
    assert "haswell" in variants
    assert "x64" in variants
    assert "sapphirerapids" not in variants
    assert "graniterapids" not in variants
