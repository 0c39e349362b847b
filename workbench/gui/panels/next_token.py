"""The next token now: what the model would say behind the prompt as it stands. GUI thread."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workbench.gui.card_data import percent, visible_token
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.panels.exact_prompt import control_label
from workbench.gui.parts import EDGE, label, title_row, wrapping_label
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import mark, tr

if TYPE_CHECKING:
    from workbench.experiments.peek import NextToken
    from workbench.gui.fonts import Fonts
    from workbench.gui.theme import Theme

ROWS = 7
"""Tokens that are listed; one more row holds all others."""

_ROW, _BAR = 22, 13
_NAME_WIDTH, _NUMBER_WIDTH = 72, 58
_EMPTY = mark("What the model would say next stands here, while you write.")


@dataclass(frozen=True, slots=True)
class BarRow:
    """One line of the panel.

    Attributes:
        text: the token as shown, or "others".
        p: the model's probability, before any sampler.
        id: of the token; None for all others together.
        logprob: natural logarithm of `p`; None like `id`.
        is_control: whether it is drawn as a chip.
    """

    text: str
    p: float
    id: int | None = None
    logprob: float | None = None
    is_control: bool = False

    @property
    def facts(self) -> str:
        """What the panel's last line says while this one is pointed at."""
        if self.id is None or self.logprob is None:
            return tr("all other tokens · {p} %", p=percent(self.p))
        return tr(
            "“{words}” · id {id:,} · {logprob:.2f} nats · click begins with it",
            words=self.text,
            id=self.id,
            logprob=self.logprob,
        )


def bar_rows(found: NextToken, control: Collection[int]) -> tuple[BarRow, ...]:
    """The lines of `found`; they add up to 100 %."""
    rows = []
    for one in found.candidates[:ROWS]:
        is_control = one.id in control
        text = control_label(one.text) or f"#{one.id}" if is_control else visible_token(one.text)
        rows.append(BarRow(text, math.exp(one.logprob), one.id, one.logprob, is_control))
    beyond = sum(math.exp(c.logprob) for c in found.candidates[ROWS:])
    return (*rows, BarRow(tr("others"), found.rest + beyond))


class NextTokenPanel(QWidget):
    """Title, bars, and one line of facts; or the reason why there is nothing to show."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "pane")
        self.note = label("", "muted", name="next-token-note")
        self.bars = NextTokenBars(theme, fonts)
        self.foot = label("", "caption", name="next-token-facts")
        self.foot.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.foot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.reason = wrapping_label("muted")
        self._facts = ""
        inner = QVBoxLayout()
        inner.setContentsMargins(EDGE - 6, 0, EDGE - 6, 10)
        inner.setSpacing(3)
        inner.addWidget(self.bars)
        for part in (self.foot, self.reason):
            row = QHBoxLayout()
            row.setContentsMargins(6, 0, 6, 0)
            row.addWidget(part)
            inner.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row(tr("Next token now"), self.note))
        column.addLayout(inner)
        column.addStretch(1)
        self.bars.pointed.connect(self._point)
        self.show_reason(tr(_EMPTY))

    def show_next(self, found: NextToken, control: Collection[int], prompt_tokens: int) -> None:
        """Show a distribution; `control` holds the ids of control tokens."""
        self.bars.show_rows(bar_rows(found, control))
        self._facts = tr("entropy {entropy:.2f} nats", entropy=found.entropy)
        cached = tr(
            "{cached_tokens:,} of {prompt_tokens:,} prompt tokens stood in the cache",
            cached_tokens=found.cached_tokens,
            prompt_tokens=prompt_tokens,
        )
        self.foot.setToolTip(
            tr("Over the whole vocabulary, before any sampler; {cached}.", cached=cached)
        )
        self.note.setText(f"{found.ms:,.0f} ms")
        self._show_numbers(True)
        self._point(self.bars.current)

    def show_reason(self, text: str, *, wrong: bool = False) -> None:
        """Say why there are no numbers; old ones disappear."""
        self.bars.show_rows(())
        self.note.setText("")
        self.reason.setText(text)
        set_role(self.reason, "warning" if wrong else "muted")
        self._show_numbers(False)

    def show_note(self, text: str) -> None:
        """What stands at the title's right end: how long it took, or what it waits for."""
        self.note.setText(text)

    def _show_numbers(self, on: bool) -> None:
        self.bars.setVisible(on)
        self.foot.setVisible(on)
        self.reason.setVisible(not on)

    def _point(self, row: int) -> None:
        rows = self.bars.rows
        self.foot.setText(rows[row].facts if 0 <= row < len(rows) else self._facts)


class NextTokenBars(QWidget):
    """The lines, painted. Arrows walk, Enter chooses, Ctrl+C copies the table.

    Signals:
        pointed(row): the pointer or the keyboard is at this row; -1: at none.
        chosen(token_id): the person clicked a token, or pressed Enter at it.
    """

    pointed = Signal(int)
    chosen = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._fonts = theme, fonts
        self.rows: tuple[BarRow, ...] = ()
        self.current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Next token now"))
        theme.changed.connect(self.update)

    def show_rows(self, rows: tuple[BarRow, ...]) -> None:
        """Show other numbers; the row that is pointed at stays the same one."""
        self.rows = rows
        if self.current >= len(rows):
            self._point(-1)
        self.setAccessibleDescription("; ".join(f"{r.text} {percent(r.p)} %" for r in rows))
        self.updateGeometry()
        self.update()

    def table(self) -> str:
        """The rows for the clipboard: token, id, probability and its logarithm, tab separated."""
        lines = ["token\tid\tp\tlogprob"]
        for row in self.rows:
            number = "" if row.id is None else str(row.id)
            log = "" if row.logprob is None else f"{row.logprob:.6g}"
            lines.append(f"{row.text}\t{number}\t{row.p:.6g}\t{log}")
        return "\n".join(lines)

    # Qt

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for all rows, always: the panel below does not jump."""
        return QSize(200, (ROWS + 1) * _ROW)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for all rows."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Up and Down walk, Enter chooses, Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.table())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.rows:
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            self._point(min(max(self.current + step, 0), len(self.rows) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose(self.current)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click chooses a token."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(int(event.position().y() // _ROW))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Point at the row under the mouse."""
        row = int(event.position().y() // _ROW)
        self._point(row if 0 <= row < len(self.rows) else -1)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """The mouse is elsewhere."""
        self._point(-1)

    def _choose(self, row: int) -> None:
        token = self.rows[row].id if 0 <= row < len(self.rows) else None
        if token is not None:
            self.chosen.emit(token)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self._point(-1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw every row."""
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((row.p for row in self.rows if row.id is not None), default=1.0) or 1.0
        for number, row in enumerate(self.rows):
            self._paint_row(painter, number, row, most)
        if self.hasFocus():
            painter.setPen(self._theme.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, 5, 5)
        painter.end()

    def _paint_row(self, painter: QPainter, number: int, row: BarRow, most: float) -> None:
        line = QRectF(6, number * _ROW, self.width() - 12, _ROW)
        painter.setPen(Qt.PenStyle.NoPen)
        if number == self.current:
            painter.setBrush(self._theme.colour("chip"))
            painter.drawRoundedRect(line.adjusted(-4, 1, 4, -1), 4, 4)
        is_rest = row.id is None
        left = line.left() + _NAME_WIDTH
        room = max(10.0, line.right() - _NUMBER_WIDTH - left)
        width = min(1.0, row.p / most) * room
        if width > 0.2:
            painter.setBrush(self._theme.colour("line" if is_rest else "bar"))
            bar = QRectF(left, line.center().y() - _BAR / 2, max(2.0, width), _BAR)
            painter.drawRoundedRect(bar, 2, 2)
        self._paint_name(painter, line, row)
        painter.setFont(self._fonts.ui())
        painter.setPen(self._theme.colour("muted" if is_rest else "ink"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, right, f"{percent(row.p)} %")

    def _paint_name(self, painter: QPainter, line: QRectF, row: BarRow) -> None:
        font = self._fonts.ui() if row.id is None else self._fonts.mono(12)
        if row.is_control:
            font = self._fonts.mono(11)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, _NAME_WIDTH - 8)
        box = QRectF(line.left(), line.top(), _NAME_WIDTH, line.height())
        ink = "muted" if row.id is None else "ink"
        if row.is_control:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("line"))
            wide = min(_NAME_WIDTH - 4.0, metrics.horizontalAdvance(text) + 10)
            painter.drawRoundedRect(QRectF(box.left(), line.center().y() - 8, wide, 16), 4, 4)
            box.adjust(5, 0, 0, 0)
            ink = "ink"
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)

    def _point(self, row: int) -> None:
        if row != self.current:
            self.current = row
            self.pointed.emit(row)
            self.update()
