"""Function calls compared by structure, with the rules of the Berkeley leaderboard (BFCL, AST)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.core.metric import (
    Argument,
    CallEvidence,
    Direction,
    Evidence,
    MetricInfo,
    Need,
    Score,
)
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.call_values import value_problem

_OPTIONAL = ""
"""Among the right values of an argument: the argument may be left out."""


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="call_match",
                label="Function calls match",
                unit="0 or 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.CALLS}),
                means="exactly the wanted functions are called, in any order, with all required "
                "arguments, none unknown, and every value of the right type and among the right "
                "ones. Where no call is right, that none is made.",
                means_not="that running the calls would do the same. Texts are compared without "
                "case, spaces and ,./-_*^.",
                source="BFCL ast_checker; calls and answers are paired by a full matching, not "
                "greedily",
                low=0,
                high=1,
                arguments=(
                    Argument(
                        "dots_as_underscores",
                        "boolean",
                        "math.factorial and math_factorial are one function.",
                        False,
                    ),
                ),
            ),
            _call_match,
        )
    ]


def _call_match(evidence: Evidence, values: Values) -> Score:
    made, wanted = evidence.calls or (), evidence.gold_calls
    if len(made) != len(wanted):
        return Score(0.0, detail={"error": f"{len(made)} calls instead of {len(wanted)}"})
    schemas = _schemas(evidence.functions)
    loose = bool(values["dots_as_underscores"])
    problems = [[_problem(call, gold, schemas, loose) for gold in wanted] for call in made]
    if _matching([[not problem for problem in row] for row in problems]):
        return Score(1.0)
    lost = next((row for row in problems if all(row)), problems[0])
    return Score(0.0, detail={"error": lost[0][:200]})


def _schemas(functions: Sequence[Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """Parameter schemas by function name; OpenAI's wrapping is taken off."""
    found = {}
    for given in functions:
        inner = given.get("function")
        function = inner if isinstance(inner, Mapping) else given
        name, parameters = function.get("name"), function.get("parameters")
        if not isinstance(name, str):
            raise NotScored("A function that could be called has no name.")
        found[name] = parameters if isinstance(parameters, Mapping) else {}
    return found


def _problem(
    call: CallEvidence,
    gold: CallEvidence,
    schemas: Mapping[str, Mapping[str, object]],
    loose: bool,
) -> str:
    """What is wrong with a call as an answer to `gold`; empty when nothing is."""
    if _name(call.name, loose) != _name(gold.name, loose):
        return f"{call.name} is called instead of {gold.name}"
    schema = schemas.get(gold.name)
    properties, required = _parameters(gold.name, schema) if schema is not None else ({}, ())
    for name in required:
        if name not in call.arguments:
            return f"{call.name} lacks the required {name}"
    for name, value in call.arguments.items():
        if name not in gold.arguments or (schema is not None and name not in properties):
            return f"{call.name} has no argument {name}"
        problem = value_problem(value, _right(gold, name), properties.get(name))
        if problem:
            return f"{name} of {call.name}: {problem}"
    for name in gold.arguments:
        if name not in call.arguments and _OPTIONAL not in _right(gold, name):
            return f"{call.name} lacks {name}"
    return ""


def _name(name: str, loose: bool) -> str:
    return name.replace(".", "_") if loose else name


def _parameters(
    function: str, schema: Mapping[str, object]
) -> tuple[Mapping[str, Mapping[str, object]], Sequence[str]]:
    properties = schema.get("properties", {})
    required = schema.get("required") or ()
    if not isinstance(properties, Mapping) or not isinstance(required, Sequence):
        raise NotScored(f"The schema of {function} is none.")
    return properties, required


def _right(gold: CallEvidence, name: str) -> Sequence[object]:
    values = gold.arguments[name]
    if isinstance(values, str) or not isinstance(values, Sequence):
        raise NotScored(f"{name} of {gold.name}: the right values must be a list.")
    return values


def _matching(fits: Sequence[Sequence[bool]]) -> bool:
    """Whether every row can be paired with a column of its own."""
    taken: dict[int, int] = {}

    def place(row: int, seen: set[int]) -> bool:
        for column, fit in enumerate(fits[row]):
            if fit and column not in seen:
                seen.add(column)
                if column not in taken or place(taken[column], seen):
                    taken[column] = row
                    return True
        return False

    return all(place(row, set()) for row in range(len(fits)))
