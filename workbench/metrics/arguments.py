"""Arguments of a metric as people and files give them, checked and completed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from workbench.core.errors import UserError
from workbench.core.metric import Argument, MetricInfo
from workbench.core.registry import did_you_mean
from workbench.metrics.base import Value, Values

_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def read_arguments(info: MetricInfo, given: Mapping[str, object] | None = None) -> Values:
    """Every argument of a metric: those given, as JSON values or as text, and defaults.

    Raises:
        UserError: an unknown name, a value of the wrong kind, or one that must be given is not.
    """
    given = given or {}
    known = {argument.name: argument for argument in info.arguments}
    for name in given:
        if name not in known:
            hint = did_you_mean(name, list(known)) or "It takes none."
            raise UserError(f"The metric {info.name} has no argument {name}.", hint)
    values: dict[str, Value] = {}
    for name, argument in known.items():
        if name in given and given[name] is not None:
            values[name] = _read(info.name, argument, given[name])
        elif argument.required:
            raise UserError(f"The metric {info.name} needs {name}: {argument.description}")
        else:
            values[name] = argument.default
    return values


def _read(metric: str, argument: Argument, value: object) -> Value:
    def wrong(wanted: str) -> UserError:
        return UserError(f"{argument.name} of {metric} must be {wanted}, not {value!r:.60}.")

    match argument.kind:
        case "text":
            if isinstance(value, str):
                return value
            raise wrong("text")
        case "choice":
            if isinstance(value, str) and value in argument.choices:
                return value
            raise wrong(f"one of {', '.join(argument.choices)}")
        case "boolean":
            if isinstance(value, bool):
                return value
            if isinstance(value, str) and value.lower() in _BOOLEANS:
                return _BOOLEANS[value.lower()]
            raise wrong("true or false")
        case "integer":
            number = _number(value)
            if number is None or number != int(number):
                raise wrong("a whole number")
            return _within(argument, int(number), wrong)
        case "number":
            number = _number(value)
            if number is None:
                raise wrong("a number")
            return _within(argument, number, wrong)
        case kind:
            raise ValueError(f"{metric}: {argument.name} is of an unknown kind {kind}")


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _within(argument: Argument, number: float, wrong: Callable[[str], UserError]) -> float:
    low, high = argument.low, argument.high
    if (low is not None and number < low) or (high is not None and number > high):
        bounds = f"at least {low:g}" if high is None else f"between {low:g} and {high:g}"
        raise wrong(bounds)
    return number
