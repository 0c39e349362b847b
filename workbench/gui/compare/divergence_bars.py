"""Where two models part on a text: one bar per token. GUI thread."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.core.text import piece_text
from workbench.experiments.compare_diff import ModelDiff
from workbench.gui.theme import Theme, mixed

_WIDEST, _MARGIN = 14.0, 14.0


class DivergenceBars(QWidget):
    """Bars of KL divergence; the height is the value's share of the largest one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._diff: ModelDiff | None = None
        self.setAccessibleName("Divergence per token")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A strip."""
        return QSize(400, 110)

    def show_diff(self, diff: ModelDiff | None) -> None:
        """Draw this one; None draws nothing."""
        self._diff = diff
        self.update()

    def describe(self, index: int) -> str:
        """What a bar says."""
        if self._diff is None or self._diff.tokens is None:
            return ""
        found, pieces = self._diff.tokens, self._diff.pieces
        text = piece_text(pieces[int(found.ids[index])])
        p_a, p_b = math.exp(found.logprob_a[index]), math.exp(found.logprob_b[index])
        return (
            f"token {index} {text!r}\nKL {found.kl[index]:.4f} nats, "
            f"JS {found.js[index]:.4f}\nprobability {p_a:.4f} → {p_b:.4f}"
            + ("" if found.same_top[index] else "\nthe likeliest token differs")
        )

    def event(self, event: object) -> bool:
        """Say what is under the mouse."""
        if isinstance(event, QHelpEvent):
            index = self._index_at(event.pos().x())
            if index is not None:
                QToolTip.showText(event.globalPos(), self.describe(index), self)
                return True
        return super().event(event)  # type: ignore[arg-type]  # Qt passes its own events

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the bars; where the likeliest token differs they are filled strongly."""
        if self._diff is None or self._diff.tokens is None or not len(self._diff.tokens):
            return
        found, c = self._diff.tokens, self._theme.colours
        largest = max((float(v) for v in found.kl if math.isfinite(v)), default=0.0)
        painter = QPainter(self)
        width, room = self._width(), self.height() - 8.0
        for index, value in enumerate(found.kl):
            share = 1.0 if not math.isfinite(value) else float(value) / largest if largest else 0.0
            height = max(1.5, share * room)
            same = bool(found.same_top[index])
            colour = mixed(c.pane, c.accent, 0.4) if same else QColor(c.accent)
            corner = QPointF(_MARGIN + index * width, self.height() - height)
            painter.fillRect(QRectF(corner.x(), corner.y(), max(1.0, width - 2), height), colour)
        painter.end()

    def _width(self) -> float:
        count = len(self._diff.tokens) if self._diff and self._diff.tokens else 1
        return min(_WIDEST, (self.width() - 2 * _MARGIN) / max(1, count))

    def _index_at(self, x: int) -> int | None:
        if self._diff is None or self._diff.tokens is None:
            return None
        index = int((x - _MARGIN) // self._width())
        return index if 0 <= index < len(self._diff.tokens) else None
