"""What `workbench eval` shows: how far it is, and a table at the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.core.metric import Aggregate
    from workbench.experiments.evaluate.outcome import ItemOutcome
    from workbench.experiments.evaluate.runner import EvalEnd, EvalProgress, Evaluation
    from workbench.experiments.evaluate.summary import Summary

_POLL_S = 0.1
_MOST_GROUPS = 20


class Bar:
    """One line on a terminal that is written over."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def item_finished(self, outcome: ItemOutcome, progress: EvalProgress) -> None:
        """How far it is and how long it will take."""
        if not self._shown:
            return
        left = progress.seconds_left
        rest = "" if left is None else f", {_time(left)} left"
        failed = f", {progress.failed:,} failed" if progress.failed else ""
        what = f"replies seen by the {progress.stage}" if progress.stage else "items"
        text = f"{progress.done:,} of {progress.total:,} {what}{failed}{rest}"
        print(f"\r{text:60}", end="", file=sys.stderr, flush=True)
        if progress.done == progress.total:
            print(file=sys.stderr)


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def wait_for(evaluation: Evaluation) -> EvalEnd:
    """The end; Ctrl+C stops the evaluation, and what is done stays."""
    evaluation.start()
    while True:
        try:
            return evaluation.wait(_POLL_S)
        except TimeoutError:
            continue
        except KeyboardInterrupt:
            evaluation.cancel()


def print_summary(summary: Summary) -> None:
    """Tables for people: models by metrics, groups, and who is better."""
    names = [m.name for m in summary.metrics]
    rows = [["model", *names]]
    for subject in summary.subjects:
        rows.append([subject.label, *(_figure(subject.aggregates[name]) for name in names)])
        for kind, parts in (("", subject.by_group), ("variant ", subject.by_variant)):
            for part, values in list(parts.items())[:_MOST_GROUPS]:
                label = part or ("(none)" if not kind else "original")
                rows.append([f"  {kind}{label}", *(_figure(values[name]) for name in names)])
            if len(parts) > _MOST_GROUPS:
                rows.append(
                    [f"  … {len(parts) - _MOST_GROUPS} more; see --json", *[""] * len(names)]
                )
        if subject.worst_case:
            worst = [
                _figure(subject.worst_case[n]) if n in subject.worst_case else "" for n in names
            ]
            rows.append(["  worst case", *worst])
    _print_table(rows)
    for subject in summary.subjects:
        for name, aggregate in subject.aggregates.items():
            if aggregate.value is None:
                print(f"{subject.label}, {name}: {aggregate.reason}")
    for comparison in summary.paired:
        print(f"{comparison.metric}: {comparison.words}")
    if summary.note:
        print(summary.note)


def _figure(aggregate: Aggregate) -> str:
    if aggregate.value is None:
        return "n/a"
    span = ""
    if aggregate.low is not None and aggregate.high is not None:
        span = f" ({aggregate.low:.3g} to {aggregate.high:.3g})"
    lost = f", {aggregate.unscored:,} not scored" if aggregate.unscored else ""
    return f"{aggregate.value:.4g}{span} n={aggregate.n:,}{lost}"


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join(cells).rstrip())
