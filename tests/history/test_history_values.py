"""Values as JSON: strict JSON out, the same values in, and rows of other versions load."""

from __future__ import annotations

import json
import math

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.core.sampling import PRESETS, Sampling
from workbench.core.types import EngineInfo, EngineSettings, KvType
from workbench.history.values import (
    dumps,
    loads,
    rebuild,
    restored,
    sampling_from,
    sampling_json,
    storable,
    value_json,
)

# The first draw of text builds tables of Unicode, which takes seconds on a busy machine.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text() | st.just("$float"), inner, max_size=3)
    ),
    max_leaves=12,
)


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


@UNHURRIED
@given(_JSON)
def test_any_value_comes_back_and_the_text_is_strict_json(value: object) -> None:
    text = dumps(value)
    json.loads(text, parse_constant=_refuse)
    assert repr(_sorted(loads(text))) == repr(_sorted(value))


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {k: _sorted(value[k]) for k in sorted(value)}
    return [_sorted(v) for v in value] if isinstance(value, list) else value


def test_values_json_does_not_know_become_text() -> None:
    assert loads(dumps({1: (1, {2}), "x": KvType.F16, "y": b"z"})) == {
        "1": [1, [2]],
        "x": "f16",
        "y": "b'z'",
    }


@UNHURRIED
@given(st.text(st.characters()))
def test_every_text_can_be_stored(text: str) -> None:
    assert restored(storable(text)) == text


def test_bytes_cut_inside_a_character_become_replacement_characters() -> None:
    assert restored("a💙".encode()[:-1]) == "a\ufffd"


def test_every_preset_and_a_ban_come_back_equal() -> None:
    banned = Sampling(logit_bias=((3, -math.inf), ("no", -1.5)), stop=("a,b", "[x"), mirostat=2)
    for sampling in (*PRESETS.values(), banned):
        problems: list[str] = []
        assert sampling_from(sampling_json(sampling), problems) == sampling
        assert problems == []


def test_unknown_parameters_are_ignored_and_missing_ones_take_their_default() -> None:
    problems: list[str] = []
    assert sampling_from('{"temperature": 0.1, "warp": 9}', problems) == Sampling(temperature=0.1)
    assert problems == []


def test_a_parameter_this_version_refuses_is_reported_and_costs_only_itself() -> None:
    problems: list[str] = []
    text = '{"temperature": -5, "top_k": 7, "stop": 3}'
    assert sampling_from(text, problems) == Sampling(top_k=7)
    assert [p.split(" ")[1] for p in problems] == ["temperature", "stop"]


def test_settings_come_back_equal() -> None:
    settings = EngineSettings(n_ctx=7, kv_type=KvType.Q4_0, lora=(("a", 1.0), ("b", 0.5)))
    assert rebuild(EngineSettings, value_json(settings), "settings", []) == settings


def test_settings_of_other_versions_load() -> None:
    problems: list[str] = []
    text = '{"n_ctx": 5, "kv_type": "q9", "new": [1], "use_mmap": 3}'
    assert rebuild(EngineSettings, text, "settings", problems) == EngineSettings(n_ctx=5)
    assert problems == [
        "settings: kv_type was 'q9', which is unknown.",
        "settings: use_mmap was 3, which is unknown.",
    ]


def test_a_field_that_was_not_recorded_is_reported_when_it_has_no_default() -> None:
    problems: list[str] = []
    info = rebuild(EngineInfo, '{"backend": "CPU"}', "engine", problems)
    assert info == EngineInfo("", "", "CPU", 0, 0, False, KvType.F16)
    assert "engine: n_threads was not recorded." in problems


def test_json_that_is_no_object_is_reported() -> None:
    problems: list[str] = []
    assert rebuild(EngineSettings, "[1]", "settings", problems) == EngineSettings()
    assert problems == ["settings: the stored value is no JSON object."]
