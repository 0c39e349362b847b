"""Folders of prompts that the profile remembers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.core.library_folders import LibraryFolders
from workbench.core.paths import Profile, prompts_folder


def test_folders_are_added_once_and_forgotten(own_profile: Profile, tmp_path: Path) -> None:
    folders = LibraryFolders(own_profile)
    assert folders.all() == (own_profile.prompts, prompts_folder())
    one, other = tmp_path / "ä one", tmp_path / "other"
    for folder in (one, other, one):
        folders.add(folder)
    assert LibraryFolders(own_profile).added() == (one, other)
    assert folders.all()[2:] == (one, other)
    folders.forget(one)
    folders.forget(tmp_path / "never")
    assert folders.added() == (other,)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"folders": 3}', '{"folders": [1, null, ""]}', "[" * 5000, "\x00"],
)
def test_a_damaged_file_is_no_folder(own_profile: Profile, text: str) -> None:
    own_profile.create()
    own_profile.library_file.write_text(text, encoding="utf-8")
    assert LibraryFolders(own_profile).added() == ()


def test_a_profile_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text(json.dumps({}), encoding="utf-8")
    with pytest.raises(UserError, match="cannot be written"):
        LibraryFolders(Profile(taken)).add(tmp_path)
