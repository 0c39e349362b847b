"""Rows of a data file, before anybody knows what they mean, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from workbench.core.task import BadRow

Report = Callable[[BadRow], None]
"""Called with every row that cannot be used, while reading goes on."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: 1-based line of the file where it begins; of a table or a JSON list the row's number.
        fields: JSON values by column. CSV gives texts only.
    """

    line: int
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a file holds, read while it is walked through.

    Attributes:
        container: "jsonl", "json", "yaml", "csv", "parquet" or "arrow".
        stream: the rows; walked through once.
        header: what stands beside the rows of a JSON or YAML document (a version, a name), and
            the columns of a table in order under "columns".
    """

    container: str
    stream: Iterator[Row]
    header: Mapping[str, object] = field(default_factory=dict)


class BadField(Exception):  # noqa: N818  # never leaves this package: it becomes a BadRow
    """A row cannot be used.

    Attributes:
        column: the field at fault; empty when the whole row is.
    """

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message
