"""attention and lens on the command line."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from support.commands import Command

PROMPT = "@The cat sat on the mat. The cat sat on"


def test_attention_writes_an_npz(workbench: Command, tmp_path: Path, demo_model: Path) -> None:
    path = tmp_path / "a.npz"
    ran = workbench("attention", PROMPT, "-m", demo_model, "-o", path, "--json")
    assert (ran.code, ran.err) == (0, "")
    with np.load(path, allow_pickle=False) as stored:
        weights = stored["attention"]
        n = len(stored["token_ids"])
        assert "".join(stored["token_texts"].tolist()).endswith(PROMPT[1:])
    assert ran.document["shape"] == list(weights.shape)
    assert weights.shape[2:] == (n, n)
    assert np.abs(weights.sum(axis=-1) - 1).max() <= 1e-5
    assert (weights[:, :, *np.triu_indices(n, 1)] == 0).all()
    assert ran.document["layers"] == list(range(weights.shape[0]))
    assert all(0.4 <= kind["score"] <= 1 for kind in ran.document["head_kinds"])


def test_chosen_layers_and_the_mean(workbench: Command, tmp_path: Path, demo_model: Path) -> None:
    whole, mean = tmp_path / "whole.npz", tmp_path / "mean.npz"
    assert workbench("attention", PROMPT, "-m", demo_model, "-o", whole).code == 0
    ran = workbench(
        "attention", PROMPT, "-m", demo_model, "-o", mean, "--layers", "0,2-3", "--heads", "mean"
    )
    assert ran.code == 0
    assert "layers x heads x queries x keys" in ran.out
    with np.load(whole) as a, np.load(mean) as b:
        assert b["layers"].tolist() == [0, 2, 3]
        assert b["heads"].tolist() == [-1]
        expected = a["attention"][[0, 2, 3]].mean(axis=1)
        assert np.abs(b["attention"][:, 0] - expected).max() <= 1e-6


def test_a_continuation_is_read_with_the_prompt(
    workbench: Command, tmp_path: Path, demo_model: Path
) -> None:
    path = tmp_path / "a.npz"
    more = ("--continuation", " the rug.")
    assert workbench("attention", PROMPT, *more, "-m", demo_model, "-o", path).code == 0
    with np.load(path) as stored:
        assert "".join(stored["token_texts"].tolist()).endswith(" on the rug.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--layers", "99"), "no layer 99"),
        (("--layers", "3-1"), "names nothing"),
        (("--layers", "a"), "no list of numbers"),
        (("--heads", "0,,2"), "no list of numbers"),
        (("--heads", "-1"), "no list of numbers"),
        (("-o", "/nowhere/at/all.npz"), "cannot be written"),
    ],
)
def test_bad_input_is_one_line(
    workbench: Command, tmp_path: Path, demo_model: Path, arguments: tuple[str, ...], message: str
) -> None:
    ran = workbench("attention", PROMPT, "-m", demo_model, "-o", tmp_path / "a.npz", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.line


def test_an_output_is_needed(workbench: Command, demo_model: Path) -> None:
    ran = workbench("attention", PROMPT, "-m", demo_model)
    assert ran.code == 2
    assert "--output" in ran.line


def test_lens_names_every_layer_and_position(workbench: Command, demo_model: Path) -> None:
    ran = workbench("lens", PROMPT, "-m", demo_model, "--top", "3", "--json")
    assert (ran.code, ran.err) == (0, "")
    layers = ran.document["layers"]
    n = len(ran.document["tokens"])
    assert ran.document["adjusted"] is False
    assert ran.document["identity_error"] <= 1e-3
    for layer in layers:
        assert len(layer["positions"]) == n
        for place in layer["positions"]:
            assert len(place["top"]) == 3
            assert sum(math.exp(c["logprob"]) for c in place["top"]) <= 1 + 1e-4
            assert place["kl_to_final"] >= 0
        assert layer["positions"][-1]["logprob_of_next"] is None
    assert all(place["kl_to_final"] == 0 for place in layers[-1]["positions"])
    plain = ("-s", "flash_attention=false")
    ran = workbench("score", PROMPT, "-m", demo_model, *plain, "--json")
    scored = ran.document["prompt_tokens"]
    ours = [place["logprob_of_next"] for place in layers[-1]["positions"][:-1]]
    theirs = [token["logprob"] for token in scored[1:]]
    assert ours == pytest.approx(theirs, abs=1e-2)


def test_lens_prints_the_last_position(workbench: Command, demo_model: Path) -> None:
    ran = workbench("lens", PROMPT, "-m", demo_model)
    assert ran.code == 0
    assert "unadjusted" in ran.out
    assert "KL" in ran.out.splitlines()[0]
