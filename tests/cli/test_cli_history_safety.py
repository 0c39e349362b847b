"""`workbench history backup`, `verify` and `repair`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.commands import Command

from workbench.core.paths import Profile


def test_a_history_is_copied_checked_and_mended(
    workbench: Command, own_profile: Profile, tmp_path: Path
) -> None:
    run_id = workbench("run", "@Once", "--json", "-s", "max_tokens=4").document["run_id"]
    copy = tmp_path / "copy.db"
    assert workbench("history", "backup", "-o", copy).out.strip() == str(copy)
    assert workbench("history", "backup", "-o", copy).code == 2
    made = workbench("history", "backup", "--json").document
    assert Path(made["path"]).stat().st_size == made["size_bytes"]
    ran = workbench("history", "verify", "--json")
    assert (ran.code, ran.document["ok"], ran.document["runs"]) == (0, True, 1)
    assert "The history is whole" in workbench("history", "verify").out
    with closing(sqlite3.connect(own_profile.history_file)) as raw, raw:
        raw.execute("UPDATE contents SET text = 'y' WHERE id = (SELECT rendered FROM runs)")
    ran = workbench("history", "verify", "--json")
    assert ran.code == 1
    assert [p["kind"] for p in ran.document["problems"]] == ["hash"]
    assert "repair" in workbench("history", "verify").out
    mended = workbench("history", "repair", "--json")
    assert (mended.code, mended.document["ok"], mended.document["lost"]) == (0, True, [])
    assert workbench("history", "show", run_id, "--json").document["prompt"] == "Once"
    assert "The history is whole" in workbench("history", "repair").out


@pytest.mark.parametrize("verb", ["backup", "verify", "repair"])
def test_without_a_history_there_is_one_line(workbench: Command, verb: str) -> None:
    ran = workbench("history", verb)
    assert (ran.code, "no history" in ran.line) == (2, True)


def test_a_newer_history_is_read_and_said_to_be(workbench: Command, own_profile: Profile) -> None:
    run_id = workbench("run", "@Once", "--json", "-s", "max_tokens=4").document["run_id"]
    with closing(sqlite3.connect(own_profile.history_file)) as raw:
        raw.execute("PRAGMA user_version = 99")
    ran = workbench("history", "show", run_id, "--json")
    assert ran.code == 0
    assert "newer version" in ran.line
    assert ran.document["prompt"] == "Once"
    later = workbench("run", "@Twice", "--json", "-s", "max_tokens=4")
    assert later.code == 0
    assert "newer version" in later.err
    assert later.document["saved"] is False
    assert workbench("history", "replay", run_id).code == 0
    assert len(workbench("history", "list", "--json").document) == 1
