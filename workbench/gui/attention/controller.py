"""Keeps the workspace in step with the run on show, and asks the engine where it looked.
GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject, QRect, Signal

from workbench.core.attention import Attention
from workbench.core.attention_rows import TokenWeights, column_weights, head_name, row_weights
from workbench.core.attention_share import SinkMode, sink_tokens
from workbench.core.cancel import CancelToken
from workbench.core.text import piece_text
from workbench.core.tokens import Float32
from workbench.experiments.attention import AttentionBook
from workbench.experiments.session import Session
from workbench.gui.attention.asking import Asking, Progress
from workbench.gui.attention.looked import Direction, Looked, LookedText
from workbench.gui.card_data import visible_token
from workbench.gui.current import Current, Part, ShownRun, TokenPlace
from workbench.gui.messages import from_error
from workbench.gui.panels.attention_space import AttentionSpace
from workbench.gui.panels.attention_text import EMPTY, query_name
from workbench.gui.panels.exact_prompt import control_label
from workbench.gui.said import tr_said
from workbench.gui.token_text import Look, Piece
from workbench.gui.translate import mark, tr

_GROWING = mark("The run still goes on; its attention can be seen when it has ended.")
_BY_SERVER = mark(
    "Not available from this server: attention weights. Load the model as a GGUF file to see them."
)
_TOO_LONG = mark("This text is longer than the model's context, so the model never read it.")
_NOTHING_SAID = mark("This run has no reply, so there is nothing to look at.")
_FIRST = mark("Nothing comes before the first token, so nothing was looked at to choose it.")
_POINT = mark("hover a token to see where it looked, click to keep it")
_CLICK = mark("click a token to see where it looked; the text is too long to keep all its weights")
_NOT_LOADED = mark("{name} is not loaded; click a token to load it and look")
_READING = mark("reading the text again, with flash attention off…")


class AttentionController(QObject):
    """The text, its tints, and the row that is shown.

    Signals:
        weights_changed(): `weights` are others.
    """

    weights_changed = Signal()

    def __init__(
        self,
        session: Session,
        current: Current,
        looked: Looked,
        space: AttentionSpace,
        is_in_front: Callable[[], bool],
    ) -> None:
        super().__init__(space)
        self._session, self._current = session, current
        self._looked, self._space, self._is_in_front = looked, space, is_in_front
        self._rows = Asking("attention-row", self)
        self._whole = Asking("attention-text", self)
        self._shown: tuple[str, int, int] | None = None
        self._heat: tuple[Float32, str] | None = None
        self._hint, self._kv, self._without = tr(_POINT), "", ""
        self._is_showing = False
        self.sinks: tuple[int, ...] = (0,)
        """Positions that get attention whatever is asked."""
        self.weights: TokenWeights | None = None
        """Of the row or column that is shown; None while there is none."""
        view = space.text.view
        view.pointed.connect(self._pointed)
        view.locked.connect(self._locked)
        space.text.direction_chosen.connect(looked.set_direction)
        space.text.head_chosen.connect(looked.choose_head)
        looked.token_changed.connect(self._token_changed)
        looked.view_changed.connect(self._view_changed)
        current.run_changed.connect(self.refresh)
        current.grew.connect(self.refresh)
        current.token_changed.connect(self.follow)
        self._whole.busy_changed.connect(self._busy)
        self._rows.busy_changed.connect(self._busy)
        self._whole.progressed.connect(self._progressed)
        self._rows.progressed.connect(self._progressed)
        self._show_view()

    def refresh(self) -> None:
        """Show what is on show now, if the workspace is in front."""
        if not self._is_in_front():
            return
        run = self._current.run
        sample = self._sample()
        key = None if run is None else (run.run_id, sample, len(_ids(run, sample)))
        if run is not None and not run.finished:
            self._show_no_text(tr(_GROWING))
        elif key is None or run is None:
            self._show_no_text(tr(EMPTY))
        elif run.start.engine.server is not None:
            self._show_no_text(tr(_BY_SERVER))
        elif key[2] > run.start.engine.n_ctx:
            self._show_no_text(tr(_TOO_LONG))
        elif key != self._shown:
            if run.length(Part.REPLY, sample) or run.prompt_tokens:
                self._show(run, sample)
                self._shown = key
            else:
                self._show_no_text(tr(_NOTHING_SAID))
        self.follow()

    def follow(self) -> None:
        """Keep the token that is chosen elsewhere, if it stands in this text."""
        if not self._is_in_front() or self._looked.text is None:
            return
        if self._sample() != self._looked.text.sample:
            self.refresh()
            return
        position = self._position(self._current.token)
        if position != self._looked.kept:
            self._looked.keep(position)

    def show_heat(self, heat: tuple[Float32, str] | None) -> None:
        """Tint by signed changes (float32, one per token of the text) instead; None ends it."""
        self._heat = heat
        self._paint()

    def light(self, tokens: Sequence[int]) -> None:
        """Light tokens of the text; none ends it."""
        self._space.text.view.set_lit(tokens)
        self._looked.set_span(tokens)

    def close(self) -> None:
        """End the threads."""
        self._rows.close()
        self._whole.close()

    # The text

    def _sample(self) -> int:
        token = self._current.token
        return token.sample if token is not None and token.part is Part.REPLY else 0

    def _position(self, token: TokenPlace | None) -> int:
        text = self._looked.text
        if token is None or text is None:
            return -1
        return token.index + (text.n_prompt if token.part is Part.REPLY else 0)

    def _place(self, position: int) -> TokenPlace | None:
        text = self._looked.text
        if text is None or position < 0:
            return None
        if position < text.n_prompt:
            return TokenPlace(Part.PROMPT, 0, position)
        return TokenPlace(Part.REPLY, text.sample, position - text.n_prompt)

    def _show(self, run: ShownRun, sample: int) -> None:
        ids = _ids(run, sample)
        pieces, labels, control = _drawn(run, sample)
        text = LookedText(
            run_id=run.run_id,
            sample=sample,
            ids=ids,
            labels=labels,
            n_prompt=len(run.prompt_tokens),
            control=control,
            model=run.start.model,
            book=AttentionBook(self._session.looker(run.start), ids),
        )
        self._heat = None
        self.weights = None
        self.sinks = (0,)
        self._is_showing = True  # releasing the token of the text before chooses nothing
        self._space.text.show_text(pieces, text.model.n_layer, text.model.n_head)
        self._space.text.show_problem("")
        self._looked.show_text(text, token=-1)
        self._is_showing = False
        self._kv = self._without = ""
        held = self._session.held(run.start.model, run.start.settings) is not None
        self._hint = tr(_NOT_LOADED).format(name=text.model.name)
        if held:
            self._hint = tr(_POINT) if text.book.fits else tr(_CLICK)
        if held and text.book.fits:

            def read(progress: Progress, cancel: CancelToken) -> tuple[int, ...]:
                return sink_tokens(text.book.matrix(0, None, progress, cancel))

            self._whole.ask(read, self._read, self._failed)
        self._show_view()
        self._ask()

    def _read(self, sinks: tuple[int, ...]) -> None:
        self.sinks = sinks
        self._ask()

    def _show_no_text(self, why: str) -> None:
        self._rows.stop()
        self._whole.stop()
        self._is_showing = True
        if self._looked.text is not None:
            self._looked.show_text(None)
        self._shown = self._heat = self.weights = None
        self._space.text.show_reason(why)
        self._is_showing = False
        self._space.show_chip("")
        self._space.show_facts("")
        self.weights_changed.emit()

    # The token

    def _pointed(self, token: int, _anchor: QRect) -> None:
        if self._space.text.view.locked_token < 0:
            self._looked.point(token)

    def _locked(self, token: int) -> None:
        if self._is_showing:
            return
        self._looked.keep(token)
        if not self._is_in_front():
            return
        text, place = self._looked.text, self._place(token)
        if text is not None and (place is None or self._current.bring(text.run_id)):
            self._current.choose(place)

    def _token_changed(self) -> None:
        view, kept = self._space.text.view, self._looked.kept
        if view.locked_token != kept and kept < len(view):
            view.lock(kept)
        self._ask()

    def _view_changed(self) -> None:
        self._show_view()
        self._ask()

    # The row

    def _ask(self) -> None:
        """Get what is asked about: at once out of memory, else from the engine."""
        text, looked = self._looked.text, self._looked
        self.weights = None
        if text is None or looked.token < 0:
            self._rows.stop()
            self._show_weights()
            return
        if looked.direction is not Direction.SEEN and looked.query < 0:
            self._rows.stop()
            self.weights = TokenWeights(np.full(len(text.ids), np.nan, np.float32), tr(_FIRST))
            self._show_weights()
            return
        token, query, direction = looked.token, looked.query, looked.direction
        if text.book.whole is not None:
            self._rows.stop()
            found = text.book.column(token) if query < 0 else text.book.row(query)
            self._found(found, direction)
        elif looked.kept == token and not self._whole.is_asking:
            self._rows.ask(
                lambda progress, cancel: (
                    text.book.column(token, progress, cancel)
                    if direction is Direction.SEEN
                    else text.book.row(query, progress, cancel)
                ),
                lambda found: self._found(found, direction),
                self._failed,
            )
            self._show_weights()
        else:
            self._rows.stop()
            self._show_weights()

    def _found(self, attention: Attention, direction: Direction) -> None:
        self._space.text.show_problem("")
        read = column_weights if direction is Direction.SEEN else row_weights
        self._kv, missing = attention.kv_type.value, len(attention.missing)
        n_layer = missing + len(attention.layers)
        self._without = (
            tr("{missing} of {n_layer} layers have no matrix", missing=missing, n_layer=n_layer)
            if missing
            else ""
        )
        text = self._looked.text
        self._hint = tr(_POINT) if text is not None and text.book.whole is not None else tr(_CLICK)
        self.weights = read(attention, self._looked.layer, self._looked.head)
        self._show_weights()

    def _show_weights(self) -> None:
        self._paint()
        self._show_view()
        self.weights_changed.emit()

    def _paint(self) -> None:
        text, panel, looked = self._looked.text, self._space.text, self._looked
        if text is None:
            return
        if self._heat is not None:
            panel.show_changes(*self._heat)
        elif self.weights is None:
            waiting = self._rows.is_asking or self._whole.is_asking
            panel.show_nothing(tr(_READING) if waiting and looked.token >= 0 else self._hint)
        elif self.weights.reason:
            panel.show_nothing(tr_said(self.weights.reason))
        else:
            hides = looked.sink is not SinkMode.SHOWN and looked.direction is not Direction.SEEN
            name = tr_said(head_name(looked.layer, looked.head))
            panel.show_weights(self.weights.weights, name, self.sinks if hides else ())

    def _show_view(self) -> None:
        looked, text = self._looked, self._looked.text
        self._space.text.show_view(looked.direction, looked.layer, looked.head)
        if text is None:
            return
        token = looked.token
        named = token > 0 or (token == 0 and looked.direction is not Direction.CHOOSING)
        self._space.show_chip(query_name(text.labels, token, looked.direction) if named else "")
        facts = [
            tr_said(head_name(looked.layer, looked.head)),
            tr("flash attention off for this view"),
        ]
        if looked.layer is None and self._without:
            facts.insert(1, self._without)
        if self._kv:
            facts.append(f"{self._kv} KV")
        self._space.show_facts(" · ".join(facts))

    def _failed(self, error: Exception) -> None:
        message = from_error(error)
        self._space.text.show_problem(f"{message.text} {message.hint}".strip())
        self._show_weights()

    def _busy(self, on: bool) -> None:
        if on:
            self._space.text.show_nothing(tr(_READING))
        else:
            self._paint()

    def _progressed(self, done: int, total: int) -> None:
        self._space.text.show_nothing(
            tr(
                "{reading} {done:,} of {total:,} tokens",
                reading=tr(_READING),
                done=done,
                total=total,
            )
        )


def _ids(run: ShownRun, sample: int) -> tuple[int, ...]:
    prompt = tuple(token.id for token in run.prompt_tokens)
    if sample >= len(run.samples):
        return prompt
    return prompt + tuple(run.samples[sample].ids.tolist())


def _drawn(run: ShownRun, sample: int) -> tuple[list[Piece], tuple[str, ...], frozenset[int]]:
    """Tokens as pieces, "(index)token" for each, and the positions of chips."""
    tokens = [(t.id, t.bytes) for t in run.prompt_tokens]
    if sample < len(run.samples):
        tokens += [(i, run.pieces[i]) for i in run.samples[sample].ids.tolist()]
    pieces, labels, control = [], [], set()
    for position, (token, data) in enumerate(tokens):
        if token in run.control or not data:
            name = control_label(piece_text(data)) or f"#{token}"
            pieces.append(Piece(data, Look.CHIP, name))
            labels.append(f"({position}){name}")
            control.add(position)
        else:
            pieces.append(Piece(data))
            labels.append(f"({position}){visible_token(piece_text(data))}")
    return pieces, tuple(labels), frozenset(control)
