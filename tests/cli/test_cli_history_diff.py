"""`workbench history diff`."""

from __future__ import annotations

from support.commands import Command


def test_two_runs_are_compared(workbench: Command) -> None:
    ids = []
    for text, seed in (("@Once upon a time", "1"), ("@Once upon a day", "2")):
        ran = workbench("run", text, "--json", "--seed", seed, "-s", "max_tokens=12")
        ids.append(ran.document["run_id"])
    ran = workbench("history", "diff", *ids, "--json")
    assert ran.code == 0
    document = ran.document
    assert (document["a"], document["b"]) == tuple(ids)
    assert document["prompt"]["changes"][0]["a"] == "time"
    assert {"group": "run", "name": "seed", "a": 1, "b": 2} in document["settings"]
    plain = workbench("history", "diff", *ids)
    assert plain.out.startswith("The prompt (−1 +1 words) and the seed (1 → 2) changed")
    assert "[-time-]{+day+}" in plain.out
    assert plain.code == 0
    same = workbench("history", "diff", ids[0], ids[0])
    assert same.out.startswith("Nothing that makes a reply changed, and the replies are identical.")


def test_an_unknown_run_is_one_line(workbench: Command) -> None:
    assert "no history" in workbench("history", "diff", "a", "b").line
    run_id = workbench("run", "@Hi", "--json", "-s", "max_tokens=2").document["run_id"]
    ran = workbench("history", "diff", run_id, "b")
    assert (ran.code, "There is no run b" in ran.line) == (2, True)
