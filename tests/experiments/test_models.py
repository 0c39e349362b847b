"""Models by path and by name, and the hashes that tell their files apart."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.core.ids import file_sha256
from workbench.core.paths import Profile, demo_model_path
from workbench.experiments.models import ModelHashes, find_model, list_models, scan_models


def test_models_are_found_by_path_file_name_and_own_name(
    own_profile: Profile, small_demo_model: Path
) -> None:
    assert find_model(None, own_profile) == demo_model_path()
    assert find_model(str(small_demo_model), own_profile) == small_demo_model
    for name in ("demo-0.5m-q8_0", "demo-0.5m-q8_0.gguf", "DEMO-0.5M-Q8_0"):
        assert find_model(name, own_profile) == small_demo_model
    own = next(m for m in list_models(own_profile) if m.path == str(small_demo_model)).name
    assert find_model(own, own_profile) == small_demo_model


def test_the_persons_own_models_come_first(own_profile: Profile, small_demo_model: Path) -> None:
    folder = own_profile.models / "deeper"
    folder.mkdir(parents=True)
    shutil.copy(small_demo_model, folder / "demo-2m-q8_0.gguf")
    assert find_model("demo-2m-q8_0", own_profile) == folder / "demo-2m-q8_0.gguf"
    assert next(e.path.parent for e in scan_models(own_profile)) == folder


def test_broken_files_are_listed_with_the_reason_and_later_parts_are_not(
    own_profile: Profile,
) -> None:
    own_profile.models.mkdir(parents=True)
    (own_profile.models / "a.gguf").write_text("nothing")
    (own_profile.models / "m-00002-of-00003.gguf").write_text("nothing")
    first = scan_models(own_profile)[0]
    assert (first.path.name, first.info) == ("a.gguf", None)
    assert "not a GGUF file" in first.error
    assert "m-00002-of-00003.gguf" not in {e.path.name for e in scan_models(own_profile)}
    assert len(list_models(own_profile)) == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("demo-2m-q8_1", "no model named demo-2m-q8_1. Did you mean demo-2m-q"),
        ("nowhere.gguf", "no model file nowhere.gguf"),
        ("some/where", "no model file some/where"),
    ],
)
def test_unknown_names_are_refused(own_profile: Profile, name: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        find_model(name, own_profile)
    assert said in str(caught.value)


def test_hashes_are_remembered_until_the_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"one")
    hashes = ModelHashes(tmp_path / "cache")
    first = hashes.get(file).result(10)
    assert first == file_sha256(file)
    hashes.close()
    again = ModelHashes(tmp_path / "cache")
    try:
        assert again.get(file).done()
        file.write_bytes(b"two")
        os.utime(file, ns=(1, 1))
        assert again.get(file).result(10) == file_sha256(file) != first
        with pytest.raises(UserError, match="no model file"):
            again.get(tmp_path / "missing.gguf")
    finally:
        again.close()


@pytest.mark.parametrize("content", ["", "[]", "{", "\x00"])
def test_a_damaged_cache_of_hashes_is_made_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "model-hashes.json").write_text(content)
    file = tmp_path / "model.gguf"
    file.write_bytes(b"one")
    hashes = ModelHashes(tmp_path)
    try:
        assert hashes.get(file).result(10) == file_sha256(file)
    finally:
        hashes.close()


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    file = tmp_path / "model.gguf"
    file.write_bytes(b"one")
    hashes = ModelHashes(tmp_path / "file" / "cache")
    try:
        assert hashes.get(file).result(10) == file_sha256(file)
    finally:
        hashes.close()
