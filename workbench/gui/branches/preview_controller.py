"""Decides when a grey preview is wanted, asks for it, and lets a person take it. GUI thread.

A preview is asked for only while no run goes on and where the keyboard is: behind the reply, or
at the end of a raw prompt. In the engine it gives way to whatever else is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from workbench.core.branching import PreviewRequest
from workbench.core.errors import StoppedError, UserError
from workbench.experiments.ahead import Preview, start_preview
from workbench.experiments.live_run import KeptTokens
from workbench.experiments.session import Prepared, Session
from workbench.gui.branches.fork_controller import ForkController
from workbench.gui.branches.ghost import Ghost
from workbench.gui.branches.taken_words import TakenWords
from workbench.gui.current import Current, Part, TokenPlace
from workbench.gui.editor.block_edit import BlockEdit
from workbench.gui.fonts import EDITOR_PIXELS, MODEL_PIXELS, Fonts
from workbench.gui.lane import Lane
from workbench.gui.panels.workspaces import PromptWorkspace
from workbench.gui.prompt_controller import PromptController
from workbench.gui.run_controller import RunController
from workbench.gui.shown_reply import ShownReply
from workbench.gui.theme import Theme

_DEBOUNCE_MS = 250
_MARGIN = 16
_TEMPLATE_SIGNS = ("{{", "{%", "{#")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Behind which text a preview is wanted; `run_id` is empty behind a prompt."""

    run_id: str
    ids: tuple[int, ...]
    n_sampled: int


class PreviewController(QObject):
    """Shows at most one preview.

    Signals:
        settled(): a preview is shown, or there is none to show.
        kept(run_id): words behind the reply were taken; they are this run now.
    """

    settled = Signal()
    kept = Signal(str)

    def __init__(
        self,
        session: Session,
        prompts: PromptController,
        current: Current,
        runs: RunController,
        forks: ForkController,
        space: PromptWorkspace,
        shown: ShownReply,
        theme: Theme,
        fonts: Fonts,
    ) -> None:
        super().__init__(space)
        self._session, self._prompts, self._current = session, prompts, current
        self._runs, self._forks, self._space, self._shown = runs, forks, space, shown
        self._theme, self._fonts = theme, fonts
        self._lane = Lane("preview", self)
        self._prepared: Prepared | None = None
        self._preview: Preview | None = None
        self._asked: _Wanted | None = None
        self._found: KeptTokens | None = None
        self._rest: KeptTokens | None = None
        self._rest_of = ""
        self._words = TakenWords(session, forks, space.sampling, self)
        self._words.kept.connect(self._kept)
        self.is_on = True
        view = space.reply.view
        self.behind_reply = Ghost(theme, lambda: fonts.mono(MODEL_PIXELS), view, view.viewport())
        self.behind_reply.taken.connect(self._take_reply)
        self.in_prompt: Ghost | None = None
        self._edit: BlockEdit | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._begin)
        prompts.prepared.connect(self._use_prepared)
        prompts.failed.connect(lambda _why: self._use_prepared(None))
        for signal in (runs.phase_changed, current.run_changed, forks.model_changed):
            signal.connect(self.refresh)
        current.grew.connect(self.refresh)
        view.verticalScrollBar().valueChanged.connect(self.refresh)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def close(self) -> None:
        """Stop, write what was taken, end the threads."""
        self._stop()
        self._lane.close()
        self._words.close()

    def toggle(self) -> None:
        """Switch previews off, or on again."""
        self.is_on = not self.is_on
        self.refresh()

    def refresh(self) -> None:
        """What is shown may not fit any more: ask again in a moment."""
        self._stop()
        # Where the keyboard is may not show yet what it will: `_begin` looks again.
        if self.is_on and self._runs.is_idle() and self._has_keyboard():
            self._timer.start()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is asked for and nothing waits to be."""
        return self._preview is None and not self._timer.isActive()

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, BlockEdit) and self._space.isAncestorOf(now):
            self._attach(now)
        self.refresh()

    def _use_prepared(self, prepared: Prepared | None) -> None:
        self._prepared = prepared
        self.refresh()

    def _attach(self, edit: BlockEdit) -> None:
        """Previews of a prompt are painted over this text."""
        if edit is self._edit:
            return
        if self.in_prompt is not None and shiboken6.isValid(self.in_prompt):
            self.in_prompt.clear()
        self._edit = edit
        ghost = Ghost(self._theme, lambda: self._fonts.mono(EDITOR_PIXELS), edit, edit.viewport())
        ghost.taken.connect(self._take_prompt)
        edit.cursorPositionChanged.connect(self.refresh)
        self.in_prompt = ghost

    def _has_keyboard(self) -> bool:
        edit = self._edit
        in_edit = edit is not None and shiboken6.isValid(edit) and edit.hasFocus()
        return in_edit or self._space.reply.view.hasFocus()

    def _wanted(self) -> _Wanted | None:
        """Behind which text the keyboard is; None where no preview belongs."""
        if self._space.reply.view.hasFocus():
            return self._behind_reply()
        edit = self._edit
        if edit is None or not shiboken6.isValid(edit) or not edit.hasFocus():
            return None
        prepared, prompt = self._prepared, self._prompts.prompt
        at_end = edit.place() == len(edit.text()) and not edit.textCursor().hasSelection()
        if prepared is None or prompt is None or prompt.is_chat or not at_end:
            return None
        if prepared.prompt.is_chat or not edit.text().strip():
            return None
        return _Wanted("", tuple(token.id for token in prepared.tokens), 0)

    def _behind_reply(self) -> _Wanted | None:
        run, model = self._current.run, self._forks.model
        if run is None or model is None or run.run_id != self._shown.run_id or not run.finished:
            return None
        sample = self._shown.sample
        length = run.length(Part.REPLY, sample)
        if not length or self._forks.can_fork(run) is not None:
            return None
        last = int(run.samples[sample].ids[-1])
        if last in run.control:
            return None  # the reply has ended
        place = TokenPlace(Part.REPLY, sample, length)
        return _Wanted(run.run_id, run.ids_before(place), length)

    def _begin(self) -> None:
        wanted, model = self._wanted(), self._forks.model
        if wanted is None or model is None or not self._runs.is_idle():
            return
        self._asked = wanted
        rest, self._rest = self._rest, None
        if rest is not None and len(rest.table) and wanted.run_id == self._rest_of != "":
            self._show(wanted, rest)
            return
        try:
            preview = self._preview = start_preview(
                self._session, *model, PreviewRequest(wanted.ids, wanted.n_sampled)
            )
        except UserError:
            self.settled.emit()
            return
        self._lane.submit(preview.wait, lambda found: self._show(wanted, found), self._failed)

    def _show(self, wanted: _Wanted, found: KeptTokens) -> None:
        self._preview = None
        if wanted == self._wanted() and len(found.table):
            self._found = found
            if wanted.run_id:
                self._show_behind_reply(_texts(found))
            else:
                self._show_in_prompt(_texts(found))
        self.settled.emit()

    def _show_behind_reply(self, pieces: tuple[str, ...]) -> None:
        view = self._space.reply.view
        rect = view.rect_of(len(view) - 1)
        line = 2 * MODEL_PIXELS
        if rect.isEmpty() or not view.viewport().rect().intersects(rect):
            return
        top = rect.center().y() - line // 2 + 1
        origin = QPoint(rect.right() + 1, top)
        if view.plain_text().endswith("\n"):
            origin = QPoint(_MARGIN, top + line)
        self.behind_reply.show_pieces(pieces, origin, _MARGIN, line)

    def _show_in_prompt(self, pieces: tuple[str, ...]) -> None:
        edit, ghost = self._edit, self.in_prompt
        if edit is None or ghost is None:
            return
        caret = edit.cursorRect()
        metrics, room = edit.fontMetrics(), edit.viewport().width() - caret.right()
        text, fitting = "", []
        for piece in pieces:
            text += piece.split("\n")[0]
            # A line break is taken along but makes no line in a box that is not higher.
            if metrics.horizontalAdvance(text) > room or any(s in text for s in _TEMPLATE_SIGNS):
                break
            fitting.append(piece)
        if fitting:
            ghost.show_pieces(tuple(fitting), caret.topRight() - QPoint(0, 1), 0, caret.height())

    def _take_prompt(self, count: int) -> None:
        ghost, edit = self.in_prompt, self._edit
        if ghost is None or edit is None:
            return
        text = "".join(ghost.pieces[:count])
        ghost.clear()
        edit.insertPlainText(text)

    def _take_reply(self, count: int) -> None:
        found, run = self._found, self._current.run
        reply = self._forks.reply_at(TokenPlace(Part.REPLY, self._shown.sample, 0))
        if found is None or reply is None or run is None:
            return
        self._stop()
        self._rest = KeptTokens(found.table.slice(count), found.pieces)
        words = KeptTokens(found.table.slice(0, count), found.pieces)
        self._words.take(reply, words, run.control)

    def _kept(self, run_id: str) -> None:
        self._rest_of = run_id
        self.kept.emit(run_id)

    def _failed(self, error: Exception) -> None:
        self._preview = None
        if isinstance(error, StoppedError) and self._wanted() == self._asked:
            self._timer.start()  # something else was more important; it may be through by then
            return
        self.settled.emit()

    def _stop(self) -> None:
        self._timer.stop()
        self.behind_reply.clear()
        if self.in_prompt is not None and shiboken6.isValid(self.in_prompt):
            self.in_prompt.clear()
        self._lane.forget()
        if self._preview is not None:
            self._preview.cancel()
            self._preview = None


def _texts(found: KeptTokens) -> tuple[str, ...]:
    """What each token says; half characters are joined with the token that completes them."""
    texts, held = [], b""
    for token in found.table.ids.tolist():
        held += found.pieces[token]
        try:
            texts.append(held.decode("utf-8"))
            held = b""
        except UnicodeDecodeError:
            texts.append("")
    return tuple(texts)
