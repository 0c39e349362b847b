"""Inverse Scaling Prize: CSV with prompt, classes and answer_index, or prompt and completion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbench.core.task import Item, Kind
from workbench.experiments.tasks.fields import Fields, gold_of
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.rows import BadField
from workbench.experiments.tasks.shapes import finished

# The published loss and accuracy, and whether the model answers at all.
_METRICS = ("accuracy", "choice_loss", "total_choice_probability")


def _fits(look: Look) -> bool:
    if look.container not in ("csv", "parquet", "arrow"):
        return False
    return look.has("prompt", "classes", "answer_index") or look.has("prompt", "completion")


def _kind(look: Look) -> Kind:
    return Kind.CHOICE if look.has("classes") else Kind.SEQUENCE


def _items(source: Source, fields: Fields) -> Iterable[Item]:
    made: dict[str, Any] = {"prompt": fields.text("prompt")}
    if fields.has("other_prompt"):
        made["other_prompt"] = fields.text("other_prompt")
    if source.kind is Kind.SEQUENCE:
        made["completion"] = fields.text("completion")
        yield finished(fields, Kind.SEQUENCE, made)
        return
    classes = fields.texts("classes")
    if len(classes) < 2:
        raise BadField("classes", "There must be at least two, written as a list.")
    made["choices"] = classes
    made["gold"] = gold_of("answer_index", fields.raw("answer_index"), classes)
    yield finished(fields, Kind.CHOICE, made)


INVERSE_SCALING = Reader(
    "inverse scaling csv",
    "Inverse Scaling Prize: CSV with prompt, classes, answer_index",
    _fits,
    _kind,
    _items,
    lambda source: _METRICS if source.kind is Kind.CHOICE else ("logprob",),
)
