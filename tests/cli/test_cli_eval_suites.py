"""`workbench eval NAME`: a sample suite, asked as it is meant."""

from __future__ import annotations

from support.commands import Command

SMALL = "demo-0.5m-q8_0"


def test_suites_are_named(workbench: Command) -> None:
    ran = workbench("eval", "--list-suites")
    assert ran.code == 0
    assert "demo-choice" in ran.out
    assert len(ran.out.splitlines()) > 50


def test_a_suite_brings_its_prompt_and_its_metrics(workbench: Command) -> None:
    ran = workbench("eval", "demo-capitals", "-m", SMALL, "--limit", "3", "--json", "--no-save")
    assert ran.code == 0, ran.err
    (model,) = ran.document["models"]
    assert list(model["metrics"]) == ["contains", "exact_match", "squad_f1"]
    assert model["metrics"]["contains"]["value"] == 1.0


def test_what_a_suite_says_gives_way_to_options(workbench: Command) -> None:
    ran = workbench("eval", "demo-yes-no", "-m", SMALL, "--limit", "3", "--metric", "accuracy",
                    "--json", "--no-save")  # fmt: skip
    assert ran.code == 0, ran.err
    assert list(ran.document["models"][0]["metrics"]) == ["accuracy"]


def test_a_name_that_is_nothing_is_refused(workbench: Command) -> None:
    ran = workbench("eval", "nosuch", "-m", SMALL)
    assert ran.code == 2
    assert "nosuch" in ran.err
