"""`workbench run --fork` and `workbench lookahead`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.commands import Command

PROMPT = "@Once upon a time"
SHORT = ("-s", "max_tokens=10", "-s", "ignore_eos=true")


@pytest.fixture
def run_document(workbench: Command) -> Any:
    """A recorded run."""
    return workbench("run", PROMPT, "--seed", 3, *SHORT, "--json").document


def ids(document: Any, sample: int = 0) -> list[int]:
    """The tokens of one reply."""
    return [token["id"] for token in document["samples"][sample]["tokens"]]


def test_a_fork_names_its_parent_and_its_place(workbench: Command, run_document: Any) -> None:
    assert (run_document["parent"], run_document["given"]) == (None, [])
    token = run_document["samples"][0]["tokens"][4]["top"][3]["id"]
    run_id = run_document["run_id"]
    forked = workbench(
        "run", "--fork", run_id, "--at", 4, "--token", token, "--seed", 3, "--json"
    ).document
    assert forked["parent"] == {"run_id": run_id, "sample": 0, "fork_token": 4}
    assert forked["given"] == [token]
    assert ids(forked)[:5] == [*ids(run_document)[:4], token]
    assert len(ids(forked)) == 5 + 10  # the run's own max_tokens and ignore_eos
    assert forked["samples"][0]["tokens"][4]["p_sampled"] is None
    shown = workbench("history", "show", forked["run_id"], "--json").document
    assert shown["parent"] == forked["parent"]
    assert shown["samples"] == forked["samples"]
    again = workbench(
        "run", "--fork", forked["run_id"], "--at", 7, "--put", " blue cat", "-n", 3, "--json"
    ).document
    assert again["parent"] == {"run_id": forked["run_id"], "sample": 0, "fork_token": 7}
    assert len(again["samples"]) == 3
    for sample in range(3):
        assert ids(again, sample)[:7] == ids(forked)[:7]
        assert " blue cat" in again["samples"][sample]["text"]


def test_a_fork_without_a_place_goes_on_at_the_end(workbench: Command, run_document: Any) -> None:
    ran = workbench("run", "--fork", run_document["run_id"], "--seed", 1)
    assert ran.code == 0
    assert ran.out.startswith(run_document["samples"][0]["text"])


def test_settings_are_the_runs_own_unless_given(workbench: Command, run_document: Any) -> None:
    fork = ("run", "--fork", run_document["run_id"], "--at", "2", "--json")
    own = workbench(*fork).document["sampling"]
    assert own == run_document["sampling"]
    other = workbench(*fork, "-s", "temperature=0.1", "-s", "seed=9").document
    assert other["sampling"] == {**own, "temperature": 0.1}
    assert other["seed"] == 9


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--fork", "RUN", "--at", "11"], "10 tokens; it cannot be forked behind 11"),
        (["--fork", "RUN", "--sample", "1"], "1 reply; there is no sample 1"),
        (["--fork", "nobody"], "There is no run nobody"),
        (["--fork", "RUN", "--put", "a", "--token", "5"], "Give --put or --token, not both"),
        (["--fork", "RUN", "--token", "99999999"], "token 99999999"),
        (["--fork", "RUN", "@More"], "--fork takes the prompt of its run"),
        (["--fork", "RUN", "-s", "seed=x"], "seed takes a whole number"),
        (["--fork", "RUN", "-m", "demo-0.5m-q8_0"], "This reply was made by"),
        (["@More", "--at", "3"], "need --fork RUN"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_forked_says_why_in_one_line(
    workbench: Command, run_document: Any, arguments: list[str], words: str
) -> None:
    given = [run_document["run_id"] if a == "RUN" else a for a in arguments]
    ran = workbench("run", *given)
    assert ran.code == 2
    assert words in ran.line


def test_without_a_history_there_is_nothing_to_fork(workbench: Command, tmp_path: Path) -> None:
    ran = workbench("run", "--fork", "01", "--profile", tmp_path / "new")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no history" in ran.line


def test_a_run_whose_model_is_gone_says_so(
    workbench: Command, small_demo_model: Path, tmp_path: Path
) -> None:
    model = tmp_path / "own.gguf"
    model.write_bytes(small_demo_model.read_bytes())
    run_id = workbench("run", PROMPT, *SHORT, "-m", model, "--json").document["run_id"]
    model.unlink()
    ran = workbench("run", "--fork", run_id)
    assert ran.code == 2
    assert f"The model that made this reply is gone: {model}" in ran.line


def test_looking_ahead_adds_up(workbench: Command, run_document: Any) -> None:
    tree = workbench("lookahead", PROMPT, "--depth", 2, "--width", 3, "--json").document
    first = run_document["samples"][0]["tokens"][0]["top"]
    assert [n["id"] for n in tree["next"]] == [c["id"] for c in first[:3]]
    for node, candidate in zip(tree["next"], first[:3], strict=True):
        assert node["logprob"] == pytest.approx(candidate["logprob"], abs=1e-4)
    assert sum(n["p"] for n in tree["next"]) + tree["rest"] == pytest.approx(1.0, abs=1e-6)
    inner = tree["next"][0]
    below = sum(n["p"] for n in inner["next"]) + inner["p"] * inner["rest"]
    assert below == pytest.approx(inner["p"], abs=1e-6)
    assert inner["next"][0]["next"] == []
    assert inner["next"][0]["rest"] is None


def test_looking_ahead_for_people(workbench: Command) -> None:
    ran = workbench("lookahead", PROMPT, "--depth", "2", "--width", "2", "--after", " there")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert sum("others" in line for line in lines) >= 2
    assert all(line.lstrip()[0].isdigit() for line in lines)
    bad = workbench("lookahead", PROMPT, "--depth", "0")
    assert (bad.code, bad.line) == (2, "depth must be between 1 and 32, not 0.")
