"""Presets: the bundled ones stay, own ones are kept, damaged files lose nothing."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.core.presets import Presets
from workbench.core.sampling import PRESETS, Sampling


@pytest.fixture
def presets(tmp_path: Path) -> Presets:
    return Presets(tmp_path / "deep" / "presets.json")


def test_bundled_presets_are_there_without_a_file(presets: Presets) -> None:
    assert dict(presets.all()) == dict(PRESETS)
    assert presets.get("greedy").temperature == 0.0


def test_own_preset_survives_a_new_start(presets: Presets, tmp_path: Path) -> None:
    wanted = replace(
        Sampling(),
        temperature=0.25,
        stop=("\n\n", "END"),
        logit_bias=(("yes", 1.5), (7, -math.inf)),
        samplers=("top_k", "temperature"),
    )
    presets.save("mine é", wanted)
    again = Presets(tmp_path / "deep" / "presets.json")
    assert again.get("mine é") == wanted
    assert list(again.all()) == [*PRESETS, "mine é"]


def test_removed_preset_is_gone(presets: Presets) -> None:
    presets.save("a", Sampling())
    presets.remove("a")
    presets.remove("a")
    with pytest.raises(UserError, match="no preset named a"):
        presets.get("a")


@pytest.mark.parametrize("name", ["", "  ", "greedy", "x" * 61])
def test_names_that_cannot_be_saved(presets: Presets, name: str) -> None:
    with pytest.raises(UserError):
        presets.save(name, Sampling())


def test_unknown_name_offers_the_nearest(presets: Presets) -> None:
    with pytest.raises(UserError) as caught:
        presets.get("gredy")
    assert "greedy" in caught.value.hint


def test_one_bad_preset_does_not_hide_the_others(tmp_path: Path) -> None:
    file = tmp_path / "presets.json"
    file.write_text(json.dumps({"bad": {"top_k": -5}, "worse": 3, "good": {"top_k": 5}}))
    presets = Presets(file)
    assert list(presets.all()) == [*PRESETS, "good"]
    presets.save("new", Sampling())
    assert set(json.loads(file.read_text())) == {"bad", "worse", "good", "new"}


def test_damaged_file_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "presets.json"
    file.write_text("{ not json")
    presets = Presets(file)
    presets.save("new", Sampling(top_k=3))
    assert presets.get("new").top_k == 3
    assert file.with_suffix(".bak").read_text() == "{ not json"


def test_unwritable_folder_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        Presets(tmp_path / "file" / "presets.json").save("a", Sampling())
