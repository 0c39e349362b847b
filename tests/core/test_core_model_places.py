"""Where other programs keep their models, on every system; and the profile's lists of paths."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.core.model_folders import ModelFolders, model_folders
from workbench.core.model_places import Origin, Surroundings, model_places
from workbench.core.paths import Profile
from workbench.core.recent import MOST, Recent, RecentKind
from workbench.core.visible import one_line, visible


def places(profile: Profile, around: Surroundings, origin: Origin) -> list[Path]:
    """The folders of one program."""
    return [p.folder for p in model_places(profile, around) if p.origin is origin]


def test_defaults_of_linux(own_profile: Profile, tmp_path: Path) -> None:
    around = Surroundings(tmp_path, "linux", {})
    assert places(own_profile, around, Origin.LM_STUDIO) == [
        tmp_path / ".lmstudio/models",
        tmp_path / ".cache/lm-studio/models",
    ]
    ollama = places(own_profile, around, Origin.OLLAMA)
    assert ollama[0] == tmp_path / ".ollama/models"
    assert Path("/usr/share/ollama/.ollama/models") in ollama
    assert places(own_profile, around, Origin.LLAMA_CPP) == [tmp_path / ".cache/llama.cpp"]
    assert places(own_profile, around, Origin.HUGGING_FACE) == [tmp_path / ".cache/huggingface/hub"]
    assert places(own_profile, around, Origin.DOWNLOADS) == []
    assert places(own_profile, around, Origin.OWN)[0] == own_profile.models


@pytest.mark.parametrize(
    ("platform", "cache"),
    [("darwin", "Library/Caches/llama.cpp"), ("win32", "AppData/Local/llama.cpp")],
)
def test_other_systems(own_profile: Profile, tmp_path: Path, platform: str, cache: str) -> None:
    around = Surroundings(tmp_path, platform, {})
    assert places(own_profile, around, Origin.LLAMA_CPP) == [tmp_path / cache]
    assert places(own_profile, around, Origin.OLLAMA) == [tmp_path / ".ollama/models"]


def test_the_environment_comes_first(own_profile: Profile, tmp_path: Path) -> None:
    environ = {
        "OLLAMA_MODELS": str(tmp_path / "o"),
        "HF_HUB_CACHE": str(tmp_path / "hub"),
        "HF_HOME": "~/hf",
        "LLAMA_CACHE": str(tmp_path / "l"),
        "XDG_CACHE_HOME": str(tmp_path / "xdg"),
    }
    around = Surroundings(tmp_path, "linux", environ)
    assert places(own_profile, around, Origin.OLLAMA)[0] == tmp_path / "o"
    assert places(own_profile, around, Origin.LLAMA_CPP) == [
        tmp_path / "l",
        tmp_path / "xdg/llama.cpp",
    ]
    assert places(own_profile, around, Origin.HUGGING_FACE) == [
        tmp_path / "hub",
        tmp_path / "hf/hub",
        tmp_path / "xdg/huggingface/hub",
    ]


def test_lm_studio_says_where_its_models_are(own_profile: Profile, tmp_path: Path) -> None:
    home = tmp_path / "elsewhere"
    home.mkdir()
    (tmp_path / ".lmstudio-home-pointer").write_text(f"{home}\n", encoding="utf-8")
    (home / "settings.json").write_text(
        json.dumps({"downloadsFolder": str(tmp_path / "big disk")}), encoding="utf-8"
    )
    around = Surroundings(tmp_path, "linux", {})
    assert places(own_profile, around, Origin.LM_STUDIO)[:2] == [
        tmp_path / "big disk",
        home / "models",
    ]


@pytest.mark.parametrize(
    "value", ["", "[]", "{", '{"downloadsFolder": 3}', '{"downloadsFolder": ""}']
)
def test_damaged_settings_of_lm_studio_are_passed_over(
    own_profile: Profile, tmp_path: Path, value: str
) -> None:
    (tmp_path / ".lmstudio").mkdir()
    (tmp_path / ".lmstudio" / "settings.json").write_text(value, encoding="utf-8")
    around = Surroundings(tmp_path, "linux", {})
    assert places(own_profile, around, Origin.LM_STUDIO)[0] == tmp_path / ".lmstudio/models"


def test_downloads_only_when_asked(own_profile: Profile, tmp_path: Path) -> None:
    asked = model_places(own_profile, Surroundings(tmp_path, "linux", {}), downloads=True)
    assert Origin.DOWNLOADS in {place.origin for place in asked}
    assert tmp_path / "Downloads" in {place.folder for place in asked}
    assert len({place.folder for place in asked}) == len(asked)


def test_added_folders_are_kept_and_forgotten(own_profile: Profile, tmp_path: Path) -> None:
    folders = ModelFolders(own_profile)
    assert folders.added() == ()
    folders.add(tmp_path / "a")
    folders.add(tmp_path / "b")
    folders.add(tmp_path / "a")
    assert folders.added() == (tmp_path / "a", tmp_path / "b")
    assert model_folders(own_profile)[1:3] == [tmp_path / "a", tmp_path / "b"]
    folders.forget(tmp_path / "a")
    assert ModelFolders(own_profile).added() == (tmp_path / "b",)
    own_profile.models_file.write_text("{", encoding="utf-8")
    assert folders.added() == ()


def test_recent_files_newest_first_without_those_that_are_gone(
    own_profile: Profile, tmp_path: Path
) -> None:
    recent = Recent(own_profile)
    files = [tmp_path / f"{number}.gguf" for number in range(MOST + 3)]
    for file in files:
        file.touch()
        recent.add(RecentKind.MODELS, file)
    recent.add(RecentKind.PROMPTS, tmp_path / "a.prompt.yml")
    assert recent.list(RecentKind.MODELS) == tuple(reversed(files))[:MOST]
    assert recent.list(RecentKind.PROMPTS) == ()
    recent.add(RecentKind.MODELS, files[-3])
    files[-1].unlink()
    assert Recent(own_profile).list(RecentKind.MODELS)[:2] == (files[-3], files[-2])
    recent.clear(RecentKind.MODELS)
    assert recent.list(RecentKind.MODELS) == ()


def test_a_list_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be written"):
        Recent(Profile(tmp_path / "file" / "profile")).add(RecentKind.MODELS, tmp_path)


def test_hidden_characters_are_shown() -> None:
    assert visible("a\0b\x1b[31m\u202ecod\u2066") == (
        "a\\u{0000}b\\u{001B}[31m\\u{202E}cod\\u{2066}"
    )
    assert visible("line\r\nline\ttab é 日本 🙂") == "line\nline\ttab é 日本 🙂"
    assert one_line("a\nb") == "a↵b"
    assert visible("x" * 1_000_000, 5) == "xxxxx … (1,000,000 characters)"
    assert visible("\ud800").encode() == b"\\u{D800}"
