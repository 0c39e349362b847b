"""The log-probabilities that `run` and `score` print are those of an independent forward pass.

The model is the demo model with its weights stored as float32: from a quantised file they are
only defined to about 0.1 (see `test_reference_forward`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from reference.forward import ReferenceModel
from reference.gguf_models import copy_as_f32
from support.commands import Command

from workbench.core.paths import demo_model_path

TEXT = "@Once upon a time there was a small hen who lived in a red barn. One day the hen"


@pytest.fixture(scope="module")
def plain_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo model in float32."""
    return copy_as_f32(demo_model_path(), tmp_path_factory.mktemp("plain") / "plain.gguf")


def largest_error(tokens: list[dict[str, Any]], logprobs: Any) -> float:
    """Over the tokens and their alternatives; `logprobs[i]` is the distribution at token i."""
    errors = []
    for token, row in zip(tokens, logprobs, strict=True):
        errors.append(abs(token["logprob"] - row[token["id"]]))
        errors += [abs(c["logprob"] - row[c["id"]]) for c in token["top"]]
        assert token["entropy"] == pytest.approx(-(np.exp(row) * row).sum(), abs=0.05)
    return float(max(errors))


@pytest.mark.parametrize(
    ("kv", "flash", "tolerance"), [("f32", False, 1e-3), ("f16", False, 2e-2), ("f16", True, 2e-2)]
)
def test_log_probabilities(
    workbench: Command,
    plain_model: Path,
    kv: Literal["f32", "f16"],
    flash: bool,
    tolerance: float,
) -> None:
    settings = ["-m", plain_model, "-s", f"kv_type={kv}", "-s", f"flash_attention={flash}"]
    ran = workbench(
        "run", TEXT, *settings, "-s", "max_tokens=16", "-s", "ignore_eos=true", "--seed", "1",
        "--json", "--no-save",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    prompt = [t["id"] for t in ran.document["prompt_tokens"]]
    (sample,) = ran.document["samples"]
    said = [t["id"] for t in sample["tokens"]]
    expected = ReferenceModel(plain_model).forward([*prompt, *said], kv=kv, flash=flash).logprobs
    at = len(prompt)
    assert largest_error(sample["tokens"], expected[at - 1 : at + len(said) - 1]) <= tolerance

    scored = workbench(
        "score", TEXT, "--continuation", sample["text"], *settings, "--json"
    ).document
    first, *rest = scored["prompt_tokens"]
    assert first["logprob"] is None
    assert largest_error(rest, expected[: at - 1]) <= tolerance
    assert scored["logprob"] == pytest.approx(
        sum(t["logprob"] for t in scored["continuation_tokens"]), abs=1e-3
    )
