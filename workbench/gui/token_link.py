"""Joins a token view with the shared state: what is locked in one is chosen in the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject

from workbench.gui.current import Current, Part, TokenPlace
from workbench.gui.token_view import TokenView


class TokenLink(QObject):
    """One token view's link. A token locked by the person puts the view's run on show."""

    def __init__(
        self,
        view: TokenView,
        current: Current,
        part: Part,
        run_id: Callable[[], str],
        sample: Callable[[], int] = int,
    ) -> None:
        """`run_id` and `sample` say what the view shows now; an empty id is no run."""
        super().__init__(view)
        self._view, self._current, self._part = view, current, part
        self._run_id, self._sample = run_id, sample
        self._is_quiet = False
        view.locked.connect(self._locked)
        current.token_changed.connect(self.follow)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """While the view is filled anew, what it forgets is not released by the person."""
        self._is_quiet = True
        try:
            yield
        finally:
            self._is_quiet = False

    def follow(self) -> None:
        """Lock what is chosen, if it stands in this view; release what is not chosen any more."""
        wanted = self._chosen()
        if self._view.locked_token != wanted and wanted < len(self._view):
            self._view.lock(wanted)

    def _chosen(self) -> int:
        """The chosen token's number in this view; -1 when it stands elsewhere."""
        run, token = self._current.run, self._current.token
        if run is None or token is None or run.run_id != self._run_id():
            return -1
        here = (token.part, token.sample) == (self._part, self._sample())
        return token.index if here else -1

    def _locked(self, index: int) -> None:
        if self._is_quiet:
            return
        if index >= 0 and self._run_id() and self._current.bring(self._run_id()):
            self._current.choose(TokenPlace(self._part, self._sample(), index))
        elif index < 0 and self._chosen() >= 0:
            self._current.choose(None)
