"""The runs of another history file as rows for this one, as they stand there. Any thread.

Nothing is decoded and made anew: records that an older or newer version wrote differently come
over bit by bit. What is damaged is left out, and a sentence says so.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workbench.core.errors import UserError
from workbench.core.ids import text_hash
from workbench.history.blob import encode_prompt_tokens, is_whole
from workbench.history.connect import Readers
from workbench.history.owner import Owner
from workbench.history.save import SAMPLE_COLUMNS
from workbench.history.shared import Content, Model, model_hash
from workbench.history.values import restored
from workbench.history.verify import LOST
from workbench.history.whole import SCORE_COLUMNS, SHARED_COLUMNS, WholeRun

ENDED = "trashed_us IS NULL AND status <> 'running'"
"""The runs that are taken over."""

_OWN = ("id", "trashed_us", "owner_host", "owner_pid", "owner_started")
_MOST_SHARED = 2000


@dataclass(slots=True)
class TakeOver:
    """Reads another history, `count` runs at a time, in the order in which they were recorded.

    Attributes:
        only: row numbers of the runs that are wanted, in their order; None for all.
        problems: a sentence for each run, or part of one, that was left out.
    """

    readers: Readers
    owner: Owner
    count: int
    only: Sequence[int] | None = None
    problems: list[str] = field(default_factory=list)
    _shared: dict[tuple[str, object], Content | Model] = field(default_factory=dict)

    def total(self) -> int:
        """How many runs there are to take over.

        Raises:
            UserError: the file cannot be read.
        """
        with self.readers.borrow() as connection:
            sql = f"SELECT count(*) FROM runs WHERE {ENDED}"  # noqa: S608  # a constant
            return int(connection.execute(sql).fetchone()[0])

    def runs(self) -> Iterator[WholeRun]:
        """Every run that has ended and is not in the trash.

        Raises:
            UserError: the file cannot be read.
        """
        last = 0
        while True:
            with self.readers.borrow() as connection:
                numbers = self._numbers_after(connection, last)
                block = self._block(connection, numbers)
            if not numbers:
                return
            last = numbers[-1]
            yield from block

    def _numbers_after(self, connection: sqlite3.Connection, last: int) -> list[int]:
        if self.only is not None:
            at = bisect_right(self.only, last)
            return list(self.only[at : at + self.count])
        return [
            row[0]
            for row in connection.execute(
                f"SELECT id FROM runs WHERE {ENDED} AND id > ? ORDER BY id LIMIT ?",  # noqa: S608
                [last, self.count],
            )
        ]

    def _block(self, connection: sqlite3.Connection, numbers: Sequence[int]) -> list[WholeRun]:
        chosen = json.dumps(numbers)
        samples = _by_run(connection, "samples", SAMPLE_COLUMNS, chosen)
        tags = _by_run(connection, "tags", ("run", "tag"), chosen)
        scores = _by_run(connection, "scores", ("run", *SCORE_COLUMNS), chosen)
        cursor = connection.execute(
            "SELECT * FROM runs WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", [chosen]
        )
        names = [column[0] for column in cursor.description]
        found = []
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            run_id = str(row["run_id"])
            number = row["id"]
            for name in _OWN:
                del row[name]
            try:
                for column in SHARED_COLUMNS:
                    if row[column] is not None:
                        row[column] = self._kept(connection, column, row[column])
            except UserError as error:
                self.problems.append(f"{run_id}: {error.message}")
                continue
            if not is_whole(row["prompt_tokens"], prompt=True):
                self.problems.append(f"{run_id}: the tokens of its prompt are damaged.")
                row["prompt_tokens"] = encode_prompt_tokens(())
            row["owner_host"], row["owner_pid"] = self.owner.host, self.owner.pid
            row["owner_started"] = self.owner.started
            found.append(
                WholeRun(
                    run_id,
                    row,
                    [self._sample(run_id, sample) for sample in samples.get(number, ())],
                    [tag for (tag,) in tags.get(number, ())],
                    scores.get(number, ()),
                )
            )
        return found

    def _sample(self, run_id: str, sample: tuple[object, ...]) -> tuple[object, ...]:
        index, finish, full, _, text, tokens = sample
        if tokens is None or is_whole(tokens):
            return sample
        self.problems.append(f"{run_id}: the tokens of reply {index} are damaged; its text is not.")
        return index, finish, full, None, text, None

    def _kept(self, connection: sqlite3.Connection, column: str, number: object) -> Content | Model:
        table = "models" if column == "model" else "contents"
        known = self._shared.get((table, number))
        if known is None:
            if len(self._shared) > _MOST_SHARED:
                self._shared.clear()
            make = _model if table == "models" else _content
            known = self._shared[table, number] = make(connection, number)
        return known


def _content(connection: sqlite3.Connection, number: object) -> Content:
    row = connection.execute("SELECT hash, text FROM contents WHERE id = ?", [number]).fetchone()
    if row is None:
        raise UserError(f"Text {number} that it refers to is missing.")
    known = text_hash(restored(row[1]))
    # A text that was lost before is marked as such, and its hash says so too.
    if known != row[0] and not str(row[0]).startswith(LOST):
        raise UserError(f"Text {number} that it refers to is damaged.")
    return Content(known, row[1])


def _model(connection: sqlite3.Connection, number: object) -> Model:
    cursor = connection.execute("SELECT * FROM models WHERE id = ?", [number])
    values = cursor.fetchone()
    if values is None:
        raise UserError(f"Model {number} that it refers to is missing.")
    row = dict(zip((column[0] for column in cursor.description), values, strict=True))
    del row["id"]
    stored, template = str(row.pop("hash")), row.pop("chat_template")
    content = None if template is None else _content(connection, template)
    text = None if content is None else restored(content.text)
    known = model_hash(restored(row["info"]), text)
    if known != stored and not stored.startswith(LOST):
        raise UserError(f"The description of model {number} that it refers to is damaged.")
    return Model(known, row, content)


def _by_run(
    connection: sqlite3.Connection, table: str, names: Sequence[str], chosen: str
) -> dict[object, list[tuple[object, ...]]]:
    found: dict[object, list[tuple[object, ...]]] = {}
    sql = (
        f"SELECT {', '.join(names)} FROM {table} "  # noqa: S608  # names of the schema
        "WHERE run IN (SELECT value FROM json_each(?))"
    )
    for row in connection.execute(sql, [chosen]):
        found.setdefault(row[0], []).append(row[1:])
    return found
