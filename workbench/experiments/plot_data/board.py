"""A leaderboard: models by suites, with intervals, and who cannot be told from the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.core.metric import Aggregate, Direction, MetricInfo, Score
from workbench.experiments.statistics.paired import Paired, paired


@dataclass(frozen=True, slots=True)
class Entry:
    """One model's result on one suite.

    Attributes:
        suite, subject: row and column names.
        when: for picking the newest of several, larger is newer.
        source: the evaluation behind it; `runs` the runs of its items.
        scores: by item, for comparing with others; empty for a metric that is no mean.
        clusters: by item; "" or missing for an item by itself.
    """

    suite: str
    subject: str
    metric: str
    info: MetricInfo
    score: Aggregate
    when: int
    source: str
    scores: Mapping[str, Score] = field(default_factory=dict)
    clusters: Mapping[str, str] = field(default_factory=dict)
    runs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardCell:
    """An entry in its place.

    Attributes:
        best: whether it has the best value of its suite.
        level: whether its difference from the best may be noise (p of 0.05 or more, item by
            item); always true of the best, false where nobody can say.
        against_best: that comparison; None for the best and where there are no items to compare.
    """

    entry: Entry
    best: bool
    level: bool
    against_best: Paired | None


@dataclass(frozen=True, slots=True)
class Board:
    """Models by suites.

    Attributes:
        cells: by (subject, suite); one that was not asked is missing.
        means: for each subject the plain mean over all suites; None unless it was asked all of
            them and they share one scale and direction.
        why_no_means: why there are none, in one sentence; "" where there are.
    """

    subjects: tuple[str, ...]
    suites: tuple[str, ...]
    cells: Mapping[tuple[str, str], BoardCell]
    means: Mapping[str, float | None]
    why_no_means: str = ""


def board(entries: Sequence[Entry]) -> Board:
    """Arrange entries; of several for one subject and suite the newest counts.

    Subjects stand by their mean (best first), those without one in the order they came.
    """
    newest: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        place = (entry.subject, entry.suite)
        if place not in newest or entry.when >= newest[place].when:
            newest[place] = entry
    suites = tuple(dict.fromkeys(entry.suite for entry in entries))
    subjects = list(dict.fromkeys(entry.subject for entry in entries))
    cells: dict[tuple[str, str], BoardCell] = {}
    for suite in suites:
        column = [entry for (_, name), entry in newest.items() if name == suite]
        cells |= {(cell.entry.subject, suite): cell for cell in _column(column)}
    why = _no_means(list(newest.values()))
    means = {name: None if why else _mean(name, suites, cells) for name in subjects}
    if not why:
        lower = next(iter(newest.values())).info.direction is Direction.LOWER if newest else False
        sign = 1.0 if lower else -1.0
        subjects.sort(key=lambda name: (means[name] is None, sign * (means[name] or 0.0)))
    return Board(tuple(subjects), suites, cells, means, why)


def _column(column: Sequence[Entry]) -> list[BoardCell]:
    scored = [entry for entry in column if entry.score.value is not None]
    infos = {(entry.metric, entry.info.direction) for entry in scored}
    if len(infos) != 1 or next(iter(infos))[1] is Direction.NEITHER:
        return [BoardCell(entry, False, False, None) for entry in column]
    pick = min if scored[0].info.direction is Direction.LOWER else max
    best = pick(scored, key=lambda entry: entry.score.value or 0.0)
    cells = []
    for entry in column:
        if entry.score.value == best.score.value:
            cells.append(BoardCell(entry, True, True, None))
            continue
        found = _compared(entry, best)
        level = found is not None and found.p is not None and found.p >= 0.05
        cells.append(BoardCell(entry, False, level, found))
    return cells


def _compared(entry: Entry, best: Entry) -> Paired | None:
    shared = [item for item in best.scores if item in entry.scores]
    if not shared:
        return None
    return paired(
        [best.scores[item] for item in shared],
        [entry.scores[item] for item in shared],
        [best.clusters.get(item, "") for item in shared],
    )


def _no_means(entries: Sequence[Entry]) -> str:
    if len({entry.suite for entry in entries}) < 2:
        return "A mean needs more than one suite."
    scales = {(e.info.direction, e.info.low, e.info.high) for e in entries}
    if len(scales) > 1 or any(e.info.low is None or e.info.high is None for e in entries):
        return "There is no mean over suites whose metrics have different scales."
    return ""


def _mean(
    subject: str, suites: Sequence[str], cells: Mapping[tuple[str, str], BoardCell]
) -> float | None:
    values = []
    for suite in suites:
        cell = cells.get((subject, suite))
        if cell is None or cell.entry.score.value is None:
            return None
        values.append(cell.entry.score.value)
    return sum(values) / len(values)
