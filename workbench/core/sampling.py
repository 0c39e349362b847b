"""Decoding parameters: names, neutral values, ranges, units and explanations, in one place.

The command line's help, the window's sliders and the checks (`sampling_input`) all read from
here. Names and meanings are llama.cpp's own (`common_params_sampling` in its common/common.h).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean

Value = float | int | bool | str | tuple[Any, ...]

SAMPLERS: tuple[str, ...] = (
    "penalties",
    "dry",
    "top_n_sigma",
    "top_k",
    "typ_p",
    "top_p",
    "min_p",
    "xtc",
    "temperature",
)
"""The samplers of the default chain, in llama.cpp's default order."""

OPTIONAL_SAMPLERS: tuple[str, ...] = ("infill", "adaptive_p")
"""Samplers that work only when named in the order."""

MAX_SEED = 0xFFFF_FFFE
"""Largest seed: llama.cpp reads 0xFFFFFFFF (LLAMA_DEFAULT_SEED) as "draw one yourself"."""


class Kind(StrEnum):
    """How a parameter is entered and checked."""

    FLOAT = "float"
    INT = "int"
    BOOL = "bool"
    TEXT = "text"
    LIST = "list"
    BIAS = "bias"


class Group(StrEnum):
    """Where a parameter stands in the window and in the help."""

    MAIN = "main"
    TRUNCATION = "truncation"
    REPETITION = "repetition"
    ADAPTIVE = "adaptive"
    CONSTRAINTS = "constraints"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter means and which values it takes.

    Attributes:
        name: llama.cpp's name; also the key in `-s name=value` and in prompt files.
        label: the name a person reads.
        help: one sentence.
        neutral: the value at which it does nothing; None when it has no such value.
        low, high, step: the slider's ends and step, in the parameter's unit.
        minimum, maximum: the values accepted at all; None means without limit.
        unit: what the number counts; empty for a pure number.
        aliases: other names that files and people use for it.
    """

    name: str
    label: str
    kind: Kind
    group: Group
    help: str
    neutral: Value | None = None
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    aliases: tuple[str, ...] = ()


def _p(default: Any, label: str, kind: Kind, group: Group, help_: str, **more: Any) -> Any:
    return field(
        default=default,
        metadata={"parameter": (label, kind, group, help_, more)},
    )


@dataclass(frozen=True, slots=True)
class Sampling:
    """Every decoding parameter of one request; the seed travels beside it.

    The defaults are llama.cpp's. `PARAMETERS` describes each field.
    """

    temperature: float = _p(
        0.8, "temperature", Kind.FLOAT, Group.MAIN,
        "Divides the logits: below 1 the likely tokens win more often; 0 is greedy.",
        neutral=1.0, high=2.0, minimum=0.0, maximum=100.0, aliases=("temp",),
    )  # fmt: skip
    top_k: int = _p(
        40, "top-k", Kind.INT, Group.MAIN,
        "Keeps only the k likeliest tokens; 0 keeps all.",
        neutral=0, high=200, step=1, minimum=0, maximum=2_000_000_000, unit="tokens",
    )  # fmt: skip
    top_p: float = _p(
        0.95, "top-p", Kind.FLOAT, Group.MAIN,
        "Keeps the likeliest tokens until their probabilities add up to p.",
        neutral=1.0, minimum=0.0, maximum=1.0,
    )  # fmt: skip
    min_p: float = _p(
        0.05, "min-p", Kind.FLOAT, Group.MAIN,
        "Drops tokens less likely than this share of the likeliest one's probability.",
        neutral=0.0, minimum=0.0, maximum=1.0,
    )  # fmt: skip
    typical_p: float = _p(
        1.0, "typical-p", Kind.FLOAT, Group.TRUNCATION,
        "Keeps the tokens whose surprise is nearest to the expected surprise, up to this mass.",
        neutral=1.0, minimum=0.0, maximum=1.0, aliases=("typ_p",),
    )  # fmt: skip
    top_n_sigma: float = _p(
        -1.0, "top-n-sigma", Kind.FLOAT, Group.TRUNCATION,
        "Keeps tokens whose logit lies within n standard deviations of the best; below 0 is off.",
        neutral=-1.0, low=-1.0, high=5.0, minimum=-1.0, maximum=100.0, unit="σ",
    )  # fmt: skip
    xtc_probability: float = _p(
        0.0, "XTC probability", Kind.FLOAT, Group.TRUNCATION,
        "Chance, at each token, to drop all but the least likely token above the XTC threshold.",
        neutral=0.0, minimum=0.0, maximum=1.0,
    )  # fmt: skip
    xtc_threshold: float = _p(
        0.1, "XTC threshold", Kind.FLOAT, Group.TRUNCATION,
        "Probability above which XTC counts a token as a top choice; above 0.5 turns XTC off.",
        high=0.5, minimum=0.0, maximum=1.0,
    )  # fmt: skip
    repeat_penalty: float = _p(
        1.0, "repeat penalty", Kind.FLOAT, Group.MAIN,
        "Divides the positive logits of tokens seen in the window (multiplies negative ones).",
        neutral=1.0, low=0.5, high=2.0, minimum=0.01, maximum=100.0,
        aliases=("repetition_penalty",),
    )  # fmt: skip
    repeat_last_n: int = _p(
        64, "penalty window", Kind.INT, Group.REPETITION,
        "How many of the last tokens the three penalties look at; 0 turns them off.",
        high=4096, step=64, minimum=0, maximum=1_000_000, unit="tokens",
    )  # fmt: skip
    frequency_penalty: float = _p(
        0.0, "frequency penalty", Kind.FLOAT, Group.REPETITION,
        "Lowers a token's logit by this much for every time it stands in the window.",
        neutral=0.0, low=-2.0, high=2.0, minimum=-100.0, maximum=100.0,
    )  # fmt: skip
    presence_penalty: float = _p(
        0.0, "presence penalty", Kind.FLOAT, Group.REPETITION,
        "Lowers a token's logit by this much once if it stands in the window at all.",
        neutral=0.0, low=-2.0, high=2.0, minimum=-100.0, maximum=100.0,
    )  # fmt: skip
    dry_multiplier: float = _p(
        0.0, "DRY multiplier", Kind.FLOAT, Group.REPETITION,
        "Strength of the penalty on tokens that would extend a repeated sequence; 0 is off.",
        neutral=0.0, high=5.0, minimum=0.0, maximum=100.0,
    )  # fmt: skip
    dry_base: float = _p(
        1.75, "DRY base", Kind.FLOAT, Group.REPETITION,
        "How fast the DRY penalty grows with the length of the repetition.",
        low=1.0, high=4.0, minimum=1.0, maximum=100.0,
    )  # fmt: skip
    dry_allowed_length: int = _p(
        2, "DRY allowed length", Kind.INT, Group.REPETITION,
        "Repeated sequences up to this long go unpunished.",
        low=1, high=20, step=1, minimum=0, maximum=1_000_000, unit="tokens",
    )  # fmt: skip
    dry_penalty_last_n: int = _p(
        64, "DRY range", Kind.INT, Group.REPETITION,
        "How many of the last tokens DRY searches for repetitions; 0 turns it off.",
        high=4096, step=64, minimum=0, maximum=1_000_000, unit="tokens",
    )  # fmt: skip
    dry_sequence_breakers: tuple[str, ...] = _p(
        ("\n", ":", '"', "*"), "DRY sequence breakers", Kind.LIST, Group.REPETITION,
        "Texts across which DRY does not look for repetitions.",
    )  # fmt: skip
    dynatemp_range: float = _p(
        0.0, "dynamic temperature range", Kind.FLOAT, Group.ADAPTIVE,
        "Lets the temperature move by this much either way with the entropy of the moment.",
        neutral=0.0, high=5.0, minimum=0.0, maximum=100.0,
    )  # fmt: skip
    dynatemp_exponent: float = _p(
        1.0, "dynamic temperature exponent", Kind.FLOAT, Group.ADAPTIVE,
        "How entropy maps to temperature inside that range.",
        low=0.01, high=5.0, minimum=0.0, maximum=100.0,
    )  # fmt: skip
    mirostat: int = _p(
        0, "mirostat", Kind.INT, Group.ADAPTIVE,
        "1 or 2 steers towards a target surprise instead of the truncating samplers; 0 is off.",
        neutral=0, high=2, step=1, minimum=0, maximum=2,
    )  # fmt: skip
    mirostat_tau: float = _p(
        5.0, "mirostat tau", Kind.FLOAT, Group.ADAPTIVE,
        "The surprise that mirostat aims at.",
        high=10.0, minimum=0.0, maximum=100.0, unit="bits",
    )  # fmt: skip
    mirostat_eta: float = _p(
        0.1, "mirostat eta", Kind.FLOAT, Group.ADAPTIVE,
        "How fast mirostat corrects itself.",
        minimum=0.0, maximum=1.0,
    )  # fmt: skip
    adaptive_target: float = _p(
        -1.0, "adaptive-p target", Kind.FLOAT, Group.ADAPTIVE,
        "Prefers tokens near this probability (with adaptive_p in the order); below 0 is off.",
        neutral=-1.0, low=-1.0, minimum=-1.0, maximum=1.0,
    )  # fmt: skip
    adaptive_decay: float = _p(
        0.9, "adaptive-p decay", Kind.FLOAT, Group.ADAPTIVE,
        "How long adaptive-p remembers: about 1/(1-decay) tokens.",
        high=0.99, minimum=0.0, maximum=0.99,
    )  # fmt: skip
    logit_bias: tuple[tuple[str | int, float], ...] = _p(
        (), "logit bias", Kind.BIAS, Group.CONSTRAINTS,
        "Adds to the logits of chosen tokens (by id, or by text that is one token); -inf bans.",
        neutral=(),
    )  # fmt: skip
    banned_tokens: tuple[str | int, ...] = _p(
        (), "banned tokens", Kind.LIST, Group.CONSTRAINTS,
        "Tokens (by id, or by text that is one token) that can never be sampled.",
        neutral=(),
    )  # fmt: skip
    grammar: str = _p(
        "", "grammar", Kind.TEXT, Group.CONSTRAINTS,
        "A GBNF grammar with a root rule; only replies that follow it can be sampled.",
        neutral="",
    )  # fmt: skip
    json_schema: str = _p(
        "", "JSON schema", Kind.TEXT, Group.CONSTRAINTS,
        "A JSON schema, turned into a grammar; only replies that match it can be sampled.",
        neutral="",
    )  # fmt: skip
    samplers: tuple[str, ...] = _p(
        SAMPLERS, "sampler order", Kind.LIST, Group.CONSTRAINTS,
        "The samplers that run, in this order; one that is left out does nothing.",
    )  # fmt: skip
    stop: tuple[str, ...] = _p(
        (), "stop strings", Kind.LIST, Group.ENDING,
        "The reply ends before the first of these texts.",
        neutral=(),
    )  # fmt: skip
    max_tokens: int = _p(
        256, "max tokens", Kind.INT, Group.MAIN,
        "The reply ends after this many tokens.",
        low=1, high=2048, step=1, minimum=1, maximum=1_000_000, unit="tokens",
        aliases=("n_predict", "max_new_tokens", "maxTokens"),
    )  # fmt: skip
    ignore_eos: bool = _p(
        False, "ignore end of reply", Kind.BOOL, Group.ENDING,
        "Bans the tokens that end a reply, so that only length and stop strings end it.",
        neutral=False,
    )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; -inf in a logit bias becomes the text "-inf"."""
        data: dict[str, Any] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name == "logit_bias":
                value = [[t, b if math.isfinite(b) else "-inf"] for t, b in value]
            data[item.name] = list(value) if isinstance(value, tuple) else value
        return data


def _describe() -> dict[str, Parameter]:
    table = {}
    for item in fields(Sampling):
        label, kind, group, help_, more = item.metadata["parameter"]
        table[item.name] = Parameter(item.name, label, kind, group, help_, **more)
    return table


PARAMETERS: Mapping[str, Parameter] = _describe()
"""Every decoding parameter by name, in the order in which they are shown."""

_ALIASES = {alias: p.name for p in PARAMETERS.values() for alias in p.aliases}

NEUTRAL = Sampling(
    **{p.name: p.neutral for p in PARAMETERS.values() if p.neutral is not None}  # type: ignore[arg-type]  # the table holds each field's own type
)
GREEDY = replace(NEUTRAL, temperature=0.0)
BALANCED = Sampling()
CREATIVE = replace(NEUTRAL, temperature=1.2, min_p=0.05, xtc_probability=0.3)
PRESETS: Mapping[str, Sampling] = {
    "neutral": NEUTRAL,
    "greedy": GREEDY,
    "balanced": BALANCED,
    "creative": CREATIVE,
}
"""The bundled presets; a person's own are kept in the settings."""


def is_parameter(name: str) -> bool:
    """Whether a person's or a file's name means a decoding parameter."""
    key = name.strip().replace("-", "_")
    return key in PARAMETERS or key in _ALIASES or name.strip() in _ALIASES


def canonical_name(name: str) -> str:
    """llama.cpp's name for a parameter a person or a file wrote.

    Raises:
        UserError: no such parameter; the hint offers the nearest one.
    """
    key = name.strip().replace("-", "_")
    key = _ALIASES.get(key, _ALIASES.get(name.strip(), key))
    if key not in PARAMETERS:
        raise UserError(
            f"There is no decoding parameter named {name}.", did_you_mean(key, list(PARAMETERS))
        )
    return key
