"""`workbench eval`: the document that must hold, the table, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commands import Command
from support.evaluations import choice_rows, word_rows, write_rows

SMALL = "demo-0.5m-q8_0"
LARGE = "demo-2m-q8_0"
N_CTX = ("-s", "n_ctx=512")


def test_the_document_of_two_models(workbench: Command, tmp_path: Path) -> None:
    rows = [*choice_rows(12), "broken", {"question": "no choices"}]
    path = write_rows(tmp_path / "t.jsonl", rows)
    ran = workbench("eval", path, "--kind", "choice", "-m", SMALL, "-m", LARGE, "--json", *N_CTX,
                    "--metric", "accuracy", "--metric", "ece", "--few-shot", "2")  # fmt: skip
    assert ran.code == 0, ran.err
    document = ran.document
    assert (document["task"], document["items"]) == ("t", 10)
    assert [m["model"] for m in document["models"]] == [SMALL, LARGE]
    for model in document["models"]:
        accuracy = model["metrics"]["accuracy"]
        assert (accuracy["n"], accuracy["unscored"], accuracy["interval"]) == (10, 0, "wilson")
        assert 0 <= accuracy["low"] <= accuracy["value"] <= accuracy["high"] <= 1
        assert model["metrics"]["ece"]["value"] is not None
        right = sum(r["scores"]["accuracy"] for r in model["results"])
        assert right / 10 == pytest.approx(accuracy["value"])
    paired = {row["metric"]: row for row in document["paired"]}
    assert set(paired) == {"accuracy", "ece"}
    one, two = (m["metrics"]["accuracy"]["value"] for m in document["models"])
    assert paired["accuracy"]["difference"] == pytest.approx(two - one)
    assert (paired["accuracy"]["a"], paired["accuracy"]["b"]) == (SMALL, LARGE)
    assert [b["line"] for b in document["bad_rows"]] == [13, 14]
    assert "line 13" in ran.err
    run_id = document["models"][0]["results"][0]["run_id"]
    shown = workbench("history", "show", run_id, "--json")
    assert shown.code == 0
    assert [s["text"] for s in shown.document["samples"]] == [" A", " B", " C", " D"]


def test_a_prompt_of_ones_own_and_the_table(workbench: Command, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "t.jsonl", word_rows(4))
    ran = workbench("eval", path, "-p", "@{{ question }} {{ question }}", "-m", SMALL, *N_CTX,
                    "-s", "max_tokens=4", "--limit", "2", "--metric", "exact_match")  # fmt: skip
    shots = workbench("eval", path, "-m", SMALL, *N_CTX, "--limit", "2", "--few-shot", "1",
                      "--json", "-s", "max_tokens=2")  # fmt: skip
    assert [r["id"] for r in shots.document["models"][0]["results"]] == ["w1", "w2"]
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[0].split() == ["model", "exact_match"]
    assert "n=2" in ran.out


def test_going_on_with_the_last(workbench: Command, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(5))
    first = workbench("eval", path, "-m", SMALL, "--json", *N_CTX, "--seed", "4")
    again = workbench("eval", "--resume", "last", "--json")
    assert again.document["models"] == first.document["models"]
    assert again.document["evaluation"] == first.document["evaluation"]
    other = workbench("eval", "--resume", "last", "--json", "--metric", "mc1", "--metric", "mc2")
    assert set(other.document["models"][0]["metrics"]) == {"mc1", "mc2"}
    kept = workbench("eval", path, "-m", SMALL, "--json", "--no-save", *N_CTX)
    assert kept.document["models"][0]["metrics"] == first.document["models"][0]["metrics"]
    listed = workbench("history", "list", "--json")
    assert len(listed.document) == 5


def test_only_checking_names_every_bad_row(workbench: Command, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "t.jsonl", [*choice_rows(2), *["{"] * 9])
    ran = workbench("eval", path, "--check")
    assert ran.code == 1
    assert "2 choice items" in ran.out
    assert sum(line.startswith("line ") for line in ran.out.splitlines()) == 9
    document = workbench("eval", path, "--check", "--json").document
    assert (document["items"], len(document["bad_rows"])) == (2, 9)


def test_code_runs_only_when_it_is_allowed(workbench: Command, tmp_path: Path) -> None:
    row = {"task_id": "x/0", "prompt": "def f():\n", "entry_point": "f",
           "test": "def check(c):\n    assert c() == 1\n"}  # fmt: skip
    path = write_rows(tmp_path / "code.jsonl", [row])
    ran = workbench("eval", path, "-m", SMALL, "--json", *N_CTX, "-s", "max_tokens=8")
    assert ran.code == 1
    assert "--run-code" in ran.err
    (model,) = ran.document["models"]
    assert model["metrics"]["pass_at_k"]["value"] is None
    assert model["metrics"]["pass_at_k"]["unscored"] == 1


def test_pass_at_k_of_programs(workbench: Command, tmp_path: Path) -> None:
    """An empty reply leaves the prompt as it is, and that one passes or does not."""
    tests = "def check(c):\n    assert c() == 1\n"
    rows = [
        {"task_id": n, "prompt": f"def f():\n    return {n}\n#", "entry_point": "f", "test": tests}
        for n in (1, 2)
    ]
    path = write_rows(tmp_path / "code.jsonl", rows)
    ran = workbench("eval", path, "-m", SMALL, "--json", *N_CTX, "-s", "max_tokens=1",
                    "-n", "2", "--run-code", "--metric", "pass_at_k(k=2)")  # fmt: skip
    (model,) = ran.document["models"]
    if any(r["error"] for r in model["results"]):
        assert "wall" in ran.err or "system" in ran.err  # a machine without namespaces
        return
    outcomes = [r["details"]["outcomes"] for r in model["results"]]
    assert outcomes == [["passed"] * 2, ["failed"] * 2]
    assert model["metrics"]["pass_at_k(k=2)"]["value"] == 0.5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "TASK"),
        (("nothing.jsonl",), "There is no file, folder or sample suite"),
        (("{task}", "--metric", "acuracy"), "accuracy"),
        (("{task}", "--metric", "a)b"), "names no metric"),
        (("{task}", "--kind", "essay"), "essay"),
        (("{task}", "-m", "nobody"), "nobody"),
        (("{task}", "-m", SMALL, "-m", SMALL), "twice"),
        (("{task}", "--few-shot", "50"), "examples"),
        (("{task}", "--kind", "code"), "no row that can be used"),
        (("{task}", "--resume", "last"), "--resume takes everything"),
        (("--resume", "last"), "no evaluation"),
        (("{task}", "-s", "seed=3"), "--seed"),
        (("{task}", "-m", SMALL, "-p", "@{{ nothing }}"), "variable nothing"),
    ],
)
def test_wrong_usage_is_one_line(
    workbench: Command, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(3))
    ran = workbench("eval", *(a.replace("{task}", str(path)) for a in arguments))
    assert ran.code == 2
    assert words in ran.line
    assert ran.out == ""


def test_promptfoo_assertions_are_scored(workbench: Command, tmp_path: Path) -> None:
    text = (
        "tests:\n- vars: {who: Zoe}\n  assert:\n  - {type: regex, value: '.'}\n"
        "  - {type: not-contains, value: zzzz}\n  - {type: equals, value: nothing, weight: 2}\n"
    )
    path = tmp_path / "tests.yaml"
    path.write_text(text, encoding="utf-8")
    ran = workbench("eval", path, "-p", "@Once {{ who }}", "-m", SMALL, "--json", *N_CTX,
                    "-s", "max_tokens=4")  # fmt: skip
    assert ran.code == 0, ran.err
    assert ran.document["models"][0]["metrics"]["assertions"]["value"] == 0.5
    assert json.loads(ran.out)["format"] == "promptfoo"


def test_a_needle_task_is_made_and_measured(workbench: Command, tmp_path: Path) -> None:
    path = tmp_path / "needle.jsonl"
    made = workbench("needle", "-m", SMALL, "--lengths", "80,160", "--depths", "0,100",
                     "--repeats", "1", "-o", path)  # fmt: skip
    assert made.code == 0, made.err
    ran = workbench("eval", path, "-m", SMALL, "--json", *N_CTX, "-s", "max_tokens=4")
    assert ran.code == 0, ran.err
    (model,) = ran.document["models"]
    assert len(model["by_group"]) == 4
    for row in json.loads(f"[{','.join(path.read_text().splitlines())}]"):
        assert row["length"] - 25 <= row["tokens"] <= row["length"]
    refused = workbench("needle", "--lengths", "x")
    assert (refused.code, "--lengths" in refused.line) == (2, True)


def test_a_prompt_file_is_measured_on_its_own_rows(workbench: Command, tmp_path: Path) -> None:
    path = tmp_path / "own.prompt.yml"
    path.write_text(
        "name: own\ntext: 'Once {{ who }}'\ntestData:\n- {who: Zoe, expected: x}\n"
        "evaluators:\n- name: it\n  string: {startsWith: ''}\n",
        encoding="utf-8",
    )
    ran = workbench("eval", path, "-m", SMALL, "--json", *N_CTX, "-s", "max_tokens=2")
    assert ran.code == 0, ran.err
    run_id = ran.document["models"][0]["results"][0]["run_id"]
    assert workbench("history", "show", run_id, "--json").document["prompt"] == "Once Zoe"
    assert ran.document["models"][0]["metrics"]["assertions"]["value"] == 1.0
    bare = write_rows(tmp_path / "bare.jsonl", [{"topic": "x", "answer": "y", "question": ""}])
    assert workbench("eval", bare, "-m", SMALL).code == 2
    rows = [{"vars": {"topic": "bees"}, "assert": [{"type": "contains", "value": "x"}]}]
    refused = workbench("eval", write_rows(tmp_path / "foo.jsonl", rows), "-m", SMALL)
    assert (refused.code, "-p" in refused.line) == (2, True)
