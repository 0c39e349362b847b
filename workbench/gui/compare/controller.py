"""Runs the columns of the Compare workspace. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.core.types import ModelInfo
from workbench.experiments.compare import ColumnEnd, Comparison
from workbench.experiments.compare_facts import Marked
from workbench.experiments.compare_scores import ColumnScores
from workbench.experiments.compare_stored import StoredColumn, open_comparison
from workbench.experiments.session import Prepared, Session, drawn_seed
from workbench.gui.compare.bridge import CompareBridge
from workbench.gui.compare.choosing import Choosing
from workbench.gui.compare.column_view import TO_BASE
from workbench.gui.compare.columns import Shown
from workbench.gui.compare.differences import Differences
from workbench.gui.compare.letters import letter
from workbench.gui.compare.memory_words import plan_message, plan_summary, waiting_words
from workbench.gui.compare.notices import ALL_PINNED, BUSY, EMPTY, NOT_READY
from workbench.gui.compare.promoting import promote
from workbench.gui.compare.scoring import Scoring
from workbench.gui.compare.space import CompareSpace
from workbench.gui.compare.standing import standing_of
from workbench.gui.compare.votes import Votes
from workbench.gui.compare.wishes import MOST, MOST_SAMPLES, Wish, next_shift, stored_wish
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, from_error
from workbench.gui.page import PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.said import tr_said
from workbench.gui.translate import tr, tr_n

_CLOSE_S = 5.0


class CompareController(QObject):
    """Owns the comparison that is under way.

    Attributes:
        columns: as they stand; for reading by anybody.
    """

    def __init__(self, tools: PageTools, space: CompareSpace) -> None:
        super().__init__(space)
        self._tools, self._space = tools, space
        self._session: Session = tools.session
        self.columns: list[Shown] = []
        self._base = 0
        self._comparison: Comparison | None = None
        self._running: list[int] = []
        self._left = 0
        self.bridge = CompareBridge(self)
        self._plans, self._stored = Lane("compare-plan", self), Lane("compare-stored", self)
        self._differences = Differences(tools.session, space.diff, tools.cards, tools.window)
        self._choosing = Choosing(tools, space, self)
        self._scoring = Scoring(tools.session, self)
        self.votes = Votes(tools.session, space)
        self.bridge.grew.connect(self._grew)
        self.bridge.phase.connect(self._phase)
        self.bridge.finished.connect(self._finished)
        self._scoring.scored.connect(self._scored)
        self._differences.words.connect(self._show_words)
        self._differences.diverged.connect(
            lambda number, text: space.views[number].show_fact(TO_BASE, text)
        )
        self._choosing.begun.connect(self._begin_with)
        self._choosing.chosen.connect(self.take)
        self._choosing.another_seed.connect(self._add_seed)
        self._choosing.opened.connect(self.open)
        self._choosing.failed.connect(self._failed)
        space.button.clicked.connect(self.press)
        space.wanted.connect(self._act)
        space.stepped.connect(self._step)
        space.different.toggled.connect(lambda _on: self._hold_against(words_only=True))
        tools.prompts.prepared.connect(self._prompt_ready)
        space.show_running(False)

    @property
    def is_running(self) -> bool:
        """Whether a comparison is under way."""
        return self._left > 0

    @property
    def is_comparing(self) -> bool:
        """Whether columns are being held against each other."""
        return self._differences.is_busy

    @property
    def models(self) -> tuple[ModelInfo, ...]:
        """The models a column can have, as far as they are known."""
        return self._choosing.models

    def wishes(self) -> tuple[Wish, ...]:
        """What stands in the columns; empty while the page was never shown."""
        return tuple(column.wish for column in self.columns)

    def shown(self) -> None:
        """The page came to the front: the first time it gets its columns."""
        if not self.is_running:
            self.votes.read(self.columns)
        if not self.columns:
            if not self._choosing.begin():
                self._space.messages.show_message("compare", NOT_READY)
        elif self._space.focused() is None:
            self._space.show_column(0)

    def choose(self) -> None:
        """Ask for columns."""
        if self.is_running:
            self._space.messages.show_message("compare", BUSY)
        elif not self._choosing.ask(len(self.columns)):
            self._space.messages.show_message("compare", NOT_READY)

    def press(self) -> None:
        """The primary button: run every column that is not pinned, or stop them."""
        if self.is_running:
            self.stop()
        elif self.columns and all(column.pinned for column in self.columns):
            self._space.messages.show_message("compare", ALL_PINNED)
        else:
            self.run([n for n, c in enumerate(self.columns) if not c.pinned])

    def stop(self) -> bool:
        """Stop what runs or compares; what was said stays. False when nothing did."""
        if self.is_running and self._comparison is not None:
            self._comparison.cancel()
        return self.is_running or self._differences.stop()

    def run(self, numbers: Sequence[int]) -> None:
        """Run these columns on the prompt as it stands."""
        preparer = self._tools.prompts.preparer()
        if not numbers or self.is_running:
            return
        if preparer is None:
            self._space.messages.show_message("compare", NOT_READY)
            return
        try:
            sampling, seed = self._tools.runs.wanted()
        except UserError as error:
            self._failed(error)
            return
        shared = drawn_seed(MOST + MOST_SAMPLES) if seed is None else seed
        wishes = [self.columns[n].wish for n in numbers]
        self._running, self._left = list(numbers), len(numbers)
        self._differences.clear()
        self._space.show_running(True)

        def made() -> tuple[Comparison, Prepared]:
            prepared = preparer()
            columns = [wish.column(self._session, prepared, sampling, shared) for wish in wishes]
            return Comparison(self._session, columns, self.bridge), prepared

        self._plans.submit(made, partial(self._start, sampling, shared), self._not_started)

    def take(self, wishes: Sequence[Wish], replace_all: bool) -> None:
        """These columns are wanted, in place of the others or behind them."""
        if self.is_running:
            self._space.messages.show_message("compare", BUSY)
            return
        kept = [c for c in self.columns if c.pinned] if replace_all else self.columns
        if len(kept) < len(self.columns):
            self._offer_back(tr("The columns are others now."))
        self.columns = [*kept, *map(Shown, wishes)][:MOST]
        self._lay_out()
        self._hold_against()

    def open(self, name: str) -> None:
        """Show an earlier comparison as it was; deleted runs say so."""
        session = self._session
        self._stored.submit(lambda: open_comparison(session, name), self._opened, self._failed)

    def close(self) -> None:
        """Stop without waiting for replies."""
        if self._comparison is not None:
            self._comparison.cancel()
            self._comparison.join(_CLOSE_S)
        self.bridge.close()
        self._plans.close()
        self._stored.close()
        self._choosing.close()
        self._scoring.close()
        self.votes.close()
        self._differences.close()

    def _prompt_ready(self, _prepared: Prepared) -> None:
        if self._space.body.isVisible():
            self.shown()

    def _begin_with(self, wishes: Sequence[Wish]) -> None:
        if not self.columns:
            self._space.messages.dismiss("compare")
            self.take(wishes, replace_all=True)
            self._space.show_column(0)

    def _add_seed(self) -> None:
        """The first column once more, with a seed that no other has."""
        if self.columns:
            shift = next_shift([c.wish for c in self.columns])
            self.take([replace(self.columns[0].wish, seed_shift=shift, stored=None)], False)

    def _opened(self, stored: tuple[StoredColumn, ...]) -> None:
        if self.is_running:
            self._space.messages.show_message("compare", BUSY)
            return
        self.columns = []
        for column in stored[:MOST]:
            shown = Shown(stored_wish(column, self.models))
            shown.finish(column.end)
            self.columns.append(shown)
        self._base = 0
        self._space.messages.dismiss("compare")
        self._space.chip.hide()
        self._lay_out()
        self._hold_against()
        self._scoring.begin(self.columns, self._tools.prompts.prompt)

    def _lay_out(self) -> None:
        self._base = min(self._base, max(0, len(self.columns) - 1))
        self._space.make_columns(len(self.columns))
        for number, column in enumerate(self.columns):
            view = self._space.views[number]
            view.pin.setChecked(column.pinned)
            view.begin(column.words or tr(EMPTY))
            view.add(column.text)
            view.show_sample(column.sample, max(1, len(column.texts)))
            if column.end is not None:
                view.show_facts(column.facts())
        self._show_heads()

    def _show_heads(self) -> None:
        try:
            sampling, _ = self._tools.runs.wanted()
        except UserError:
            sampling = Sampling()
        for number, (view, column) in enumerate(zip(self._space.views, self.columns, strict=True)):
            marks = tr(" · base") if number == self._base else ""
            marks += tr(" · pinned") if column.pinned else ""
            used = column.made.sampling if column.made is not None else sampling
            view.show_head(
                f"{letter(number)} · {column.wish.title}{marks}", column.wish.about(used)
            )

    def _start(self, sampling: Sampling, seed: int, made: tuple[Comparison, Prepared]) -> None:
        comparison, prepared = made
        self._comparison, plan = comparison, comparison.plan
        self._space.messages.dismiss("compare")
        self._space.show_chip(prepared.prompt.name, prepared.values, seed)
        self._tools.tell(
            tr_n("1 column", "{n} columns", len(self._running)) + f" · {plan_summary(plan)}"
        )
        letters = [letter(number) for number in self._running]
        message = plan_message(plan, letters)
        if message:
            info = Message(message, level=Level.INFO)
            self._space.messages.show_message("compare", info)
        for place, number in enumerate(self._running):
            column, view = self.columns[number], self._space.views[number]
            column.begin(comparison.columns[place])
            view.begin(waiting_words(plan, place, letters))
            view.show_sample(0, column.wish.n_samples)
        self._show_heads()
        self.bridge.expect(len(self._running))
        comparison.start()

    def _not_started(self, error: Exception) -> None:
        self._left = 0
        self._space.show_running(False)
        self._failed(error)

    def _phase(self, place: int, words: str) -> None:
        number = self._running[place]
        if not self.columns[number].text:
            self._space.views[number].text.setPlaceholderText(words)

    def _grew(self, place: int, sample: int, text: str, _n_tokens: int) -> None:
        number = self._running[place]
        column = self.columns[number]
        column.texts[sample] += text
        if sample == column.sample:
            self._space.views[number].add(text)

    def _finished(self, place: int, end: ColumnEnd) -> None:
        number = self._running[place]
        column, view = self.columns[number], self._space.views[number]
        column.finish(end)
        view.show_facts(column.facts())
        view.text.setPlaceholderText(column.words)
        if end.outcome is None:
            view.begin(column.words)
        elif end.outcome.end.result.error:
            result = end.outcome.end.result
            error = tr_said(result.error)
            said = tr("Column {letter}: {error}", letter=letter(number), error=error)
            self._space.messages.show_message(f"column-{number}", Message(said, result.hint))
        elif end.outcome.save_error:
            said = tr(
                "Column {letter} was not saved: {save_error}",
                letter=letter(number),
                save_error=end.outcome.save_error,
            )
            self._space.messages.show_message(f"column-{number}", Message(said))
        self._left -= 1
        if not self._left:
            self._space.show_running(False)
            self._tools.history_changed()
            self._hold_against()
            self._scoring.begin(self.columns, self._tools.prompts.prompt)

    def _hold_against(self, *, words_only: bool = False) -> None:
        """Words, distributions and votes of every column against the base."""
        if self.is_running:
            return
        if not words_only:
            self.votes.read(self.columns)
        standing = standing_of(self.columns, self._base, self._space.different.isChecked())
        if standing is None:
            self._differences.clear()
            return
        if words_only:
            self._differences.hold_words(standing)
        else:
            self._differences.hold(standing)

    def _scored(self, found: Mapping[str, ColumnScores]) -> None:
        for column, view in zip(self.columns, self._space.views, strict=True):
            scores = found.get(column.run_id)
            if scores is not None:
                column.score = scores.fact()
                view.show_score(column.score)

    def _show_words(self, found: Mapping[int, Marked]) -> None:
        for number, text in found.items():
            self._space.views[number].show_marked(text)

    def _step(self, number: int, step: int) -> None:
        column, view = self.columns[number], self._space.views[number]
        if not column.step(step):
            return
        view.show_sample(column.sample, len(column.texts))
        view.show_text(column.text)
        if column.end is not None:
            view.show_facts(column.facts())
        self._hold_against(words_only=number != self._base)

    def _act(self, number: int, action: str) -> None:
        column = self.columns[number]
        if action == "promote":
            try:
                promote(self._tools, column)
            except UserError as error:
                self._failed(error)
        elif action == "history" and column.run_id:
            self._tools.open_run(column.run_id)
            self._tools.open_page(Workspace.PROBABILITIES)
        elif action == "pin":
            column.pinned = not column.pinned
            self._space.views[number].pin.setChecked(column.pinned)
            self._show_heads()
        elif action == "stop" and self._comparison is not None and number in self._running:
            self._comparison.cancel(self._running.index(number))
        elif self.is_running and action in ("rerun", "base", "drop"):
            self._space.messages.show_message("compare", BUSY)
        elif action == "rerun":
            self.run([number])
        elif action == "base":
            self._base = number
            self._show_heads()
            self._hold_against()
        elif action == "drop" and len(self.columns) > 1:
            self._offer_back(tr("Column {letter} is dropped.", letter=letter(number)))
            left = [*self.columns[:number], *self.columns[number + 1 :]]
            self._put(left, self._base - (number < self._base))
            self._space.show_column(min(number, len(self.columns) - 1))

    def _offer_back(self, text: str) -> None:
        """A message that brings the columns back as they stand now, replies and all."""
        undo = partial(self._put, list(self.columns), self._base)
        message = Message(text, level=Level.INFO, actions=((tr("Undo"), undo),))
        self._space.messages.show_message("dropped", message)

    def _put(self, columns: list[Shown], base: int) -> None:
        if self.is_running:
            self._space.messages.show_message("compare", BUSY)
            return
        self.columns, self._base = columns, base
        self._lay_out()
        self._hold_against()

    def _failed(self, error: Exception) -> None:
        self._space.messages.show_message("compare", from_error(error))
