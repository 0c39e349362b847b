"""Metrics that users write: a Python file, or an entry point, run in a process of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from workbench.core.errors import UserError
from workbench.core.metric import Direction, Evidence, MetricInfo, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.child import Child, ChildError
from workbench.metrics.evidence_json import evidence_to_json
from workbench.metrics.walled_child import RefusedError, WalledChild

ENTRY_POINTS = "workbench.metrics"
"""Group under which installed packages offer functions `score(evidence)`."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_START_S = 30.0
_MODULE = "workbench.metrics.user_child"


@dataclass(frozen=True, slots=True)
class UserLimits:
    """What a user's metric may use: seconds per item, bytes of address space (not on macOS)."""

    seconds: float = 10.0
    memory_bytes: int = 2 << 30


def file_metric(path: Path, limits: UserLimits | None = None, *, forced: bool = False) -> Metric:
    """The metric in a Python file with a function `score(evidence)`; the file is run to load it.

    It runs in the sandbox: no network, and of the person's files only those beside it. With
    `forced` it runs in a plain process where the system has no such walls.

    The function gets a `workbench.core.metric.Evidence` and returns a number, True or False,
    None for "not scored", or {"value": …, "reason": …}. A dictionary `INFO` in the file may set
    name, label, unit, direction ("higher", "lower", "neither"), low, high and version.

    Raises:
        UserError: there is no such file, it does not load, its INFO is wrong, or the system has
            no walls for it.
    """
    path = path.expanduser()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"The metric {path} cannot be read: {error.strerror}.") from error
    if path.suffix != ".py":
        raise UserError(f"{path.name} is no metric: a user's metric is a .py file.")
    digest = hashlib.sha256(content).hexdigest()
    source = f"{path.name}, sha256 {digest[:16]}"
    place, name = str(path.resolve()), path.stem.lower()
    return _metric(place, name, source, limits or UserLimits(), forced=forced)


def entry_point_metrics() -> dict[str, str]:
    """Names and places of the metrics that installed packages offer, none of them loaded yet."""
    return {point.name: point.value for point in entry_points(group=ENTRY_POINTS)}


def entry_point_metric(
    name: str, limits: UserLimits | None = None, *, forced: bool = False
) -> Metric:
    """The metric that an installed package offers under a name; `forced` as for a file.

    Raises:
        UserError: none does, it does not load, or the system has no walls for it.
    """
    for point in entry_points(group=ENTRY_POINTS):
        if point.name == name:
            package = point.dist.name if point.dist is not None else point.value
            source = f"package {package}"
            return _metric(point.value, name, source, limits or UserLimits(), forced=forced)
    raise UserError(f"No installed package offers a metric {name}.")


def _metric(place: str, name: str, source: str, limits: UserLimits, *, forced: bool) -> Metric:
    user = _UserMetric(place, limits, forced=forced)
    return ItemMetric(_info(user.greeting(), name, source), user.measure)


class _UserMetric:
    """Holds the process that runs the user's function."""

    def __init__(self, place: str, limits: UserLimits, *, forced: bool) -> None:
        self._place = place
        self._limits = limits
        self._forced = forced
        self._child: Child | WalledChild = WalledChild(
            _MODULE, place, memory_bytes=limits.memory_bytes, start_s=_START_S
        )

    def greeting(self) -> Mapping[str, Any]:
        """What the file says of itself."""
        shown = Path(self._place).name
        try:
            found = self._started()
        except RefusedError as error:
            raise UserError(
                f"The metric {shown} was not run: {error.reason}",
                "If you trust it, force it with --force-code.",
            ) from None
        except ChildError as error:
            raise UserError(f"The metric {shown} did not load: {error.reason}") from None
        if "error" in found:
            self._child.close()
            raise UserError(
                f"The metric {shown} did not load: {found['error']}.",
                "It needs a function score(evidence) that returns a number or None.",
            )
        return found

    def _started(self) -> Mapping[str, Any]:
        try:
            return self._child.greeting()
        except RefusedError:
            if not self._forced:
                raise
            limit = self._limits.memory_bytes
            self._child = Child(_MODULE, (self._place,), memory_bytes=limit, start_s=_START_S)
            return self._child.greeting()

    def measure(self, evidence: Evidence, _: Values) -> Score:
        """What the user's function says of one item."""
        try:
            answer = self._child.ask(evidence_to_json(evidence), self._limits.seconds)
        except ChildError as error:
            raise NotScored(f"The metric failed: {error.reason}") from None
        if "error" in answer:
            raise NotScored(f"The metric failed: {answer['error']}")
        value, reason = answer.get("value"), str(answer.get("reason") or "")
        if value is None:
            raise NotScored(reason or "The metric says that this cannot be scored.")
        if not isinstance(value, int | float):
            raise NotScored(f"The metric returned {value!s:.60} and no number.")
        return Score(float(value), detail={"reason": reason} if reason else {})


def _info(greeting: Mapping[str, Any], name: str, source: str) -> MetricInfo:
    given = greeting.get("info")
    info: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    known = ("name", "label", "unit", "direction", "low", "high", "version")
    for key in info:
        if key not in known:
            raise UserError(f"INFO of the metric has no {key}.", f"It may have {_words(known)}.")
    name = _typed(info, "name", str, name)
    if not _NAME.fullmatch(name):
        raise UserError(
            f"{name!r:.60} is no name for a metric.", "Small letters, digits and _ make one."
        )
    low, high = (_typed(info, key, float, None) for key in ("low", "high"))
    directions = [direction.value for direction in Direction]
    direction = _typed(info, "direction", str, "higher")
    if direction not in directions:
        raise UserError(f"INFO's direction is {_words(directions)}, not {direction!r:.40}.")
    means = str(greeting.get("means") or "").partition("\n")[0].strip()
    return MetricInfo(
        name=name,
        label=_typed(info, "label", str, name.replace("_", " ").capitalize()),
        unit=_typed(info, "unit", str, "as its author says"),
        direction=Direction(direction),
        needs=frozenset(),
        means=means or "what its author's function returns.",
        means_not="checked by anybody but its author.",
        source=source,
        version=_typed(info, "version", int, 1),
        low=low,
        high=high,
    )


def _typed(info: Mapping[str, Any], key: str, kind: type, default: Any) -> Any:
    value = info.get(key)
    if value is None:
        return default
    wanted = (int, float) if kind is float else kind
    if isinstance(value, bool) or not isinstance(value, wanted):
        raise UserError(f"INFO's {key} is {value!r:.40}, which is no {kind.__name__}.")
    return value


def _words(names: Iterable[str]) -> str:
    return ", ".join(names)
