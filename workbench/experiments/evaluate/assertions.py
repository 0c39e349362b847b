"""The share of an item's assertions that a reply meets: what other tools' test files ask."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import regex

from workbench.core.errors import UserError
from workbench.core.metric import Direction, Evidence, MetricInfo, Need, Score
from workbench.core.task import Item
from workbench.experiments.tasks.checks import ASSERTIONS, CHECKS

SECONDS = 1.0
"""How long one regular expression may take."""

INFO = MetricInfo(
    name=ASSERTIONS,
    label="Assertions met",
    unit="0 to 1",
    direction=Direction.HIGHER,
    needs=frozenset({Need.PREDICTION}),
    means="the weighted part of the item's own assertions that the reply meets.",
    means_not="how good the reply is beyond them.",
    source="promptfoo; the evaluators of prompt files",
    low=0.0,
    high=1.0,
)

Measure = Callable[[str, Evidence], Score]
"""A built-in metric of one item, by name."""


def assertion_score(item: Item, evidence: Evidence, measure: Measure) -> Score:
    """The weighted share that is met; weights of 0 count nothing."""
    checks = item.extra.get(CHECKS)
    if not isinstance(checks, list) or not checks:
        return Score(None, "The item asserts nothing.")
    reply = evidence.prediction
    if reply is None:
        return Score(None, "There is no reply.")
    met = total = 0.0
    detail: dict[str, float | int | str] = {}
    for number, check in enumerate(checks, 1):
        passed = _meets(check, reply, measure)
        if passed is None:
            return Score(None, f"Assertion {number} ({check['type']}) could not be checked.")
        name = f"{number} {'not-' if check['negate'] else ''}{check['type']}"
        detail[name] = int(passed)
        weight = float(check["weight"])
        met += weight * passed
        total += weight
    return Score(met / total if total else 1.0, "", detail)


def _meets(check: Mapping[str, Any], reply: str, measure: Measure) -> bool | None:
    passed: bool | None
    if check["metric"]:
        passed = _by_metric(check, reply, measure)
    else:
        passed = _by_text(str(check["type"]), check["value"], reply)
    if passed is None:
        return None
    return passed is not bool(check["negate"])


def _by_metric(check: Mapping[str, Any], reply: str, measure: Measure) -> bool | None:
    wanted = Evidence(prediction=reply, references=(str(check["value"]),))
    try:
        found = measure(str(check["metric"]), wanted).value
    except UserError:
        return None
    if found is None:
        return None
    threshold = float(check["threshold"])
    if check["type"] == "levenshtein":
        return found <= threshold
    # promptfoo counts BLEU from 0 to 1.
    return (found / 100 if check["type"] == "bleu" else found) >= threshold


def _by_text(kind: str, value: Any, reply: str) -> bool | None:
    if kind.startswith("icontains"):
        kind, reply = kind[1:], reply.casefold()
        value = [v.casefold() for v in value] if isinstance(value, list) else value.casefold()
    match kind:
        case "equals":
            return bool(reply.strip() == str(value).strip())
        case "contains":
            return value in reply
        case "contains-any":
            return any(v in reply for v in value)
        case "contains-all":
            return all(v in reply for v in value)
        case "starts-with":
            return reply.startswith(value)
        case "ends-with":
            return reply.endswith(value)
        case "is-json":
            return _is_json(reply)
        case "regex":
            try:
                return regex.search(value, reply, timeout=SECONDS) is not None
            except (TimeoutError, regex.error):
                return None
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
