"""`workbench history replay`: the JSON shape, the exit codes, one line for bad input."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from support.commands import Command

from workbench.core.paths import Profile


def made(workbench: Command, *more: str) -> str:
    """The id of a fresh run."""
    ran = workbench("run", "@Once upon a time", "--json", "-s", "max_tokens=20", *more)
    assert ran.code == 0, ran.err
    return str(ran.document["run_id"])


def test_one_run_answers_in_the_promised_shape(workbench: Command) -> None:
    run_id = made(workbench, "-n", "2")
    ran = workbench("history", "replay", run_id, "--json")
    assert ran.code == 0, ran.err
    document = ran.document
    assert (document["run_id"], document["identical"]) == (run_id, True)
    assert document["first_difference"] is None
    assert document["verdict"] == "identical"
    plain = workbench("history", "replay", run_id)
    assert plain.out.startswith(f"{run_id}  identical. ")


def test_a_run_that_differs_exits_1_and_says_where(
    workbench: Command, own_profile: Profile
) -> None:
    run_id = made(workbench, "-s", "temperature=2", "-s", "ignore_eos=true", "--seed", "1")
    with closing(sqlite3.connect(own_profile.history_file)) as raw, raw:
        raw.execute("UPDATE runs SET seed = 2")
    ran = workbench("history", "replay", run_id, "--json")
    assert ran.code == 1
    first = ran.document["first_difference"]
    assert {"index", "expected", "got", "p_expected", "p_got", "logit_gap"} <= set(first)
    assert first["expected"] != first["got"]
    assert 0 < first["p_expected"] < 1
    plain = workbench("history", "replay", run_id)
    assert plain.code == 1
    assert "was recorded" in plain.out
    good = made(workbench)
    both = workbench("history", "replay", run_id, good, "--json")
    assert both.code == 1
    assert (both.document["identical"], both.document["different"]) == (1, 1)


def test_all_replays_the_newest_and_skips_what_cannot_be(
    workbench: Command, own_profile: Profile
) -> None:
    ids = [made(workbench) for _ in range(3)]
    with closing(sqlite3.connect(own_profile.history_file)) as raw, raw:
        raw.execute("UPDATE models SET info = replace(info, 'demo-2m', 'gone')")
        raw.execute("UPDATE runs SET status = 'failed' WHERE run_id = ?", [ids[0]])
    ran = workbench("history", "replay", "--all", "--limit", "2", "--json")
    assert ran.code == 0
    assert ran.document["runs"] == []
    assert {s["run_id"] for s in ran.document["skipped"]} == set(ids[1:])
    assert workbench("history", "replay", ids[1], ids[2]).code == 2
    assert "0 identical, 0 different, 3 not replayed" in workbench("history", "replay", "--all").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name the runs"),
        (("nobody", "--all"), "Name the runs"),
        (("nobody", "--limit", "3"), "--limit goes with --all"),
        (("nobody",), "There is no run nobody"),
        (("nobody", "-s", "temperature=1"), "temperature belongs to the run"),
        (("nobody", "-s", "n_threads=x"), "n_threads"),
    ],
)
def test_bad_input_is_one_line(workbench: Command, arguments: tuple[str, ...], says: str) -> None:
    made(workbench)
    ran = workbench("history", "replay", *arguments)
    assert ran.code == 2
    assert says in ran.line


def test_without_a_history_there_is_nothing_to_replay(workbench: Command) -> None:
    assert "no history" in workbench("history", "replay", "--all").line
