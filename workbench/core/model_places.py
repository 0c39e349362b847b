"""Where models lie on this machine: our own folders, and those of programs that download them.

Locations as their makers document them: Ollama (OLLAMA_MODELS), LM Studio
(~/.lmstudio-home-pointer, settings.json), Hugging Face (HF_HUB_CACHE, HF_HOME) and llama.cpp
(LLAMA_CACHE; since March 2026 its downloads stand in the Hugging Face cache).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from workbench.core.model_folders import ModelFolders
from workbench.core.paths import Profile, assets_folder


class Origin(StrEnum):
    """Whose folder a model was found in."""

    OWN = "Workbench"
    """The profile's models folder and the demo models."""
    FOLDER = "Added folders"
    LM_STUDIO = "LM Studio"
    OLLAMA = "Ollama"
    HUGGING_FACE = "Hugging Face"
    LLAMA_CPP = "llama.cpp"
    DOWNLOADS = "Downloads"
    """Downloads, Documents and the desktop: looked through only when asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """One folder to look through; it need not exist."""

    origin: Origin
    folder: Path


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the locations depend on.

    Attributes:
        platform: as `sys.platform` names it: "linux", "darwin", "win32".
    """

    home: Path
    platform: str
    environ: Mapping[str, str] = field(default_factory=dict)


def surroundings() -> Surroundings:
    """This machine and this person, now."""
    return Surroundings(Path.home(), sys.platform, dict(os.environ))


def model_places(
    profile: Profile, around: Surroundings, *, downloads: bool = False
) -> tuple[Place, ...]:
    """Every folder that may hold models, each once, ours first; `downloads` adds those places."""
    found = list(own_places(profile))
    found += [Place(Origin.LM_STUDIO, f) for f in _lm_studio(around)]
    found += [Place(Origin.OLLAMA, f) for f in _ollama(around)]
    found += [Place(Origin.LLAMA_CPP, f) for f in _llama_cpp(around)]
    found += [Place(Origin.HUGGING_FACE, f) for f in _hugging_face(around)]
    if downloads:
        names = ("Downloads", "Documents", "Desktop", "models", "Models")
        found += [Place(Origin.DOWNLOADS, around.home / name) for name in names]
    once: dict[Path, Place] = {}
    for place in found:
        once.setdefault(place.folder, place)
    return tuple(once.values())


def own_places(profile: Profile) -> tuple[Place, ...]:
    """The folders in which models are found by their names."""
    return (
        Place(Origin.OWN, profile.models),
        *(Place(Origin.FOLDER, folder) for folder in ModelFolders(profile).added()),
        Place(Origin.OWN, assets_folder() / "models"),
    )


def _lm_studio(around: Surroundings) -> Iterator[Path]:
    home = around.home
    homes = [home / ".lmstudio", home / ".cache" / "lm-studio"]
    pointed = _first_line(home / ".lmstudio-home-pointer")
    if pointed is not None:
        homes.insert(0, _in_home(pointed, home))
    config = {
        "darwin": home / "Library" / "Application Support" / "LM Studio",
        "win32": Path(around.environ.get("APPDATA") or home / "AppData" / "Roaming") / "LM Studio",
    }.get(around.platform, _xdg(around, "XDG_CONFIG_HOME", ".config") / "LM Studio")
    for folder in (*homes, config):
        chosen = _downloads_folder(folder / "settings.json")
        if chosen is not None:
            yield _in_home(chosen, home)
    for folder in homes:
        yield folder / "models"


def _downloads_folder(settings: Path) -> str | None:
    """The folder for models that LM Studio's settings name; None without one."""
    try:
        data = json.loads(settings.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    folder = data.get("downloadsFolder") if isinstance(data, dict) else None
    return folder if isinstance(folder, str) and _usable(folder) else None


def _ollama(around: Surroundings) -> Iterator[Path]:
    chosen = around.environ.get("OLLAMA_MODELS", "").strip("\"'")
    if _usable(chosen):
        yield _in_home(chosen, around.home)
    yield around.home / ".ollama" / "models"
    if around.platform not in ("darwin", "win32"):
        # The Linux installer runs the server as a user of its own, whose home is one of these.
        yield Path("/usr/share/ollama/.ollama/models")
        yield Path("/var/lib/ollama/.ollama/models")
        yield Path("/var/lib/ollama")
        yield around.home / "snap" / "ollama" / "common" / "models"


def _llama_cpp(around: Surroundings) -> Iterator[Path]:
    chosen = around.environ.get("LLAMA_CACHE", "")
    if _usable(chosen):
        yield _in_home(chosen, around.home)
    if around.platform == "darwin":
        yield around.home / "Library" / "Caches" / "llama.cpp"
    elif around.platform == "win32":
        local = around.environ.get("LOCALAPPDATA") or around.home / "AppData" / "Local"
        yield Path(local) / "llama.cpp"
    else:
        yield _xdg(around, "XDG_CACHE_HOME", ".cache") / "llama.cpp"


def _hugging_face(around: Surroundings) -> Iterator[Path]:
    environ = around.environ
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if _usable(environ.get(name, "")):
            yield _in_home(environ[name], around.home)
    if _usable(environ.get("HF_HOME", "")):
        yield _in_home(environ["HF_HOME"], around.home) / "hub"
    yield _xdg(around, "XDG_CACHE_HOME", ".cache") / "huggingface" / "hub"


def _xdg(around: Surroundings, name: str, default: str) -> Path:
    chosen = around.environ.get(name, "")
    return Path(chosen) if _usable(chosen) else around.home / default


def _usable(text: str) -> bool:
    return bool(text.strip()) and "\0" not in text


def _in_home(text: str, home: Path) -> Path:
    """A path another program wrote; "~" and relative ones begin at `home`."""
    return home / text[2:] if text.startswith(("~/", "~\\")) else home / text


def _first_line(path: Path) -> str | None:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return lines[0].strip() if lines and _usable(lines[0]) else None
