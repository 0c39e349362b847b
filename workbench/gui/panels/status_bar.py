"""The status bar: prompt length, context used, speeds, and as which run the reply is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.parts import label
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import tr

if TYPE_CHECKING:
    from workbench.core.types import Timings
    from workbench.gui.theme import Theme

HEIGHT = 28
NEAR = 0.9
"""From this share of the context on, figures turn to the warning colour."""


class StatusBar(QWidget):
    """One row of figures; what is not known is not shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.prompt = label("", "caption", name="status-prompt")
        self.context_name = label(tr("context"), "caption")
        self.bar = _ContextBar(theme)
        self.context = label("", "caption", name="status-context")
        self.prefill = label("", "caption", name="status-prefill")
        self.decode = label("", "caption", name="status-decode")
        self.saved = label("", "caption", name="status-saved")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(18)
        row.addWidget(self.prompt)
        context = QHBoxLayout()
        context.setSpacing(5)
        for widget in (self.context_name, self.bar, self.context):
            context.addWidget(widget)
        row.addLayout(context)
        row.addWidget(self.prefill)
        row.addWidget(self.decode)
        row.addStretch(1)
        row.addWidget(self.saved)
        for part in (self.prompt, self.context, self.prefill, self.decode, self.saved):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._prompt_tokens: int | None = None
        self._n_ctx = 0
        self._saved = self._note = ""
        self.show_prompt(None, 0)

    def show_prompt(self, tokens: int | None, n_ctx: int) -> None:
        """`tokens` of the prompt (None: not known) in a context of `n_ctx` (0: not known)."""
        self._prompt_tokens, self._n_ctx = tokens, n_ctx
        self.prompt.setText("" if tokens is None else tr("prompt {tokens:,} tokens", tokens=tokens))
        self.show_reply(0)

    def show_reply(self, tokens: int) -> None:
        """The reply takes `tokens` of the context too."""
        known = self._prompt_tokens is not None and self._n_ctx > 0
        for widget in (self.context_name, self.bar, self.context):
            widget.setVisible(known)
        if known:
            used = (self._prompt_tokens or 0) + tokens
            over = used - self._n_ctx
            beyond = tr(" · {over:,} too many", over=over) if over > 0 else ""
            self.context.setText(f"{used:,} / {self._n_ctx:,}{beyond}")
            near = used >= NEAR * self._n_ctx
            set_role(self.context, "warning" if near else "caption")
            self.context.setToolTip(tr("Close to the end of the context.") if near else "")
            self.bar.set_share(used / self._n_ctx)

    def show_reading(self, done: int, total: int) -> None:
        """`done` of `total` prompt tokens were read."""
        self.prefill.setText(
            tr("reading the prompt: {done:,} of {total:,}", done=done, total=total)
            if done < total
            else ""
        )

    def show_speed(self, tokens_per_s: float | None) -> None:
        """Decoding speed while it runs."""
        self.decode.setText(
            ""
            if tokens_per_s is None
            else tr("decode {tokens_per_s:,.0f} token/s", tokens_per_s=tokens_per_s)
        )

    def show_timings(self, timings: Timings | None) -> None:
        """Speeds of the finished run; None empties them."""
        prefill = timings.prefill_tps if timings is not None else None
        self.prefill.setText(
            "" if prefill is None else tr("prefill {prefill:,.0f} token/s", prefill=prefill)
        )
        self.prefill.setToolTip(_prefill_tip(timings))
        self.show_speed(timings.decode_tps if timings is not None else None)

    def show_saved(self, text: str) -> None:
        """As which run the reply is kept."""
        self._saved = text
        self.saved.setText(self._note or text)

    def show_note(self, text: str) -> None:
        """What the workspace in front tells instead; empty: nothing."""
        self._note = text
        self.saved.setText(text or self._saved)


class _ContextBar(QWidget):
    """How much of the context is used; it turns to the warning colour near the end."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme = theme
        self._share = 0.0
        self.setAccessibleName(tr("Context used"))
        theme.changed.connect(self.update)

    def set_share(self, share: float) -> None:
        """`share` of the context is used, 0 to 1 (and beyond: too long)."""
        self._share = share
        self.setToolTip(tr("{share:.0f} % of the context", share=100 * share))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A short bar."""
        return QSize(120, 16)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A short bar."""
        return QSize(60, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the bar."""
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(0, self.height() / 2 - 3, self.width(), 6)
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(box, 3, 3)
        if self._share > 0:
            name = "accent" if self._share < NEAR else "warning"
            painter.setBrush(self._theme.colour(name))
            box.setWidth(max(6.0, min(1.0, self._share) * box.width()))
            painter.drawRoundedRect(box, 3, 3)
        painter.end()


def _prefill_tip(timings: Timings | None) -> str:
    if timings is None:
        return ""
    return tr(
        "{prefill_tokens:,} tokens read, {cached_tokens:,} stood in the cache",
        prefill_tokens=timings.prefill_tokens,
        cached_tokens=timings.cached_tokens,
    )
