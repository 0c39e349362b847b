"""Assertions that travel with an item: what other tools' test files ask of a reply."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbench.experiments.tasks.fields import as_text, shown
from workbench.experiments.tasks.rows import BadField

CHECKS = "checks"
"""The key of `Item.extra` that lists an item's assertions."""

ASSERTIONS = "assertions"
"""The name under which their weighted share that passes is scored."""

_TEXT = frozenset(
    {"equals", "contains", "icontains", "contains-any", "contains-all", "icontains-any"}
    | {"icontains-all", "starts-with", "ends-with", "regex", "is-json"}
)
_METRICS = {
    "rouge-n": ("rouge_1", 0.75),
    "bleu": ("bleu", 0.5),
    "meteor": ("meteor_exact_stem", 0.5),
    "levenshtein": ("levenshtein", 5.0),
}
_EXPECTED = re.compile(
    r"(?P<type>(?:not-)?[a-z][a-z-]*)(?:\((?P<threshold>[\d.]+)\))?(?::(?P<value>.*))?", re.DOTALL
)


def check_of(
    column: str, kind: object, value: object, threshold: object = None, weight: object = None
) -> dict[str, object]:
    """One assertion as JSON values: type, negate, value, threshold, weight, metric.

    Raises:
        BadField: the type needs a model, a script or a service, or is unknown.
    """
    name = as_text(column, kind).strip().lower()
    negate = name.startswith("not-")
    name = name.removeprefix("not-")
    if name not in _TEXT and name not in _METRICS:
        raise BadField(column, f"The assertion {name} cannot be checked here.")
    metric, usual = _METRICS.get(name, ("", None))
    return {
        "type": name,
        "negate": negate,
        "value": _value(column, name, value),
        "metric": metric,
        "threshold": _number(column, threshold, usual),
        "weight": _number(column, weight, 1.0),
    }


def written_check(column: str, text: str) -> dict[str, object]:
    """An assertion written `type(threshold):value`; a text without a known type means equals.

    Raises:
        BadField: see `check_of`.
    """
    found = _EXPECTED.fullmatch(text.strip())
    bare = ("is-json", "not-is-json")
    if found is None or (found["value"] is None and found["type"] not in bare):
        return check_of(column, "equals", text)
    kind = found["type"]
    if kind.removeprefix("not-") in {*_TEXT, *_METRICS}:
        return check_of(column, kind, (found["value"] or "").strip(), found["threshold"])
    if kind in _FOREIGN:
        raise BadField(column, f"The assertion {kind} cannot be checked here.")
    return check_of(column, "equals", text)


_FOREIGN = frozenset(
    {"llm-rubric", "g-eval", "factuality", "similar", "classifier", "moderation", "javascript"}
    | {"python", "webhook", "ruby", "latency", "cost", "perplexity", "answer-relevance", "fn"}
    | {"model-graded-closedqa", "contains-json", "is-html", "is-sql", "is-xml", "grade", "eval"}
)


def references_of(checks: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """Texts that the positive assertions ask for, to be shown beside a reply."""
    found: list[str] = []
    for check in checks:
        value = check["value"]
        if not check["negate"] and check["type"] not in ("is-json", "regex"):
            found += value if isinstance(value, list) else [str(value)]
    return tuple(dict.fromkeys(found))


def _value(column: str, name: str, value: object) -> object:
    if name == "is-json":
        return ""
    if name.endswith(("-any", "-all")):
        rows = value if isinstance(value, list) else as_text(column, value).split(",")
        return [as_text(column, row).strip() for row in rows]
    text = as_text(column, value)
    if name == "regex":
        try:
            re.compile(text)
        except re.error as error:
            raise BadField(column, f"{text!r} is no regular expression: {error}.") from None
    return text


def _number(column: str, value: object, usual: float | None) -> float | None:
    if value is None or value == "":
        return usual
    try:
        return float(str(value))
    except ValueError:
        raise BadField(column, f"{shown(value)} is no number.") from None
