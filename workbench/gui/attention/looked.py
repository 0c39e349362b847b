"""What the Attention workspace looks at: one text, a token of it, a layer and a head. GUI thread.

Every panel reads it and every panel may change it; none knows the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from workbench.core.attention_share import SinkMode
from workbench.core.types import ModelInfo
from workbench.experiments.attention import AttentionBook
from workbench.gui.translate import mark


class Direction(StrEnum):
    """Which of a token's rows or columns is shown."""

    CHOOSING = mark("choosing it")
    """Where the model looked when it said the token: the row of the token before it."""
    READING = mark("reading it")
    """Where the model looks when it reads the token: its own row."""
    SEEN = mark("seen by")
    """Which tokens look at it: its column."""


@dataclass(frozen=True, slots=True, eq=False)
class LookedText:
    """One reply behind its prompt.

    Attributes:
        ids: the prompt's tokens, then the reply's.
        labels: "(index)token", one per token, on one line.
        n_prompt: how many tokens are the prompt's.
        control: positions that are drawn as chips.
        book: the attention of this text; its calls wait for the engine, so never on this thread.
    """

    run_id: str
    sample: int
    ids: tuple[int, ...]
    labels: tuple[str, ...]
    n_prompt: int
    control: frozenset[int]
    model: ModelInfo
    book: AttentionBook


class Looked(QObject):
    """The state of the workspace.

    Signals:
        text_changed(): another text is looked at, or none; token, layer and head may be others.
        token_changed(): another token, pointed at or kept.
        view_changed(): another layer, head, direction or treatment of the sink.
        span_changed(): other tokens are lit: a part of the prompt is pointed at, or none.
    """

    text_changed = Signal()
    token_changed = Signal()
    view_changed = Signal()
    span_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text: LookedText | None = None
        self._kept = self._pointed = -1
        self._layer: int | None = None
        self._head: int | None = None
        self._direction = Direction.CHOOSING
        self._sink = SinkMode.SHOWN
        self._span: tuple[int, ...] = ()

    @property
    def text(self) -> LookedText | None:
        """What is looked at; None when there is no run, or it still grows."""
        return self._text

    @property
    def token(self) -> int:
        """The token asked about, a position in the text: the kept one, else the one pointed at,
        else -1.
        """
        return self._kept if self._kept >= 0 else self._pointed

    @property
    def kept(self) -> int:
        """The token that was clicked; -1 for none."""
        return self._kept

    @property
    def layer(self) -> int | None:
        """The chosen layer; None for the mean over all."""
        return self._layer

    @property
    def head(self) -> int | None:
        """The chosen head of the layer; None for the mean over all."""
        return self._head

    @property
    def direction(self) -> Direction:
        """Which row or column of the token is shown."""
        return self._direction

    @property
    def sink(self) -> SinkMode:
        """What becomes of the first token's share."""
        return self._sink

    @property
    def span(self) -> tuple[int, ...]:
        """Positions that are lit; empty for none."""
        return self._span

    @property
    def query(self) -> int:
        """The row that is shown, a position; -1 when there is none: no token, a column is shown,
        or nothing comes before the token.
        """
        if self.token < 0 or self._direction is Direction.SEEN:
            return -1
        return self.token - 1 if self._direction is Direction.CHOOSING else self.token

    def show_text(self, text: LookedText | None, *, token: int = -1) -> None:
        """Look at another text; `token` is kept in it."""
        self._text = text
        self._pointed = -1
        self._kept = token if text is not None and 0 <= token < len(text.ids) else -1
        if text is not None and not self._fits(text.model):
            self._layer = self._head = None
        self.text_changed.emit()
        self.token_changed.emit()

    def point(self, token: int) -> None:
        """The pointer is at a token; -1: at none. A kept token stays the one asked about."""
        before, self._pointed = self.token, self._known(token)
        if self.token != before:
            self.token_changed.emit()

    def keep(self, token: int) -> None:
        """Keep a token until it is released; -1 releases."""
        before, self._kept = (self.token, self._kept), self._known(token)
        if (self.token, self._kept) != before:
            self.token_changed.emit()

    def choose_head(self, layer: int | None, head: int | None) -> None:
        """Show one head, the mean of a layer (no head), or the mean of everything (no layer)."""
        chosen = (layer, head if layer is not None else None)
        if chosen != (self._layer, self._head):
            self._layer, self._head = chosen
            self.view_changed.emit()

    def set_direction(self, direction: Direction) -> None:
        """Show another row, or the column."""
        if direction is not self._direction:
            self._direction = direction
            self.view_changed.emit()

    def set_span(self, tokens: Sequence[int]) -> None:
        """Light these tokens; none ends it."""
        if tuple(tokens) != self._span:
            self._span = tuple(tokens)
            self.span_changed.emit()

    def set_sink(self, sink: SinkMode) -> None:
        """Treat the first token's share in another way."""
        if sink is not self._sink:
            self._sink = sink
            self.view_changed.emit()

    def _known(self, token: int) -> int:
        return token if self._text is not None and 0 <= token < len(self._text.ids) else -1

    def _fits(self, model: ModelInfo) -> bool:
        return (self._layer is None or self._layer < model.n_layer) and (
            self._head is None or self._head < model.n_head
        )
