"""BIG-bench: a JSON task with examples that have a target or target_scores."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbench.core.task import Item, Kind
from workbench.experiments.tasks.fields import Fields, as_text
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.shapes import MAKERS, finished

_METRICS = {
    "exact_str_match": "exact_match",
    "multiple_choice_grade": "accuracy",
    "bleu": "bleu",
    "rouge": "rouge_lsum",
    "multiple_choice_brier_score": "brier",
    "expected_calibration_error": "ece",
}


def _fits(look: Look) -> bool:
    return (
        look.container == "json"
        and look.header.get("list") == "examples"
        and look.any_has("input")
        and (look.any_has("target") or look.any_has("target_scores"))
    )


def _kind(look: Look) -> Kind:
    return look.kind or (Kind.CHOICE if look.any_has("target_scores") else Kind.GENERATE)


def _items(source: Source, fields: Fields) -> Iterable[Item]:
    header = source.header
    before = _setting(header, "task_prefix", "")
    question = _setting(header, "example_input_prefix", "\nQ: ")
    answer = _setting(header, "example_output_prefix", "\nA: ")
    choice = _setting(header, "choice_prefix", "\n  choice: ")
    text = fields.text("input")
    made: dict[str, Any] = {"variables": {"question": text, "input": text}}
    if source.kind is Kind.CHOICE:
        item = MAKERS[Kind.CHOICE](fields)
        listed = header.get("append_choices_to_input", True)
        choices = "".join(f"{choice}{o}" for o in item.options) if listed else ""
        made |= {"choices": item.options, "options": item.options, "gold": item.gold}
    else:
        choices = ""
        made["references"] = fields.texts("target")
    made["prompt"] = f"{before}{question}{text}{choices}{answer}".removeprefix("\n")
    yield finished(fields, source.kind, made)


def _setting(header: object, name: str, default: str) -> str:
    value = header.get(name) if isinstance(header, dict) else None
    return default if value is None else as_text(name, value)


def _metrics(source: Source) -> tuple[str, ...]:
    wanted = source.header.get("metrics")
    names = wanted if isinstance(wanted, list) else []
    return tuple(dict.fromkeys(_METRICS[str(n)] for n in names if str(n) in _METRICS))


BIG_BENCH = Reader(
    "big-bench",
    "BIG-bench: a JSON task with examples (input, target or target_scores)",
    _fits,
    _kind,
    _items,
    _metrics,
)
