"""The values of an axis as a person writes them: between commas, as a range, as a JSON list."""

from __future__ import annotations

import json
import math
import re

from workbench.core.errors import UserError

_RANGE = re.compile(r"(-?[\d.]+):(-?[\d.]+):([\d.]+)")
_MOST_VALUES = 10_000


def axis_values(name: str, text: str) -> tuple[str, ...]:
    """Values of an axis: a JSON list, FROM:TO:STEP, or texts between commas.

    Raises:
        UserError: the list is no JSON, or the range does not go up by steps.
    """
    if text.lstrip().startswith("["):
        try:
            items = json.loads(text)
        except ValueError as error:
            raise UserError(f"{name}: the list is not JSON: {error}.") from error
        return tuple(i if isinstance(i, str) else json.dumps(i) for i in items)
    if matched := _RANGE.fullmatch(text.strip()):
        return _range(name, *matched.groups())
    return tuple(value.strip() for value in text.split(",") if value.strip())


def as_text(values: tuple[str, ...]) -> str:
    """The values as `axis_values` reads them."""
    if any("," in value or value != value.strip() or not value for value in values):
        return json.dumps(list(values), ensure_ascii=False)
    return ", ".join(values)


def _range(name: str, first: str, last: str, step: str) -> tuple[str, ...]:
    try:
        low, high, width = float(first), float(last), float(step)
    except ValueError as error:
        raise UserError(f"{name}: {first}:{last}:{step} are not three numbers.") from error
    if width <= 0 or high < low:
        raise UserError(f"{name}: FROM:TO:STEP goes up by a step above 0.")
    count = math.floor((high - low) / width + 1e-9) + 1
    if count > _MOST_VALUES:
        raise UserError(f"{name}: that would be {count:,} values.")
    return tuple(f"{low + i * width:.10g}" for i in range(count))
