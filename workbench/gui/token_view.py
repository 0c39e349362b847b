"""Tokens as readable text with a colour for each: for replies and for prompts. GUI thread.

One widget paints everything; only lines inside the exposed region are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QSizePolicy, QWidget

from workbench.core.tokens import Float32
from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme
from workbench.gui.token_layout import Style, TokenLayout
from workbench.gui.token_paint import Marks, paint_boxes
from workbench.gui.token_text import Piece, TokenText

_OVERLAP = 16
_NEWLINE_WIDTH = 5.0


class TokenView(QAbstractScrollArea):
    """A row of tokens laid out as text.

    Signals:
        pointed(token, anchor): the pointer or the keyboard is at token `token` (-1: at none),
            which stands at `anchor` in the viewport.
        locked(token): the person fixed token `token` with a click or Enter; -1 released it.
    """

    pointed = Signal(int, QRect)
    locked = Signal(int)

    def __init__(
        self,
        theme: Theme,
        fonts: Fonts,
        *,
        pixels: int = 15,
        spacing: float = 2.0,
        margin: int = 16,
        grows: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`spacing`: line height over font size. `grows`: as high as its text, never scrolls."""
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts
        self._pixels, self._line_height, self._margin = pixels, round(pixels * spacing), margin
        self._grows = grows
        self._marks = self._edges = False
        self._pieces: list[Piece] = []
        self._strengths = np.empty(0, np.float32)
        self._hover = self._lock = self._anchor = -1
        self._selection: tuple[int, int] | None = None
        self._pressed_at = QPointF()
        self._text = TokenText()
        self._layout = TokenLayout(self._text, self._style(), 400.0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.verticalScrollBar().setSingleStep(self._line_height)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self._recolour)

    # Content

    def clear(self) -> None:
        """Show nothing."""
        self._release()
        self._pieces.clear()
        self._strengths = np.empty(0, np.float32)
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
        self._release()
        self._selection, self._hover = None, -1
        self._pieces = list(pieces)
        self._strengths = np.full(len(pieces), np.nan, np.float32)
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

    def set_strengths(self, strengths: Float32) -> None:
        """Colour by another quantity; float32, one per token."""
        self._strengths = strengths
        self.viewport().update()

    def show_marks(self, on: bool) -> None:
        """Draw spaces, newlines and token borders, or hide them."""
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

    # Pointing

    @property
    def locked_token(self) -> int:
        """The token fixed by the person; -1 when there is none."""
        return self._lock

    def lock(self, token: int) -> None:
        """Fix `token` and bring it into view; -1 releases."""
        if token < 0:
            self._release()
            return
        self._lock = token
        self._reveal(token)
        self.locked.emit(token)
        self.pointed.emit(token, self.rect_of(token))
        self.viewport().update()

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
                return self._text.units[box.unit].first
            right = max(right, box.right)
        end = self._layout.lines[number].end
        breaks = right <= x < right + _NEWLINE_WIDTH and self._text.text[end : end + 1] == "\n"
        return self._text.units[self._text.unit_at(end)].first if breaks else -1

    def selected_text(self) -> str:
        """What the selected tokens say; empty when none are."""
        if self._selection is None:
            return ""
        low, high = sorted(self._selection)
        return self._text.source_text(self._text.unit_of[low], self._text.unit_of[high])

    def select_all(self) -> None:
        """Select every token that is shown."""
        if self._text.units:
            self._selection = (0, self._text.units[-1].last - 1)
            self.viewport().update()

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the lines inside the exposed region."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._top()
        first = max(0, (event.rect().top() - top) // self._line_height)
        last = min(len(self._layout.lines) - 1, (event.rect().bottom() - top) // self._line_height)
        for number in range(first, last + 1):
            self._paint_line(painter, number)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Break the lines anew when the width changed."""
        super().resizeEvent(event)
        width = max(40.0, self.viewport().width() - 2.0 * self._margin)
        if width != self._layout.width:
            self._layout.width = width
            self._layout.update(0)
        self._measure()
        if self._lock >= 0:
            self.pointed.emit(self._lock, self.rect_of(self._lock))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Point at the token under the mouse, or extend the selection."""
        token = self.token_at(event.position())
        far = (event.position() - self._pressed_at).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and self._anchor >= 0:
            if token >= 0 and far >= QApplication.startDragDistance():
                self._selection = (self._anchor, token)
                self.viewport().update()
            return
        self._point(token)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Begin a click or a selection."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()
            self._anchor = self.token_at(event.position())
            self._selection = None
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click without a drag locks the token, or releases the locked one."""
        if event.button() is not Qt.MouseButton.LeftButton or self._selection is not None:
            return
        token = self.token_at(event.position())
        self.lock(-1 if token == self._lock else token)

    def leaveEvent(self, event: object) -> None:  # noqa: N802  # Qt's name
        """Nothing is pointed at once the mouse is elsewhere."""
        self._point(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Repaint without the focus ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Repaint with the focus ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """A view that grows leaves scrolling to what it stands in."""
        if self._grows:
            event.ignore()
            return
        super().wheelEvent(event)
        self._point(self.token_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Arrows walk tokens, Enter locks, Ctrl+C copies, Ctrl+A selects."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text() or self._locked_text())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.key() in _STEPS and len(self._text):
            self._walk(_STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._lock >= 0:
            self._walk_line(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and len(self._text):
            self.lock(0 if event.key() == Qt.Key.Key_Home else len(self._text) - 1)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as wanted, a few lines high."""
        return QSize(400, self._content_height() if self._grows else 200)

    # Private

    def _style(self) -> Style:
        colour = self._theme.colour
        small = max(11, self._pixels - 2)
        return Style(
            self._fonts.mono(self._pixels),
            self._fonts.mono(small),
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
        self.viewport().update()

    def _content_height(self) -> int:
        return max(1, len(self._layout.lines)) * self._line_height + 2 * (self._margin // 2)

    def _measure(self) -> None:
        height = self._content_height()
        if self._grows:
            if height != self.minimumHeight():
                self.setFixedHeight(height)
            return
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, height - self.viewport().height()))

    def _top(self) -> int:
        return self._margin // 2 - self.verticalScrollBar().value()

    def _box_rect(self, line: int, left: float, right: float) -> QRectF:
        y = self._top() + line * self._line_height
        inset = max(1.0, (self._line_height - self._pixels * 1.45) / 2)
        # Whole pixels: boxes that touch show no seam between them.
        start, stop = round(self._margin + left), round(self._margin + right)
        return QRectF(start, y + inset, stop - start, self._line_height - 2 * inset)

    def _paint_line(self, painter: QPainter, number: int) -> None:
        line = self._layout.painted(number)
        boxes = [
            (self._text.units[box.unit], self._box_rect(number, box.left, box.right))
            for box in line.boxes
        ]
        low, high = sorted(self._selection) if self._selection is not None else (-1, -2)
        marks = Marks(self._strengths, low, high, self._lock, self._hover, edges=self._edges)
        paint_boxes(painter, boxes, marks, self._theme.colours)
        height = line.layout.boundingRect().height()
        y = self._top() + number * self._line_height + (self._line_height - height) / 2
        painter.setPen(QColor(self._theme.colours.ink))
        line.layout.draw(painter, QPointF(self._margin, y))

    def _point(self, token: int) -> None:
        if token == self._hover:
            return
        self._hover = token
        if self._lock < 0:
            self.pointed.emit(token, self.rect_of(token))
            self.viewport().update()

    def _scrolled(self) -> None:
        if self._lock >= 0:
            self.pointed.emit(self._lock, self.rect_of(self._lock))
        elif self._hover >= 0:
            self._point(-1)

    def _release(self) -> None:
        was = self._lock
        self._lock = -1
        if was >= 0:
            self.locked.emit(-1)
        self.pointed.emit(-1, QRect())
        self.viewport().update()

    def _reveal(self, token: int) -> None:
        rect, bar = self.rect_of(token), self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top() - self._line_height)
        elif rect.bottom() > self.viewport().height():
            over = rect.bottom() - self.viewport().height()
            bar.setValue(bar.value() + over + self._line_height)

    def _walk(self, step: int) -> None:
        here = self._lock if self._lock >= 0 else self._hover
        if here < 0:
            here = -1 if step > 0 else len(self._text)
        self.lock(min(max(here + step, 0), len(self._text) - 1))

    def _walk_line(self, step: int) -> None:
        rect = self.rect_of(self._lock)
        target = QPointF(rect.center().x(), rect.center().y() + step * self._line_height)
        token = self.token_at(target)
        if token >= 0:
            self.lock(token)

    def _locked_text(self) -> str:
        if self._lock < 0:
            return ""
        unit = self._text.unit_of[self._lock]
        return self._text.source_text(unit, unit)


_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
