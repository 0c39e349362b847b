"""What can be asked of stored runs: to stand beside another one, to be made again. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.replay import Replayed
from workbench.experiments.session import Session
from workbench.gui.compare_runs.replay_words import capital, change_words, explained
from workbench.gui.fonts import Fonts
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.history_controller import HistoryController
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, MessageBar, from_error
from workbench.gui.model_controller import ModelController
from workbench.gui.panels.history import RUN_ID
from workbench.gui.panels.run_details import RunDetails
from workbench.gui.run_controller import RunController
from workbench.gui.said import tr_said
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

if TYPE_CHECKING:  # SQLite's tools take long to import
    from workbench.gui.compare_runs.dialog import CompareRunsDialog

_KEY = "replay"


class RunChecks(QObject):
    """Compares and replays the runs that are chosen in a list.

    Attributes:
        dialog: the one window of comparisons; None while it is closed.

    Signals:
        replayed(Replayed): a replay has ended.
    """

    replayed = Signal(object)

    def __init__(
        self,
        session: Session,
        runs: QAbstractItemView,
        details: RunDetails,
        theme: Theme,
        fonts: Fonts,
        is_idle: Callable[[], bool],
        after: Callable[[], None],
        window: QWidget,
    ) -> None:
        """`is_idle`: whether no run is under way; `after`: called on another thread when
        a replay has ended, for the model it may have taken the place of.
        """
        super().__init__(window)
        self._session, self._runs, self._details = session, runs, details
        self._theme, self._fonts, self._window = theme, fonts, window
        self._is_idle, self._after = is_idle, after
        self._lane = Lane("replay", self)
        self._stop = CancelToken()
        self._run = self._before = ""
        self.dialog: CompareRunsDialog | None = None
        details.compare_wanted.connect(self.compare)
        details.replay_wanted.connect(self.replay)

    @property
    def _messages(self) -> MessageBar:
        return self._details.reply.messages

    def use_run(self, run_id: str) -> None:
        """This run is on show now."""
        if run_id != self._run:
            self._before, self._run = self._run, run_id
            self._messages.dismiss(_KEY)

    def chosen(self) -> list[str]:
        """The ids of the chosen runs, from the top of the list."""
        rows = {index.row(): index for index in self._runs.selectionModel().selectedIndexes()}
        ids = [rows[row].data(RUN_ID) for row in sorted(rows)]
        return [run_id for run_id in ids if isinstance(run_id, str)]

    def compare(self) -> None:
        """Put the two chosen runs beside each other, the older one on the left; else the run on
        show beside the one that was on show before it, or its neighbour in the list.
        """
        chosen = sorted(self.chosen())
        if len(chosen) == 2:
            self.compare_pair(chosen[0], chosen[1])
        elif self._run:
            self.compare_pair(self._before or self._neighbour(), self._run)

    def _neighbour(self) -> str:
        """The run below the current one in the list, or above it; itself when it is alone."""
        model, current = self._runs.model(), self._runs.currentIndex()
        for row in (current.row() + 1, current.row() - 1):
            run_id = model.index(row, 0).data(RUN_ID) if 0 <= row < model.rowCount() else None
            if isinstance(run_id, str):
                return run_id
        return self._run

    def compare_pair(self, a: str, b: str) -> None:
        """Put these runs beside each other."""
        # SQLite's tools take long to import; nobody waits for them at the start.
        from workbench.gui.compare_runs.dialog import CompareRunsDialog

        if self.dialog is None:
            self.dialog = CompareRunsDialog(self._window, self._theme, self._fonts, self._session)
            self.dialog.finished.connect(self._forget)
            self.dialog.show()
        self.dialog.compare(a, b)
        self.dialog.raise_()
        self.dialog.activateWindow()

    def replay(self) -> None:
        """Make the run on show again and say whether it came out the same."""
        from workbench.experiments.replay import replay

        if not self._run:
            return
        if not self._is_idle():
            self._messages.show_message(
                _KEY, Message(tr("A run is under way."), tr("Replay this one when it has ended."))
            )
            return
        self._stop.cancel()
        self._stop = stop = CancelToken()
        run_id, store = self._run, self._session.store
        actions = ((tr("Stop"), stop.cancel),)
        self._messages.show_message(
            _KEY, Message(tr("The run is made again…"), level=Level.INFO, actions=actions)
        )

        def work() -> Replayed:
            try:
                return replay(self._session, store.get(run_id), cancel=stop)
            finally:
                self._after()

        self._lane.submit(work, self._show, self._failed)

    def close(self) -> None:
        """Stop a replay, close the window of comparisons, end the thread."""
        self._stop.cancel()
        if self.dialog is not None:
            self.dialog.close()
        self._lane.close()

    def _show(self, found: Replayed) -> None:
        if found.run_id == self._run:
            self._messages.show_message(_KEY, message(found))
        self.replayed.emit(found)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._messages.dismiss(_KEY)
        else:
            self._messages.show_message(_KEY, from_error(error))

    def _forget(self) -> None:
        self.dialog = None


def message(found: Replayed) -> Message:
    """A replay's result in words, with everything that differs in the details."""
    explanation = explained(found)
    lines = [
        tr("run {run_id}: {verdict}", run_id=found.run_id, verdict=tr_said(found.verdict)),
        explanation,
    ]
    first = found.first_difference
    if first is not None:
        numbers = [
            tr(
                "expected {expected_text!r} (p {p_expected})",
                expected_text=first.expected_text,
                p_expected=first.p_expected,
            ),
            tr("got {got_text!r} (p {p_got})", got_text=first.got_text, p_got=first.p_got),
            tr("logit gap {logit_gap}", logit_gap=first.logit_gap),
        ]
        lines.append(
            tr(
                "sample {sample}, token {index}: {numbers}",
                sample=first.sample,
                index=first.index,
                numbers=", ".join(numbers),
            )
        )
    lines += map(change_words, found.changed)
    lines += map(tr_said, found.notes)
    if found.identical:
        return Message(
            tr("Identical. {explanation}", explanation=explanation),
            details="\n".join(lines),
            level=Level.INFO,
        )
    place = ""
    if first is not None:
        said, now = first.expected_text or tr("the end"), first.got_text or tr("the end")
        place = tr(
            " It differs from token {index:,} on: “{said}” → “{now}”.",
            index=first.index + 1,
            said=said,
            now=now,
        )
        if first.logit_gap is not None:
            place += tr(" The two were {logit_gap:.3g} logits apart.", logit_gap=first.logit_gap)
    verdict = capital(tr_said(found.verdict))
    return Message(f"{verdict}.{place}", explanation, details="\n".join(lines))


def run_checks(
    session: Session,
    past: HistoryWorkspace,
    history: HistoryController,
    runs: RunController,
    models: ModelController,
    theme: Theme,
    fonts: Fonts,
) -> RunChecks:
    """The checks of the History workspace."""
    made = RunChecks(
        session, past.list, past.details, theme, fonts, runs.is_idle, models.warm, past
    )
    history.opened.connect(lambda run: made.use_run(run.start.run_id))
    return made
