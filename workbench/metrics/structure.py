"""Is the reply JSON, and the JSON that was asked for?"""

from __future__ import annotations

from typing import Any

import regex

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.json_schemas import schema_problem, schema_validator
from workbench.metrics.json_text import NotJsonError, first_json, read_json
from workbench.metrics.texts import reply

_FENCE = regex.compile(r"```[\w+-]*+[ \t]*+\n")
_EXTRACT = Argument(
    "extract",
    "choice",
    "Which part is read: the whole reply, what stands in its first code fence, or the first "
    "object or list in it.",
    "whole",
    ("whole", "fence", "first"),
)


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="json_valid",
                label="Valid JSON",
                unit="0 or 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.PREDICTION}),
                means="the reply is one JSON value as RFC 8259 has it.",
                means_not="what Python's reader takes: NaN, Infinity and a name twice in an "
                "object are refused here.",
                source="RFC 8259",
                low=0,
                high=1,
                arguments=(_EXTRACT,),
            ),
            _json_valid,
        ),
        ItemMetric(
            MetricInfo(
                name="json_schema",
                label="Fits a JSON schema",
                unit="0 or 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.PREDICTION}),
                means="the reply is JSON that fits a schema: the argument's, or one of the "
                "references.",
                means_not="that the values are right. Schemas on the network are never fetched.",
                source="JSON Schema (draft as the schema says, else 2020-12), jsonschema",
                low=0,
                high=1,
                arguments=(
                    Argument("schema", "text", "The schema as JSON; else each reference is one."),
                    _EXTRACT,
                ),
            ),
            _json_schema,
        ),
    ]


def _extracted(said: str, values: Values) -> Any:
    match values["extract"]:
        case "fence":
            fence = _FENCE.search(said)
            end = said.find("```", fence.end()) if fence else -1
            if fence is None or end < 0:
                raise NotJsonError("there is no code fence")
            return read_json(said[fence.end() : end])
        case "first":
            return first_json(said)
        case _:
            return read_json(said)


def _json_valid(evidence: Evidence, values: Values) -> Score:
    try:
        _extracted(reply(evidence), values)
    except NotJsonError as error:
        return Score(0.0, detail={"error": str(error)[:200]})
    return Score(1.0)


def _json_schema(evidence: Evidence, values: Values) -> Score:
    given = values["schema"]
    texts = [str(given)] if given is not None else list(evidence.references)
    if not texts:
        raise NotScored("There is no schema: give the argument schema, or schemas as references.")
    problems, reasons = [], []
    for text in texts:
        try:
            validator = schema_validator(text)
            problems.append(_problem(validator, evidence, values))
        except NotScored as why:
            reasons.append(why.reason)
    if not problems:
        raise NotScored(reasons[0])
    if not all(problems):
        return Score(1.0)
    return Score(0.0, detail={"error": problems[0][:200]})


def _problem(validator: Any, evidence: Evidence, values: Values) -> str:
    try:
        value = _extracted(reply(evidence), values)
    except NotJsonError as error:
        return f"no JSON: {error}"
    return schema_problem(validator, value)
