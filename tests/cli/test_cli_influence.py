"""`workbench influence`: its document, its table, its mistakes."""

from __future__ import annotations

import math

import pytest
from support.commands import Command

SHOTS = ("influence", "few-shot-sentiment")


def test_the_document_holds_what_scripts_rely_on(workbench: Command) -> None:
    ran = workbench(*SHOTS, "--continuation", " positive", "--json")
    assert (ran.code, ran.err) == (0, "")
    document = ran.document
    assert document["baseline_logprob"] < 0
    assert document["reply"] == " positive"
    n = len(document["reply_tokens"])
    total = sum(t["logprob"] for t in document["reply_tokens"])
    assert math.isclose(total, document["baseline_logprob"], abs_tol=1e-5)
    changes = [abs(e["delta_logprob"]) for e in document["neutral_edits"]]
    assert document["noise_floor"] == pytest.approx(max([*changes, 0.001]))
    parts = {p["source"]: p for p in document["parts"]}
    assert {"example:0", "example:1", "example:2", "variable:review", "literal"} <= set(parts)
    assert "wonderful" in parts["variable:review"]["text"]
    for part in document["parts"]:
        assert math.isclose(sum(part["token_deltas"]), part["delta_logprob"], abs_tol=1e-5)
        assert len(part["token_deltas"]) == n
        assert part["reason"] is None
    score = workbench("score", "few-shot-sentiment", "--continuation", " positive", "--json")
    assert math.isclose(score.document["logprob"], document["baseline_logprob"], abs_tol=1e-4)


def test_the_models_own_reply_is_explained_by_default(workbench: Command) -> None:
    ran = workbench("influence", "capital-city", "-s", "max_tokens=3", "--json")
    assert ran.code == 0
    assert 1 <= len(ran.document["reply_tokens"]) <= 3


def test_examples_one_at_a_time_and_a_shorter_prompt(workbench: Command) -> None:
    ran = workbench(*SHOTS, "--by", "example", "--reduce", "50", "--json")
    assert [p["kind"] for p in ran.document["parts"]] == ["example"] * 3
    reduced = ran.document["reduced"]
    assert reduced["tokens_saved"] == reduced["tokens_before"] - reduced["tokens"] > 0
    assert len(reduced["dropped"]) + len(reduced["kept"]) == 3
    shown = workbench(*SHOTS, "--by", "example", "--reduce", "50")
    assert "noise floor ±" in shown.out
    assert "shortened from" in shown.out


def test_spans_and_replacements(workbench: Command) -> None:
    ran = workbench("influence", "@Tom has 3. Ann has 7.", "--continuation", " Tom", "--span",
                    "0:3", "--replace", "Leo", "--json")  # fmt: skip
    (part,) = ran.document["parts"]
    assert (part["kind"], part["text"], part["spans"]) == ("selection", "Tom", [[0, 3]])
    assert part["delta_logprob"] != 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("@One two", "--span", "5"), "START:END"),
        (("@One two", "--span", "5:90"), "does not lie"),
        (("@One two", "--by", "example"), "no parts by example"),
        (("@One two", "--default", "--replace", "x"), "both given"),
        (("@One two", "--continuation", ""), "no reply"),
        (("@One two", "--reduce", "-1"), "loss must be"),
    ],
)
def test_mistakes_are_one_line(workbench: Command, arguments: tuple[str, ...], said: str) -> None:
    ran = workbench("influence", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
