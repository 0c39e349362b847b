"""Formats for runs write as the runs come: six times the runs take no more memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workbench.export.base import chosen
from workbench.export.run_formats import run_formats

HELD_WHOLE = {"pdf"}
"""A PDF is made in memory and takes a limited number of runs."""
SLACK = 2_000_000


def documents(count: int) -> Iterator[dict[str, Any]]:
    """Runs that are made when they are asked for, about 2 kB of text each."""
    for number in range(count):
        text = f"{number} " + "word " * 100
        token = {"text": text, "bytes": text.encode().hex(), "logprob": -1.0, "rank": 1}
        yield {
            "run_id": f"run-{number}",
            "created": "2026-01-01T00:00:00+00:00",
            "prompt_name": "p",
            "model": {"name": "m"},
            "sampling": {"temperature": 1.0},
            "prompt": text,
            "samples": [{"seed": number, "text": text, "finish_reason": "stop", "tokens": [token]}],
        }


def peak(name: str, count: int, folder: Path) -> int:
    """The most bytes that Python held while it wrote so many runs."""
    made = run_formats().get(name)
    options = chosen(name, made.options, {})
    tracemalloc.start()
    try:
        with (folder / name).open("w+b") as file:
            made.write(documents(count), file, options)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", [n for n in run_formats().names() if n not in HELD_WHOLE])
def test_memory_is_flat(name: str, tmp_path: Path) -> None:
    peak(name, 1200, tmp_path)  # what is loaded once
    few, many = (peak(name, count, tmp_path) for count in (600, 3600))
    # The runs that came in between are over 6 MB of text, and as many again as hexadecimal.
    assert many < few + SLACK
