"""Writes what a person says about runs, moves them to the trash and back. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMenu

from workbench.experiments.session import Session
from workbench.gui.history.rules_dialog import RulesDialog
from workbench.gui.history.safety import Safety
from workbench.gui.history.space import HistoryWorkspace
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, MessageBar, from_error
from workbench.gui.task_queue import TaskQueue
from workbench.gui.translate import tr, tr_n
from workbench.history import branches, curate, retention
from workbench.history.curate import Remarks
from workbench.history.listing import run_ids
from workbench.history.retention import Rules
from workbench.history.store import HistoryStore

_KEY = "history-keeping"
_PRIVATE = "history-private"
_UNSAVED = "history-unsaved"
_Change = Callable[[HistoryStore, Sequence[str]], Future[None]]


class Keeper(QObject):
    """Star, rating, tags, note, trash, rules and privacy of one History workspace."""

    def __init__(
        self,
        session: Session,
        space: HistoryWorkspace,
        messages: MessageBar,
        changed: Callable[[], None],
    ) -> None:
        """`changed` reads every list of runs again."""
        super().__init__(space)
        self.safety = Safety(session, messages, self)
        self._session, self._space, self._messages = session, space, messages
        self._changed = changed
        self._write = TaskQueue("history-remarks", self)
        self._read = Lane("history-remarks", self)
        self._run = self._on_show = ""
        bar = space.remarks
        bar.starred.connect(lambda on: self._one(partial(curate.star, starred=on)))
        bar.rated.connect(lambda rating: self._one(partial(curate.rate, rating=rating)))
        bar.tagged.connect(self._set_tags)
        bar.noted.connect(lambda text: self._one(lambda s, r: curate.note(s, r[0], text)))
        bar.remove_wanted.connect(self._trash_shown)
        space.list.remove_wanted.connect(self.trash_chosen)
        space.private.toggled.connect(self._be_private)
        space.more.clicked.connect(self._open_menu)
        space.rules_wanted.connect(self._ask_rules)
        # The first list stands: the history is open, and nobody waits for the rules.
        space.history_changed.connect(self._follow_rules, Qt.ConnectionType.SingleShotConnection)

    def show(self, run_id: str) -> None:
        """A run was opened: show what was said about it."""
        self._run = run_id
        store = self._session.store
        self._read.submit(
            lambda: (run_id, curate.remarks(store, run_id), curate.all_tags(store)),
            self._shown,
            self._failed,
        )

    def menu(self) -> QMenu:
        """What can be done with the chosen runs and with the trash."""
        menu = QMenu(self._space)
        count = len(self._space.list.chosen())
        star, unstar = partial(self._star_chosen, True), partial(self._star_chosen, False)
        for text, call in (
            (tr_n("Star the chosen run", "Star the chosen {n:,} runs", count), star),
            (
                tr_n(
                    "Take the star from the chosen run",
                    "Take the star from the chosen {n:,} runs",
                    count,
                ),
                unstar,
            ),
            (
                tr_n("Delete the chosen run", "Delete the chosen {n:,} runs", count),
                self.trash_chosen,
            ),
        ):
            menu.addAction(text, call).setEnabled(count > 0)
        menu.addSeparator()
        menu.addAction(tr("Bring everything back from the trash"), self._restore_all)
        menu.addAction(tr("Empty the trash…"), self._ask_to_empty)
        menu.addSeparator()
        menu.addAction(tr("How long runs are kept…"), self._ask_rules)
        menu.addAction(tr("Back up the history"), self.safety.back_up)
        menu.addAction(tr("Check the history"), self.safety.verify)
        return menu

    def trash_chosen(self) -> None:
        """Move the chosen runs to the trash; a message offers to undo it."""
        rows = self._saved()
        if rows:
            self._trash(lambda: self._session.store.read(partial(run_ids, rows=rows)))

    def _saved(self) -> list[int]:
        """Row numbers of the chosen runs that are on the disk; the others are named."""
        chosen = self._space.list.chosen()
        saved = [row for row in chosen if row > 0]
        if len(saved) < len(chosen):
            count = len(chosen) - len(saved)
            self._messages.show_message(
                _UNSAVED,
                Message(
                    tr_n(
                        "One chosen run is only in memory and cannot be changed yet.",
                        "{n:,} of the chosen runs are only in memory and cannot be changed yet.",
                        count,
                    ),
                    tr(
                        "The message about the history says why. They are saved as soon as it "
                        "works."
                    ),
                ),
            )
        return saved

    def _trash_shown(self) -> None:
        run = self._run
        if run:
            self._trash(lambda: [run])

    def _open_menu(self) -> None:
        button = self._space.more
        self.menu().exec(button.mapToGlobal(button.rect().bottomLeft()))

    def _ask_rules(self) -> None:
        self._read.submit(
            lambda: retention.rules(self._session.store), self._show_rules, self._failed
        )

    def _show_rules(self, rules: Rules) -> None:
        dialog = RulesDialog(QApplication.activeModalWidget() or self._space, rules)
        dialog.chosen.connect(self.set_rules)
        dialog.open()

    def _follow_rules(self) -> None:
        def work() -> retention.Cleared:
            store = self._session.store
            if retention.rules(store) == Rules():
                return retention.Cleared(0, 0)
            return retention.clear_all(store)

        def done(cleared: retention.Cleared) -> None:
            if cleared != retention.Cleared(0, 0):
                self._changed()

        self._write.submit(work, done, self._failed)

    def set_rules(self, rules: Rules) -> None:
        """Set how long runs are kept, and do what the rules say."""
        self._do(lambda store: apply_rules(store, rules))

    def close(self) -> None:
        """End the threads; what was asked for is written."""
        self.safety.close()
        self._read.close()
        self._write.close()

    def _shown(self, answer: tuple[str, Remarks | None, list[tuple[str, int]]]) -> None:
        run_id, found, tags = answer
        if run_id == self._run:
            self._space.remarks.show_remarks(found, same_run=run_id == self._on_show)
            self._on_show = run_id
            self._space.remarks.use_tags([tag for tag, _ in tags])

    def _one(self, change: _Change) -> None:
        """Change the run that is shown."""
        run = self._run
        if run:
            self._do(lambda store: change(store, [run]).result())

    def _star_chosen(self, starred: bool) -> None:  # two menu entries
        """Star the chosen runs, or take their stars; a message offers to undo it."""
        rows, store = self._saved(), self._session.store

        def work() -> list[str]:
            runs = store.read(partial(run_ids, rows=rows))
            found = {run: curate.remarks(store, run) for run in runs}
            others = [run for run, said in found.items() if said and said.starred != starred]
            curate.star(store, others, starred).result()
            return others

        def done(runs: list[str]) -> None:
            self._after()
            count = len(runs)
            said = (
                tr_n("One run has a star now.", "{n:,} runs have a star now.", count)
                if starred
                else tr_n("One run has no star now.", "{n:,} runs have no star now.", count)
            )
            if runs:
                self._offer_back(
                    said,
                    lambda: self._do(lambda s: curate.star(s, runs, not starred).result()),
                )

        self._write.submit(work, done, self._failed)

    def _offer_back(self, text: str, undo: Callable[[], None]) -> None:
        message = Message(text, level=Level.INFO, actions=((tr("Undo"), undo),))
        self._messages.show_message(_KEY, message)

    def _do(self, work: Callable[[HistoryStore], object]) -> None:
        self._write.submit(
            lambda: work(self._session.store), lambda _done: self._after(), self._failed
        )

    def _after(self) -> None:
        self._messages.dismiss(_KEY)
        self._changed()
        if self._run:
            self.show(self._run)

    def _set_tags(self, tags: list[str]) -> None:
        """Give the run that is shown these tags; a message offers those back that went."""
        run, store = self._run, self._session.store
        if not run:
            return

        def work() -> tuple[list[str], list[str]]:
            found = curate.remarks(store, run)
            before = found.tags if found is not None else ()
            cleaned = [curate.clean_tag(tag) for tag in tags]
            gone, new = (
                [t for t in before if t not in cleaned],
                [t for t in cleaned if t not in before],
            )
            curate.change_tags(store, [run], cleaned, gone).result()
            return gone, new

        def done(changed: tuple[list[str], list[str]]) -> None:
            gone, new = changed
            self._after()
            if gone:
                self._offer_back(
                    tr("Taken from the run: {tags}.", tags=" ".join(f"#{tag}" for tag in gone)),
                    lambda: self._do(lambda s: curate.change_tags(s, [run], gone, new).result()),
                )

        self._write.submit(work, done, self._failed)

    def _trash(self, change: Callable[[], Sequence[str]]) -> None:
        """Move runs to the trash; `change` finds their ids on the queue's thread."""

        def work() -> list[str]:
            runs = list(change())
            branches.trash(self._session.store, runs).result()
            return runs

        self._write.submit(work, self._trashed, self._failed)

    def _trashed(self, runs: list[str]) -> None:
        self._changed()
        self._offer_back(
            tr_n("The run is in the trash.", "{n:,} runs are in the trash.", len(runs)),
            lambda: self._restore(runs),
        )

    def _restore(self, runs: list[str]) -> None:
        self._do(lambda store: branches.restore(store, runs).result())

    def _ask_to_empty(self) -> None:
        self._read.submit(
            lambda: retention.trash_count(self._session.store), self._offer_to_empty, self._failed
        )

    def _offer_to_empty(self, count: int) -> None:
        if not count:
            self._messages.show_message(_KEY, Message(tr("The trash is empty."), level=Level.INFO))
            return
        self._messages.show_message(
            _KEY,
            Message(
                tr_n(
                    "Delete the one run in the trash for good?",
                    "Delete {n:,} runs in the trash for good?",
                    count,
                ),
                tr("This cannot be undone."),
                actions=((tr("Delete for good"), self._empty), (tr("Keep"), self._after)),
            ),
        )

    def _empty(self) -> None:
        def work(store: HistoryStore) -> None:
            while retention.empty_trash(store).result():
                pass

        self._do(work)

    def _restore_all(self) -> None:
        self._do(lambda store: retention.restore_all(store).result())

    def _be_private(self, on: bool) -> None:
        self._session.private = on
        self._messages.dismiss(_PRIVATE)
        if on:
            self._messages.show_message(
                _PRIVATE,
                Message(
                    tr("Private: new runs are not kept."),
                    tr("They are gone when another run is shown."),
                    level=Level.INFO,
                    actions=(
                        (tr("Keep runs again"), lambda: self._space.private.setChecked(False)),
                    ),
                ),
            )

    def _failed(self, error: Exception) -> None:
        self._messages.show_message(_KEY, from_error(error))
        if self._run:
            self.show(self._run)


def apply_rules(store: HistoryStore, rules: Rules) -> None:
    """Set the rules and do what they say, piece by piece; not on the GUI thread.

    Raises:
        UserError: the history cannot be written.
    """
    retention.set_rules(store, rules).result()
    retention.clear_all(store)
