"""`workbench history search|tag|star|rate|note|export|import|trash|restore|keep`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import Command

from workbench.experiments.run_export import strip_document

Call = Callable[..., str]


@pytest.fixture
def call(workbench: Command, tmp_path: Path) -> Call:
    """Calls `workbench history …` on a profile of its own that has three runs."""
    profile = tmp_path / "profile"

    def run(*words: str, code: int = 0) -> str:
        done = workbench(*words, "--profile", profile)
        assert done.code == code, done
        return done.out + done.err * bool(code)

    for seed, text in (("1", "@One fine day"), ("2", "@Two birds"), ("3", "@Three /home/anna/x")):
        run("run", text, "--seed", seed, "-s", "max_tokens=4", "-s", f"temperature=0.{seed}")

    return lambda *words, code=0: run("history", *words, code=code)


def test_runs_are_found_tagged_exported_and_thrown_away(
    call: Call, workbench: Command, tmp_path: Path
) -> None:
    """One round through all verbs."""
    found = json.loads(call("search", "birds", "--json"))
    assert [row["seed"] for row in found] == [2]
    birds = found[0]["run_id"]
    assert [r["seed"] for r in json.loads(call("search", "temp>0.15", "--json"))] == [3, 2]
    assert [r["seed"] for r in json.loads(call("search", "--limit", "1", "--json"))] == [3]
    assert "no field “modle”" in call("search", "modle:x", code=2)

    call("tag", birds, "--add", "good one", "--add", "old", "--remove", "old")
    call("star", birds)
    call("rate", "4", birds)
    said = json.loads(call("note", birds, "sings", "--json"))
    assert said == [
        {"run_id": birds, "tags": ["good-one"], "starred": True, "rating": 4, "note": "sings"}
    ]
    assert json.loads(call("tag", "--json"))[0]["runs"] == 1
    assert birds in call("search", "sings", "is:starred", "rating>=4")

    out = tmp_path / "out.jsonl"
    call("export", "--query", "three", "-o", str(out))
    document = json.loads(out.read_text())
    assert document["prompt"] == "Three ~/x"
    assert document["prompt_tokens"] == []
    assert "prompt_tokens" in document["stripped"]
    assert "/" not in document["model"]["path"]
    kept = json.loads(call("export", "--query", "three", "--keep-paths"))
    assert kept["prompt"] == "Three /home/anna/x"
    assert kept["prompt_tokens"]
    assert "not both" in call("export", code=2)

    call("trash", birds)
    assert call("search", "birds") == ""
    assert "1 runs in the trash" in call("trash")
    call("restore", birds)
    assert birds in call("search", "birds")
    call("trash", birds)
    assert "1 runs deleted" in call("trash", "--empty")
    assert "no run" in call("show", birds, code=2)

    rules = json.loads(call("keep", "--runs", "1", "--json"))
    assert rules == {"days": None, "runs": 1, "trash_days": None, "trashed": 1, "deleted": 0}
    assert json.loads(call("keep", "--runs", "0", "--json"))["runs"] is None
    assert "cannot be kept" in call("keep", "--days", "-4", code=2)

    old = tmp_path / "profile" / "history.db"
    other = workbench("history", "import", old, "--json", "--profile", tmp_path / "second")
    assert json.loads(other.out)["added"] == 1


def test_stripping_reaches_every_text() -> None:
    """Homes of every system and the user's name go; common names and parts of words stay."""
    document = {
        "prompt": "plain", "prompt_tokens": [{"text": "plain"}],
        "samples": [{"text": "Dear Hannah", "tokens": [1]}, {"text": "Annan", "tokens": [2]}],
        "error": r"C:\Users\Hannah B\models and /Users/x/y and /root/z",
        "model": {"path": "/data/models/a.gguf", "name": "a"},
        "variables": {"who": ["hannah", {"deep": "HANNAH!"}]},
    }  # fmt: skip
    found = strip_document(document, "hannah")
    assert found["samples"][0] == {"text": "Dear user", "tokens": []}
    assert found["samples"][1] == {"text": "Annan", "tokens": [2]}
    assert found["stripped"] == ["samples[0].tokens"]
    assert found["prompt_tokens"] == [{"text": "plain"}]
    assert found["model"] == {"path": "a.gguf", "name": "a"}
    assert found["variables"] == {"who": ["user", {"deep": "user!"}]}
    assert "x/y" not in found["error"]
    assert "~/y and ~/z" in found["error"]
    assert strip_document(document, "root")["samples"][0]["text"] == "Dear Hannah"
