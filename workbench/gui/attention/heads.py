"""Keeps the heads in step with what the workspace looks at. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject

from workbench.core.attention import Attention, HeadSummaries
from workbench.core.attention_heads import (
    HeadKind,
    HeadNote,
    all_layers,
    head_notes,
    kind_scores,
    spread,
    token_scores,
)
from workbench.core.cancel import CancelToken
from workbench.core.tokens import Float32
from workbench.gui.attention.asking import Asking, Progress
from workbench.gui.attention.looked import Direction, Looked, LookedText
from workbench.gui.card_data import percent
from workbench.gui.messages import from_error
from workbench.gui.page import PageTools
from workbench.gui.panels.head_strip import EMPTY, HeadRow, HeadStripPanel
from workbench.gui.said import tr_said
from workbench.gui.translate import mark, tr

TOKEN = mark("for this token")  # the name of an order, not a password
SPREAD = mark("how widely")
_CHOSEN_HELP = mark(
    "The largest weight away from the first token, in the row or column shown; on a part of the "
    "prompt while its bar is pointed at"
)
ORDERS = (
    (TOKEN, _CHOSEN_HELP),
    (HeadKind.SINK.value, mark("Mean weight on the first token of the text")),
    (HeadKind.PREVIOUS.value, mark("Mean weight on the token just before")),
    (HeadKind.DUPLICATE.value, mark("Mean weight on earlier copies of the same token")),
    (HeadKind.INDUCTION.value, mark("Mean weight on what followed earlier copies of the token")),
    (SPREAD, mark("Entropy of a row over its largest value: 0 one token, 1 all alike")),
)
_BEST = 3
_NOTES = 4
_READING = mark("reading the text again, with flash attention off…")
_CLICK = mark("Click a token; the heads that look most are named for it.")


@dataclass(frozen=True, slots=True, eq=False)
class HeadFacts:
    """What is known of the heads of one text.

    Attributes:
        token: the row (or column) of the token asked about; None without one.
    """

    summaries: HeadSummaries
    notes: tuple[HeadNote, ...]
    token: Attention | None


class HeadsController(QObject):
    """Asks for summaries of all heads and for the row of a token, and shows the heads by them."""

    def __init__(self, tools: PageTools, looked: Looked, panel: HeadStripPanel) -> None:
        super().__init__(panel)
        self._tools, self._looked, self._panel = tools, looked, panel
        self._asking = Asking("attention-heads", self)
        self._order = TOKEN
        self._facts: HeadFacts | None = None
        self._shown: Float32 | None = None
        panel.order_chosen.connect(self._choose_order)
        panel.head_chosen.connect(looked.choose_head)
        panel.chips.pointed.connect(self._pointed)
        self._asking.busy_changed.connect(self._busy)
        self._asking.progressed.connect(self._progressed)
        looked.text_changed.connect(self._text_changed)
        looked.token_changed.connect(self._ask)
        looked.view_changed.connect(self._view_changed)
        looked.span_changed.connect(self._show)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being fetched."""
        return not self._asking.is_asking

    @property
    def shown(self) -> Float32 | None:
        """What the chips are coloured by, float32 (layers, heads); None while there is nothing."""
        return self._shown

    def close(self) -> None:
        """End the thread."""
        self._asking.close()

    def _text_changed(self) -> None:
        self._asking.stop()
        self._facts = self._shown = None
        if self._looked.text is None:
            self._panel.show_reason(tr(EMPTY))
        else:
            self._panel.show_reason(tr(_CLICK))
            self._ask()

    def _view_changed(self) -> None:
        self._mark()
        self._ask()

    def _choose_order(self, name: str) -> None:
        self._order = name
        self._ask(wanted=name != TOKEN)

    def _ask(self, *, wanted: bool = False) -> None:
        text, looked = self._looked.text, self._looked
        if text is None:
            return
        at_hand = text.book.whole is not None
        if not (at_hand or wanted or looked.kept >= 0 or self._is_at_hand(text)):
            self._show()
            return
        asked = looked.token, looked.query, looked.direction
        by_token = looked.token >= 0 and (at_hand or looked.kept == looked.token)
        summaries = self._facts.summaries if self._facts is not None else None
        notes = self._facts.notes if self._facts is not None else ()

        def work(progress: Progress, cancel: CancelToken) -> HeadFacts:
            token: Attention | None = None
            if by_token:
                token = _row(text, asked, progress, cancel)
            if summaries is None:
                fresh = text.book.summaries(progress, cancel)
                return HeadFacts(fresh, head_notes(fresh), token)
            return HeadFacts(summaries, notes, token)

        self._asking.ask(work, self._found, self._failed)

    def _is_at_hand(self, text: LookedText) -> bool:
        run = self._tools.current.run
        if run is None or run.run_id != text.run_id:
            return False
        held = self._tools.session.held(text.model, run.start.settings) is not None
        return held and text.book.fits

    def _found(self, facts: HeadFacts) -> None:
        self._facts = facts
        self._show()

    def _show(self) -> None:
        text, facts = self._looked.text, self._facts
        if text is None or facts is None:
            return
        scores = self._scores(facts, text.model.n_layer)
        self._shown = scores
        order = np.argsort(-np.nan_to_num(scores, nan=-1.0), axis=None, kind="stable")
        best = []
        for flat in order[:_BEST].tolist():
            layer, head = divmod(flat, scores.shape[1])
            if not np.isnan(scores[layer, head]):
                best.append(HeadRow(layer, head, f"{percent(float(scores[layer, head]))} %"))
        self._panel.show_heads(scores, best)
        self._panel.notes.setText(_words(facts))
        self._mark()
        self._pointed(*self._panel.chips.chip)

    def _scores(self, facts: HeadFacts, n_layer: int) -> Float32:
        summaries = facts.summaries
        if self._order == TOKEN and facts.token is not None:
            span = self._looked.span if self._looked.direction is not Direction.SEEN else ()
            return all_layers(token_scores(facts.token, span), facts.token.layers, n_layer)
        if self._order == SPREAD:
            values = spread(summaries)
        elif self._order == TOKEN:
            values = np.asarray(summaries.peak.mean(axis=2), np.float32)
        else:
            values = kind_scores(summaries, HeadKind(self._order))
        return all_layers(values, summaries.layers, n_layer)

    def _mark(self) -> None:
        layer, head = self._looked.layer, self._looked.head
        self._panel.chips.mark(-1 if layer is None else layer, -1 if head is None else head)

    def _pointed(self, layer: int, head: int) -> None:
        facts, scores = self._facts, self._shown
        if facts is None or scores is None or layer < 0:
            self._panel.readout.setText(self._what())
            return
        if layer in facts.summaries.missing:
            self._panel.readout.setText(tr_said(facts.summaries.missing[layer]))
            return
        value = float(scores[layer, head])
        words = [tr("layer {layer} head {head}: ", layer=layer, head=head)]
        words[0] += tr("n/a on this text") if np.isnan(value) else f"{percent(value)} %"
        if facts.summaries.n_head != facts.summaries.n_head_kv:
            group = facts.summaries.n_head // max(1, facts.summaries.n_head_kv)
            words.append(tr("KV head {head}", head=head // max(1, group)))
        window = int(facts.summaries.window[facts.summaries.layers.index(layer)])
        if window:
            words.append(tr("sees {window:,} tokens back", window=window))
        self._panel.readout.setText(" · ".join(words))

    def _what(self) -> str:
        if self._order != TOKEN:
            return tr(dict(ORDERS)[self._order])
        if self._facts is not None and self._facts.token is not None:
            label = self._looked.text.labels[self._looked.token] if self._looked.text else ""
            words = {
                Direction.CHOOSING: tr("largest weight when choosing {label}", label=label),
                Direction.READING: tr("largest weight when reading {label}", label=label),
                Direction.SEEN: tr("mean weight on {label}", label=label),
            }
            if self._looked.span and self._looked.direction is not Direction.SEEN:
                return tr(
                    "weight on the lit part, {value}: {label}",
                    value=tr(self._looked.direction.value),
                    label=label,
                )
            return words[self._looked.direction]
        return tr("mean over the text; click a token for its own")

    def _failed(self, error: Exception) -> None:
        message = from_error(error)
        self._facts = self._shown = None
        self._panel.show_reason(f"{message.text} {message.hint}".strip())

    def _busy(self, on: bool) -> None:
        if self._facts is None:
            self._panel.show_reason(tr(_READING) if on else tr(_CLICK))
        else:
            self._panel.readout.setText(tr(_READING) if on else self._what())

    def _progressed(self, done: int, total: int) -> None:
        line = tr(
            "{reading} {done:,} of {total:,} tokens", reading=tr(_READING), done=done, total=total
        )
        if self._facts is None:
            self._panel.show_reason(line)
        else:
            self._panel.readout.setText(line)


def _row(
    text: LookedText, asked: tuple[int, int, Direction], progress: Progress, cancel: CancelToken
) -> Attention | None:
    token, query, direction = asked
    if direction is Direction.SEEN:
        return text.book.column(token, progress, cancel)
    return None if query < 0 else text.book.row(query, progress, cancel)


def _words(facts: HeadFacts) -> str:
    """The clearest head of every kind, and what has no matrix."""
    said: dict[HeadKind, HeadNote] = {}
    for note in facts.notes:
        said.setdefault(note.kind, note)
    lines = [
        tr(
            "L{layer}·H{head} looks like {article} head ({score} %, evenly spread {chance} %)",
            layer=n.layer,
            head=n.head,
            article=_article(n.kind),
            score=percent(n.score),
            chance=percent(n.chance),
        )
        for n in list(said.values())[:_NOTES]
    ]
    missing = facts.summaries.missing
    if missing:
        lines.append(
            tr(
                "{n_missing} layers have no matrix: {next}",
                n_missing=len(missing),
                next=next(iter(missing.values())),
            )
        )
    if facts.summaries.outside.max() > 0:
        lines.append(
            tr(
                "this model has learned sinks: up to {max} % of a head's attention goes to "
                "no token",
                max=percent(float(facts.summaries.outside.max())),
            )
        )
    # A line never ends between a figure and its sign.
    return "\n".join(lines).replace(" %", "\u00a0%")


def _article(kind: HeadKind) -> str:
    return {
        HeadKind.SINK: tr("a first-token (sink)"),
        HeadKind.PREVIOUS: tr("a previous-token"),
        HeadKind.DUPLICATE: tr("a duplicate-token"),
        HeadKind.INDUCTION: tr("an induction"),
    }[kind]
