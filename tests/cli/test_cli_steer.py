"""`workbench steer`: two replies beside each other, and the vector as a file."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from support.commands import Command

ASK = ("steer", "few-shot-sentiment", "-s", "max_tokens=4", "-s", "temperature=0")
TEXTS = ("--toward", "I love it.", "--away", "I hate it.")


def test_a_vector_is_written_and_used_again(workbench: Command, tmp_path: Path) -> None:
    path = tmp_path / "love.gguf"
    ran = workbench(*ASK, *TEXTS, "--strength", "-3", "-o", path, "--json")
    assert (ran.code, ran.err) == (0, "")
    document = ran.document
    assert path.is_file()
    assert len(document["token_deltas"]) == len(document["reply_tokens"])
    assert math.isclose(sum(document["token_deltas"]), document["delta_logprob"], abs_tol=1e-4)
    again = workbench(*ASK, "--vector", path, "--strength", "-3", "--json")
    assert again.document == document
    nothing = workbench(*ASK, "--vector", path, "--strength", "0", "--json").document
    assert nothing["steered_tokens"] == nothing["reply_tokens"]
    assert math.isclose(nothing["delta_logprob"], 0.0, abs_tol=1e-4)


def test_both_replies_are_shown(workbench: Command) -> None:
    ran = workbench(*ASK, *TEXTS)
    assert ran.out.startswith("strength 0:  ")
    assert "changes by" in ran.out


@pytest.mark.parametrize(
    "arguments", [(), ("--toward", "x"), (*TEXTS, "--vector", "v.gguf"), ("--vector", "none.gguf")]
)
def test_mistakes_are_one_line(workbench: Command, arguments: tuple[str, ...]) -> None:
    ran = workbench(*ASK, *arguments)
    assert ran.code == 2
    assert len(ran.err.strip().splitlines()) == 1
