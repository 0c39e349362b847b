"""Decoding parameters: every field is described, and no value llama.cpp dies of gets through."""

from __future__ import annotations

import json
import math
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.core.sampling import (
    MAX_SEED,
    NEUTRAL,
    PARAMETERS,
    PRESETS,
    SAMPLERS,
    Kind,
    Sampling,
    canonical_name,
)
from workbench.core.sampling_input import check, check_seed, with_values

NUMBERS = [p.name for p in PARAMETERS.values() if p.kind in (Kind.FLOAT, Kind.INT)]
FLOATS = [p.name for p in PARAMETERS.values() if p.kind is Kind.FLOAT]
# `-s` names of the command line's description that are the sampling's.
DOCUMENTED = (
    "temperature", "dynatemp_range", "dynatemp_exponent", "top_k", "top_p", "min_p", "typical_p",
    "top_n_sigma", "xtc_probability", "xtc_threshold", "repeat_penalty", "repeat_last_n",
    "frequency_penalty", "presence_penalty", "dry_multiplier", "dry_base", "dry_allowed_length",
    "dry_penalty_last_n", "dry_sequence_breakers", "mirostat", "mirostat_tau", "mirostat_eta",
    "adaptive_target", "adaptive_decay", "logit_bias", "grammar", "json_schema", "samplers",
    "stop", "max_tokens", "ignore_eos",
)  # fmt: skip


def refused(values: dict[str, Any]) -> UserError:
    """The error these values raise."""
    with pytest.raises(UserError) as caught:
        with_values(Sampling(), values)
    return caught.value


def test_every_field_is_described() -> None:
    assert list(PARAMETERS) == [f.name for f in fields(Sampling)]
    assert set(DOCUMENTED) <= set(PARAMETERS)
    for parameter in PARAMETERS.values():
        assert parameter.label, parameter.name
        assert parameter.help.endswith("."), parameter.name
        default = getattr(Sampling(), parameter.name)
        if parameter.kind in (Kind.FLOAT, Kind.INT):
            assert parameter.minimum is not None, parameter.name
            assert parameter.maximum is not None, parameter.name
            assert parameter.minimum <= parameter.low < parameter.high <= parameter.maximum
            assert parameter.step > 0
            assert parameter.minimum <= default <= parameter.maximum, parameter.name
            assert isinstance(default, float if parameter.kind is Kind.FLOAT else int)


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_presets_are_valid(name: str) -> None:
    assert check(PRESETS[name]) is PRESETS[name]


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_outside_their_range_are_refused_by_name(name: str) -> None:
    parameter = PARAMETERS[name]
    assert parameter.minimum is not None
    assert parameter.maximum is not None
    for value in (parameter.minimum - 1, parameter.maximum + 1):
        for given_as in (value, str(int(value) if parameter.kind is Kind.INT else value)):
            message = refused({name: given_as}).message
            assert message.startswith(name)
            assert "between" in message
    edge = with_values(Sampling(), {name: parameter.minimum})
    assert getattr(edge, name) == parameter.minimum


NO_NUMBERS: tuple[Any, ...] = (
    "nan", "inf", "-inf", math.nan, math.inf, "", "much", True, None, [1], {}, 10**400, "9" * 9999,
)  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_no_number_is_refused_by_name(name: str) -> None:
    for value in NO_NUMBERS:
        message = refused({name: value}).message
        assert message.startswith(name), value
        assert len(message) < 150


@pytest.mark.parametrize("name", FLOATS)
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_values_set_directly_are_checked_too(name: str, value: float) -> None:
    with pytest.raises(UserError, match=f"^{name} must be between"):
        check(replace(Sampling(), **{name: value}))  # type: ignore[arg-type]  # name is a float's


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"top_k": -1}, "top_k must be between 0 and 2000000000, not -1."),
        ({"min_p": 2}, "min_p must be between 0 and 1, not 2.0."),
        ({"top_k": 1.5}, "top_k takes a whole number, not 1.5."),
        ({"samplers": "top_k,tmperature"}, "samplers: there is no sampler named tmperature."),
        ({"samplers": ["top_k", "top_k"]}, "samplers: top_k is named more than once."),
        ({"samplers": [7]}, "samplers takes"),
        ({"samplers": {"top_k": 1}}, "samplers takes"),
        ({"stop": [1]}, "stop takes"),
        ({"stop": [True]}, "stop takes"),
        ({"stop": 5}, "stop takes"),
        ({"stop": '["open'}, "stop takes"),
        ({"stop": "[" * 100_000}, "stop takes"),
        ({"stop": ["a\0b"]}, "stop must not contain a NUL"),
        ({"dry_sequence_breakers": [3]}, "dry_sequence_breakers takes"),
        ({"banned_tokens": [1.5]}, "banned_tokens takes"),
        ({"ignore_eos": "perhaps"}, "ignore_eos takes true or false, not 'perhaps'."),
        ({"logit_bias": '{"yes": "much"}'}, "logit_bias takes"),
        ({"logit_bias": '{"yes"'}, "logit_bias takes"),
        ({"logit_bias": "[1, 2]"}, "logit_bias takes"),
        ({"logit_bias": [[1.5, 2]]}, "logit_bias takes"),
        ({"logit_bias": {"a": math.nan}}, "logit_bias: the bias of 'a' must be"),
        ({"logit_bias": {"a": math.inf}}, "logit_bias: the bias of 'a' must be"),
        ({"logit_bias": {"a": 10**400}}, "logit_bias takes"),
        ({"grammar": "root ::= \0"}, "grammar must not contain a NUL"),
        ({"grammar": "root ::= \ud800"}, "grammar must be Unicode text"),
        ({"stop": ["\ud800"]}, "stop must be Unicode text"),
    ],
)
def test_bad_values_are_refused_by_name(values: dict[str, Any], named: str) -> None:
    assert refused(values).message.startswith(named)


def test_grammar_and_schema_cannot_both_be_set() -> None:
    error = refused({"grammar": 'root ::= "a"', "json_schema": "{}"})
    assert "grammar and json_schema" in error.message


@pytest.mark.parametrize(
    ("name", "canonical"),
    [("temp", "temperature"), ("n-predict", "max_tokens"), ("maxTokens", "max_tokens"),
     ("typ_p", "typical_p"), ("top-k", "top_k")],
)  # fmt: skip
def test_other_names_are_understood(name: str, canonical: str) -> None:
    assert canonical_name(name) == canonical


def test_unknown_names_get_the_nearest() -> None:
    error = refused({"temprature": 1})
    assert "temprature" in error.message
    assert error.hint == "Did you mean temperature?"


def test_texts_are_parsed_as_their_kind() -> None:
    sampling = with_values(
        Sampling(),
        {
            "temperature": "0.5",
            "top_k": "7",
            "ignore_eos": "yes",
            "stop": '["\\n", "END"]',
            "samplers": "top_k,temperature",
            "logit_bias": '{"yes": 2, "12": false}',
            "json_schema": {"type": "object"},
            "banned_tokens": "5, the",
        },
    )
    assert (sampling.temperature, sampling.top_k, sampling.ignore_eos) == (0.5, 7, True)
    assert sampling.stop == ("\n", "END")
    assert sampling.samplers == ("top_k", "temperature")
    assert sampling.logit_bias == (("yes", 2.0), ("12", -math.inf))
    assert json.loads(sampling.json_schema) == {"type": "object"}
    assert sampling.banned_tokens == ("5", " the")


def test_to_dict_is_json_and_reads_back() -> None:
    sampling = replace(
        NEUTRAL, logit_bias=((3, -math.inf), ("x", 1.5)), stop=("a",), samplers=SAMPLERS[:3]
    )
    document = json.loads(json.dumps(sampling.to_dict(), allow_nan=False))
    assert document["logit_bias"] == [[3, "-inf"], ["x", 1.5]]
    assert with_values(Sampling(), document) == sampling


@pytest.mark.parametrize("seed", [-1, MAX_SEED + 1, 2**40])
def test_seeds_outside_are_refused(seed: int) -> None:
    with pytest.raises(UserError, match=r"^seed must be between"):
        check_seed(seed)


def test_seeds_inside_are_kept() -> None:
    assert [check_seed(s) for s in (0, MAX_SEED)] == [0, MAX_SEED]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(st.sampled_from(list(PARAMETERS)), _JSON)
def test_anything_is_taken_or_refused_by_name(name: str, value: Any) -> None:
    message = name
    try:
        json.dumps(with_values(Sampling(), {name: value}).to_dict(), allow_nan=False)
    except UserError as error:
        message = error.message
    assert name in message
