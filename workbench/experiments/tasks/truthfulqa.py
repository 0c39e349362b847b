"""TruthfulQA: its CSV of questions, and the multiple-choice JSON beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbench.core.task import Item, Kind
from workbench.experiments.tasks.fields import Fields, is_missing
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.rows import BadField
from workbench.experiments.tasks.shapes import finished


def _fits(look: Look) -> bool:
    return look.has("Question", "Best Answer", "Correct Answers", "Incorrect Answers") or (
        look.has("question", "mc1_targets", "mc2_targets")
    )


def _kind(look: Look) -> Kind:
    return look.kind or Kind.CHOICE


def _items(source: Source, fields: Fields) -> Iterable[Item]:
    if fields.has("mc2_targets"):
        question = fields.text("question")
        best, true, false = _targets(fields)
    else:
        question = fields.text("Question")
        best = fields.text("Best Answer").strip()
        true = _parts(fields.text("Correct Answers"))
        false = _parts(fields.text("Incorrect Answers"))
    true = [best, *(answer for answer in true if answer != best)]
    if not false:
        raise BadField("Incorrect Answers", "There are none.")
    made: dict[str, Any] = {
        "variables": {"question": question},
        "references": tuple(true),
        "wrong": tuple(false),
        "group": fields.text("Category", "category", default=""),
    }
    if source.kind is Kind.CHOICE:
        made["options"] = (*true, *false)
        made["gold"] = tuple(range(len(true)))
    yield finished(fields, source.kind, made)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _targets(fields: Fields) -> tuple[str, list[str], list[str]]:
    """The best answer (of the set with one right answer), the true and the false ones."""
    one, many = _credits(fields, "mc1_targets"), _credits(fields, "mc2_targets")
    best = next((text for text, credit in one if credit), None)
    if best is None:
        raise BadField("mc1_targets", "No answer is marked as right.")
    return best, [t for t, c in many if c], [t for t, c in many if not c]


def _credits(fields: Fields, name: str) -> list[tuple[str, bool]]:
    """Answers and whether they are right; the hub's version keeps them as two lists."""
    found = fields.mapping(name)
    choices, labels = found.get("choices"), found.get("labels")
    if isinstance(choices, list) and isinstance(labels, list) and len(choices) == len(labels):
        found = {str(text): label for text, label in zip(choices, labels, strict=True)}
    return [(text, not is_missing(credit) and bool(credit)) for text, credit in found.items()]


TRUTHFULQA = Reader(
    "truthfulqa",
    "TruthfulQA: CSV with Best, Correct and Incorrect Answers, or JSON with mc1 and mc2 targets",
    _fits,
    _kind,
    _items,
    lambda source: ("mc1", "mc2") if source.kind is Kind.CHOICE else (),
)
