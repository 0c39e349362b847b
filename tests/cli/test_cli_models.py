"""`workbench models`: lists, finds the models of other programs, shows what a file says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.commands import Command
from support.model_trees import cached_model, ollama_model

from workbench.core.memory import size_words
from workbench.core.model_folders import ModelFolders
from workbench.core.paths import Profile
from workbench.engine.gguf import read_header
from workbench.experiments.model_facts import count_words


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own."""
    for name in ("OLLAMA_MODELS", "HF_HOME", "HF_HUB_CACHE", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_list_names_the_source_of_every_model(
    workbench: Command, own_profile: Profile, tmp_path: Path, small_demo_model: Path
) -> None:
    own_profile.models.mkdir(parents=True)
    (own_profile.models / "broken.gguf").write_text("no", encoding="utf-8")
    folder = tmp_path / "mine"
    folder.mkdir()
    shutil.copy(small_demo_model, folder / "copy.gguf")
    ModelFolders(own_profile).add(folder)
    lines = workbench("models", "list").out.splitlines()
    assert any("broken" in line and "cannot be used" in line for line in lines)
    assert any("copy" in line and "Added folders" in line and "fits" in line for line in lines)
    [copied] = [line for line in lines if line.startswith("copy ")]
    assert f" {size_words((folder / 'copy.gguf').stat().st_size)}  fits" in copied  # as the window
    assert f" {count_words(read_header(small_demo_model).info.n_params)} " in copied
    rows = workbench("models", "list", "--json").document
    assert {"name", "path", "architecture", "quantization", "n_params", "size_bytes"} <= set(
        rows[0]
    )
    assert rows[0]["source"] == "Added folders"
    assert rows[0]["fit"] == "fits"


def test_find_looks_where_other_programs_keep_their_models(
    workbench: Command, home: Path, small_demo_model: Path, demo_model: Path
) -> None:
    ollama_model(home / ".ollama" / "models", "tiny:1b", small_demo_model)
    cached_model(home / ".cache/huggingface/hub", "org/repo", "story.gguf", demo_model)
    rows = {row["found_as"]: row for row in workbench("models", "find", "--json").document}
    assert rows["tiny:1b"]["source"] == "Ollama"
    assert rows["org/repo/story"]["source"] == "Hugging Face"
    assert rows["tiny:1b"]["greatest_ctx"] == 1024
    assert "demo-2m-q4_0" in rows
    assert "org/repo/story" in workbench("models", "find", str(home / ".cache")).out
    assert "No models. These folders" in workbench("models", "find", str(home / "nothing")).out


def test_downloads_are_looked_into_when_asked(
    workbench: Command, home: Path, small_demo_model: Path
) -> None:
    (home / "Downloads").mkdir()
    shutil.copy(small_demo_model, home / "Downloads" / "fresh.gguf")
    assert "fresh" not in workbench("models", "find").out
    assert "fresh" in workbench("models", "find", "--downloads").out


def test_show_tells_the_mix_of_types_and_the_fit(workbench: Command, demo_model: Path) -> None:
    shown = workbench("models", "show", str(demo_model), "--json").document
    assert shown["kind"] == "text"
    assert shown["fit"] == "fits"
    assert sum(shown["tensor_types"].values()) > 10
    assert (
        "It fits with all it was trained for, 1,024 tokens."
        in workbench("models", "show", str(demo_model)).out
    )
