"""Settings files that were damaged or edited by hand: said once, and kept before they change."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values


def settings_problems(profile: Profile) -> tuple[str, ...]:
    """A sentence for each settings file that cannot be used whole; it is kept as `.bak` beside it.

    What can be used is used: bad entries are left out, and the program goes on without them.
    """
    found = (_presets(profile.presets_file), _library(profile.library_file))
    return tuple(sentence for sentence in found if sentence)


def _presets(path: Path) -> str:
    data, why = _read(path)
    if why:
        return _kept(path, why, "none of its presets is offered")
    bad = [name for name, values in data.items() if not _is_sampling(values)]
    if not bad:
        return ""
    return _kept(path, f"has unusable presets: {', '.join(sorted(bad))}", "they are left out")


def _is_sampling(values: object) -> bool:
    try:
        return isinstance(values, dict) and bool(with_values(Sampling(), values))
    except UserError:
        return False


def _library(path: Path) -> str:
    data, why = _read(path)
    if why:
        return _kept(path, why, "the folders added to the library are left out")
    rows = data.get("folders", [])
    if isinstance(rows, list) and all(isinstance(r, str) and "\0" not in r for r in rows):
        return ""
    return _kept(path, "has unusable folders", "they are left out")


def _read(path: Path) -> tuple[dict[str, object], str]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError, RecursionError) as error:
        return {}, f"cannot be read ({getattr(error, 'strerror', None) or error})"
    return (data, "") if isinstance(data, dict) else ({}, "holds no settings")


def _kept(path: Path, what: str, so: str) -> str:
    backup = path.with_suffix(path.suffix + ".bak")
    try:
        shutil.copyfile(path, backup)
    except OSError:
        return f"The file {path.name} {what}; {so}."
    return f"The file {path.name} {what}; {so}, {backup.name} keeps it."
