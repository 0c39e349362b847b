"""`workbench report`: a stored evaluation as a file, several as a leaderboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.cli.main import run


def no_window(profile: str | None, model: str | None, screenshot: str | None) -> int:
    """No report opens one."""
    raise AssertionError


def evaluated(folder: Path, name: str) -> None:
    """An evaluation of eight questions on both demo models, in the profile's history."""
    rows = [
        {"id": f"{name}{n}", "question": f"Number {n}?", "choices": ["cup", "owl"], "answer": n % 2}
        for n in range(8)
    ]
    path = folder / f"{name}.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    models = ["-m", "demo-2m-q8_0", "-m", "demo-0.5m-q8_0"]
    assert run(["eval", str(path), "--kind", "choice", *models], no_window) == 0


def test_one_evaluation_as_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    evaluated(tmp_path, "quiz")
    out = tmp_path / "sub" / "report.html"
    assert run(["report", "-o", str(out)], no_window) == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "quiz" in text
    assert "demo-0.5m-q8_0" in text
    assert "Size against score" in text  # the two models have different sizes
    assert "Calibration" in text
    assert "http" not in text.replace("http-equiv", "")
    assert "Wrote" in capfd.readouterr().err


def test_several_as_a_leaderboard(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    evaluated(tmp_path, "quiz")
    evaluated(tmp_path, "other")
    capfd.readouterr()
    assert run(["report", "--all", "--json"], no_window) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["suites"] == ["quiz", "other"]
    assert {row["model"] for row in found["models"]} == {"demo-2m-q8_0", "demo-0.5m-q8_0"}
    cell = found["models"][0]["suites"]["quiz"]
    assert cell["metric"] == "accuracy"
    assert cell["low"] <= cell["value"] <= cell["high"]
    assert cell["n"] == 8
    assert len(cell["runs"]) == 8
    out = tmp_path / "board.html"
    assert run(["report", "--all", "-o", str(out)], no_window) == 0
    assert "Leaderboard" in out.read_text(encoding="utf-8")
    assert run(["report", "--all"], no_window) == 0
    assert "the best of a suite" in capfd.readouterr().out


def test_what_is_not_there(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["report"], no_window) == 2
    evaluated(tmp_path, "quiz")
    assert run(["report", "nothing"], no_window) == 2
    assert run(["report", "last", "--all"], no_window) == 2
    (tmp_path / "quiz.jsonl").unlink()
    assert run(["report"], no_window) == 2
    said = capfd.readouterr().err
    assert "Traceback" not in said
    assert "quiz.jsonl" in said
