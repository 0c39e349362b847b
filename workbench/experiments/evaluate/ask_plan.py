"""A plan from what a person asked for: decoding that suits the kind, metrics with arguments."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.core.task import Kind

MAX_TOKENS = 256
CODE_TOKENS = 512

_ASKED = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<arguments>.*)\))?\s*", re.DOTALL)
_STOPS: Mapping[Kind, tuple[str, ...]] = {
    Kind.GENERATE: ("\nQuestion:", "\n\n\n"),
    Kind.CODE: ("\nclass ", "\ndef ", "\n#", "\nif ", "\nprint("),
}
"""Where a model that only continues text begins the next item by itself."""


def usual_sampling(
    kind: Kind, n_samples: int, *, own_prompt: bool, stop: Sequence[str] = ()
) -> Sampling:
    """How replies are made unless somebody says otherwise.

    One reply is the likeliest one; several are drawn, since equal ones would say nothing. With the
    kind's own raw prompt, replies end where the next item would begin, or at the task's own `stop`.
    """
    base = Sampling(max_tokens=CODE_TOKENS if kind is Kind.CODE else MAX_TOKENS)
    if n_samples == 1:
        base = replace(base, temperature=0.0)
    stops = () if own_prompt else _STOPS.get(kind, ())
    return replace(base, stop=tuple(stop) or stops)


def asked_metric(text: str) -> tuple[str, Mapping[str, object]]:
    """A metric as a person writes it: `bleu`, `pass_at_k(k=5)`, or the path of a .py file.

    Raises:
        UserError: it is written in another way.
    """
    found = _ASKED.fullmatch(text)
    if found is None:
        raise UserError(f"{text!r} names no metric.", "Write NAME or NAME(argument=value).")
    arguments: dict[str, object] = {}
    for part in (found["arguments"] or "").split(","):
        if not part.strip():
            continue
        name, equals, value = part.partition("=")
        if not equals:
            raise UserError(f"{part.strip()!r} in {text!r} is no argument=value.")
        arguments[name.strip()] = _value(value.strip())
    name = found["name"].strip()
    if name.endswith(".py"):
        # The evaluation may go on from another folder.
        name = str(Path(name).expanduser().absolute())
    return name, arguments


def _value(text: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, str | int | float | bool) else text
