"""Replies made on the spot for the arena: two columns of a comparison answer the same item.

Both are runs of the history like any other, made by one comparison. Nothing is shown before both
are there, so that no model gives itself away by its speed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from workbench.core.cancel import CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.core.tokens import TokenTable
from workbench.experiments.compare import ColumnEnd, Comparison
from workbench.experiments.compare_plan import Column
from workbench.experiments.session import Prepared, Session, drawn_seed
from workbench.templates.fragments import Fragments
from workbench.templates.prompt_file import PromptFile
from workbench.templates.variables import coerce_values

MOST_ITEMS = 1000


def items_of(
    prompt: PromptFile, values: Mapping[str, object], fragments: Fragments
) -> list[dict[str, object]]:
    """What the prompt can be filled with: the values as they stand, and its rows of test data.

    Raises:
        UserError: a row does not fit the prompt's variables.
    """
    found: list[dict[str, object]] = [dict(values)]
    for row in prompt.test_data[:MOST_ITEMS]:
        own = {name: value for name, value in row.items() if name in values}
        if own:
            filled = coerce_values(prompt, {**values, **own}, fragments)
            if filled not in found:
                found.append(filled)
    return found


class FreshPairs:
    """Chooses two columns and an item, and makes the replies. One thread at a time."""

    def __init__(
        self,
        session: Session,
        columns: Sequence[Column],
        items: Sequence[Mapping[str, object]],
        *,
        seed: int | None = None,
    ) -> None:
        """`columns`: who may meet; columns that are the same in all but the seed are one.

        Raises:
            UserError: there are not two different columns.
        """
        self._session = session
        self._items = [dict(values) for values in items]
        self._random = random.Random(seed)
        self._columns: list[Column] = []
        for column in columns:
            if not any(_same(column, other) for other in self._columns):
                self._columns.append(column)
        if len(self._columns) < 2:
            raise UserError(
                "There are not two different columns to compare.",
                "Add a model or other settings in Columns; another seed is no other competitor.",
            )
        # Replies to prompts with different variables answer different questions.
        self._all_pairs = [
            (i, j)
            for i, j in combinations(range(len(self._columns)), 2)
            if self._columns[i].values.keys() == self._columns[j].values.keys()
        ]
        if not self._all_pairs:
            raise UserError(
                "The prompts of the columns have different variables.",
                "Compare versions of one prompt, or prompts with the same variables.",
            )
        self._met: Counter[tuple[int, int]] = Counter()
        self._on_item: Counter[tuple[int, int, int]] = Counter()

    def make(self, cancel: CancelToken) -> tuple[str, str]:
        """The ids of two runs that answer the same; waits until both ended.

        Raises:
            StoppedError: somebody asked to stop.
            UserError: a column failed, or its run could not be recorded.
        """
        pair, item = self._choose()
        columns = [
            replace(
                self._columns[n],
                values=_filled(self._columns[n].values, self._items[item]),
                seed=drawn_seed(1),
                n_samples=1,
            )
            for n in pair
        ]
        comparison = Comparison(self._session, columns, Unseen())
        cancel.when_cancelled(comparison.cancel)
        try:
            comparison.start()
            ends = comparison.wait()
        finally:
            cancel.when_cancelled(None)
        lasting = self._session.store.path is not None
        first, second = (_run_id(end, lasting=lasting) for end in ends)
        if cancel:
            raise StoppedError("It was stopped.")
        self._met[pair] += 1
        self._on_item[*pair, item] += 1
        return first, second

    def _choose(self) -> tuple[tuple[int, int], int]:
        pairs = list(self._all_pairs)
        self._random.shuffle(pairs)
        pair = min(pairs, key=lambda p: self._met[p])
        items = list(range(len(self._items)))
        self._random.shuffle(items)
        return pair, min(items, key=lambda i: self._on_item[*pair, i])


class Unseen:
    """Takes the events of columns that nobody may see yet."""

    def column_started(self, column: int, prepared: Prepared) -> None:
        """Not shown."""

    def column_prefill(self, column: int, done: int, total: int) -> None:
        """Not shown."""

    def column_tokens(
        self, column: int, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Not shown."""

    def column_finished(self, column: int, end: ColumnEnd) -> None:
        """The comparison's wait tells."""


def _filled(values: Mapping[str, object], item: Mapping[str, object]) -> dict[str, object]:
    return {name: item.get(name, value) for name, value in values.items()}


def _same(one: Column, other: Column) -> bool:
    plain = {"seed": 0, "label": "", "values": {}, "n_samples": 1}
    a = replace(one, model=one.model.absolute(), **plain)  # type: ignore[arg-type]  # field names as keys
    b = replace(other, model=other.model.absolute(), **plain)  # type: ignore[arg-type]  # as above
    return a == b


def _run_id(end: ColumnEnd, *, lasting: bool) -> str:
    if end.error is not None:
        raise end.error
    if end.outcome is None or not end.done:
        result = None if end.outcome is None else end.outcome.end.result
        if result is None or not result.error:
            raise StoppedError("It was stopped.")
        raise UserError(result.error, result.hint)
    # A history in memory takes votes as well; both end with the program, which was told before.
    if not end.outcome.saved and (lasting or not end.outcome.save_error):
        raise UserError(
            end.outcome.save_error or "Private runs are not recorded, so nobody can vote on them.",
            "Votes need runs that stand in the history.",
        )
    return end.outcome.start.run_id
