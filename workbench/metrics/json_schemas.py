"""JSON schemas through jsonschema: nothing is fetched, and patterns have a time limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from workbench.metrics.base import NotScored
from workbench.metrics.json_text import NotJsonError, read_json
from workbench.metrics.library import library

_PATTERN_TIME_S = 1.0


def schema_validator(text: str) -> Any:
    """A validator for the schema in a text.

    Raises:
        NotScored: it is no schema, or one that cannot be used safely.
    """
    try:
        schema = read_json(text)
    except NotJsonError as error:
        raise NotScored(f"The schema is not JSON: {error}.") from None
    if not isinstance(schema, dict | bool):
        raise NotScored("A schema is an object.")
    if "unevaluatedProperties" in text and "patternProperties" in text:
        raise NotScored("unevaluatedProperties beside patternProperties is not supported here.")
    jsonschema = library("jsonschema")
    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    try:
        kind.check_schema(schema)
    except jsonschema.SchemaError as error:
        raise NotScored(f"The schema is no valid schema: {error.message[:200]}") from None
    except RecursionError:
        raise NotScored("The schema is nested too deeply.") from None
    timed = jsonschema.validators.extend(
        kind,
        {
            "pattern": _pattern,
            "patternProperties": _pattern_properties,
            "additionalProperties": _additional_properties,
        },
    )
    # An empty registry: the default one fetches what a schema points to.
    return timed(schema, registry=library("referencing").Registry())


def schema_problem(validator: Any, value: Any) -> str:
    """What is wrong with a value, and where; empty when it fits.

    Raises:
        NotScored: the comparison itself is not possible.
    """
    try:
        error = library("jsonschema").exceptions.best_match(validator.iter_errors(value))
    except RecursionError:
        raise NotScored("Schema and reply are nested too deeply to compare.") from None
    except library("referencing").exceptions.Unresolvable as lost:
        raise NotScored(f"The schema points to {str(lost)[:100]}, which is not in it.") from None
    return "" if error is None else f"at {error.json_path}: {error.message}"


def _found(pattern: str, text: str) -> bool:
    """As `re.search`, which could take for ever."""
    try:
        return bool(regex.search(pattern, text, timeout=_PATTERN_TIME_S, concurrent=True))
    except (regex.error, RecursionError) as error:
        raise NotScored(f"The schema's pattern {pattern!r:.60} is not readable: {error}") from None
    except TimeoutError:
        raise NotScored(f"The schema's pattern {pattern!r:.60} took too long.") from None


def _pattern(validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[Any]:
    if validator.is_type(value, "string") and not _found(pattern, value):
        yield library("jsonschema").ValidationError(f"{value!r:.60} does not match {pattern!r:.60}")


def _pattern_properties(
    validator: Any, patterns: Mapping[str, Any], value: Any, _schema: Any
) -> Iterator[Any]:
    if not validator.is_type(value, "object"):
        return
    for pattern, schema in patterns.items():
        for name, inner in value.items():
            if _found(pattern, name):
                yield from validator.descend(inner, schema, path=name, schema_path=pattern)


def _additional_properties(validator: Any, more: Any, value: Any, schema: Any) -> Iterator[Any]:
    if not validator.is_type(value, "object"):
        return
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for name, inner in value.items():
        if name in known or any(_found(pattern, name) for pattern in patterns):
            continue
        if more is False:
            yield library("jsonschema").ValidationError(f"{name!r:.60} is not expected")
        else:
            yield from validator.descend(inner, more, path=name)
