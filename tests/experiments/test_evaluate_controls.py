"""Controls stand beside their items: compared with them, but no version that could be the worst."""

from __future__ import annotations

from pathlib import Path

from workbench.core.metric import ChoiceEvidence, Evidence
from workbench.core.task import Item, Kind, Task
from workbench.experiments.evaluate.items import asked_items
from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.evaluate.plan import EvalPlan, TaskSource
from workbench.experiments.evaluate.scoring import Scorer
from workbench.experiments.evaluate.summary import Summarizer, Summary

PLAN = EvalPlan(TaskSource(Path("t.jsonl"), Kind.CHOICE, ""), (Path("m.gguf"),))


def evidence(right: bool) -> Evidence:
    """A choice between two answers."""
    logprobs = (-1.0, -2.0) if right else (-2.0, -1.0)
    choices = tuple(ChoiceEvidence(text, lp, 1, 1) for text, lp in zip("ab", logprobs, strict=True))
    return Evidence(prediction="a" if right else "b", choices=choices, gold=(0,))


def summary(items: tuple[Item, ...], right: list[bool]) -> Summary:
    """What it says when these items, controls behind theirs, are right or wrong."""
    asked = asked_items(Task("t", Kind.CHOICE, items), PLAN)
    outcomes = [
        ItemOutcome(place, 0, place, one.item.id, None, (evidence(is_right),))
        for place, (one, is_right) in enumerate(zip(asked, right, strict=True))
    ]
    scorer = Scorer()
    return Summarizer(PLAN, asked, [scorer.measured("accuracy", {})], scorer).summary(outcomes)


def item(name: str, **more: str) -> Item:
    """A question with two answers."""
    return Item(name, Kind.CHOICE, prompt="?", choices=(" a", " b"), gold=(0,), **more)  # type: ignore[arg-type]  # texts of Item


def test_a_control_is_not_the_worst_version() -> None:
    found = summary((item("x", other_prompt="!"), item("y", other_prompt="!")), [True, False] * 2)
    (subject,) = found.subjects
    assert subject.aggregates["accuracy"].value == 1.0
    assert subject.by_variant["control"]["accuracy"].value == 0.0
    assert subject.worst_case == {}


def test_a_perturbed_question_is() -> None:
    found = summary((item("x"), item("xt", variant_of="x", variant="typos")), [True, False])
    (subject,) = found.subjects
    assert subject.worst_case["accuracy"].value == 0.0
