"""doctor: every check is named, and the exit code says whether one failed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commands import no_window

from workbench.cli.main import run
from workbench.core.paths import Profile


def test_a_sound_installation_is_healthy(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json"], no_window) == 0
    out, err = capfd.readouterr()
    assert err == ""
    document = json.loads(out)
    assert document["healthy"] is True
    health = {c["code"]: c["health"] for c in document["checks"]}
    assert set(health) >= {
        "system", "hardware", "llama-build", "backends", "demo-model", "qt", "display", "disk",
        "history",
    }  # fmt: skip
    assert "failed" not in health.values()
    assert all(c["title"] for c in document["checks"])


def test_a_damaged_history_fails_and_says_what_to_do(
    capfd: pytest.CaptureFixture[str], own_profile: Profile
) -> None:
    own_profile.create()
    own_profile.history_file.write_bytes(b"this is no database" * 1000)
    assert run(["doctor", "--json"], no_window) == 1
    document = json.loads(capfd.readouterr().out)
    assert document["healthy"] is False
    failed = [c for c in document["checks"] if c["health"] == "failed"]
    assert [c["code"] for c in failed] == ["history"]
    assert failed[0]["title"]
    assert failed[0]["advice"]
    assert run(["doctor"], no_window) == 1
    out, err = capfd.readouterr()
    assert err == ""
    assert "FAIL  history" in out
    assert "->" in out


def test_a_profile_that_cannot_be_made_fails(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    code = run(["doctor", "--json", "--profile", str(blocked)], no_window)
    out, _ = capfd.readouterr()
    assert code in (1, 2)
    if code == 1:
        checks = json.loads(out)["checks"]
        assert "profile" in [c["code"] for c in checks if c["health"] == "failed"]
