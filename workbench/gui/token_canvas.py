"""Tokens laid out as text and painted, as a scrolling area; who points at what is not its matter.

One widget paints everything; only lines inside the exposed region are drawn. GUI thread.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from workbench.core.tokens import Float32
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme
from workbench.gui.token_layout import Style, TokenLayout
from workbench.gui.token_paint import Marks, TintShades, paint_boxes
from workbench.gui.token_text import Piece, TokenText

_OVERLAP = 16
_NEWLINE_WIDTH = 5.0
_NOTE_PIXELS = 9
_STRIPE = 3
"""Width of the mark beside lines that do not fit into the context."""


class TokenCanvas(QAbstractScrollArea):
    """A row of tokens laid out as text."""

    def __init__(
        self,
        theme: Theme,
        fonts: Fonts,
        *,
        pixels: int = 15,
        spacing: float = 2.0,
        margin: int = 16,
        grows: bool = False,
        tint: str = "surprise",
        parent: QWidget | None = None,
    ) -> None:
        """`spacing`: line height over font size. `grows`: as high as its text, never scrolls.
        `tint`: the colour of the strongest tint without a sign, by its name in `Colours`.
        """
        super().__init__(parent)
        keep_left_to_right(self)
        self._tint = tint
        self._theme, self._fonts = theme, fonts
        self._pixels, self._margin = pixels, margin
        self._line_height = round(fonts.mono_pixels(pixels) * spacing)
        self._grows = grows
        self._marks = self._edges = False
        self._pieces: list[Piece] = []
        self._strengths = np.empty(0, np.float32)
        self._levels: list[float] = []
        """`_strengths` as floats, for painting; fewer while they are out of date."""
        self._signed = False
        self._shades = TintShades(theme.colours, signed=False, over=tint)
        self._hover = self._lock = -1
        self._lit: frozenset[int] = frozenset()
        self._limit: int | None = None
        self._selection: tuple[int, int] | None = None
        self._text = TokenText()
        self._layout = TokenLayout(self._text, self._style(), 400.0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(self._line_height)
        theme.changed.connect(self._recolour)

    def clear(self) -> None:
        """Show nothing."""
        self._forget_pointing()
        self._pieces.clear()
        self._strengths, self._levels = np.empty(0, np.float32), []
        self._start_over()

    def append(self, pieces: Sequence[Piece], strengths: Float32 | None = None) -> None:
        """Add tokens at the end. `strengths` float32 (n,), 0 to 1; NaN or None paint no tint.

        The view follows the end only if it stood there.
        """
        bar = self.verticalScrollBar()
        follow = bar.value() >= bar.maximum() - 2
        known = strengths if strengths is not None else np.full(len(pieces), np.nan, np.float32)
        self._pieces.extend(pieces)
        self._strengths = np.concatenate([self._strengths, known])
        self._layout.update(self._text.append(pieces))
        self._measure()
        if follow:
            bar.setValue(bar.maximum())
        self.viewport().update()

    def replace(self, pieces: Sequence[Piece]) -> None:
        """Show these tokens instead; what both begin with is not laid out again."""
        same = 0
        for old, new in zip(self._pieces, pieces, strict=False):
            if old != new:
                break
            same += 1
        # Tokens before the first difference may share a character with those after it.
        kept = self._text.truncate(max(0, same - _OVERLAP))
        self._forget_pointing()
        self._selection, self._hover = None, -1
        self._pieces = list(pieces)
        self._strengths, self._levels = np.full(len(pieces), np.nan, np.float32), []
        begin = len(self._text.text)
        self._text.append(pieces[kept:])
        self._text.finish()
        self._layout.update(begin)
        self._measure()
        self.viewport().update()

    def finish(self) -> None:
        """No more tokens follow: bytes that wait for the rest of their character are named."""
        before = len(self._text.text)
        self._text.finish()
        if len(self._text.text) != before:
            self._layout.update(before)
            self._measure()
            self.viewport().update()

    def set_strengths(self, strengths: Float32, *, signed: bool = False) -> None:
        """Colour by another quantity; float32, one per token. `signed`: from -1 to 1, not 0 to 1.

        Raises:
            ValueError: there is not one for every token.
        """
        if len(strengths) != len(self._pieces):
            raise ValueError(f"{len(strengths)} strengths for {len(self._pieces)} tokens")
        self._strengths, self._signed, self._levels = strengths, signed, []
        self._shades = TintShades(self._theme.colours, signed=signed, over=self._tint)
        self.viewport().update()

    def set_lit(self, tokens: Collection[int]) -> None:
        """Light these tokens: they belong to what is pointed at elsewhere."""
        if frozenset(tokens) != self._lit:
            self._lit = frozenset(tokens)
            self.viewport().update()

    @property
    def lit(self) -> frozenset[int]:
        """The tokens that are lit."""
        return self._lit

    def set_limit(self, tokens: int | None) -> None:
        """Mark everything behind the first `tokens` tokens as beyond the context; None: nothing."""
        if tokens != self._limit:
            self._limit = tokens
            self.viewport().update()

    def show_marks(self, on: bool) -> None:
        """Draw spaces, newlines, token borders and notes, or hide them."""
        if on != self._marks:
            self._marks = self._edges = on
            self._start_over()

    def __len__(self) -> int:
        return len(self._text)

    def plain_text(self) -> str:
        """What the tokens say."""
        units = self._text.units
        return self._text.source_text(0, len(units) - 1) if units else ""

    def shown_text(self) -> str:
        """What is painted, chips and marks included."""
        return self._text.text

    def rect_of(self, token: int) -> QRect:
        """Where (the first line of) `token` stands in the viewport; empty when nowhere."""
        unit = self._text.unit_of[token] if 0 <= token < len(self._text) else -1
        if unit < 0:
            return QRect()
        line = self._layout.line_of(self._text.units[unit].start)
        for number in (line, line + 1):  # a token that begins with a newline stands on the next
            if number >= len(self._layout.lines):
                break
            for box in self._layout.painted(number).boxes:
                if box.unit == unit:
                    return self._box_rect(number, box.left, box.right).toAlignedRect()
        # A token that only breaks the line stands, as a narrow place, behind what it ends.
        boxes = self._layout.painted(line).boxes
        right = max((box.right for box in boxes), default=0.0)
        return self._box_rect(line, right, right + _NEWLINE_WIDTH).toAlignedRect()

    def token_at(self, point: QPointF) -> int:
        """The token under a viewport position; -1 when there is none."""
        number = int((point.y() - self._top()) // self._line_height)
        if not 0 <= number < len(self._layout.lines):
            return -1
        x = point.x() - self._margin
        right = 0.0
        for box in self._layout.painted(number).boxes:
            if box.left <= x < box.right:
                unit = self._text.units[box.unit]
                share = (x - box.left) / (box.right - box.left)
                return unit.first + int(share * (unit.last - unit.first))
            right = max(right, box.right)
        end = self._layout.lines[number].end
        breaks = right <= x < right + _NEWLINE_WIDTH and self._text.text[end : end + 1] == "\n"
        return self._text.units[self._text.unit_at(end)].first if breaks else -1

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the lines inside the exposed region."""
        painter = figure_painter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._top()
        first = max(0, (event.rect().top() - top) // self._line_height)
        last = min(len(self._layout.lines) - 1, (event.rect().bottom() - top) // self._line_height)
        marks = self._marks_now()
        for number in range(first, last + 1):
            self._paint_line(painter, number, marks)
        if self.hasFocus() and self._lock < 0:
            painter.fillRect(0, 0, 2, self.viewport().height(), self._theme.colour("focus"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Break the lines anew when the width changed."""
        super().resizeEvent(event)
        width = max(40.0, self.viewport().width() - 2.0 * self._margin)
        if width != self._layout.width:
            self._layout.width = width
            self._layout.update(0)
        self._measure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802  # Qt's name
        """Move what is painted; only what comes into view is painted anew."""
        self.viewport().scroll(dx, dy)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Repaint without the focus ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Repaint with the focus ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as wanted, a few lines high."""
        return QSize(400, self._content_height() if self._grows else 200)

    # Private

    def _forget_pointing(self) -> None:
        """The tokens change: nothing is pointed at, kept or selected any more."""
        self._hover = self._lock = -1
        self._selection = None

    def _style(self) -> Style:
        colour = self._theme.colour
        small = max(11, self._pixels - 2)
        return Style(
            self._fonts.mono(self._pixels),
            self._fonts.mono(small),
            self._fonts.mono(_NOTE_PIXELS),
            colour("ink"),
            colour("chip_ink"),
            colour("muted"),
            colour("accent"),
        )

    def _start_over(self) -> None:
        self._text = TokenText(marks=self._marks)
        self._text.append(self._pieces)
        self._text.finish()
        self._selection = None
        self._hover = -1
        self._layout = TokenLayout(self._text, self._style(), self._layout.width)
        self._measure()
        self.viewport().update()

    def _recolour(self) -> None:
        self._layout.set_style(self._style())
        self._shades = TintShades(self._theme.colours, signed=self._signed, over=self._tint)
        self.viewport().update()

    def _content_height(self) -> int:
        return max(1, len(self._layout.lines)) * self._line_height + 2 * (self._margin // 2)

    def _measure(self) -> None:
        height = self._content_height()
        if self._grows:
            if height != self.minimumHeight():
                self.setFixedHeight(height)
                # During a resize Qt would leave the viewport as high as it was.
                self.viewport().resize(self.viewport().width(), height)
            return
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, height - self.viewport().height()))

    def _top(self) -> int:
        return self._margin // 2 - self.verticalScrollBar().value()

    def _box_rect(self, line: int, left: float, right: float) -> QRectF:
        y = self._top() + line * self._line_height
        inset = max(1.0, (self._line_height - self._fonts.mono_pixels(self._pixels) * 1.45) / 2)
        # Whole pixels: boxes that touch show no seam between them.
        start, stop = round(self._margin + left), round(self._margin + right)
        return QRectF(start, y + inset, stop - start, self._line_height - 2 * inset)

    def _marks_now(self) -> Marks:
        if len(self._levels) != len(self._strengths):
            self._levels = self._strengths.tolist()
        low, high = sorted(self._selection) if self._selection is not None else (-1, -2)
        return Marks(
            strengths=self._levels,
            shades=self._shades,
            first=low,
            last=high,
            locked=self._lock,
            hovered=self._hover,
            lit=self._lit,
            limit=len(self._text) if self._limit is None else self._limit,
            edges=self._edges,
        )

    def _paint_line(self, painter: QPainter, number: int, marks: Marks) -> None:
        line, units = self._layout.painted(number), self._text.units
        boxes = [
            (units[box.unit], self._box_rect(number, box.left, box.right)) for box in line.boxes
        ]
        paint_boxes(painter, boxes, marks, self._theme.colours)
        if boxes and boxes[-1][0].last > marks.limit:
            top = self._top() + number * self._line_height
            stripe = QRect(0, top, _STRIPE, self._line_height)
            painter.fillRect(stripe, self._theme.colour("warning"))
        height = line.layout.boundingRect().height()
        y = self._top() + number * self._line_height + (self._line_height - height) / 2
        painter.setPen(QColor(self._theme.colours.ink))
        line.layout.draw(painter, QPointF(self._margin, y))
