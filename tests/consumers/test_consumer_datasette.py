"""The history as Datasette and plain SQL see it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from support.commands import printed

pytestmark = [pytest.mark.consumer, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".consumers" / "venv" / "bin" / "python"


def page(file: Path, address: str) -> object:
    """What Datasette answers for an address, without its server."""
    done = subprocess.run(
        [str(PYTHON), "-m", "datasette", str(file), "--get", address],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    found: object = json.loads(done.stdout)
    return found


def test_datasette_reads_the_readable_views(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    said = printed(profile, "run", "@One day", "--seed", "7", "-s", "max_tokens=4", "--json")
    run_id = json.loads(said)["run_id"]
    printed(profile, "history", "unpack", run_id)
    file = profile / "history.db"
    runs = page(file, f"/{file.stem}/runs_readable.json?_shape=array&_size=10")
    assert isinstance(runs, list)
    assert [row["run_id"] for row in runs] == [run_id]
    assert runs[0]["seed"] == 7
    tokens = page(file, f"/{file.stem}/tokens_readable.json?_shape=array&_size=50")
    assert isinstance(tokens, list)
    assert len(tokens) >= 1
    assert all(row["run_id"] == run_id for row in tokens)


def test_datasette_reads_a_history_of_chosen_runs(tmp_path: Path) -> None:
    profile, out = tmp_path / "profile", tmp_path / "some.db"
    ids = [
        json.loads(printed(profile, "run", "@One day", "--seed", s, "-s", "max_tokens=4", "--json"))
        for s in ("7", "8")
    ]
    words = ("history", "export", ids[1]["run_id"], "--to", "sqlite", "--keep-paths")
    printed(profile, *words, "-o", str(out))
    runs = page(out, "/some/runs_readable.json?_shape=array&_size=10")
    assert isinstance(runs, list)
    assert [(row["run_id"], row["seed"]) for row in runs] == [(ids[1]["run_id"], 8)]
    replies = page(out, "/some/samples_readable.json?_shape=array&_size=10")
    assert isinstance(replies, list)
    assert [row["text"] for row in replies] == [ids[1]["samples"][0]["text"]]
