"""`workbench whatif`: the numbers of a recorded run come back, other settings change them."""

from __future__ import annotations

import math
from typing import Any

import pytest
from support.commands import Command

PROMPT = "@Once upon a time"


def recorded(workbench: Command, *more: object) -> Any:
    """A recorded run of 16 tokens."""
    return workbench(
        "run", PROMPT, "--seed", 3, "-s", "max_tokens=16", "-s", "ignore_eos=true", *more, "--json"
    ).document


def test_the_runs_own_settings_give_its_own_numbers(workbench: Command) -> None:
    run = recorded(workbench, "-s", "temperature=1.4", "-s", "xtc_probability=0.5")
    found = workbench("whatif", run["run_id"], "--json").document
    tokens = run["samples"][0]["tokens"]
    assert [t["id"] for t in found["tokens"]] == [t["id"] for t in tokens]
    assert [t["p"] for t in found["tokens"]] == [t["p_sampled"] for t in tokens]
    assert {t["fate"] for t in found["tokens"]} == {"possible"}
    assert found["possible"] is True
    total = sum(math.log(t["p_sampled"]) for t in tokens)
    assert found["logprob"] == pytest.approx(total)
    assert found["logprob_drawn"] == pytest.approx(total)
    assert found["sampling"] == run["sampling"]


def test_samples_and_forks_have_their_own(workbench: Command) -> None:
    run = recorded(workbench, "-n", 3, "-s", "temperature=1.3")
    for sample in range(3):
        found = workbench("whatif", run["run_id"], "--sample", sample, "--json").document
        drawn = [t["p_sampled"] for t in run["samples"][sample]["tokens"]]
        # Samples of one batch are decoded together, and here alone: equal up to rounding.
        assert [t["p"] for t in found["tokens"]] == pytest.approx(drawn, rel=0.05, abs=1e-4)
    fork = workbench(
        "run", "--fork", run["run_id"], "--at", 5, "--put", " cat", "--seed", 8, "--json"
    ).document
    found = workbench("whatif", fork["run_id"], "--json").document
    tokens = fork["samples"][0]["tokens"]
    begun = 5 + len(fork["given"])
    assert [t["p"] for t in found["tokens"]][begun:] == pytest.approx(
        [t["p_sampled"] for t in tokens][begun:], rel=0.05, abs=1e-4
    )
    assert found["tokens"][5]["p_sampled"] is None
    assert found["tokens"][5]["p"] is not None


def test_other_settings_cut_tokens_and_name_what_was_wanted(workbench: Command) -> None:
    run = recorded(workbench, "-s", "temperature=1.5", "-s", "top_k=0", "-s", "min_p=0")
    tokens = run["samples"][0]["tokens"]
    found = workbench("whatif", run["run_id"], "-s", "top_k=1", "--json").document
    fates = [t["fate"] for t in found["tokens"]]
    assert fates == ["possible" if t["rank"] == 0 else "impossible" for t in tokens]
    assert {t["cut_by"] for t in found["tokens"] if t["fate"] == "impossible"} <= {"top_k"}
    assert found["possible"] is all(t["rank"] == 0 for t in tokens)
    first = tokens[0]
    banned = workbench(
        "whatif", run["run_id"], "-s", f"banned_tokens={first['id']}", "--json"
    ).document["tokens"][0]
    assert (banned["fate"], banned["cut_by"], banned["p"]) == ("impossible", "logit_bias", 0.0)
    assert banned["banned"] >= math.exp(first["logprob"]) - 1e-5
    wanted = {w["id"]: w["p"] for w in banned["wanted"]}
    assert wanted[first["id"]] == pytest.approx(math.exp(first["logprob"]), rel=1e-4)


def test_what_cannot_be_known_is_null(workbench: Command) -> None:
    run = recorded(workbench, "-s", "temperature=1.5", "-s", "top_k=0", "-s", "min_p=0")
    found = workbench("whatif", run["run_id"], "-s", "mirostat=2", "--json").document
    last = found["tokens"][-1]
    assert (last["fate"], last["p"], last["n_left"]) == ("undecided", None, None)
    assert found["n_undecided"] > 0
    assert found["possible"] in (None, False)


def test_it_prints_a_table(workbench: Command) -> None:
    run = recorded(workbench)
    ran = workbench("whatif", run["run_id"], "-s", "banned_tokens=5")
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[0].split() == ["token", "p", "now", "p", "then"]
    assert len(lines) >= 1 + 16 + 1
    assert "log-probability" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "no run nothing"),
        (("RUN", "--sample", "4"), "no sample 4"),
        (("RUN", "-s", "seed=1"), "keeps the seed"),
        (("RUN", "-s", "grammar=root ::= ("), "grammar"),
        (("RUN", "-s", "temperatur=1"), "temperature"),
    ],
)
def test_bad_questions_are_one_line(workbench: Command, words: tuple[str, ...], said: str) -> None:
    run = recorded(workbench)
    ran = workbench("whatif", *(run["run_id"] if w == "RUN" else w for w in words))
    assert ran.code == 2
    assert said in ran.line


def test_without_a_history_it_says_so(workbench: Command) -> None:
    ran = workbench("whatif", "nothing")
    assert ran.code == 2
    assert "no history" in ran.line
