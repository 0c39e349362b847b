"""The wheel and the source archive: built once, installed without a network, and used."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ("fonts", "help", "icons", "models", "screenshots", "translations")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(wheel, source archive)."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = folder.glob("*.whl")
    (source,) = folder.glob("*.tar.gz")
    return wheel, source


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's packages in it, and nothing else."""
    target = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--target"]
    subprocess.run([*pip, str(target), str(built[0])], check=True, capture_output=True, timeout=120)
    return target


def run_installed(installed: Path, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Python with the installed wheel before every checkout."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        cwd=home,
        env={
            **environment,
            "PYTHONPATH": str(installed),
            "WORKBENCH_PROFILE": str(home / "profile"),
        },
    )


def test_the_wheel_holds_the_program_and_its_data(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[0]) as file:
        names = set(file.namelist())
    for path in (ROOT / "workbench").rglob("*.py"):
        assert path.relative_to(ROOT).as_posix() in names
    for folder in ASSETS:
        for path in (ROOT / "assets" / folder).rglob("*"):
            if path.is_file():
                assert f"workbench/_data/{path.relative_to(ROOT).as_posix()}" in names
    prompts = [path for path in (ROOT / "prompts").rglob("*") if path.is_file()]
    assert all(f"workbench/_data/{path.relative_to(ROOT).as_posix()}" in names for path in prompts)
    top = {name.partition("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"workbench"}


def test_the_source_archive_holds_what_ci_runs(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as archive:
        files = {member.name.partition("/")[2]: member for member in archive.getmembers()}
    assert files.keys() >= {"Makefile", "CONTRIBUTING.md", "pyproject.toml", "tests/conftest.py"}
    assert files[".ci/run"].mode & 0o100  # it can be run


def test_the_source_archive_makes_the_same_wheel(built: tuple[Path, Path], tmp_path: Path) -> None:
    # Not tarfile: its filter, which newer versions ask for, is unknown to Debian's Python 3.11.2.
    subprocess.run(["tar", "-xf", str(built[1]), "-C", str(tmp_path)], check=True)
    (unpacked,) = tmp_path.iterdir()
    assert (unpacked / "packaging" / "bundle" / "workbench.spec").is_file()
    assert (unpacked / "tests" / "packages" / Path(__file__).name).is_file()
    out = tmp_path / "again"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=unpacked,
        check=True,
        capture_output=True,
        timeout=120,
    )
    with zipfile.ZipFile(next(out.glob("*.whl"))) as again, zipfile.ZipFile(built[0]) as first:
        assert sorted(again.namelist()) == sorted(first.namelist())


def test_an_installed_wheel_finds_its_models_prompts_and_help(
    installed: Path, tmp_path: Path
) -> None:
    code = (
        "from workbench.core.paths import assets_folder, demo_model_path, prompts_folder\n"
        "print(demo_model_path()); print(prompts_folder()); print(assets_folder() / 'help')\n"
    )
    done = run_installed(installed, "-c", code, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    places = [Path(line) for line in done.stdout.split("\n") if line]
    assert len(places) == 3
    for place in places:
        assert place.exists()
        assert place.is_relative_to(installed)


def test_an_installed_wheel_generates_text(installed: Path, tmp_path: Path) -> None:
    run = ("-m", "workbench", "run", "few-shot-story", "-v", "name=Zoe", "--seed", "41")
    done = run_installed(installed, *run, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Zoe" in done.stdout


def test_an_installed_wheel_has_its_command(installed: Path) -> None:
    (entry,) = installed.glob("prompt_workbench-*.dist-info/entry_points.txt")
    assert "workbench = workbench.__main__:main" in entry.read_text(encoding="utf-8")
