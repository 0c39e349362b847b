"""The table of settings and the file they are kept in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.settings import BY_NAME, SETTINGS, Group, Kind
from workbench.core.settings_store import SettingsStore, engine_settings


@pytest.fixture
def store(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "profile" / "settings.json")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_holds_its_default_and_says_what_it_does(setting: object) -> None:
    one = next(s for s in SETTINGS if s is setting)
    assert one.checked(one.default) == one.default
    assert one.help.endswith(".")
    assert one.label
    assert bool(one.choices) == (one.kind is Kind.CHOICE)
    assert one.kind is not Kind.NUMBER or one.minimum < one.maximum


def test_names_are_told_apart_and_every_group_has_some() -> None:
    assert len(BY_NAME) == len(SETTINGS)
    assert {setting.group for setting in SETTINGS} == set(Group)


def test_the_engine_defaults_are_the_engines_own(store: SettingsStore) -> None:
    assert engine_settings(store.read()) == EngineSettings()
    store.change("n_ctx", 2048)
    store.change("kv_type", "q8_0")
    store.change("use_mmap", False)
    made = engine_settings(store.read())
    assert (made.n_ctx, made.kv_type.value, made.use_mmap) == (2048, "q8_0", False)


def test_only_what_was_set_stands_in_the_file(store: SettingsStore) -> None:
    assert store.read().problem == ""
    assert store.change("theme", "dark").text("theme") == "dark"
    assert json.loads(store.path.read_text()) == {"schema": 1, "theme": "dark"}
    store.change("model_font", 18)
    assert store.read().number("model_font") == 18
    store.change("theme", "system")
    assert json.loads(store.path.read_text()) == {"schema": 1, "model_font": 18}
    assert dict(store.reset().chosen) == {}


def test_two_programs_do_not_take_back_each_others_changes(store: SettingsStore) -> None:
    other = SettingsStore(store.path)
    store.change("theme", "dark")
    other.change("n_threads", 3)
    store.change("motion", "reduced")
    assert dict(other.read().chosen) == {"theme": "dark", "n_threads": 3, "motion": "reduced"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "pink"), ("n_ctx", -1), ("n_ctx", True), ("model_font", 1000), ("private", 1),
     ("model_folders", ["\0"]), ("model_folders", "folder"), ("language", None)],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(name: str, value: object) -> None:
    with pytest.raises(UserError, match=name):
        BY_NAME[name].checked(value)


def test_bad_values_and_unknown_keys_are_said_and_kept(store: SettingsStore) -> None:
    data = {"schema": 1, "theme": "pink", "n_threads": 4, "of_next_year": [1], "shortcuts": 3}
    store.path.parent.mkdir()
    store.path.write_text(json.dumps(data))
    found = store.read()
    assert dict(found.chosen) == {"n_threads": 4}
    assert "shortcuts, theme" in found.problem
    assert "of_next_year" in found.problem
    backup = store.path.with_name("settings.json.bak")
    assert json.loads(backup.read_text()) == data
    store.change("n_threads", 5)
    assert json.loads(store.path.read_text())["of_next_year"] == [1], "an unknown key was lost"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"null", b"[" * 5000])
def test_a_damaged_file_gives_defaults_a_sentence_and_a_copy(
    store: SettingsStore, content: bytes
) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(content)
    found = store.read()
    assert dict(found.chosen) == {}
    assert "settings.json" in found.problem
    assert store.path.with_name("settings.json.bak").read_bytes() == content
    assert store.change("theme", "dark").text("theme") == "dark"


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be written"):
        SettingsStore(tmp_path / "file" / "settings.json").change("theme", "dark")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@rules(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*BY_NAME, "shortcuts", "later"]), json_values))
def test_any_json_gives_settings_that_can_be_used(tmp_path: Path, data: dict[str, object]) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    store.path.write_text(json.dumps(data))
    found = store.read()
    assert all(found.value(s.name) == s.checked(found.value(s.name)) for s in SETTINGS)
    engine_settings(found)
