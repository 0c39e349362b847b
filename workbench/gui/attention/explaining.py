"""What mattered: measures influence, shortens prompts, and shows both. GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from workbench.core.attention_share import SourceMap, source_map
from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.influence import Influence
from workbench.core.parts import Part, PartLevel, parts_at, selection
from workbench.core.reduction import Reduction
from workbench.core.token_places import characters_of, tokens_over
from workbench.core.tokens import Float32
from workbench.experiments.explain import asked_about_run
from workbench.experiments.influence import NEUTRAL_EDITS, Asked, influence
from workbench.experiments.reduce import reduce_prompt
from workbench.experiments.scorer import ClientScorer
from workbench.experiments.session import Session
from workbench.gui.attention.asking import Asking, Progress
from workbench.gui.attention.looked import Looked
from workbench.gui.current import Current, ShownRun
from workbench.gui.messages import from_error
from workbench.gui.panels.influence import EMPTY, InfluencePanel, Settings, signed
from workbench.gui.said import tr_said
from workbench.gui.translate import mark, tr
from workbench.templates.removal import deciding_variables

_NO_PARTS = mark("The prompt has no such parts; choose others.")
_SELECT = mark("Select tokens of the prompt first: drag over them in the text.")
_BAD_LOSS = mark("Enter how many nats may be lost: a number from 0 on, such as 0.5.")


@dataclass(frozen=True, slots=True, eq=False)
class TakenApart:
    """The prompt of the shown text in parts.

    Attributes:
        sources: which part every token of the text belongs to.
        pieces: bytes of the prompt's tokens.
    """

    asked: Asked
    parts: tuple[Part, ...]
    sources: SourceMap
    pieces: tuple[bytes, ...]

    def tokens(self, part: Part) -> tuple[int, ...]:
        """The tokens that a part lies in."""
        return tokens_over(self.asked.source.rendered.text, self.pieces, part.spans)


class Explaining(QObject):
    """The panel "What mattered" and the parts everybody shares.

    Signals:
        measuring(): a measurement begins, or its numbers are there.
        parts_changed(): `apart` is another.
        heat_changed(): `heat` is another: a part is pointed at, or none any more.
    """

    measuring = Signal()
    parts_changed = Signal()
    heat_changed = Signal()

    def __init__(
        self, session: Session, current: Current, looked: Looked, panel: InfluencePanel
    ) -> None:
        super().__init__(panel)
        self._session, self._current = session, current
        self._looked, self._panel = looked, panel
        self._parts = Asking("explain-parts", self)
        self._measures = Asking("explain", self)
        self.apart: TakenApart | None = None
        self.heat: tuple[Float32, str] | None = None
        """Signed changes over the text (-1 to 1, NaN in the prompt) and what they are, in words."""
        self.shares: Callable[[], dict[Part, float]] = dict
        """Shares of attention by part, as they are shown; for the column beside the changes."""
        self._take: Callable[[], TakenApart] | None = None
        self._found: Influence | None = None
        self._reduction: Reduction | None = None
        self._whole_reply = True
        self._begun = 0.0
        panel.measure_wanted.connect(self.measure)
        panel.reduce_wanted.connect(self._reduce)
        panel.stop_wanted.connect(self.stop)
        panel.scope_chosen.connect(self._choose_scope)
        panel.settings_changed.connect(self._take_apart)
        panel.text_wanted.connect(self._copy)
        panel.order_changed.connect(self.show)
        panel.pointed.connect(self._pointed)
        looked.text_changed.connect(self._text_changed)
        looked.token_changed.connect(self.show)
        self._measures.progressed.connect(self._progressed)
        self._text_changed()

    @property
    def found(self) -> Influence | None:
        """What was measured of the shown text; None before."""
        return self._found

    @property
    def is_measuring(self) -> bool:
        """Whether something is under way."""
        return self._measures.is_asking

    def measure(self) -> None:
        """Leave out every part of the shown prompt; while that goes on, nothing."""
        take, run = self._take, self._run()
        if take is None or run is None or self._measures.is_asking:
            return
        settings, known, session = self._panel.settings, self.apart, self._session

        def work(progress: Progress, cancel: CancelToken) -> tuple[TakenApart, Influence]:
            client = session.client(run.start.model, run.start.settings)
            apart = known or take()
            if not apart.parts:
                raise UserError(tr(_NO_PARTS))
            found = influence(
                ClientScorer(client),
                apart.asked,
                apart.parts,
                settings.by,
                progress=progress,
                cancel=cancel,
            )
            return apart, found

        self._begun = time.monotonic()
        self._panel.show_busy(True)
        self.measuring.emit()
        self._measures.ask(work, self._measured, self._failed)

    def measure_tokens(self, first: int, last: int) -> None:
        """Measure tokens first..last of the prompt as one more part."""
        apart, run, before = self.apart, self._run(), self._found
        if apart is None or run is None or self._measures.is_asking:
            return
        last = min(last, len(apart.pieces) - 1)
        if not 0 <= first <= last:
            self._panel.show_problem(tr(_SELECT))
            return
        rendered = apart.asked.source.rendered
        part = selection(rendered, *characters_of(rendered.text, apart.pieces, first, last))
        settings, session = self._panel.settings, self._session

        def work(progress: Progress, cancel: CancelToken) -> tuple[TakenApart, Influence]:
            client = session.client(run.start.model, run.start.settings)
            one = influence(
                ClientScorer(client),
                apart.asked,
                [part],
                settings.by,
                n_neutral=0 if before is not None else NEUTRAL_EDITS,
                progress=progress,
                cancel=cancel,
            )
            if before is None:
                return apart, one
            others = tuple(e for e in before.effects if e.part != part)
            return apart, replace(before, effects=others + one.effects)

        self._begun = time.monotonic()
        self._panel.show_busy(True)
        self.measuring.emit()
        self._measures.ask(work, self._measured, self._failed)

    def stop(self) -> None:
        """Stop what is under way; what was shown before stays."""
        self._measures.stop()
        self._panel.show_busy(False)

    def release(self) -> bool:
        """Release the kept part; False when none was."""
        kept = self._panel.bars.kept_row >= 0
        self._panel.bars.keep(-1)
        return kept

    def show(self) -> None:
        """Show the changes again: of another token, or with other shares of attention."""
        text, kept = self._looked.text, self._looked.kept
        said = text is not None and kept >= text.n_prompt
        name = text.labels[kept] if text is not None and said else ""
        self._panel.show_scope(whole=self._whole_reply or not said, token=name)
        if self._found is None:
            return
        shares = self.shares()
        self._panel.show_effects(
            self._found, self._scope(), [shares.get(e.part) for e in self._found.effects]
        )
        self._panel.show_reduction(self._reduction)

    def close(self) -> None:
        """End the threads."""
        self._parts.close()
        self._measures.close()

    def set_settings(self, level: str) -> None:
        """Take the prompt apart as it was at the last start."""
        if level in {one.value for one in PartLevel}:
            self._panel.set_settings(Settings(PartLevel(level)))

    # The parts

    def _text_changed(self) -> None:
        self.stop()
        self._forget()
        self._take_apart()

    def _take_apart(self) -> None:
        """Read which parts the prompt of the shown text has."""
        self.stop()
        self._forget()
        run, text = self._run(), self._looked.text
        self._panel.button.setEnabled(run is not None and text is not None)
        if run is None or text is None:
            self._parts.stop()
            return
        level, session = self._panel.settings.level, self._session
        reply = text.ids[text.n_prompt :]

        def take() -> TakenApart:
            loaded = session.client(run.start.model, run.start.settings).load().result()
            asked = asked_about_run(run.start, reply, loaded, session.library)
            parts = parts_at(asked.source.rendered, level)
            pieces = tuple(token.bytes for token in run.prompt_tokens)
            sources = source_map(asked.source.rendered, pieces, parts, len(reply))
            if level in (PartLevel.AUTO, PartLevel.SOURCE):
                parts += deciding_variables(asked.source, parts)
            return TakenApart(asked, parts, sources, pieces)

        self._take = take
        if session.held(run.start.model, run.start.settings) is not None:
            self._parts.ask(lambda _progress, _cancel: take(), self._taken, self._failed)
        else:
            self._panel.show_reason(
                tr("{name} is not loaded. Measuring loads it.", name=run.start.model.name)
            )

    def _taken(self, apart: TakenApart) -> None:
        self.apart = apart
        self.parts_changed.emit()

    def _forget(self) -> None:
        self.apart = self._take = self._found = self._reduction = None
        self._set_heat(None)
        self._panel.show_reason(tr(EMPTY))
        self.show()
        self.parts_changed.emit()

    # Measuring

    def _measured(self, answer: tuple[TakenApart, Influence]) -> None:
        apart, found = answer
        self._panel.show_busy(False)
        self._found = found
        if apart is not self.apart:
            self._taken(apart)
        self.show()
        self.measuring.emit()

    def _failed(self, error: Exception) -> None:
        self._panel.show_busy(False)
        message = from_error(error)
        self._panel.show_reason(f"{message.text} {message.hint}".strip(), wrong=True)

    def _progressed(self, done: int, total: int) -> None:
        left = (time.monotonic() - self._begun) * (total - done) / done if done else 0.0
        self._panel.show_progress(
            tr("{done:,} of {total:,} · {left:,.0f} s left", done=done, total=total, left=left)
        )

    def _reduce(self) -> None:
        apart, loss = self.apart, self._panel.loss_entered()
        if apart is None or self._measures.is_asking:
            return
        if loss is None:
            self._panel.show_problem(tr(_BAD_LOSS))
            return
        run = self._run()
        if run is None:
            return
        client = self._session.client(run.start.model, run.start.settings)
        parts = [part for part in apart.parts if part.spans]
        self._begun = time.monotonic()
        self._panel.show_busy(True)
        self._measures.ask(
            lambda progress, cancel: reduce_prompt(
                ClientScorer(client), apart.asked, parts, loss, progress=progress, cancel=cancel
            ),
            self._reduced,
            self._failed,
        )

    def _reduced(self, found: Reduction) -> None:
        self._panel.show_busy(False)
        self._reduction = found
        self._panel.show_reduction(found)

    def _copy(self) -> None:
        if self._reduction is not None:
            QGuiApplication.clipboard().setText(self._reduction.text)

    # What is asked about

    def _run(self) -> ShownRun | None:
        text = self._looked.text
        return None if text is None else self._current.known(text.run_id)

    def _scope(self) -> tuple[int, int | None]:
        """Which tokens of the reply the changes are of."""
        text, kept = self._looked.text, self._looked.kept
        if self._whole_reply or text is None or kept < text.n_prompt:
            return 0, None
        return kept - text.n_prompt, kept - text.n_prompt + 1

    def _choose_scope(self, whole: bool) -> None:
        self._whole_reply = whole
        self.show()

    def _pointed(self, row: int) -> None:
        text, found = self._looked.text, self._found
        if text is None or found is None or not 0 <= row < len(found.effects):
            self._set_heat(None)
            return
        effect = found.effects[row]
        if effect.token_change is None:
            self._set_heat(None)
            return
        known = [e.token_change for e in found.effects if e.token_change is not None]
        full = max(1e-6, *(float(np.abs(c).max()) for c in known))
        heat = np.full(len(text.ids), np.nan, np.float32)
        heat[text.n_prompt :] = np.clip(effect.token_change / np.float32(full), -1.0, 1.0)
        change = effect.change() or 0.0
        said = tr(
            "without {label}: {change} nats over the reply",
            label=tr_said(effect.part.label),
            change=signed(change),
        )
        self._set_heat(
            (heat, tr("{said} · full colour: ±{full:.2f} nats for one token", said=said, full=full))
        )

    def pointed_part(self) -> Part | None:
        """The part that is pointed at or kept."""
        row = self._panel.effect
        if self._found is None or not 0 <= row < len(self._found.effects):
            return None
        return self._found.effects[row].part

    def _set_heat(self, heat: tuple[Float32, str] | None) -> None:
        self.heat = heat
        self.heat_changed.emit()
