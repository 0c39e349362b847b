"""`workbench report`: a stored evaluation as a file, several as a leaderboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commands import no_window

from workbench.cli.main import run


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


def test_items_as_the_harness_logs_them(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": f"q{n}", "question": f"Number {n}?", "choices": ["cup", "owl", "tea"], "answer": n}
        for n in range(3)
    ]
    path = tmp_path / "quiz.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    models = ["-m", "demo-2m-q8_0", "-m", "demo-0.5m-q8_0"]
    order = ["--style", "letters", "--permute", "--seed", "3"]
    assert run(["eval", str(path), "--kind", "choice", *models, *order], no_window) == 0
    capfd.readouterr()
    out = tmp_path / "samples"
    assert run(["report", "--samples", str(out), "--json"], no_window) == 0
    said = json.loads(capfd.readouterr().out)
    assert (said["lines"], said["left_out"]) == (6, 0)
    assert [Path(f).parent.name for f in said["files"]] == ["demo-2m-q8_0", "demo-0.5m-q8_0"]
    assert all(Path(f).name.startswith("samples_quiz_") for f in said["files"])
    lines = Path(said["files"][0]).read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert [row["doc_id"] for row in found] == [0, 1, 2]
    assert [row["target"] for row in found] == ["0", "1", "2"]
    for row in found:
        assert set(row) >= {"doc", "filter", "doc_hash", "prompt_hash", "target_hash"}
        pairs = [(float(one[0][0]), one[0][1]) for one in row["resps"]]
        assert [[str(a), b] for a, b in pairs] == row["filtered_resps"]
        # An answer's letter is where the shuffled prompt shows it, in the answers' own order.
        for i, option in enumerate(row["doc"]["options"]):
            one = row["arguments"][f"gen_args_{i}"]
            assert f"{one['arg_1'].strip()}. {option}\n" in one["arg_0"]
        best = max(range(3), key=lambda i: pairs[i][0])
        assert row["accuracy"] == float(best == int(row["target"]))
        assert {flag for _, flag in pairs} <= {"True", "False"}


def test_replies_and_given_texts_as_the_harness_logs_them(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ask = [{"id": "a", "question": "What is 1 + 1?", "answer": "2"}]
    text = [{"id": "b", "prompt": "Once upon", "completion": " a time"}]
    for name, rows, kind in (("ask", ask, "generate"), ("text", text, "sequence")):
        path = tmp_path / f"{name}.jsonl"
        path.write_text(json.dumps(rows[0]) + "\n", encoding="utf-8")
        words = ["eval", str(path), "--kind", kind, "-m", "demo-0.5m-q8_0", "-s", "max_tokens=4"]
        assert run(words, no_window) == 0
    capfd.readouterr()
    assert run(["report", "--all", "--samples", str(tmp_path / "out"), "--json"], no_window) == 0
    first, second = (
        json.loads(Path(file).read_text(encoding="utf-8"))
        for file in json.loads(capfd.readouterr().out)["files"]
    )
    assert first["arguments"]["gen_args_0"]["arg_1"]["max_gen_toks"] == 4
    assert first["target"] == "2"
    assert first["resps"][0] == first["filtered_resps"]
    assert second["arguments"]["gen_args_0"] == {"arg_0": "Once upon", "arg_1": " a time"}
    assert second["target"] == " a time"
    assert float(second["filtered_resps"][0][0]) < 0


def test_samples_go_to_a_folder_of_their_own(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    evaluated(tmp_path, "quiz")
    capfd.readouterr()
    words = ["report", "--samples", str(tmp_path / "out"), "-o", str(tmp_path / "x.html")]
    assert run(words, no_window) == 2
    assert "--samples writes its own files" in capfd.readouterr().err
    (tmp_path / "out").write_text("a file")
    assert run(words[:3], no_window) == 2
    assert "cannot be written" in capfd.readouterr().err


def test_a_report_as_a_pdf(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    evaluated(tmp_path, "quiz")
    out = tmp_path / "sub" / "report.pdf"
    assert run(["report", "-o", str(out)], no_window) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert "Wrote" in capfd.readouterr().err
