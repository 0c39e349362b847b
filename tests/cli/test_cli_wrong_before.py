"""What is wrong is said before anything is asked or recorded, and a list is JSON when asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import Command


def test_a_wrong_argument_of_a_metric_costs_no_evaluation(
    workbench: Command, tmp_path: Path
) -> None:
    home = ("--profile", tmp_path)
    asked = ("eval", "demo-choice", "--limit", 1, "--metric")
    for metric in ("pass_at_k(k=0)", "pass_at_k(n=1)", "bleu(max_order=x)"):
        ran = workbench(*home, *asked, metric)
        assert (ran.code, ran.out) == (2, "")
        assert metric.partition("(")[0] in ran.line
    listed = workbench(*home, "history", "list", "--json")
    assert not listed.out or listed.document == []


def test_a_split_of_what_has_none(workbench: Command, tmp_path: Path) -> None:
    """It would be measured on other items than was asked for."""
    ran = workbench("--profile", tmp_path, "eval", "demo-choice", "--split", "validation")
    assert ran.code == 2
    assert "only folders have splits" in ran.line


def test_the_list_of_suites_as_json(workbench: Command) -> None:
    found = {row["name"]: row for row in workbench("eval", "--list-suites", "--json").document}
    assert found["demo-choice"]["kind"] == "choice"
    assert "demo-choice" in workbench("eval", "--list-suites").out


def test_a_prior_is_a_number(workbench: Command, tmp_path: Path) -> None:
    home = ("--profile", tmp_path)
    assert workbench(*home, "run", "@Once", "-s", "max_tokens=1").code == 0
    for prior in ("nan", "inf", "0"):
        ran = workbench(*home, "rank", "--prior", prior)
        assert ran.code == 2
        assert "The prior must be more than 0" in ran.line


@pytest.mark.parametrize(
    "words",
    [
        ("score", "@Once"),
        ("choose", "@Once", "--choice", " a"),
        ("lens", "@Once"),
        ("lookahead", "@Once"),
        ("attention", "@Once", "-o", "never.npz"),
    ],
)
def test_samplers_change_nothing_where_nothing_is_drawn(
    workbench: Command, words: tuple[str, ...]
) -> None:
    """Numbers would look as if the setting had counted."""
    ran = workbench(*words, "-s", "temp=3")
    assert (ran.code, ran.out) == (2, "")
    assert "temp changes nothing here" in ran.line
    ran = workbench(*words, "-s", "n_cxt=512")
    assert "no setting named n_cxt. Did you mean n_ctx?" in ran.line


def test_a_haystack_has_a_limit(workbench: Command) -> None:
    ran = workbench("needle", "--lengths", "99999999")
    assert ran.code == 2
    assert "99,999,999 tokens are too many" in ran.line
