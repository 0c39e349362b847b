"""The chain as a person arranges it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.sampler_order import chain_order, chain_steps, replaced_by, with_order
from workbench.core.sampling import NEUTRAL, OPTIONAL_SAMPLERS, SAMPLERS, Sampling

ALL = (*SAMPLERS, *OPTIONAL_SAMPLERS)
ORDERS = st.permutations(ALL)
SUBSETS = st.lists(st.sampled_from(ALL), unique=True).map(tuple)


@given(SUBSETS, ORDERS)
def test_every_sampler_stands_once_and_those_that_are_on_as_they_run(
    on: tuple[str, ...], before: list[str]
) -> None:
    order = chain_order(Sampling(samplers=on), before)
    assert sorted(order) == sorted(ALL)
    assert tuple(name for name in order if name in on) == on


@given(ORDERS, st.sets(st.sampled_from(ALL)))
def test_switching_off_and_on_again_leaves_everything_in_place(
    order: list[str], off: set[str]
) -> None:
    everything = with_order(Sampling(), order, ALL)
    without = with_order(everything, order, [n for n in ALL if n not in off])
    assert chain_order(without, order) == tuple(order)
    assert with_order(without, chain_order(without, order), ALL) == everything


def test_what_each_sampler_says() -> None:
    def said(sampling: Sampling) -> dict[str, str]:
        return {s.name: s.says for s in chain_steps(sampling, chain_order(sampling))}

    default = said(Sampling())
    assert (default["top_k"], default["top_p"], default["min_p"]) == ("40", "0.95", "0.05")
    assert default["penalties"] == default["dry"] == default["xtc"] == "neutral"
    assert default["infill"] == default["adaptive_p"] == "off"
    assert said(Sampling(repeat_penalty=1.1, presence_penalty=0.5))["penalties"] == "1.1 / 0.5"
    assert said(Sampling(repeat_penalty=1.1, repeat_last_n=0))["penalties"] == "neutral"
    assert said(Sampling(xtc_probability=0.3, xtc_threshold=0.6))["xtc"] == "neutral"
    assert said(Sampling(temperature=1.0, dynatemp_range=0.5))["temperature"] == "1 ± 0.5"
    assert said(replace(Sampling(), samplers=("top_p",)))["top_k"] == "off"


@pytest.mark.parametrize("name", SAMPLERS)
def test_neutral_settings_act_nowhere(name: str) -> None:
    step = next(s for s in chain_steps(NEUTRAL, SAMPLERS) if s.name == name)
    assert not step.acts


def test_mirostat_takes_over() -> None:
    assert not replaced_by(Sampling())
    assert "Mirostat 2" in replaced_by(Sampling(mirostat=2))
