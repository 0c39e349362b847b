"""Engine settings from outside."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.core.engine_input import ENGINE_NAMES, split_values, with_engine_values
from workbench.core.errors import UserError
from workbench.core.types import EngineSettings, KvType


def test_values_are_parsed() -> None:
    settings = with_engine_values(
        EngineSettings(),
        {
            "n_ctx": "512",
            "n-threads": 2,
            "n_gpu_layers": "-1",
            "flash_attention": "off",
            "kv_type": "F32",
        },
    )
    assert settings == EngineSettings(
        n_ctx=512, n_threads=2, n_gpu_layers=-1, flash_attention=False, kv_type=KvType.F32
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n_ctx", "many"),
        ("n_ctx", -1),
        ("n_ctx", 1 << 25),
        ("n_ctx", None),
        ("n_ctx", float("nan")),
        ("n_ctx", float("inf")),
        ("n_ctx", 512.5),
        ("n_ctx", True),
        ("n_threads", 5000),
        ("n_threads", "-2"),
        ("n_gpu_layers", -2),
        ("flash_attention", "maybe"),
        ("flash_attention", 2),
        ("kv_type", "f8"),
        ("kv_type", 16),
    ],
)
def test_bad_values_are_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(UserError, match=f"^{name} "):
        with_engine_values(EngineSettings(), {name: value})


def test_unknown_names_get_the_nearest() -> None:
    with pytest.raises(UserError, match="named n_ctxx") as caught:
        with_engine_values(EngineSettings(), {"n_ctxx": 1})
    assert caught.value.hint == "Did you mean n_ctx?"


def test_values_are_split_by_whom_they_concern() -> None:
    engine, sampling = split_values({"n-ctx": "5", "top_k": "3", "kv_type": "f16", "wrong": "1"})
    assert engine == {"n-ctx": "5", "kv_type": "f16"}
    assert sampling == {"top_k": "3", "wrong": "1"}
    assert {"n_ctx", "n_threads", "n_gpu_layers", "flash_attention", "kv_type"} <= set(ENGINE_NAMES)
