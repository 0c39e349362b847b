"""`workbench metrics`: the list, the descriptions, and numbers for given texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commands import Command


def test_list(workbench: Command) -> None:
    ran = workbench("metrics", "list", "--json")
    assert ran.code == 0
    names = [metric["name"] for metric in ran.document]
    assert {"bleu", "exact_match", "pass_at_k"} <= set(names)
    plain = workbench("metrics", "list").out
    assert all(name in plain for name in names)


def test_show(workbench: Command) -> None:
    ran = workbench("metrics", "show", "ece", "--json")
    assert ran.document["direction"] == "lower"
    assert ran.document["whole"] is True
    assert [a["name"] for a in ran.document["arguments"]] == ["bins"]
    plain = workbench("metrics", "show", "ece").out
    assert "Means not" in plain
    assert "--arg bins=" in plain
    wrong = workbench("metrics", "show", "bleau")
    assert wrong.code == 2
    assert "bleu" in wrong.line


def test_score(workbench: Command) -> None:
    ran = workbench(
        "metrics", "score", "squad_f1", "--prediction", "Paris", "--reference", "Paris, Texas",
        "--reference", "Rome", "--json",
    )  # fmt: skip
    assert ran.code == 0
    assert ran.document["value"] == pytest.approx(2 / 3)
    assert set(ran.document) >= {"metric", "version", "value", "reason", "unit", "args"}
    assert ran.document["reason"] == ""
    assert (ran.document["metric"], ran.document["version"]) == ("squad_f1", 1)


def test_arguments(workbench: Command) -> None:
    words = ("metrics", "score", "exact_match", "--prediction", "a", "--reference", "A")
    assert workbench(*words, "--json").document["value"] == 0
    ran = workbench(*words, "--arg", "ignore_case=true", "--json")
    assert ran.document["value"] == 1
    assert ran.document["args"] == {"strip": True, "ignore_case": True}
    wrong = workbench(*words, "--arg", "ignore_case=maybe")
    assert wrong.code == 2
    assert "true or false" in wrong.line
    assert "no argument" in workbench(*words, "--arg", "colour=red").line


def test_not_scored_is_null_with_a_reason(workbench: Command) -> None:
    ran = workbench("metrics", "score", "bleu", "--prediction", "a", "--json")
    assert ran.code == 0
    assert ran.document["value"] is None
    assert "reference" in ran.document["reason"]
    assert (
        "not scored: There is no reference"
        in workbench("metrics", "score", "bleu", "--prediction", "a").out
    )


def test_items_from_a_file(workbench: Command, tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    rows = [
        {"choices": [{"text": " A", "logprob": -0.1}, {"text": " B", "logprob": -3}], "gold": [0]},
        {"choices": [{"text": " A", "logprob": -0.1}, {"text": " B", "logprob": -3}], "gold": [1]},
        {"prediction": "x"},
    ]
    file.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    ran = workbench("metrics", "score", "accuracy", "--evidence", file, "--json")
    assert ran.document["value"] == 0.5
    assert (ran.document["n"], ran.document["unscored"]) == (2, 1)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}\nno json\n", "Line 2"),
        ('{"colour": 1}\n', "no field colour"),
        ('{"prediction": 3}\n', "prediction cannot be read"),
        ('{"choices": [{"logprob": -1}]}\n', "choices cannot be read"),
        ('{"logprobs": {"logprobs": ["x"], "n_bytes": 1}}\n', "is no number"),
        ("[1]\n", "JSON object"),
        ("\n\n", "holds no items"),
    ],
)
def test_bad_items_are_named(
    workbench: Command, tmp_path: Path, content: str, message: str
) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(content, encoding="utf-8")
    ran = workbench("metrics", "score", "accuracy", "--evidence", file)
    assert ran.code == 2
    assert message in ran.line


def test_missing_file(workbench: Command, tmp_path: Path) -> None:
    ran = workbench("metrics", "score", "accuracy", "--evidence", tmp_path / "none.jsonl")
    assert ran.code == 2
    assert "cannot be read" in ran.line


def test_a_users_metric(workbench: Command, tmp_path: Path) -> None:
    file = tmp_path / "shout.py"
    file.write_text(
        'def score(evidence):\n    """Whether the reply shouts."""\n'
        "    return evidence.prediction.isupper()\n",
        encoding="utf-8",
    )
    given = ("--user-metric", file)
    ran = workbench("metrics", "score", "shout", "--prediction", "HEY", *given, "--json")
    assert ran.document["value"] == 1
    assert "Whether the reply shouts." in workbench("metrics", "show", "shout", *given).out
    assert "Your own" in workbench("metrics", "list", *given).out
    taken = file.rename(tmp_path / "bleu.py")
    ran = workbench("metrics", "show", "bleu", "--user-metric", taken)
    assert ran.code == 2
    assert "already" in ran.line


def test_an_embedding_model_compares_and_finds(
    workbench: Command, small_demo_model: Path, tmp_path: Path
) -> None:
    model = ("--embedding-model", small_demo_model)
    same = ("--prediction", "the red barn", "--reference", "the red barn")
    ran = workbench("metrics", "score", "embedding_similarity", *same, *model, "--json")
    assert ran.document["value"] == pytest.approx(1)
    assert "mean" in ran.line
    ran = workbench("metrics", "score", "ndcg", *same, "--wrong", "2 + 2", *model, "--json")
    assert ran.document["value"] == 1
    pairs = [("a cat", "a cat", 5), ("a cat", "the cat sat", 3), ("a cat", "9 + 9 = 18", 0)]
    file = tmp_path / "pairs.jsonl"
    rows = [{"prediction": a, "references": [b], "rating": r} for a, b, r in pairs]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = workbench("metrics", "score", "similarity_spearman", "--evidence", file, *model, "--json")
    assert -1 <= ran.document["value"] <= 1
    assert ran.document["n"] == 3
