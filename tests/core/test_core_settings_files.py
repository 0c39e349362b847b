"""Damaged settings files are named, kept, and cost nobody anything else."""

from __future__ import annotations

import json

import pytest

from workbench.core.library_folders import LibraryFolders
from workbench.core.paths import Profile
from workbench.core.presets import Presets
from workbench.core.sampling import Sampling
from workbench.core.settings_files import settings_problems


def test_a_first_start_and_good_files_are_no_problem(own_profile: Profile) -> None:
    assert settings_problems(own_profile) == ()
    Presets(own_profile.presets_file).save("mine", Sampling(temperature=0.2))
    LibraryFolders(own_profile).add(own_profile.root)
    assert settings_problems(own_profile) == ()
    assert not list(own_profile.root.glob("*.bak"))


def test_bad_entries_are_named_and_the_file_is_kept(own_profile: Profile) -> None:
    own_profile.create()
    data = {"good": {"top_k": 3}, "bad": {"top_k": "many"}, "worse": 7}
    own_profile.presets_file.write_text(json.dumps(data), encoding="utf-8")
    own_profile.library_file.write_text('{"folders": [1]}', encoding="utf-8")
    presets, library = settings_problems(own_profile)
    assert "presets.json has unusable presets: bad, worse" in presets
    assert "library.json.bak keeps it" in library
    assert json.loads((own_profile.root / "presets.json.bak").read_text(encoding="utf-8")) == data
    assert Presets(own_profile.presets_file).get("good").top_k == 3
    assert LibraryFolders(own_profile).added() == ()


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe", b"[" * 5000])
def test_unreadable_files_give_one_sentence_each(own_profile: Profile, content: bytes) -> None:
    own_profile.create()
    for path in (own_profile.presets_file, own_profile.library_file):
        path.write_bytes(content)
    assert len(settings_problems(own_profile)) == 2
    assert (own_profile.root / "presets.json.bak").read_bytes() == content
    LibraryFolders(own_profile).add(own_profile.root)
    assert (own_profile.root / "library.json.bak").read_bytes() == content
