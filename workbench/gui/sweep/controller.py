"""Plans, runs, pauses and resumes the sweep of the Compare workspace. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer

from workbench.core.errors import UserError
from workbench.experiments.session import Prepared, drawn_seed
from workbench.experiments.sweep import Cell, Sweep, SweepEnd, SweepProgress, kept_cell
from workbench.experiments.sweep_estimate import Estimate, estimate
from workbench.experiments.sweep_plan import SweepPlan
from workbench.experiments.sweep_store import StoredSweep, done_cells, stored_sweeps
from workbench.experiments.sweep_wish import FIRST, Choices, SweepWish, choices_of, plan_of, wish_of
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, from_error
from workbench.gui.page import PageTools
from workbench.gui.said import tr_said
from workbench.gui.sweep.axis_names import axis_name
from workbench.gui.sweep.bridge import SweepBridge
from workbench.gui.sweep.picture import SweepPicture
from workbench.gui.sweep.progress import duration
from workbench.gui.sweep.space import SweepSpace
from workbench.gui.translate import day, mark, tr

PlanMaker = Callable[[], SweepPlan]

_CLOSE_S = 10.0
_SETTLE_MS = 500
_KEY = "sweep"
_NOT_READY = Message(
    mark("No prompt or no model is there yet."),
    mark("Open both in the Prompt workspace, or wait until the model is loaded."),
    level=Level.INFO,
)


class SweepController(QObject):
    """Owns the sweep that is under way.

    Attributes:
        cells: of the sweep on show, by number.
        form, replies: what changes, and how many replies a cell has.
        plan: of the sweep on show; None when there is none.
        name: what the history calls it.
    """

    def __init__(self, tools: PageTools, space: SweepSpace) -> None:
        super().__init__(space.body)
        self._tools, self._space = tools, space
        self._session = tools.session
        self.form, self.replies = space.form, space.replies
        self.cells: dict[int, Cell] = {}
        self.plan: SweepPlan | None = None
        self.name = ""
        self._wish: SweepWish | None = None  # of the plan on show
        self._sweep: Sweep | None = None
        self._is_starting = self._is_known = False
        self._bridge = SweepBridge(self)
        self.picture = SweepPicture(tools, space, self)
        self._plans, self._costs = Lane("sweep-plan", self), Lane("sweep-cost", self)
        self._lists = Lane("sweep-list", self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._ask_cost)
        self._bridge.grew.connect(self._grew)
        self._bridge.over.connect(self._over)
        space.button.clicked.connect(self.press)
        space.add.clicked.connect(space.form.add)
        space.form.changed.connect(self._changed)
        space.replies.valueChanged.connect(self._changed)
        space.is_list.currentIndexChanged.connect(self._changed)
        tools.prompts.prepared.connect(self._prompt_ready)
        space.replies.setValue(FIRST.n_samples)
        self._show_state()

    @property
    def is_running(self) -> bool:
        """Whether a sweep is under way or about to be."""
        return self._sweep is not None or self._is_starting

    @property
    def can_resume(self) -> bool:
        """Whether the sweep on show has cells left, and the form still says what it is."""
        plan = self.plan
        unfinished = plan is not None and len(self._good_cells()) < plan.n_cells
        return unfinished and self._wish == self.wish() and bool(self.name)

    def wish(self) -> SweepWish:
        """What the form says."""
        space = self._space
        return SweepWish(space.form.axes, space.replies.value(), bool(space.is_list.currentData()))

    def shown(self) -> None:
        """The sheet came to the front: the first time the form is filled."""
        preparer = self._tools.prompts.preparer()
        if preparer is None:
            self._space.messages.show_message(_KEY, _NOT_READY)
            return
        self._space.messages.dismiss(_KEY)
        session = self._session

        def found() -> tuple[Prepared, Choices, list[StoredSweep]]:
            prepared = preparer()
            return prepared, choices_of(session, prepared), stored_sweeps(session.store)

        self._lists.submit(found, self._fill, self._failed)

    def press(self) -> None:
        """The primary button: start, pause or resume."""
        if self._sweep is not None:
            self.pause()
        elif not self._is_starting:
            self._begin(self.can_resume)

    def pause(self) -> None:
        """Stop where it is; cells that are done stay, the others can be made later."""
        if self._sweep is not None:
            self._sweep.cancel()
            self._space.state.setText(tr("stopping…"))

    def open(self, stored: StoredSweep) -> None:
        """Show a sweep of the history; what is left of it can be resumed."""
        if self.is_running:
            return
        session = self._session

        def read() -> dict[int, Cell]:
            done = done_cells(session.store, stored.name)
            return {c: kept_cell(session, stored.plan, c, run) for c, run in done.items()}

        self._plans.submit(read, partial(self._opened, stored), self._failed)

    def close(self) -> None:
        """Stop; what is done is in the history."""
        self._settle.stop()
        if self._sweep is not None:
            self._sweep.cancel()
            with suppress(UserError, TimeoutError):
                self._sweep.wait(_CLOSE_S)
        self._bridge.close()
        self.picture.close()
        for lane in (self._plans, self._costs, self._lists):
            lane.close()

    # What is wanted

    def _fill(self, found: tuple[Prepared, Choices, list[StoredSweep]]) -> None:
        prepared, choices, past = found
        axes = self.wish().axes if self._is_known else FIRST.axes
        self._is_known = True
        self._space.form.show_axes(choices, axes)
        own = prepared.loaded.model
        self._space.base.setText(
            tr(
                "Everything else as in the Prompt workspace: {name} on {name_2} {quantization}.",
                name=prepared.prompt.name,
                name_2=own.name,
                quantization=own.quantization,
            )
        )
        menu = self._space.past_menu
        menu.clear()
        for stored in past:
            menu.addAction(_title(stored), partial(self.open, stored))
        self._space.past.setEnabled(bool(past))
        self._changed()

    def _prompt_ready(self, _prepared: Prepared) -> None:
        if self._space.body.isVisible():
            self.shown()

    def _changed(self) -> None:
        if not self.is_running:
            self._space.cost.setText("")
            self._settle.start()
        self._show_state()

    def _planner(self) -> tuple[SweepWish, PlanMaker] | None:
        """What makes the plan, on any thread; None when there is no prompt or no seed."""
        preparer = self._tools.prompts.preparer()
        if preparer is None:
            self._space.messages.show_message(_KEY, _NOT_READY)
            return None
        try:
            sampling, seed = self._tools.runs.wanted()
        except UserError as error:
            self._failed(error)
            return None
        wish, session = self.wish(), self._session

        def make() -> SweepPlan:
            first = drawn_seed(wish.n_samples) if seed is None else seed
            return plan_of(session, wish, preparer(), sampling, first)

        return wish, make

    def _ask_cost(self) -> None:
        if self.is_running or not self._space.body.isVisible():
            return
        found = self._planner()
        if found is None:
            return
        _, make = found
        session = self._session
        done = set(self._good_cells()) if self.can_resume else set()
        self._costs.submit(
            lambda: estimate(session, make(), done), self._show_cost, self._show_mistake
        )

    def _show_cost(self, cost: Estimate) -> None:
        time = (
            ""
            if cost.seconds is None
            else tr("; about {duration} at most", duration=duration(cost.seconds))
        )
        self._space.cost.setText(
            tr(
                "{cells:,} cells, {replies:,} replies: {prompt_tokens:,} prompt tokens and "
                "at most {reply_tokens:,} reply tokens{time}.",
                cells=cost.cells,
                replies=cost.replies,
                prompt_tokens=cost.prompt_tokens,
                reply_tokens=cost.reply_tokens,
                time=time,
            )
        )

    def _show_mistake(self, error: Exception) -> None:
        message = from_error(error)
        self._space.cost.setText(f"{message.text} {message.hint}".strip())

    # The sweep

    def _begin(self, resume: bool) -> None:
        found = self._planner()
        if found is None:
            return
        wish, make = found
        session, bridge = self._session, self._bridge
        name, plan = (self.name, self.plan) if resume else ("", None)
        self._is_starting = True
        self._costs.forget()
        self._settle.stop()

        def made() -> Sweep:
            return Sweep(session, plan or make(), bridge, name=name)

        self._plans.submit(made, partial(self._start, wish), self._not_started)
        self._show_state()

    def _start(self, wish: SweepWish, sweep: Sweep) -> None:
        self._is_starting = False
        self._space.messages.dismiss(_KEY)
        if sweep.name != self.name:
            self.cells = {}
        self.cells = self._good_cells()
        self._sweep, self.plan, self.name, self._wish = sweep, sweep.plan, sweep.name, wish
        self._space.cost.setText("")
        self.picture.show_plan(sweep.plan)
        self._bridge.expect()
        sweep.when_over(self._bridge.ended)
        sweep.start()
        self._show_state()

    def _not_started(self, error: Exception) -> None:
        self._is_starting = False
        self._failed(error)
        self._show_state()

    def _grew(self, cells: list[Cell], progress: SweepProgress) -> None:
        self.cells.update((cell.index, cell) for cell in cells)
        self.picture.show_cells(self.cells)
        share = progress.done / progress.total
        self._space.bar.show_share(share)
        self._tools.activity.show("sweep", tr("Sweep"), share)
        left = progress.seconds_left
        rest = "" if left is None or not left else tr(" · {duration} left", duration=duration(left))
        self._space.state.setText(
            tr(
                "{done:,} of {total:,} cells{rest}",
                done=progress.done,
                total=progress.total,
                rest=rest,
            )
        )

    def _over(self) -> None:
        sweep, self._sweep = self._sweep, None
        self._tools.activity.end("sweep")
        if sweep is not None:
            try:
                self._tell_end(sweep.wait(0))
            except UserError as error:
                self._failed(error)
        self._tools.history_changed()
        self._show_state()
        self._refresh_list()

    def _tell_end(self, end: SweepEnd) -> None:
        failed = [cell for cell in end.cells.values() if cell.error]
        if failed:
            text = tr(
                "{n_failed:,} of {n_cells:,} cells failed: {error}",
                n_failed=len(failed),
                n_cells=self._n_cells(),
                error=tr_said(failed[0].error),
            )
            self._space.messages.show_message(_KEY, Message(text))
        if end.save_error:
            text = tr("Not every run was saved: {save_error}", save_error=tr_said(end.save_error))
            self._space.messages.show_message("sweep-save", Message(text))

    def _opened(self, stored: StoredSweep, cells: dict[int, Cell]) -> None:
        self.plan, self.name, self.cells = stored.plan, stored.name, cells
        self._wish = wish_of(stored.plan)
        space = self._space
        space.replies.setValue(self._wish.n_samples)
        space.is_list.setCurrentIndex(int(self._wish.is_list))
        space.form.show_axes(space.form.choices, self._wish.axes)
        self.picture.show_plan(stored.plan)
        self.picture.show_cells(cells)
        self._show_state()

    def _refresh_list(self) -> None:
        if self._space.body.isVisible():
            self.shown()

    def _good_cells(self) -> dict[int, Cell]:
        return {index: cell for index, cell in self.cells.items() if not cell.error}

    def _n_cells(self) -> int:
        return 0 if self.plan is None else self.plan.n_cells

    def _show_state(self) -> None:
        space, plan = self._space, self.plan
        if self.is_running:
            space.button.show_text(tr("Pause"), "Esc")
        elif self.can_resume:
            space.button.show_text(tr("Resume"), "Ctrl ↵")
        else:
            space.button.show_text(tr("Start sweep"), "Ctrl ↵")
        for field in (space.form, space.add, space.replies, space.is_list, space.past):
            field.setEnabled(not self.is_running)
        if plan is None or self.is_running:
            return
        done = len(self._good_cells())
        space.bar.show_share(done / plan.n_cells if plan.n_cells else 0.0)
        what = tr("done") if done == plan.n_cells else tr("paused; Resume makes the rest")
        space.state.setText(
            tr("{done:,} of {n_cells:,} cells · {what}", done=done, n_cells=plan.n_cells, what=what)
        )

    def _failed(self, error: Exception) -> None:
        self._space.messages.show_message(_KEY, from_error(error))


def _title(stored: StoredSweep) -> str:
    when = datetime.fromtimestamp(stored.created_us / 1e6, UTC).astimezone()
    axes = " × ".join(axis_name(axis.name) for axis in stored.plan.axes)
    return tr(
        "{when} · {axes} · {done:,} of {total:,}",
        when=day(when, "dd MMM HH:mm"),
        axes=axes,
        done=stored.done,
        total=stored.total,
    )
