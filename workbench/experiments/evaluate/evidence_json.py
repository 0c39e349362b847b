"""Evidence as JSON values and back: what a history keeps of an item."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from workbench.core.metric import CallEvidence, ChoiceEvidence, Evidence, TextLogprobs
from workbench.core.types import Timings

_PLAIN = ("prediction", "verdict", "preference", "rating")
_TUPLES = ("references", "wrong", "gold", "attempts", "functions")
_CHOICES = ("choices", "judge_choices", "guard_choices")


def to_json(evidence: Evidence) -> dict[str, object]:
    """What is known, as JSON values; the prompt and the variables stand in the run."""
    out: dict[str, object] = {}
    for name in _PLAIN:
        if (value := getattr(evidence, name)) is not None:
            out[name] = value
    for name in _TUPLES:
        if value := getattr(evidence, name):
            out[name] = list(value)
    for name in _CHOICES:
        if choices := getattr(evidence, name):
            out[name] = [asdict(choice) for choice in choices]
    if evidence.logprobs is not None:
        out["logprobs"] = {
            **{f.name: getattr(evidence.logprobs, f.name) for f in fields(TextLogprobs)},
            "logprobs": _packed(evidence.logprobs.logprobs),
            "entropies": _packed(evidence.logprobs.entropies),
        }
    if evidence.timings is not None:
        out["timings"] = asdict(evidence.timings)
    if evidence.calls is not None:
        out["calls"] = [asdict(call) for call in evidence.calls]
    if evidence.gold_calls:
        out["gold_calls"] = [asdict(call) for call in evidence.gold_calls]
    if evidence.embeddings:
        out["embeddings"] = [_packed(vector) for vector in evidence.embeddings]
    if evidence.verdict_range is not None:
        out["verdict_range"] = list(evidence.verdict_range)
    return out


def from_json(stored: Mapping[str, Any]) -> Evidence:
    """The evidence that `to_json` was given.

    Raises:
        KeyError, TypeError, ValueError: another version wrote it in another way.
    """
    logprobs = stored.get("logprobs")
    calls = stored.get("calls")
    span = stored.get("verdict_range")
    values: dict[str, Any] = {name: stored.get(name) for name in _PLAIN}
    values |= {name: tuple(stored.get(name, ())) for name in _TUPLES}
    for name in _CHOICES:
        values[name] = tuple(ChoiceEvidence(**choice) for choice in stored.get(name, ()))
    return Evidence(
        **values,
        logprobs=None if logprobs is None else _logprobs(logprobs),
        timings=Timings(**stored["timings"]) if "timings" in stored else None,
        calls=None if calls is None else tuple(CallEvidence(**call) for call in calls),
        gold_calls=tuple(CallEvidence(**call) for call in stored.get("gold_calls", ())),
        embeddings=tuple(_unpacked(vector) for vector in stored.get("embeddings", ())),
        verdict_range=None if span is None else (span[0], span[1]),
    )


def _logprobs(stored: Mapping[str, Any]) -> TextLogprobs:
    return TextLogprobs(
        **{
            **stored,
            "logprobs": _unpacked(stored["logprobs"]),
            "entropies": _unpacked(stored["entropies"]),
        }
    )


def _packed(values: Sequence[float]) -> str:
    """Little-endian float32, which is what the engine gave, as base64."""
    return base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()


def _unpacked(text: str) -> tuple[float, ...]:
    return tuple(np.frombuffer(base64.b64decode(text), "<f4").tolist())
