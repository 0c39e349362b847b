"""`history export`: options, what is lost, SQLite, terminals; and `vote export --to pairs`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import Command

from workbench.core.paths import open_profile

QUICK = ("-s", "max_tokens=4")


@pytest.fixture
def run_ids(workbench: Command) -> list[str]:
    """Two runs of one prompt."""
    return [
        workbench("run", "@One day", "--seed", seed, *QUICK, "--json").document["run_id"]
        for seed in ("7", "8")
    ]


def test_json_names_the_file_and_what_is_lost(
    workbench: Command, run_ids: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "runs.html"
    words = ("history", "export", *run_ids, "--to", "html", "--option", "columns=2", "-o", out)
    found = workbench(*words, "--json").document
    assert (found["format"], found["file"], found["runs"]) == ("html", str(out), 2)
    assert found["lost"]
    assert 'class="runs c2"' in out.read_text(encoding="utf-8")
    assert workbench("history", "export", *run_ids, "--json").line.startswith("--json says what")
    wrong = workbench("history", "export", *run_ids, "--to", "html", "--option", "columns=7")
    assert wrong.line.startswith("columns of html is 1, 2, 3, 4")


def test_the_list_names_options(workbench: Command) -> None:
    found = workbench("history", "export", "--list", "--json").document
    assert {"csv", "html", "jsonl", "sqlite"} <= {one["name"] for one in found}
    [html] = [one for one in found if one["name"] == "html"]
    assert [option["name"] for option in html["options"]] == ["ground", "columns", "differences"]
    assert "--option columns=1" in workbench("history", "export", "--list").out


def test_a_history_of_its_own_is_one_the_workbench_reads(
    workbench: Command, run_ids: list[str], tmp_path: Path
) -> None:
    profile = tmp_path / "other"
    out = profile / "history.db"
    words = ("history", "export", run_ids[1], "--to", "sqlite", "-o", out)
    assert "folders and user names would stay" in workbench(*words).line
    assert not out.exists()
    assert workbench(*words, "--keep-paths").code == 0
    assert [p.name for p in profile.iterdir()] == ["history.db"]
    listed = workbench("history", "list", "--json", "--profile", profile).document
    assert [row["run_id"] for row in listed] == [run_ids[1]]
    mine = workbench("history", "show", run_ids[1], "--json").document
    assert workbench("history", "show", run_ids[1], "--json", "--profile", profile).document == mine
    replayed = workbench("history", "replay", run_ids[1], "--json", "--profile", profile)
    assert replayed.document["identical"] is True


def test_a_history_does_not_overwrite_itself_and_needs_a_file(
    workbench: Command, run_ids: list[str]
) -> None:
    own = open_profile(None).history_file
    words = ("history", "export", run_ids[0], "--to", "sqlite", "--keep-paths")
    assert "is the history itself" in workbench(*words, "-o", own).line
    assert "Name one with -o" in workbench(*words).line
    assert workbench("history", "list", "--json").document


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_what_is_no_text_is_not_written_to_a_terminal(run_ids: list[str]) -> None:
    ours, theirs = os.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "workbench", "history", "export", *run_ids, "--to", "parquet"],
            stdout=theirs,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(theirs)
        os.close(ours)
    assert done.returncode == 2
    assert "Parquet table is no text for a terminal." in done.stderr


def test_votes_leave_as_pairs(workbench: Command, run_ids: list[str], tmp_path: Path) -> None:
    one, two = run_ids
    asked = ("run", "@One day", "-m", "demo-0.5m-q8_0", "--seed", "3", *QUICK, "--json")
    other = workbench(*asked).document["run_id"]
    assert workbench("vote", "give", one, other, "a").code == 0
    assert workbench("vote", "give", two, other, "tie").code == 0
    out = tmp_path / "pairs.jsonl"
    done = workbench("vote", "export", out, "--to", "pairs", "--json").document
    assert (done["pairs"], done["left_out"]) == (1, {"ties": 1})
    [row] = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert set(row) == {"prompt", "chosen", "rejected"}
    assert row["prompt"].endswith("One day")
    assert workbench("vote", "export", out, "--tag", "x").line.startswith("--tag, --option")
    none = workbench("vote", "export", out, "--to", "pairs", "--option", "voters=judges")
    assert none.line.startswith("There is no pair to write.")
