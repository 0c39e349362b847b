"""Stored runs: the list, one run to read again, and its prompt and settings back in the editor."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from workbench.core.run import RunStart
from workbench.core.types import Loaded
from workbench.experiments.session import Session
from workbench.gui.lane import Lane
from workbench.gui.messages import Message, MessageBar, from_error
from workbench.gui.panels.exact_prompt import ExactPrompt
from workbench.gui.panels.history import HistoryModel
from workbench.gui.panels.reply import ReplyPanel
from workbench.gui.prompt_facts import PromptFacts
from workbench.gui.run_controller import facts
from workbench.gui.shown_reply import ShownReply
from workbench.gui.translate import day, tr
from workbench.history.load import RunRow, StoredRun

LIMIT = 500
_CONTROL = re.compile(r"<\|[^|]*\|>|</?s>|<[a-z_]+>")


class _Listed(NamedTuple):
    rows: list[RunRow]
    total: int


class HistoryController(QObject):
    """Reads the history off the GUI thread.

    Signals:
        listed(count): the list is up to date; `count` runs are stored.
        opened(StoredRun): a run was read and can be shown.
    """

    listed = Signal(int)
    opened = Signal(object)

    def __init__(
        self, session: Session, model: HistoryModel, messages: MessageBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._model, self._messages = session, model, messages
        self._list = Lane("history", self)
        self._read = Lane("run", self)
        self._loaded: Loaded | None = None
        self._told: set[str] = set()

    def use_vocab(self, loaded: Loaded) -> None:
        """This model is loaded: runs of its file have its control tokens."""
        self._loaded = loaded

    def refresh(self) -> None:
        """Read the newest runs."""
        self._list.submit(self._newest, self._listed, self._failed)

    def open(self, run_id: str) -> None:
        """Read a run; `opened` brings it."""
        self._read.submit(
            lambda: self._session.store.get(run_id),
            self._got,
            partial(self._failed, key="history-run"),
        )

    def control_ids(self, start: RunStart) -> Collection[int]:
        """The ids to draw as chips in a stored run, from its model if that is loaded."""
        if self._loaded is not None and self._loaded.model.path == start.model.path:
            return frozenset(self._loaded.vocab.special_texts)
        return frozenset(t.id for t in start.prompt_tokens if _CONTROL.fullmatch(t.text))

    def show(
        self, run: StoredRun, reply: ReplyPanel, shown: ShownReply, exact: ExactPrompt | None = None
    ) -> None:
        """Put a run into a reply panel, and its prompt into `exact`."""
        control = self.control_ids(run.start)
        if exact is not None:
            exact.show_tokens(run.start.prompt_tokens, PromptFacts(control=frozenset(control)))
        shown.begin(control, run.start.run_id)
        reply.messages.dismiss("run")
        if run.end is None:
            reply.show_facts(
                tr("seed {seed} · {status}", seed=run.start.seed, status=tr(run.status))
            )
            return
        result = run.end.result
        for sample in result.samples[:1]:
            if len(sample.tokens):
                shown.add(sample.tokens, result.pieces)
            elif sample.text:
                shown.add_text(sample.text)
        shown.finish()
        reply.show_facts(facts(run.start.seed, result))
        problems = " ".join(p for p in (result.error, *run.problems, run.unsaved) if p)
        if problems:
            reply.messages.show_message("run", Message(problems, result.hint))

    def close(self) -> None:
        """End the lanes."""
        self._list.close()
        self._read.close()

    def _newest(self) -> _Listed:
        store = self._session.store  # opening it reads the disk: never on the GUI thread
        return _Listed(store.recent(LIMIT), store.count())

    def _listed(self, listed: _Listed) -> None:
        self._messages.dismiss("history")
        self._model.show_rows(listed.rows)
        for number, notice in enumerate(self._session.notices):
            if notice not in self._told:
                self._told.add(notice)
                self._messages.show_message(f"store-{number}", Message(notice))
        self.listed.emit(listed.total)

    def _got(self, run: StoredRun) -> None:
        self._messages.dismiss("history-run")
        self.opened.emit(run)

    def _failed(self, error: Exception, key: str = "history") -> None:
        self._messages.show_message(key, from_error(error))


def headline(start: RunStart) -> str:
    """A run's facts beside its title: model, time and seed."""
    when = datetime.fromtimestamp(start.created_us / 1e6).astimezone()
    return f"{start.model.name} {start.model.quantization} · {day(when, 'dd MMM yyyy, HH:mm:ss')}"
