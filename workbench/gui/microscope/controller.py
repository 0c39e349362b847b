"""Asks the engine as sliders move and tokens are chosen; only the newest question counts.
GUI thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from workbench.core.errors import StoppedError, UserError
from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values
from workbench.core.text import piece_text
from workbench.core.what_if import WhatIf
from workbench.experiments.branches import Reply
from workbench.experiments.microscope import Walk, engine_of
from workbench.experiments.session import Session
from workbench.experiments.what_if import (
    WhatIfRun,
    changes,
    forbidden,
    forbidden_masses,
    is_constrained,
    verdict,
)
from workbench.gui.card_data import visible_token
from workbench.gui.current import Current, Part, TokenPlace
from workbench.gui.messages import from_error
from workbench.gui.microscope.verdict_words import fate_words, likely_words
from workbench.gui.microscope.what_if_panel import Colouring, WhatIfPanel
from workbench.gui.panels.microscope import EMPTY, MicroscopePanel
from workbench.gui.shown_tokens import ShownTokens
from workbench.gui.translate import tr

_QUIET_MS = 60
"""A what-if that does not fit a frame waits until the sliders have rested this long."""

_SLOW_MS = 400
"""Work that takes longer says that it is under way; its logits have to be computed again."""

_FRAME_S = 0.012
_PATIENCE_S = 0.03
"""A walk that has taken longer is stopped when another is wanted."""


class MicroscopeController(QObject):
    """Keeps the microscope, the colours of the reply and the verdict in step.

    Signals:
        settled(): every question has its answer.
    """

    settled = Signal()
    # Engine threads only emit these; the slots run on the GUI thread.
    _walked = Signal(object)
    _grown = Signal(object)
    _judged = Signal(object)

    def __init__(
        self,
        session: Session,
        current: Current,
        tokens: ShownTokens,
        panel: MicroscopePanel,
        side: WhatIfPanel,
        is_in_front: Callable[[], bool],
    ) -> None:
        super().__init__(panel)
        self._session, self._current, self._tokens = session, current, tokens
        self._panel, self._side, self._is_in_front = panel, side, is_in_front
        self._run_id = ""
        self._sample = 0
        self._last: TokenPlace | None = None
        self._walk: Walk | None = None
        self._walk_begun = 0.0
        self._walk_wanted = False
        self._what_if: WhatIfRun | None = None
        self._what_if_wanted = False
        self._what_if_begun = 0.0
        self._what_if_s = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_QUIET_MS)
        self._rest.timeout.connect(self._next)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._tell_progress)
        self._parts: list[WhatIf] = []
        self._found: WhatIf | None = None
        self._strengths: np.ndarray[tuple[int], np.dtype[np.float32]] | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._walked.connect(self._walk_answered, queued)
        self._grown.connect(self._what_if_grew, queued)
        self._judged.connect(self._what_if_answered, queued)
        current.run_changed.connect(self.refresh)
        current.grew.connect(self.refresh)
        current.token_changed.connect(self.follow)
        side.changed.connect(self.ask)
        side.back_wanted.connect(self._back)
        side.colouring_chosen.connect(self._colour)
        side.token_wanted.connect(self._choose)
        panel.picture.reordered.connect(self._reorder)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is asked and nothing waits to be."""
        return not (self._walk or self._walk_wanted or self._what_if or self._what_if_wanted)

    def refresh(self) -> None:
        """Look at the run on show, if the panel is in front."""
        if not self._is_in_front():
            return
        run = self._current.run
        if run is None:
            self._run_id = ""
            self._forget()
            self._panel.show_reason(tr(EMPTY))
            return
        if run.run_id != self._run_id:
            self._run_id, self._last = run.run_id, None
            self._forget()
            self._side.sampling.set_sampling(run.start.sampling)
        if run.finished:
            self.ask()

    def ask(self) -> None:
        """Ask everything about the settings that are set now."""
        if self._is_in_front():
            self._sample = self._tokens.sample
            self._walk_wanted = self._what_if_wanted = True
            if self._what_if is not None:
                self._what_if.cancel()
                self._what_if = None
            if self._what_if_s > _FRAME_S:
                self._rest.start()
            self._next()

    def left(self) -> None:
        """Another panel came to the front: the reply has its own colours again."""
        self._forget()
        self._tokens.override(None)

    def stop(self) -> bool:
        """Stop what takes long; False when nothing does."""
        late = time.monotonic() - self._what_if_begun > _SLOW_MS / 1000
        if self._what_if is None or not late:
            return False
        self._what_if.cancel()
        self._what_if = None
        self._side.show_verdict("", tr("Stopped; the rest of the reply was not replayed."))
        self._next()
        return True

    def close(self) -> None:
        """Ask nothing more."""
        self._forget()
        self._is_in_front = _never

    # what is asked about

    def _reply(self) -> Reply | None:
        run = self._current.run
        sample = self._tokens.sample
        if run is None or sample >= len(run.samples) or not len(run.samples[sample]):
            return None
        return Reply(run.start, sample, run.samples[sample], run.pieces)

    def _place(self) -> int | None:
        """The token to look at; one that was let go of stays until another is chosen."""
        place = self._current.token
        if place is not None and place.part is Part.REPLY:
            self._last = place
        if self._last is None or self._last.sample != self._tokens.sample:
            return None
        return self._last.index

    # questions

    def _next(self) -> None:
        """Begin what is wanted: first the walk, which answers within a frame."""
        if self._walk_wanted and self._walk is not None:
            if time.monotonic() - self._walk_begun > _PATIENCE_S:
                self._walk.cancel()
            return
        try:
            if self._walk_wanted:
                self._walk_wanted = False
                self._begin_walk()
            if self._walk is None and self._what_if_wanted and not self._rest.isActive():
                self._what_if_wanted = False
                self._begin_what_if()
        except UserError as error:
            self._failed(error)
        if self.is_settled:
            self.settled.emit()

    def _begin_walk(self) -> None:
        reply, place = self._reply(), self._place()
        if reply is None or place is None or place >= len(reply.tokens):
            self._panel.show_reason(tr(EMPTY))
            return
        client = engine_of(self._session, reply.start)
        walk = self._walk = Walk(client, reply, place, self._side.sampling.sampling)
        self._walk_begun = time.monotonic()
        self._slow.start()
        text = visible_token(piece_text(reply.pieces[int(reply.tokens.ids[place])]))
        name = tr("“{words}” · token {place:,}", words=text, place=place + 1)
        walk.when_done(lambda: self._walked.emit((walk, name)))

    def _begin_what_if(self) -> None:
        reply, run = self._reply(), self._current.run
        if reply is None or run is None or not run.finished:
            return
        client = engine_of(self._session, reply.start)
        self._parts = []
        self._what_if_begun = time.monotonic()
        self._slow.start()
        sampling = self._side.sampling.sampling

        def grown(start: int, part: WhatIf) -> None:
            self._grown.emit((sampling, start, part))

        asked = self._what_if = WhatIfRun(client, reply, sampling, grown)
        asked.when_done(lambda: self._judged.emit((asked, reply)))

    def _tell_progress(self) -> None:
        reply, run = self._reply(), self._current.run
        if self._walk is not None:
            waits = run is not None and not run.finished
            self._panel.show_note(tr("after the run") if waits else tr("computing logits again…"))
        if self._what_if is not None and reply is not None:
            done = 0 if self._found is None else sum(len(p) for p in self._parts)
            text = tr(
                "{done:,} of {n_tokens:,} tokens replayed; Esc stops.",
                done=done,
                n_tokens=len(reply.tokens),
            )
            self._side.show_verdict("", text)

    # answers

    def _walk_answered(self, answer: tuple[Walk, str]) -> None:
        walk, name = answer
        if walk is not self._walk:
            return
        self._walk = None
        try:
            self._panel.show_found(walk.wait(0), name)
        except StoppedError:
            self._walk_wanted = self._walk_wanted and self._is_in_front()
        except UserError as error:
            self._failed(error)
        self._next()

    def _what_if_grew(self, answer: tuple[Sampling, int, WhatIf]) -> None:
        sampling, start, part = answer
        if self._what_if is None or sampling != self._side.sampling.sampling:
            return
        if start != sum(len(p) for p in self._parts):
            return
        self._parts.append(part)
        self._found = WhatIf.joined(self._parts)
        self._parts = [self._found]
        self._colour()
        if not self._slow.isActive():
            self._tell_progress()

    def _what_if_answered(self, answer: tuple[WhatIfRun, Reply]) -> None:
        asked, reply = answer
        if asked is not self._what_if:
            return
        self._what_if = None
        self._what_if_s = time.monotonic() - self._what_if_begun
        try:
            found = self._found = asked.wait(0)
        except StoppedError:
            return
        except UserError as error:
            self._failed(error)
            return
        self._colour()
        said = [piece_text(reply.pieces[int(i)]) for i in reply.tokens.ids]
        judged = verdict(found, reply.tokens)
        self._side.show_verdict(likely_words(judged), fate_words(found, judged, said))
        rows = forbidden(found, reply.tokens, {**asked.pieces, **reply.pieces})
        self._side.show_forbidden(rows if is_constrained(found) else None)
        self._next()

    # colours

    def _colour(self) -> None:
        reply, found, run = self._reply(), self._found, self._current.run
        how = self._side.colouring
        same = run is not None and self._side.sampling.sampling == run.start.sampling
        plain = how is Colouring.OFF or (how is Colouring.CHANGE and same)
        if plain or reply is None or found is None:
            self._strengths = None
        else:
            by_change = how is Colouring.CHANGE
            new = changes(found, reply.tokens) if by_change else forbidden_masses(found)
            old, n = self._strengths, len(reply.tokens)
            if old is None or len(old) != n:
                old = np.full(n, np.nan, np.float32)
            # Rows that are still to come keep the colours of the last settings.
            self._strengths = np.concatenate([new, old[len(new) :]])
        if self._is_in_front():
            self._tokens.override(self._strengths)

    # what a person does

    def follow(self) -> None:
        """Look at the token, and the reply, that are chosen now."""
        if not self._is_in_front():
            return
        if self._tokens.sample != self._sample:
            # Another reply of the run: nothing of the last one's answers is true of it.
            self._found, self._parts, self._strengths = None, [], None
            self.ask()
            return
        self._walk_wanted = True
        self._next()

    def _back(self) -> None:
        run = self._current.run
        if run is not None:
            self._side.sampling.set_sampling(run.start.sampling)
            self.ask()

    def _reorder(self, names: tuple[str, ...]) -> None:
        now = self._side.sampling.sampling
        fixed = [name for name in now.samplers if name not in names]
        self._side.sampling.set_sampling(with_values(now, {"samplers": [*names, *fixed]}))
        self.ask()

    def _choose(self, index: int) -> None:
        self._current.choose(TokenPlace(Part.REPLY, self._tokens.sample, index))

    def _forget(self) -> None:
        for asked in (self._walk, self._what_if):
            if asked is not None:
                asked.cancel()
        self._walk = self._what_if = None
        self._walk_wanted = self._what_if_wanted = False
        self._rest.stop()
        self._slow.stop()
        self._found, self._parts, self._strengths = None, [], None
        self._side.show_verdict("", "")
        self._side.show_forbidden(None)

    def _failed(self, error: UserError) -> None:
        self._walk_wanted = self._what_if_wanted = False
        message = from_error(error)
        text = f"{message.text} {message.hint}".strip()
        self._panel.show_reason(text, wrong=True)
        self._side.show_verdict("", text, wrong=True)


def _never() -> bool:
    return False
