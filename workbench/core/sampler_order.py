"""The sampler chain as a person arranges it: order, what is on, what each one does as set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.core.sampling import OPTIONAL_SAMPLERS, SAMPLERS, Sampling

_LABELS = {
    "penalties": "penalties",
    "dry": "DRY",
    "top_n_sigma": "top-n-sigma",
    "top_k": "top-k",
    "typ_p": "typical-p",
    "top_p": "top-p",
    "min_p": "min-p",
    "xtc": "XTC",
    "temperature": "temperature",
    "infill": "infill",
    "adaptive_p": "adaptive-p",
}
_HELP = {
    "penalties": "Makes tokens less likely that were said lately.",
    "dry": "Makes it less likely to go on with a sequence that was said before.",
    "top_n_sigma": "Keeps tokens whose logit lies near the best one's.",
    "top_k": "Keeps the k likeliest tokens.",
    "typ_p": "Keeps the tokens whose surprise is nearest to the expected one.",
    "top_p": "Keeps the likeliest tokens until their probabilities add up to p.",
    "min_p": "Drops tokens that are unlikely beside the likeliest one.",
    "xtc": "Now and then drops the likeliest tokens.",
    "temperature": "Flattens the probabilities above 1, sharpens them below.",
    "infill": "For fill-in-the-middle: prefers to end where the text after the gap begins.",
    "adaptive_p": "Prefers tokens near a target probability.",
}
_OFF_XTC = 0.5
"""From this threshold on, no two tokens can both be above it."""


@dataclass(frozen=True, slots=True)
class SamplerStep:
    """One sampler of the chain.

    Attributes:
        name: llama.cpp's; `label` is what a person reads, `help` one sentence.
        is_on: whether it is in the chain.
        acts: whether its parameters let it change anything when it is on.
        says: its setting in few characters, "off", or "neutral" when it changes nothing.
    """

    name: str
    label: str
    help: str
    is_on: bool
    acts: bool
    says: str


def chain_order(sampling: Sampling, before: Sequence[str] = ()) -> tuple[str, ...]:
    """All samplers in order: those that are on as they run, the others where they stood `before`.

    Without `before` those that are off stand where llama.cpp's default order has them.
    """
    known = (*before, *(n for n in (*SAMPLERS, *OPTIONAL_SAMPLERS) if n not in before))
    order = list(sampling.samplers)
    for place, name in enumerate(known):
        if name not in order:
            # Behind the nearest one that stood in front of it.
            front = next((n for n in reversed(known[:place]) if n in order), None)
            order.insert(0 if front is None else order.index(front) + 1, name)
    return tuple(order)


def chain_steps(sampling: Sampling, order: Sequence[str]) -> tuple[SamplerStep, ...]:
    """What each sampler of `order` does with these settings."""
    steps = []
    for name in order:
        says = _setting(sampling, name)
        is_on = name in sampling.samplers
        word = says or "neutral"
        steps.append(
            SamplerStep(
                name, _LABELS[name], _HELP[name], is_on, bool(says), word if is_on else "off"
            )
        )
    return tuple(steps)


def with_order(sampling: Sampling, order: Sequence[str], on: Sequence[str]) -> Sampling:
    """`sampling` with the samplers `on`, run in the order of `order`."""
    return replace(sampling, samplers=tuple(name for name in order if name in on))


def replaced_by(sampling: Sampling) -> str:
    """Why the order does not count as it stands; empty when it does."""
    if sampling.mirostat:
        return f"Mirostat {sampling.mirostat} takes the place of all but temperature."
    return ""


def _setting(s: Sampling, name: str) -> str:
    """The sampler's setting in few characters; empty when it changes nothing."""
    if name == "penalties":
        return _penalties(s)
    if name == "temperature":
        spread = f" ± {s.dynatemp_range:g}" if s.dynatemp_range > 0 else ""
        return f"{s.temperature:g}{spread}" if s.temperature != 1.0 or spread else ""
    if name == "xtc":
        does = s.xtc_probability > 0 and s.xtc_threshold <= _OFF_XTC
        return f"{s.xtc_probability:g} above {s.xtc_threshold:g}" if does else ""
    values = {
        "dry": (s.dry_multiplier, s.dry_multiplier > 0 and s.dry_base >= 1.0),
        "top_n_sigma": (s.top_n_sigma, s.top_n_sigma > 0),
        "top_k": (s.top_k, s.top_k > 0),
        "typ_p": (s.typical_p, s.typical_p < 1.0),
        "top_p": (s.top_p, s.top_p < 1.0),
        "min_p": (s.min_p, s.min_p > 0),
        "infill": ("", "infill" in s.samplers),
        "adaptive_p": (s.adaptive_target, s.adaptive_target >= 0),
    }
    value, does = values[name]
    if not does:
        return ""
    return "on" if value == "" else f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _penalties(s: Sampling) -> str:
    if not s.repeat_last_n:
        return ""
    values = ((s.repeat_penalty, 1.0), (s.frequency_penalty, 0.0), (s.presence_penalty, 0.0))
    told = [f"{value:g}" for value, neutral in values if value != neutral]
    return " / ".join(told)
