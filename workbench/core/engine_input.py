"""Engine settings from outside: `-s n_ctx=2048` and its kin, split from the sampling values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.core.engine_settings import EngineSettings, KvType
from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.core.sampling import PARAMETERS

_LIMITS = {"n_ctx": (0, 1 << 24), "n_threads": (0, 1024), "n_gpu_layers": (-1, 100_000)}
ENGINE_NAMES = (*_LIMITS, "flash_attention", "kv_type", "mmap", "lora", "control_vector")
"""The names `-s` takes beside the decoding parameters."""


def split_values(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Named values apart: those of the engine, and those of the sampling."""
    engine = {n: v for n, v in values.items() if n.replace("-", "_") in ENGINE_NAMES}
    return engine, {n: v for n, v in values.items() if n not in engine}


def with_engine_values(base: EngineSettings, values: Mapping[str, Any]) -> EngineSettings:
    """`base` with named values replaced; texts are parsed.

    Raises:
        UserError: an unknown name or a value it does not take.
    """
    changes: dict[str, Any] = {}
    for written, value in values.items():
        name = written.replace("-", "_")
        if name in _LIMITS:
            changes[name] = _whole(name, value)
        elif name == "flash_attention":
            changes[name] = _switch(name, value)
        elif name == "kv_type":
            changes[name] = _kv_type(value)
        elif name == "mmap":
            changes["use_mmap"] = _switch(name, value)
        elif name == "lora":
            changes["lora"] = (*base.lora, *_scaled_files(name, value))
        elif name == "control_vector":
            changes["control_vectors"] = (*base.control_vectors, *_scaled_files(name, value))
        else:
            known = [*ENGINE_NAMES, *PARAMETERS]
            raise UserError(f"There is no setting named {written}.", did_you_mean(name, known))
    return replace(base, **changes)


def _whole(name: str, value: Any) -> int:
    low, high = _LIMITS[name]
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        raise UserError(f"{name} takes a whole number, not {value!r}.") from None
    if isinstance(value, bool) or (isinstance(value, float) and number != value):
        raise UserError(f"{name} takes a whole number, not {value!r}.")
    if not low <= number <= high:
        raise UserError(f"{name} must be between {low} and {high:,}, not {number}.")
    return number


def _switch(name: str, value: Any) -> bool:
    words = {"true": True, "on": True, "1": True, "false": False, "off": False, "0": False}
    try:
        return words[str(value).strip().lower()]
    except KeyError:
        raise UserError(f"{name} takes true or false, not {value!r}.") from None


def _kv_type(value: Any) -> KvType:
    try:
        return KvType(str(value).strip().lower())
    except ValueError:
        names = [k.value for k in KvType]
        raise UserError(f"kv_type must be one of {', '.join(names)}, not {value!r}.") from None


def _scaled_files(name: str, value: Any) -> tuple[tuple[str, float], ...]:
    """`FILE:0.5,OTHER` as (file, scale) pairs; a scale left out is 1."""
    out = []
    for part in str(value).split(","):
        path, colon, scale = part.rpartition(":")
        try:
            number = float(scale)
        except ValueError:
            path, number = part, 1.0
        if not colon:
            path, number = part, 1.0
        if not path.strip() or not math.isfinite(number):
            raise UserError(f"{name} takes FILE or FILE:SCALE, not {part!r}.")
        out.append((path.strip(), number))
    return tuple(out)
