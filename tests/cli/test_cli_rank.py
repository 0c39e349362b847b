"""`workbench vote`, `judge` and `rank` on runs of the demo models."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.commands import Command
from support.votes import games, vote

from workbench.core.votes import Verdict
from workbench.experiments.vote_lines import vote_line

COMPARE = (
    "compare", "few-shot-story", "-m", "demo-2m-q8_0", "-m", "demo-0.5m-q8_0",
    "--seed", "5", "-n", "2", "-s", "max_tokens=10", "--json",
)  # fmt: skip


@pytest.fixture
def two_runs(workbench: Command) -> tuple[str, str]:
    """Two runs of two replies on the same prompt, by different models."""
    ran = workbench(*COMPARE)
    assert ran.code == 0, ran.err
    first, second = (column["run_id"] for column in ran.document["columns"])
    return first, second


def lines_of(tmp_path: Path, *rows: tuple[str, str, int, int]) -> Path:
    """A file of made-up votes."""
    file = tmp_path / "votes.jsonl"
    file.write_text("".join(f"{vote_line(v)}\n" for v in games(*rows)), encoding="utf-8")
    return file


def test_a_person_votes_undoes_and_ranks(workbench: Command, two_runs: tuple[str, str]) -> None:
    one, two = two_runs
    none = workbench("rank")
    assert (none.code, none.out) == (1, "")
    assert none.line.startswith("There are no votes yet.")
    assert workbench("rank", "--json").document["refusal"]["reason"] == "There are no votes yet."
    given = workbench("vote", "give", one, f"{two}:1", "a", "--tag", "short", "--json")
    assert given.code == 0, given.err
    assert given.document["verdict"] == "a"
    assert set(given.document["tags"]) >= {"short", "technique"}
    assert (given.document["a"]["run_id"], given.document["b"]["sample"]) == (one, 1)
    again = workbench("vote", "give", f"{two}:1", one, "b")
    assert again.code == 2
    assert "cannot be held against each other" in again.line
    workbench("vote", "give", two, one, "tie")
    document = workbench("rank", "--json").document
    assert [row["name"] for row in document["rows"]] == ["demo-2m Q8_0", "demo-0.5m Q8_0"]
    assert (document["votes"], document["items"], document["revealed"]) == (2, 1, 2)
    assert document["rows"][0]["low"] is None, "one item tells no interval"
    assert [t["tag"] for t in document["tags"]].count("short") == 1
    assert workbench("rank", "--tag", "short", "--json").document["votes"] == 1
    table = workbench("rank", "--each-tag").out
    assert "By model, voter human: 2 votes on 1 item\n" in table
    assert "tag short: 1 vote" in table
    assert "75% of 2" in table
    assert workbench("vote", "undo").out.startswith("taken back: ")
    assert len(workbench("vote", "list", "--json").document) == 1
    assert len(workbench("vote", "list", "--all", "--json").document) == 2
    assert workbench("vote", "undo", "nix").code == 1


def test_a_judge_is_kept_apart(workbench: Command, two_runs: tuple[str, str]) -> None:
    one, two = two_runs
    workbench("vote", "give", one, two, "b")
    judged = workbench("judge", "-m", "demo-2m-q4_0", "--by", "model", "--json")
    assert judged.code == 0, judged.err
    assert judged.document["pairings"] == 4
    assert judged.document["judge"] == "demo-2m Q4_0"
    assert workbench("rank", "--json").document["votes"] == 1
    document = workbench("rank", "--voter", "judge", "--json").document
    assert document["votes"] == 4
    assert document["order"]["both_orders"] == 4
    assert document["agreement"][0]["pairings"] == 1
    assert workbench("rank", "--voter", "demo-2m q4_0", "--json").document["votes"] == 4
    done = workbench("judge", "-m", "demo-2m-q4_0", "--by", "model")
    assert done.code == 1
    assert done.line.startswith("There is nothing to judge")
    own = workbench("judge", "-m", "demo-2m-q8_0", "--by", "model")
    assert own.code == 1


def test_known_answers_and_a_refusal(workbench: Command, tmp_path: Path) -> None:
    """5-0 is 400 log10 11 points apart; groups that never met are refused by name."""
    assert workbench("vote", "import", lines_of(tmp_path, ("A", "B", 5, 0))).out == (
        "5 votes added, 0 known already\n"
    )
    rows = workbench("rank", "--json").document["rows"]
    assert rows[0]["rating"] - rows[1]["rating"] == pytest.approx(416.557, abs=1e-3)
    assert rows[0]["low"] < rows[0]["rating"] < rows[0]["high"]
    plain = workbench("rank", "--baseline", "B Q8_0").out
    assert "+417" in plain
    more = [vote(900 + n, "C", "D", Verdict.A) for n in range(2)]
    file = tmp_path / "more.jsonl"
    file.write_text("".join(f"{vote_line(v)}\n" for v in more), encoding="utf-8")
    workbench("vote", "import", file)
    refused = workbench("rank")
    assert (refused.code, refused.out) == (1, "")
    assert "2 groups never met" in refused.line
    assert "Vote on this pairing: A Q8_0 against C Q8_0." in refused.line
    document = workbench("rank", "--json").document
    assert document["refusal"]["missing"] == [["A Q8_0", "C Q8_0"]]
    assert document["rows"] == []


def test_votes_go_out_and_come_back(workbench: Command, tmp_path: Path) -> None:
    file = lines_of(tmp_path, ("A", "B", 2, 1))
    workbench("vote", "import", file)
    out = tmp_path / "out.jsonl"
    assert workbench("vote", "export", out).out == "3 votes\n"
    assert sorted(out.read_text().splitlines()) == sorted(file.read_text().splitlines())
    assert workbench("vote", "import", out).out == "0 votes added, 3 known already\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rank", "--by", "taste"), "Invalid value for '--by'"),
        (("rank", "--voter", "Zed"), "Nobody called Zed has voted."),
        (("rank", "--tag", "nix"), "No vote has the tag nix."),
        (("rank", "--baseline", "Zed"), "There is no competitor Zed."),
        (("rank", "--prior", "0"), "The prior must be more than 0."),
        (("vote", "give", "nix", "nox", "a"), "There is no run nix"),
        (("vote", "give", "nix:x", "nox", "a"), "nix:x names no reply."),
        (("vote", "import", "nix.jsonl"), "nix.jsonl cannot be read"),
        (("judge", "-m", "nix"), "There is no model named nix."),
        (("judge", "-m", "demo-2m-q8_0", "--choices", "A"), "--choices takes two different"),
        (
            ("judge", "-m", "demo-2m-q8_0", "--prompt", "few-shot-story"),
            "The prompt few-shot-story",
        ),
    ],
)
def test_bad_input_is_one_line(
    workbench: Command, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    workbench("vote", "import", lines_of(tmp_path, ("A", "B", 2, 1)))
    ran = workbench(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith(said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"verdict": "maybe"}, "verdict is a, b, tie or both_bad; not 'maybe'"),
        ({"verdict": []}, "verdict is a, b, tie or both_bad; not []"),
        ({"created_us": "now"}, "created_us is no whole number"),
        ({"p": 1.5}, "p is above 1"),
        ({"a": {}}, "contestant is missing"),
        ({"a": 5}, "a is no JSON object"),
        ({"tags": [1]}, "tags is no list of texts"),
        ({"vote_id": 7}, "vote_id is 7, which is no text"),
        ({"voter": {"kind": "cat"}}, "kind is human or judge; not 'cat'"),
    ],
)
def test_a_damaged_line_is_named(
    workbench: Command, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    rows = [json.loads(vote_line(v)) for v in games(("A", "B", 2, 0))]
    rows[1].update(change)
    file = tmp_path / "votes.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    ran = workbench("vote", "import", file)
    assert ran.code == 2
    assert "votes.jsonl, line 2" in ran.line
    assert f"is no vote: {said}" in ran.line
    file.write_text("[]", encoding="utf-8")
    assert "line 1 is no vote: it is no JSON object" in workbench("vote", "import", file).line
    file.write_text("{", encoding="utf-8")
    assert "line 1 is not JSON" in workbench("vote", "import", file).line


def test_a_judge_that_is_stopped_keeps_what_it_decided(
    workbench: Command, two_runs: tuple[str, str]
) -> None:
    """Ctrl+C after the first decision."""
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench", "judge", "-m", "demo-2m-q4_0", "--by", "model"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    _, err = process.communicate(timeout=60)
    assert time.monotonic() - started < 30
    assert first.strip()
    decided = workbench("rank", "--voter", "judge", "--json").document["votes"]
    assert process.returncode in (0, 130), err
    assert decided >= 1
    assert "Traceback" not in err
