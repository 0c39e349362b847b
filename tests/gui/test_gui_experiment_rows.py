"""What the tables and plots of the Experiments workspace say, without a window."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.core.metric import Aggregate, Direction, MetricInfo, Need, Score
from workbench.experiments.eval_cost import EvalCost, cost_words
from workbench.experiments.evaluate.runner import EvalProgress
from workbench.experiments.report.values import (
    ReportData,
    ReportItem,
    ReportMetric,
    ReportSubject,
)
from workbench.experiments.statistics.aggregate import aggregate
from workbench.gui.experiments.plot_series import Dots, Grid, Kind, Nothing, Trend, drawing
from workbench.gui.experiments.rows import (
    Show,
    answer_cell,
    ordered,
    progress_words,
    score_cell,
    shown_items,
    unfinished,
    verdicts,
)


def info(direction: Direction = Direction.HIGHER, *, bounded: bool = True) -> MetricInfo:
    low, high = (0, 1) if bounded else (None, None)
    return MetricInfo(
        "m",
        "M",
        "",
        direction,
        frozenset({Need.PREDICTION}),
        "means.",
        "not.",
        "",
        low=low,
        high=high,
    )


def subject(label: str, values: list[float | None], size: float | None = None) -> ReportSubject:
    scores = tuple(Score(v, "" if v is not None else "no reason") for v in values)
    runs = tuple(None if v is None else f"run-{label}-{i}" for i, v in enumerate(values))
    return ReportSubject(
        label=label,
        model=label,
        prompt="default prompt",
        size=size,
        aggregates={"m": aggregate(info(), scores)},
        scores={"m": scores},
        answers=tuple("said" for _ in values),
        confidences=tuple(None for _ in values),
        labels=tuple(None for _ in values),
        runs=runs,
    )


def report(*subjects: ReportSubject, items: tuple[ReportItem, ...] = ()) -> ReportData:
    count = len(subjects[0].runs)
    made = items or tuple(ReportItem(f"i{i}", f"question {i}", "gold") for i in range(count))
    return ReportData("e", "task", "choice", made, (ReportMetric("m", info()),), subjects)


def test_a_score_says_its_interval_and_what_was_lost() -> None:
    cell = score_cell(Aggregate(0.5, 0.25, 0.75, 10, 2, "wilson"), info())
    assert (cell.value, cell.span) == ("0.500", "0.250 to 0.750 · 2 not scored")
    assert "95 %" in cell.tip
    alone = score_cell(Aggregate(0.5, None, None, 1, 0), info())
    assert (alone.value, alone.span) == ("0.500", "")


def test_a_score_that_is_not_there_is_no_zero() -> None:
    cell = score_cell(Aggregate(None, None, None, 0, 5, reason="Nothing ran."), info())
    assert cell.value == "–"
    assert "Nothing ran." in cell.tip


@pytest.mark.parametrize(
    ("value", "direction", "good", "text"),
    [
        (1.0, Direction.HIGHER, True, "✓  said"),
        (0.0, Direction.HIGHER, False, "✗  said"),
        (0.0, Direction.LOWER, True, "✓  said"),
        (1.0, Direction.LOWER, False, "✗  said"),
        (0.5, Direction.HIGHER, None, "0.500  said"),
        (1.0, Direction.NEITHER, None, "1.00  said"),
    ],
)
def test_an_answer_is_marked_by_its_score(
    value: float, direction: Direction, good: bool | None, text: str
) -> None:
    cell = answer_cell(info(direction), Score(value), "said\n")
    assert (cell.good, cell.text) == (good, text)


def test_an_answer_without_bounds_or_score_has_no_mark() -> None:
    assert answer_cell(info(bounded=False), Score(0.0), "x").text == "0  x"
    lost = answer_cell(info(), Score(None, "It failed."), None)
    assert (lost.text, lost.good) == ("–", None)
    assert "It failed." in lost.tip


def test_items_are_chosen_by_what_was_said() -> None:
    data = report(subject("a", [1, 0, 1, None]), subject("b", [1, 1, 1, 1]))
    assert shown_items(data, "m", Show.ALL) == [0, 1, 2, 3]
    assert shown_items(data, "m", Show.WRONG) == [1]
    assert shown_items(data, "m", Show.DIFFER) == [1, 3]
    assert shown_items(data, "m", Show.UNSCORED) == [3]
    assert shown_items(data, "m", Show.FAILED) == [3]
    assert unfinished(data) == 1


def test_order_keeps_what_has_no_key_at_the_end() -> None:
    keys = [3.0, None, 1.0, 2.0]
    assert ordered([0, 1, 2, 3], keys, down=False) == [2, 3, 0, 1]
    assert ordered([0, 1, 2, 3], keys, down=True) == [0, 3, 2, 1]
    assert ordered([1, 0], ["b", "a"], down=False) == [1, 0]


def test_verdicts_are_of_one_metric() -> None:
    assert verdicts(report(subject("a", [1, 0])), "m") == ""


def test_progress_and_cost_in_words() -> None:
    assert progress_words(EvalProgress(3, 10, 1, 42.0, 0)) == "3 of 10 · 1 failed · 42 s left"
    assert progress_words(EvalProgress(3, 10, 0, 600.0, 0)) == "3 of 10 · 10 min left"
    assert progress_words(EvalProgress(10, 10, 0, 0.0, 0, paused=True)) == "paused · 10 of 10"
    words = cost_words(EvalCost(80, 12_345, 2560, 95.0, 3, 200))
    assert words == (
        "80 runs · about 12,000 prompt tokens · at most 2,560 to make · "
        "about 2 min, by asking 3 items"
    )
    assert "asking" not in cost_words(EvalCost(1, 7, 0, None, 0, 7))


def test_groups_by_tags_hold_the_mean_of_their_items() -> None:
    items = tuple(
        ReportItem(f"i{n}", group=f"{n // 4} words", tags=(f"depth {n % 2}",)) for n in range(8)
    )
    data = report(subject("a", [1, 0, 1, 1, 0, 0, None, None]), items=items)
    found = drawing(data, Kind.GRID, "m", 0, 0)
    assert isinstance(found, Grid)
    assert (found.rows, found.columns) == (("0 words", "1 words"), ("depth 0", "depth 1"))
    assert found.values.tolist() == [[1.0, 0.5], [0.0, 0.0]]
    assert found.counts.tolist() == [[2, 2], [1, 1]]
    empty = drawing(report(subject("a", [None] * 8), items=items), Kind.GRID, "m", 0, 0)
    assert isinstance(empty, Nothing)


def test_what_nobody_scored_has_an_empty_cell() -> None:
    items = tuple(ReportItem(f"i{n}", group=f"g{n}", tags=(f"t{n}",)) for n in range(2))
    found = drawing(report(subject("a", [1, 0]), items=items), Kind.GRID, "m", 0, 0)
    assert isinstance(found, Grid)
    assert np.isnan(found.values).tolist() == [[False, True], [True, False]]


def test_plots_that_make_no_sense_say_why() -> None:
    one = report(subject("a", [1, 0]))
    for kind in (Kind.GROUPS, Kind.VARIANTS, Kind.GRID, Kind.CALIBRATION, Kind.CONFUSION):
        assert isinstance(drawing(one, kind, "m", 0, 0), Nothing)
    for kind in (Kind.SCATTER, Kind.PROMPTS, Kind.SIZE):
        assert isinstance(drawing(one, kind, "m", 0, 0), Nothing)
    assert isinstance(drawing(one, Kind.SCORES, "other", 0, 0), Nothing)
    assert isinstance(drawing(one, Kind.SCORES, "m", 5, 5), Dots)


def test_larger_models_that_do_worse_are_called_so() -> None:
    data = report(subject("large", [0.0] * 40, 1e9), subject("small", [1.0] * 40, 1e6))
    found = drawing(data, Kind.SIZE, "m", 0, 1)
    assert isinstance(found, Trend)
    assert found.names == ("small", "large")
    assert "inverse scaling" in found.note


def test_variants_end_with_the_worst_case() -> None:
    items = (
        ReportItem("a"),
        ReportItem("a/typos", variant_of="a", variant="typos"),
        ReportItem("b"),
        ReportItem("b/typos", variant_of="b", variant="typos"),
    )
    found = drawing(report(subject("s", [1, 0, 1, 1]), items=items), Kind.VARIANTS, "m", 0, 0)
    assert isinstance(found, Dots)
    assert found.names == ("original", "typos", "worst case")
    values = [None if v is None else v.value for v in found.series[0][1]]
    assert values == [1.0, 0.5, 0.5]
    assert "s 50%" in found.note
