"""Small things every room relies on: ids, registry, paths, cancel, errors."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import EngineDiedError, UserError
from workbench.core.ids import RunIds, file_sha256, text_hash
from workbench.core.model_folders import model_folders
from workbench.core.paths import (
    Profile,
    assets_folder,
    demo_model_path,
    open_profile,
    prompts_folder,
)
from workbench.core.registry import Registry, did_you_mean


def test_run_ids_sort_by_time_even_when_the_clock_steps_back() -> None:
    clock = iter([1000, 2000, 1500, 1500, 3000])
    ids = RunIds(lambda: next(clock))
    made = [ids.new() for _ in range(5)]
    assert made == sorted(made)
    assert [i[:11] for i in made] == sorted({i[:11] for i in made})
    assert {len(i) for i in made} == {20}


def test_run_ids_of_one_moment_differ() -> None:
    assert len({RunIds(lambda: 7).new() for _ in range(500)}) == 500


def test_hashes(tmp_path: Path) -> None:
    data = b"x" * 3_000_000
    (tmp_path / "file").write_bytes(data)
    assert file_sha256(tmp_path / "file") == hashlib.sha256(data).hexdigest()
    assert text_hash("é") == "sha256:" + hashlib.sha256("é".encode()).hexdigest()
    assert text_hash("\ud800") != text_hash("?")


def test_hashing_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 3_000_000)

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        file_sha256(tmp_path / "file", stop)


def test_registry_offers_the_nearest_name() -> None:
    registry: Registry[int] = Registry("metric")
    assert registry.add("bleu", 1) == 1
    registry.add("chrf", 2)
    assert (registry.get("chrf"), registry.names(), list(registry), len(registry)) == (
        2, ["bleu", "chrf"], [1, 2], 2,
    )  # fmt: skip
    with pytest.raises(UserError, match="no metric named blue") as caught:
        registry.get("blue")
    assert caught.value.hint == "Did you mean bleu?"
    with pytest.raises(ValueError, match="exists already"):
        registry.add("bleu", 3)


def test_did_you_mean_lists_all_when_none_is_near() -> None:
    assert did_you_mean("zzz", ["alpha", "beta"]) == "Known names: alpha, beta."
    assert did_you_mean("zzz", [f"n{i}" for i in range(45)]).endswith("n39 and 5 more.")
    assert did_you_mean("zzz", []) == ""


def test_profile_stands_where_it_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_profile: Profile
) -> None:
    assert open_profile() == own_profile
    assert open_profile(tmp_path / "here").root == tmp_path / "here"
    monkeypatch.chdir(tmp_path)
    assert open_profile("there").root == tmp_path / "there"
    monkeypatch.delenv("WORKBENCH_PROFILE")
    assert open_profile().root.is_absolute()


def test_profile_is_made_and_keeps_everything_below_it(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "a" / "b")
    profile.create()
    profile.create()
    assert list(profile.root.iterdir()) == []
    for place in (
        profile.settings_file, profile.history_file, profile.prompts, profile.models,
        profile.cache, profile.crashes,
    ):  # fmt: skip
        assert place.parent == profile.root


def test_unwritable_profile_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"file/profile cannot be written: Not a dir") as caught:
        Profile(tmp_path / "file" / "profile").create()
    assert "--profile" in caught.value.hint


def test_bundled_files_are_found(own_profile: Profile) -> None:
    assert demo_model_path().is_file()
    assert assets_folder().is_dir()
    assert list(prompts_folder().rglob("*.prompt.yml"))
    assert model_folders(own_profile) == [own_profile.models, assets_folder() / "models"]


def test_cancel_token() -> None:
    token = CancelToken()
    heard: list[str] = []
    assert not token
    token.check()
    token.when_cancelled(lambda: heard.append("first"))
    token.when_cancelled(None)
    token.cancel()
    assert heard == []
    assert token
    token.when_cancelled(lambda: heard.append("late"))
    assert heard == ["late"]
    with pytest.raises(Cancelled):
        token.check()


@pytest.mark.parametrize("kind", [UserError, EngineDiedError])
def test_errors_cross_a_process_border_whole(kind: type[UserError]) -> None:
    error = pickle.loads(pickle.dumps(kind("What.", "Do.", "More")))  # noqa: S301  # our own bytes
    assert type(error) is kind
    assert (error.message, error.hint, error.details) == ("What.", "Do.", "More")
    assert str(error) == "What. Do."
