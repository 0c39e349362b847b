"""What a reader is: it knows one shape of data by its looks and makes items of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbench.core.task import BadRow, Item, Kind
from workbench.experiments.tasks.fields import Fields
from workbench.experiments.tasks.rows import Row


@dataclass(frozen=True, slots=True)
class Look:
    """The beginning of a file, to tell its shape by.

    Attributes:
        container: as `Rows` has it.
        header: what stands beside the rows.
        first: some of its rows, fewer when the file is short.
        kind: what the person asked for; None when the shape decides.
    """

    path: Path
    container: str
    header: Mapping[str, object]
    first: tuple[Row, ...]
    kind: Kind | None

    def has(self, *columns: str) -> bool:
        """Whether every row that was looked at has all of these columns."""
        return bool(self.first) and all(c in row.fields for row in self.first for c in columns)

    def any_has(self, column: str) -> bool:
        """Whether some row that was looked at has this column."""
        return any(column in row.fields for row in self.first)


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from while they become items.

    Attributes:
        kind: what is to be made of them.
        header: what stands beside the rows.
        labels: names of numbered classes, by column (a data set's ClassLabel).
        report: takes a mistake that costs no whole row.
    """

    path: Path
    kind: Kind
    header: Mapping[str, object]
    report: Callable[[BadRow], None]
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """One shape of data.

    Attributes:
        name: what the record of a task says it was read by.
        fits: whether a file looks like this shape.
        kind: what its rows are, when nobody asked for a kind; raises UserError when unclear.
        items: the items of one row; raises BadField.
        metrics: names of the metrics that usually score it, by kind.
        means: one sentence for people: which files these are.
        stop: texts that end a reply.
    """

    name: str
    means: str
    fits: Callable[[Look], bool]
    kind: Callable[[Look], Kind]
    items: Callable[[Source, Fields], Iterable[Item]]
    metrics: Callable[[Source], tuple[str, ...]] = lambda _source: ()
    stop: tuple[str, ...] = ()
