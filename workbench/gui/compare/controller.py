"""Runs the columns of the Compare workspace and holds them against each other. GUI thread."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject

from workbench.core.cancel import CancelToken
from workbench.core.divergence import summary
from workbench.core.errors import UserError
from workbench.core.sampling import PRESETS, Sampling
from workbench.core.text import elide
from workbench.experiments.compare import ColumnEnd, Comparison
from workbench.experiments.compare_diff import ModelDiff, model_diff
from workbench.experiments.compare_facts import Marked, column_facts, marked
from workbench.experiments.session import Prepared, Session, drawn_seed
from workbench.gui.compare.bridge import CompareBridge
from workbench.gui.compare.space import CompareSpace
from workbench.gui.compare.wishes import MOST, Choices, Wish, choices, next_shift
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, from_error
from workbench.gui.page import PageTools
from workbench.gui.panels.rail import Workspace

_CLOSE_S = 5.0
_QUEUED = " · queued"
_NOT_READY = Message(
    "No prompt or no model is there yet.",
    "Open both in the Prompt workspace, or wait until the model is loaded.",
    level=Level.INFO,
)


@dataclass(slots=True)
class _Shown:
    """A column as it stands."""

    wish: Wish
    text: str = ""
    end: ColumnEnd | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Differences:
    texts: dict[int, Marked]
    models: dict[int, ModelDiff]
    problem: UserError | None


class CompareController(QObject):
    """Owns the comparison that is under way."""

    def __init__(self, tools: PageTools, space: CompareSpace) -> None:
        super().__init__(space)
        self._tools, self._space = tools, space
        self._session: Session = tools.session
        self._columns: list[_Shown] = []
        self._base = 0
        self._comparison: Comparison | None = None
        self._running: list[int] = []
        self._left = 0
        self._cancel = CancelToken()
        self._bridge = CompareBridge(self)
        self._plans, self._differences = Lane("compare-plan", self), Lane("compare-diff", self)
        self._bridge.grew.connect(self._grew)
        self._bridge.finished.connect(self._finished)
        space.button.clicked.connect(self.press)
        space.wanted.connect(self._act)
        space.different.toggled.connect(lambda _on: self._hold_against())
        tools.prompts.prepared.connect(self._prompt_ready)
        space.show_running(False)

    @property
    def is_running(self) -> bool:
        """Whether a comparison is under way."""
        return self._left > 0

    def shown(self) -> None:
        """The page came to the front: the first time it gets its columns."""
        if self._columns:
            return
        preparer, profile = self._tools.prompts.preparer(), self._session.profile
        if preparer is None:
            self._space.messages.show_message("compare", _NOT_READY)
        else:
            self._plans.submit(lambda: choices(profile, preparer), self._begin_with, self._failed)

    def press(self) -> None:
        """The primary button: run every column that is not pinned, or stop them."""
        if self.is_running:
            self.stop()
        else:
            self.run([n for n, c in enumerate(self._columns) if not c.pinned])

    def stop(self) -> None:
        """Stop every column; what was said stays."""
        if self._comparison is not None:
            self._comparison.cancel()

    def run(self, numbers: Sequence[int]) -> None:
        """Run these columns on the prompt as it stands."""
        preparer = self._tools.prompts.preparer()
        if not numbers or self.is_running:
            return
        if preparer is None:
            self._space.messages.show_message("compare", _NOT_READY)
            return
        try:
            sampling, seed = self._tools.runs.wanted()
        except UserError as error:
            self._failed(error)
            return
        shared = drawn_seed(MOST + 1) if seed is None else seed
        wishes = [self._columns[n].wish for n in numbers]
        self._running, self._left = list(numbers), len(numbers)
        self._cancel.cancel()
        self._differences.forget()
        self._space.show_running(True)

        def made() -> tuple[Comparison, Prepared]:
            prepared = preparer()
            columns = [wish.column(prepared, sampling, shared) for wish in wishes]
            return Comparison(self._session, columns, self._bridge), prepared

        self._plans.submit(made, partial(self._start, sampling, shared), self._not_started)

    def add(self, wish: Wish) -> None:
        """One more column."""
        if self.is_running or len(self._columns) >= MOST:
            return
        self._columns.append(_Shown(wish))
        self._lay_out()
        self._hold_against()

    def close(self) -> None:
        """Stop without waiting for replies."""
        self._cancel.cancel()
        if self._comparison is not None:
            self._comparison.cancel()
            self._comparison.join(_CLOSE_S)
        self._bridge.close()
        self._plans.close()
        self._differences.close()

    def _prompt_ready(self, _prepared: Prepared) -> None:
        if self._space.isVisible():
            self.shown()

    def _begin_with(self, found: Choices) -> None:
        self._space.messages.dismiss("compare")
        self._columns = [_Shown(wish) for wish in found.first]
        menu = self._space.menu
        menu.clear()
        for model in found.models:
            wish = Wish(model)
            menu.addAction(f"{wish.title}, these settings", partial(self.add, wish))
        if found.models:
            menu.addSeparator()
            first = Wish(found.models[0])
            for name in PRESETS:
                preset = replace(first, preset=name)
                menu.addAction(f"{first.title}, {name}", partial(self.add, preset))
            menu.addSeparator()
            menu.addAction(f"{first.title}, another seed", partial(self._add_seed, first))
        self._lay_out()

    def _add_seed(self, wish: Wish) -> None:
        shift = next_shift([c.wish for c in self._columns])
        self.add(replace(wish, seed_shift=shift))

    def _lay_out(self) -> None:
        try:
            sampling, _ = self._tools.runs.wanted()
        except UserError:
            sampling = Sampling()
        self._base = min(self._base, max(0, len(self._columns) - 1))
        self._space.make_columns(len(self._columns))
        for number, (view, column) in enumerate(zip(self._space.views, self._columns, strict=True)):
            base = " · base" if number == self._base else ""
            view.show_head(
                f"{letter(number)} · {column.wish.title}{base}", column.wish.about(sampling)
            )
            view.pin.setChecked(column.pinned)
            view.pin.toggled.connect(partial(self._set_pinned, number))
            view.begin("The reply will stand here. Ctrl+Enter runs all columns.")
            view.add(column.text)
            if column.end is not None:
                view.show_facts(column_facts(column.end))

    def _set_pinned(self, number: int, on: bool) -> None:
        self._columns[number].pinned = on

    def _start(self, sampling: Sampling, seed: int, made: tuple[Comparison, Prepared]) -> None:
        comparison, prepared = made
        self._comparison = comparison
        self._space.messages.dismiss("compare")
        values = " · ".join(f"{k} = {v}" for k, v in prepared.values.items())
        parts = [prepared.prompt.name, elide(values, 60), f"seed {seed}"]
        self._space.chip.setText(" · ".join(p for p in parts if p))
        self._space.chip.show()
        waiting = {n for wave in comparison.plan.waves[1:] for n in wave.columns}
        for place, number in enumerate(self._running):
            column, view = self._columns[number], self._space.views[number]
            column.text, column.end = "", None
            view.begin("Waits until the models before it are done." if place in waiting else "…")
            about = column.wish.about(sampling)
            view.about.setText(f"{about}{_QUEUED}" if place in waiting else about)
        self._show_models({}, None)
        self._bridge.expect(len(self._running))
        comparison.start()

    def _show_about(self, number: int) -> None:
        about = self._space.views[number].about
        about.setText(about.text().removesuffix(_QUEUED))

    def _not_started(self, error: Exception) -> None:
        self._left = 0
        self._space.show_running(False)
        self._failed(error)

    def _grew(self, place: int, text: str, _n_tokens: int) -> None:
        number = self._running[place]
        if not self._columns[number].text:
            self._space.views[number].begin("…")
            self._show_about(number)
        self._columns[number].text += text
        self._space.views[number].add(text)

    def _finished(self, place: int, end: ColumnEnd) -> None:
        number = self._running[place]
        column, view = self._columns[number], self._space.views[number]
        column.end = end
        view.show_facts(column_facts(end))
        if end.error is not None:
            view.begin(str(end.error))
        elif end.outcome is not None and end.outcome.end.result.error:
            self._space.messages.show_message("compare", Message(end.outcome.end.result.error))
        self._left -= 1
        if not self._left:
            self._space.show_running(False)
            self._tools.history_changed()
            self._hold_against()

    def _hold_against(self) -> None:
        """Words and distributions of every column against the base."""
        ends = {n: c.end for n, c in enumerate(self._columns) if c.end is not None}
        if self.is_running or self._base not in ends:
            return
        self._cancel.cancel()
        self._cancel = cancel = CancelToken()
        texts = {n: c.text for n, c in enumerate(self._columns)}
        base, only = self._base, self._space.different.isChecked()
        self._space.diff_facts.setText("comparing…")
        session = self._session
        self._differences.submit(
            lambda: _differences(session, ends, texts, base, only, cancel),
            self._show_differences,
            self._failed,
        )

    def _show_differences(self, found: _Differences) -> None:
        for number, text in found.texts.items():
            self._space.views[number].show_marked(text)
        self._show_models(found.models, found.problem)

    def _show_models(self, models: dict[int, ModelDiff], problem: UserError | None) -> None:
        best: ModelDiff | None = None
        for number, view in enumerate(self._space.views):
            found = models.get(number)
            if found is None or found.tokens is None:
                view.show_divergence("–")
                continue
            view.show_divergence(f"{summary(found.tokens).mean_kl or 0.0:.4f} nats")
            best = best or found
        self._space.bars.show_diff(best)
        self._space.diff_facts.setText("")
        if best is not None and best.tokens is not None:
            numbers = summary(best.tokens)
            a, b = letter(best.a), letter(best.b)
            self._space.diff_title.setText(f"Where {b} differs from {a}, token by token")
            self._space.diff_facts.setText(
                f"KL, largest {numbers.kl_percentiles.get(100, 0.0):.4f} nats · "
                f"same top-1 {numbers.same_top1 or 0.0:.0%} · bits per byte "
                f"{numbers.bits_per_byte_a or 0.0:.3f} and {numbers.bits_per_byte_b or 0.0:.3f}"
            )
            first = numbers.first_divergence
            self._space.diff_note.setText(
                f"{a}'s reply, forced through both models. "
                + (
                    "The likeliest token is the same everywhere."
                    if first is None
                    else f"First divergence: {self._space.bars.describe(first)}".replace(
                        "\n", " · "
                    )
                )
            )
            return
        reasons = [m.reason for m in models.values() if m.reason]
        reasons += ["The vocabularies differ." for m in models.values() if m.words is not None]
        self._space.diff_title.setText("Token by token")
        self._space.diff_note.setText(str(problem) if problem else " ".join(dict.fromkeys(reasons)))

    def _act(self, number: int, action: str) -> None:
        column = self._columns[number]
        outcome = column.end.outcome if column.end is not None else None
        if action == "settings":
            sampling = outcome.start.sampling if outcome else None
            if sampling is not None:
                self._tools.runs.use_sampling(sampling)
                self._tools.open_page(Workspace.PROMPT)
        elif action == "history" and outcome is not None:
            self._tools.open_run(outcome.start.run_id)
            self._tools.open_page(Workspace.PROBABILITIES)
        elif self.is_running:
            return
        elif action == "rerun":
            self.run([number])
        elif action == "base":
            self._base = number
            self._lay_out()
            self._hold_against()
        elif action == "drop" and len(self._columns) > 1:
            del self._columns[number]
            self._base -= number < self._base
            self._lay_out()
            self._hold_against()

    def _failed(self, error: Exception) -> None:
        self._space.messages.show_message("compare", from_error(error))


def letter(number: int) -> str:
    """A to P."""
    return string.ascii_uppercase[number]


def _differences(
    session: Session,
    ends: dict[int, ColumnEnd],
    texts: dict[int, str],
    base: int,
    only: bool,
    cancel: CancelToken,
) -> _Differences:
    words = {base: Marked(texts[base], ())}
    for number in ends:
        if number != base:
            words[number] = marked(texts[base], texts[number], different_only=only)
    models: dict[int, ModelDiff] = {}
    problem: UserError | None = None
    order = sorted(ends)
    listed = [ends[n] for n in order]
    at = order.index(base)
    for place, number in enumerate(order):
        if number == base:
            continue
        try:
            found = model_diff(session, listed, at, place, cancel=cancel)
        except UserError as error:
            problem = error
            continue
        models[number] = replace(found, a=base, b=number)
    return _Differences(words, models, problem)
