"""Runs a search for models on a thread and hands its words to the GUI thread in bundles."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.model_places import Place
from workbench.experiments.finder.find import Known, find_models
from workbench.experiments.finder.values import Event, Looking
from workbench.experiments.session import Session
from workbench.gui.lane import Lane
from workbench.gui.model_card.controller import session_machine

_BUNDLE_S = 0.05


class ModelFinding(QObject):
    """One search at a time; a new one ends the one before. Headers are remembered.

    Signals:
        machine_known(Machine): the memory of this machine, before the first model.
        found(events): what the search said since the last time.
        ended(error): it is over; None, or the exception that ended it.
    """

    machine_known = Signal(object)
    found = Signal(object)
    ended = Signal(object)
    _posted = Signal(object, object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._lane = Lane("find-models", self)
        self._cancel = CancelToken()
        self._known: Known = {}
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self, places: Sequence[Place]) -> None:
        """Look through these places from the beginning."""
        self.stop()
        cancel = self._cancel = CancelToken()
        self._lane.submit(
            lambda: self._search(places, cancel),
            lambda _done: self._end(cancel, None),
            lambda error: self._end(cancel, error),
        )

    def stop(self) -> None:
        """End the search; what was found stays."""
        self._cancel.cancel()

    def close(self) -> None:
        """End the search and its thread."""
        self.stop()
        self._lane.close()

    def _search(self, places: Sequence[Place], cancel: CancelToken) -> None:
        try:
            cancel.check()
            self._posted.emit(cancel, session_machine(self._session))
            bundle: list[Event] = []
            sent = time.monotonic()
            for event in find_models(places, cancel, self._known):
                if bundle and isinstance(event, Looking) and isinstance(bundle[-1], Looking):
                    bundle[-1] = event
                else:
                    bundle.append(event)
                if time.monotonic() - sent >= _BUNDLE_S:
                    self._posted.emit(cancel, bundle)
                    bundle, sent = [], time.monotonic()
            self._posted.emit(cancel, bundle)
        except Cancelled:
            return

    def _deliver(self, cancel: CancelToken, what: object) -> None:
        if cancel is not self._cancel or cancel:
            return
        if isinstance(what, list):
            self.found.emit(what)
        else:
            self.machine_known.emit(what)

    def _end(self, cancel: CancelToken, error: Exception | None) -> None:
        if cancel is self._cancel:
            self.ended.emit(error)
