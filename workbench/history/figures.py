"""Numbers of runs over time and over the versions of a prompt, for plots. Any thread."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.history.find import Ids
from workbench.history.groups import version_label
from workbench.history.query_fields import COLUMNS

SCORE = "score:"
"""Before a metric's name in the name of a figure."""

FIGURES: dict[str, str] = {
    "n_tokens": "tokens of the reply",
    "decode_tps": "tokens/s",
    "first_token_ms": "first token, ms",
    "seconds": "seconds",
    "prefill_tps": "prompt tokens/s",
    "rating": "rating",
}
"""What can be plotted beside scores: a key of `query_fields.COLUMNS`, and its label."""

MOST_POINTS = 5000
"""More runs are put together into means of as many spans of time."""

MOST_VERSIONS = 40

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OverTime:
    """Values in the order of time.

    Attributes:
        seconds: since the Unix epoch; the middle of the runs of a point.
        mean, low, high: of the runs of a point; equal where it is one run.
        count: how many runs each point stands for.
        without: how many of the runs have no such value.
    """

    seconds: Floats
    mean: Floats
    low: Floats
    high: Floats
    count: npt.NDArray[np.int64]
    without: int


@dataclass(frozen=True, slots=True)
class VersionFigure:
    """The values of one text of a prompt.

    Attributes:
        first_us: when the first of its runs began.
        spread: standard deviation of the values (n - 1); None for a single run.
    """

    label: str
    count: int
    mean: float
    spread: float | None
    first_us: int


def over_time(connection: sqlite3.Connection, figure: str, ids: Ids) -> OverTime:
    """A figure of the runs with these row numbers, in at most `MOST_POINTS` points."""
    source, values = _source(figure)
    rows = np.array(
        connection.execute(
            f"SELECT created_us, v FROM ({source}) WHERE v IS NOT NULL ORDER BY 1",  # noqa: S608
            {"ids": json.dumps(ids.tolist()), **values},
        ).fetchall(),
        np.float64,
    ).reshape(-1, 2)
    seconds, found = rows[:, 0] / 1e6, rows[:, 1]
    without = len(ids) - len(found)
    parts = np.array_split(np.arange(len(found)), min(len(found), MOST_POINTS) or 1)
    if not len(found):
        nothing = np.empty(0)
        return OverTime(nothing, nothing, nothing, nothing, np.empty(0, np.int64), without)
    starts = np.array([part[0] for part in parts])
    count = np.diff([*starts, len(found)])
    return OverTime(
        np.add.reduceat(seconds, starts) / count,
        np.add.reduceat(found, starts) / count,
        np.minimum.reduceat(found, starts),
        np.maximum.reduceat(found, starts),
        count,
        without,
    )


def over_versions(connection: sqlite3.Connection, figure: str, ids: Ids) -> list[VersionFigure]:
    """A figure by the prompt's text, in the order in which the texts were first run.

    At most `MOST_VERSIONS`: those with the most runs.
    """
    source, values = _source(figure)
    rows = connection.execute(
        "SELECT prompt_source, count(*), avg(v), sum((v - m) * (v - m)), min(created_us) "  # noqa: S608
        "FROM (SELECT *, avg(v) OVER (PARTITION BY prompt_source) AS m "
        f"FROM ({source}) WHERE v IS NOT NULL) "
        f"GROUP BY prompt_source ORDER BY 2 DESC LIMIT {MOST_VERSIONS}",
        {"ids": json.dumps(ids.tolist()), **values},
    ).fetchall()
    found = [
        VersionFigure(
            version_label(connection, content),
            count,
            mean,
            float(np.sqrt(max(0.0, squares) / (count - 1))) if count > 1 else None,
            first_us,
        )
        for content, count, mean, squares, first_us in rows
    ]
    return sorted(found, key=lambda version: version.first_us)


def _source(figure: str) -> tuple[str, dict[str, str]]:
    """A query for created_us, prompt_source and the value v of the first reply."""
    if not figure.startswith(SCORE):
        return _VALUES.format(COLUMNS[figure]), {}
    return _VALUES.format(_SCORE), {"metric": figure.removeprefix(SCORE)}


_VALUES = (
    "SELECT r.created_us, r.prompt_source, {} AS v FROM runs AS r "
    "WHERE r.id IN (SELECT value FROM json_each(:ids))"
)
# Of several versions of a metric the newest counts.
_SCORE = (
    "(SELECT s.value FROM scores AS s WHERE s.run = r.id AND s.sample = 0 "
    "AND s.metric = :metric ORDER BY s.version DESC, s.created_us DESC LIMIT 1)"
)
