"""`workbench sweep`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from support.commands import Command

SWEEP = (
    "sweep", "@Once upon a time", "--axis", "temperature=0:1:0.5", "--axis", "top_k=[1, 40]",
    "-n", 2, "-s", "max_tokens=6", "-s", "ignore_eos=true", "--seed", 3,
)  # fmt: skip


def test_a_grid_as_a_document_and_its_resumption(workbench: Command) -> None:
    ran = workbench(*SWEEP, "--json")
    assert ran.code == 0, ran.err
    document = ran.document
    assert document["axes"][0] == {"name": "temperature", "values": ["0", "0.5", "1"]}
    assert [c["at"]["top_k"] for c in document["cells"]] == ["1", "40"] * 3
    assert document["cells"][0]["numbers"]["agreement"] == 1.0
    assert [len(c["replies"]) for c in document["cells"]] == [2] * 6
    stored = workbench("history", "show", document["cells"][5]["run_id"], "--json").document
    assert [s["text"] for s in stored["samples"]] == document["cells"][5]["replies"]
    again = workbench("sweep", "--resume", document["sweep"].split()[1], "--json").document
    assert all(c["kept"] for c in again["cells"])
    for one, other in zip(document["cells"], again["cells"], strict=True):
        assert (one["run_id"], one["numbers"]) == (other["run_id"], other["numbers"])


def test_tables(workbench: Command) -> None:
    matrix = workbench(*SWEEP, "--number", "tokens", "--no-save")
    assert matrix.code == 0, matrix.err
    assert matrix.out.splitlines() == [
        "tokens (tokens)",
        "temperature \\ top_k  1  40",
        "                  0  6   6",
        "                0.5  6   6",
        "                  1  6   6",
    ]
    rows = workbench(
        "sweep", "@Once {{ x }}", "--axis", "var:x=upon,up", "-s", "max_tokens=3", "--no-save",
        "--number", "tokens",
    )  # fmt: skip
    assert rows.out.splitlines()[0] == "var:x  tokens"
    cost = workbench(*SWEEP, "--estimate", "--json").document
    assert (cost["cells"], cost["replies"], cost["reply_tokens"]) == (6, 12, 72)


def test_metrics_by_the_prompts_own_answers_and_a_file(workbench: Command, tmp_path: Path) -> None:
    file = tmp_path / "out" / "sweep.csv"
    ran = workbench(
        "sweep", "capital-city", "--axis", "var:country=Kenya,Norway", "-s", "max_tokens=8",
        "--seed", 1, "--number", "contains", "--csv", file, "--no-save", "--json",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    cells = ran.document["cells"]
    assert cells[0]["numbers"]["contains"] == float("Nairobi" in cells[0]["replies"][0])
    assert cells[1]["numbers"]["contains"] is None
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["var:country"] for row in rows] == ["Kenya", "Norway"]
    assert rows[0]["reply_1"] == cells[0]["replies"][0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sweep",), "Missing argument"),
        (("sweep", "@Hi"), "A sweep needs at least one axis."),
        (("sweep", "@Hi", "--axis", "temperature"), "--axis takes NAME=VALUES"),
        (("sweep", "@Hi", "--axis", "temperature="), "The axis temperature has no values."),
        (("sweep", "@Hi", "--axis", "temperature=1:0:1"), "--axis temperature: FROM:TO:STEP"),
        (("sweep", "@Hi", "--axis", "temperature=0:1:0"), "--axis temperature: FROM:TO:STEP"),
        (("sweep", "@Hi", "--axis", "temperature=[1"), "--axis temperature: the list is not JSON"),
        (("sweep", "@Hi", "--axis", "top_k=1", "--number", "blau"), "There is no number blau."),
        (("sweep", "--resume", "last"), "There is no sweep in this history yet."),
        (("sweep", "--resume", "nix"), "There is no experiment sweep nix in this history."),
        (("sweep", "@Hi", "--resume", "last"), "--resume takes everything from the sweep"),
    ],
)
def test_bad_input_is_one_line(workbench: Command, words: tuple[str, ...], said: str) -> None:
    ran = workbench(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith(said)
