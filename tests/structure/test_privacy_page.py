"""The page on privacy names what is written into the profile, all of it and nothing else."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from workbench.core.paths import Profile, assets_folder

ROOT = Path(__file__).resolve().parents[2]
PAGE = assets_folder() / "help" / "privacy.md"


def listed() -> set[str]:
    """The names in the first column of the page's table."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def written() -> set[str]:
    """The names the program has for files and folders of the profile."""
    places = [name for name, part in inspect.getmembers(Profile) if isinstance(part, property)]
    profile = Profile(Path("profile"))
    known = {getattr(profile, name).name for name in places}
    for file in (ROOT / "workbench").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        known |= set(re.findall(r'profile\.root / "([\w.-]+)"', text))
        if "profile.root / " in text.replace("_profile", "profile"):
            known |= set(re.findall(r'^[A-Z]+_FILE = "([\w.-]+)"', text, re.MULTILINE))
    return known


def test_the_page_lists_what_is_written() -> None:
    named = {name.rstrip("/") for name in listed()}
    missing = written() - named
    assert not missing, f"privacy.md does not name {sorted(missing)}"


def test_the_page_lists_nothing_that_is_never_written() -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "workbench").rglob("*.py"))
    for name in listed() - {"-shm", "history.db-wal"}:
        assert f'"{name.rstrip("/")}"' in source, f"nothing writes {name}"
