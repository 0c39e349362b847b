"""Is the reply JSON, and the JSON that was asked for?"""

from __future__ import annotations

import json
from typing import Any

import regex

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.library import library
from workbench.metrics.texts import reply

_FENCE = regex.compile(r"```[\w+-]*[ \t]*\n(.*?)\n?[ \t]*```", regex.DOTALL)
_PATTERN_TIME_S = 1.0
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


class NotJsonError(ValueError):
    """A text is no JSON; the message says where and why."""


def read_json(text: str) -> Any:
    """One JSON value, strictly: no NaN, no name twice in an object, no white space but JSON's.

    Whole numbers of any length are read.

    Raises:
        NotJsonError: it is not one.
    """
    try:
        return json.loads(
            text, parse_constant=_no_constant, object_pairs_hook=_once, parse_int=_whole_number
        )
    except RecursionError:
        raise NotJsonError("it is nested too deeply to read") from None
    except ValueError as error:
        raise NotJsonError(str(error)) from None


def _no_constant(name: str) -> object:
    raise NotJsonError(f"{name} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotJsonError("a name stands twice in an object")
    return found


def _whole_number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:  # Python refuses to read more than a few thousand digits
        return float(text)


def _extracted(said: str, values: Values) -> Any:
    match values["extract"]:
        case "fence":
            fence = _FENCE.search(said)
            if fence is None:
                raise NotJsonError("there is no code fence")
            return read_json(fence.group(1))
        case "first":
            return _first(said)
        case _:
            return read_json(said)


def _first(said: str) -> Any:
    """The first object or list in a text that is whole."""
    at = min((i for i in (said.find("{"), said.find("[")) if i >= 0), default=-1)
    if at < 0:
        raise NotJsonError("there is no object and no list")
    decoder = json.JSONDecoder(
        parse_constant=_no_constant, object_pairs_hook=_once, parse_int=_whole_number
    )
    try:
        return decoder.raw_decode(said, at)[0]
    except RecursionError:
        raise NotJsonError("it is nested too deeply to read") from None
    except ValueError as error:
        raise NotJsonError(str(error)) from None


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
    validators = [_validator(text) for text in texts]
    try:
        value = _extracted(reply(evidence), values)
    except NotJsonError as error:
        return Score(0.0, detail={"error": str(error)[:200]})
    problems = [_problem(validator, value) for validator in validators]
    if not all(problems):
        return Score(1.0)
    return Score(0.0, detail={"error": problems[0][:200]})


def _validator(text: str) -> Any:
    try:
        schema = read_json(text)
    except NotJsonError as error:
        raise NotScored(f"The schema is not JSON: {error}.") from None
    if not isinstance(schema, dict | bool):
        raise NotScored("A schema is an object.")
    jsonschema = library("jsonschema")
    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    try:
        kind.check_schema(schema)
    except jsonschema.SchemaError as error:
        raise NotScored(f"The schema is no valid schema: {error.message[:200]}") from None
    except RecursionError:
        raise NotScored("The schema is nested too deeply.") from None
    # An empty registry fetches nothing; patterns get a time limit.
    timed = jsonschema.validators.extend(kind, {"pattern": _pattern})
    return timed(schema, registry=library("referencing").Registry())


def _pattern(validator: Any, pattern: str, value: Any, _schema: Any) -> Any:
    if not validator.is_type(value, "string"):
        return
    try:
        found = regex.search(pattern, value, timeout=_PATTERN_TIME_S, concurrent=True)
    except (regex.error, RecursionError) as error:
        raise NotScored(f"The schema's pattern {pattern!r:.60} is not readable: {error}") from None
    except TimeoutError:
        raise NotScored(f"The schema's pattern {pattern!r:.60} took too long.") from None
    if not found:
        yield library("jsonschema").ValidationError(f"{value!r:.60} does not match {pattern!r:.60}")


def _problem(validator: Any, value: Any) -> str:
    try:
        error = library("jsonschema").exceptions.best_match(validator.iter_errors(value))
    except RecursionError:
        raise NotScored("Schema and reply are nested too deeply to compare.") from None
    except library("referencing").exceptions.Unresolvable as lost:
        raise NotScored(f"The schema points to {str(lost)[:100]}, which is not in it.") from None
    return "" if error is None else f"at {error.json_path}: {error.message}"
