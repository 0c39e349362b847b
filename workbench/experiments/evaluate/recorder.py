"""Writes what an evaluation finds: items and their runs, many in one transaction."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import TYPE_CHECKING

from workbench.core.errors import UserError
from workbench.core.ids import wall_clock_us
from workbench.core.run import RunEnd, RunStart
from workbench.core.task import Task
from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.evaluate.plan import KIND, EvalPlan
from workbench.experiments.evaluate.store import outcomes, plan_record, record_of
from workbench.experiments.session import Session

if TYPE_CHECKING:
    from workbench.history.experiment_items import EndedItem, ItemWriter

SECONDS = 0.2
"""How long an item waits for others before it is written."""

_MOST = 200


class Recorder:
    """The history's side of one evaluation. One thread."""

    def __init__(self, session: Session, name: str, *, is_new: bool, save: bool) -> None:
        self._session = session
        self._name = name
        self._is_new = is_new
        self._save = save and not session.private
        self._writer: ItemWriter | None = None
        self._waiting: list[EndedItem] = []
        self._pending: Future[None] | None = None
        self._due = 0.0
        self.error = ""

    def begin(self, plan: EvalPlan, task: Task, n_items: int) -> None:
        """Write the plan.

        Raises:
            UserError: the history cannot be written, or what is gone on with had other items.
        """
        if not self._save:
            return
        from workbench.history.experiment_items import ItemWriter
        from workbench.history.experiments import (
            StoredExperiment,
            add_experiment,
            get_experiment,
        )

        store = self._session.store
        if self._is_new:
            record = plan_record(plan, task, n_items)
            stored = StoredExperiment(self._name, KIND, wall_clock_us(), record)
            add_experiment(store, stored).result()
        else:
            planned = get_experiment(store, self._name).plan.get("n_items")
            if planned != n_items:
                # Places count items: others would stand where these should.
                raise UserError(
                    f"{self._name} was planned with {planned} items, and there are {n_items} now.",
                    "Begin a new evaluation.",
                )
        if store.path is None:
            self.error = "The history is only in memory."
        self._writer = ItemWriter(store, self._name)

    def kept(self, n_items: int) -> Iterator[ItemOutcome]:
        """What an earlier start has done; what failed then is tried again.

        Raises:
            UserError: the history cannot be read.
        """
        if not self._save or self._is_new:
            return
        for outcome in outcomes(self._session.store, self._name, n_items):
            if not outcome.error:
                yield outcome

    def add(self, outcome: ItemOutcome, run: tuple[RunStart, RunEnd] | None) -> None:
        """Keep an item that is over; it is written soon."""
        if not self._save:
            return
        from workbench.history.experiment_items import EndedItem

        now = time.monotonic()
        if not self._waiting:
            self._due = now + SECONDS
        self._waiting.append(EndedItem(record_of(outcome), run))
        if now >= self._due or len(self._waiting) >= _MOST:
            self._send()

    def change(self, outcome: ItemOutcome) -> None:
        """Replace the evidence of an item that is written already."""
        if self._writer is None:
            return
        from workbench.history.experiment_items import replace_evidence

        self._settle()
        self._pending = replace_evidence(self._session.store, self._name, [record_of(outcome)])

    def flush(self) -> None:
        """Write what waits, and wait until it is written."""
        self._send()
        self._settle()

    def _send(self) -> None:
        if self._writer is None or not self._waiting:
            return
        # One batch at a time: the next one is gathered while the last one is written.
        self._settle()
        batch, self._waiting = self._waiting, []
        self._pending = self._writer.write(batch)

    def _settle(self) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        try:
            pending.result()
        except UserError as error:
            self.error = self.error or str(error)
