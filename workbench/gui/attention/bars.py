"""Named bars, one number each: shares from the left, or changes to both sides of zero. GUI thread.

Hover previews, a click keeps, arrows walk, Ctrl+C copies the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme

ROW_HEIGHT, _BAR = 23, 13
_PAD = 6.0
_LABEL_SHARE = 0.42
_NUMBER, _SECOND = 58.0, 44.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One row.

    Attributes:
        label: in words.
        value: what the bar is long by; None when not available.
        shown: the number as text, with its sign.
        second: another number beside it, as text; may be empty.
        faint: drawn muted: within the noise, or not what is asked about.
        tip: sentences for the pointer; may be empty.
    """

    label: str
    value: float | None
    shown: str
    second: str = ""
    faint: bool = False
    tip: str = ""


class Bars(QWidget):
    """Rows of bars.

    Signals:
        pointed(row): the row asked about: the kept one, else the one pointed at, else -1.
        kept(row): the person kept a row with a click or Enter; -1 released it.
    """

    pointed = Signal(int)
    kept = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts, name: str, *, signed: bool) -> None:
        """`signed`: bars go to both sides of a line at zero."""
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._fonts, self._signed = theme, fonts, signed
        self.rows: tuple[Bar, ...] = ()
        self._heads = ("", "")
        self._noise: float | None = None
        self._hover = self._kept = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    def show_rows(
        self, rows: Sequence[Bar], *, noise: float | None = None, heads: tuple[str, str] = ("", "")
    ) -> None:
        """Show other numbers. A kept row stays kept while there are as many rows.

        Args:
            noise: changes up to this large are a band around zero.
            heads: words above the second number and the number.
        """
        same = [r.label for r in rows] == [r.label for r in self.rows]
        self.rows, self._noise, self._heads = tuple(rows), noise, heads
        if not same:
            self._hover = -1
            self.keep(-1)
        self.setAccessibleDescription("; ".join(f"{r.label} {r.shown}" for r in rows))
        self.updateGeometry()
        self.update()

    @property
    def row(self) -> int:
        """The row asked about; -1 for none."""
        return self._kept if self._kept >= 0 else self._hover

    @property
    def kept_row(self) -> int:
        """The row that was clicked; -1 for none."""
        return self._kept

    def keep(self, row: int) -> None:
        """Keep a row; -1 releases."""
        if row != self._kept:
            before, self._kept = self.row, row
            self.kept.emit(row)
            if self.row != before:
                self.pointed.emit(self.row)
            self.update()

    def table(self) -> str:
        """The rows for the clipboard, tab separated."""
        lines = []
        for row in self.rows:
            value = "" if row.value is None else f"{row.value:.6g}"
            lines.append("\t".join([row.label, value, *([row.second] if row.second else [])]))
        return "\n".join(lines)

    # Qt

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for all rows."""
        return QSize(200, round(self._top() + max(1, len(self.rows)) * ROW_HEIGHT + 2))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for all rows."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Up and Down walk, Enter or Space keeps, Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.table())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.rows:
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            to = min(max(self.row + step, 0), len(self.rows) - 1)
            if self._kept >= 0:
                self.keep(to)
            else:
                self._point(to)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.keep(-1 if self._kept >= 0 else self._hover)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Point at the row under the mouse."""
        self._point(self._row_at(event.position().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Keep the row, or release it."""
        if event.button() is Qt.MouseButton.LeftButton:
            row = self._row_at(event.position().y())
            self.keep(-1 if row == self._kept else row)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """The mouse is elsewhere."""
        self._point(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self._point(-1)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Rows have tips of their own."""
        if isinstance(event, QHelpEvent):
            row = self._row_at(event.y())
            QToolTip.showText(event.globalPos(), self.rows[row].tip if row >= 0 else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw every row."""
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._bar_area()
        values = [abs(row.value) for row in self.rows if row.value is not None]
        most = max([*values, 1e-9 if self._signed else 1e-3])
        if self._top():
            self._paint_heads(painter)
        if self._signed and self._noise is not None and self.rows:
            self._paint_noise(painter, left, right, most)
        for number, row in enumerate(self.rows):
            self._paint_row(painter, number, row, left, right, most)
        if self.hasFocus():
            painter.setPen(self._theme.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    # Private

    def _top(self) -> float:
        return 18.0 if any(self._heads) else 0.0

    def _row_at(self, y: float) -> int:
        row = int((y - self._top()) // ROW_HEIGHT)
        return row if 0 <= row < len(self.rows) and y >= self._top() else -1

    def _point(self, row: int) -> None:
        if row != self._hover:
            before, self._hover = self.row, row
            if self.row != before:
                self.pointed.emit(self.row)
            self.update()

    def _bar_area(self) -> tuple[float, float]:
        second = _SECOND if any(row.second for row in self.rows) else 0.0
        left = _PAD + (self.width() - 2 * _PAD) * _LABEL_SHARE + 6
        return left, max(left + 10, self.width() - _PAD - _NUMBER - second)

    def _zero(self, left: float, right: float) -> float:
        """Where zero stands; bars that all go one way get nearly all of the room."""
        if not self._signed:
            return left
        low = min([0.0, *(r.value for r in self.rows if r.value is not None)])
        high = max([0.0, *(r.value for r in self.rows if r.value is not None)])
        share = -low / (high - low) if high > low else 0.5
        return left + (right - left) * min(0.9, max(0.1, share))

    def _length(self, value: float, left: float, right: float, most: float) -> float:
        zero = self._zero(left, right)
        return value / most * (max(zero - left, right - zero) if self._signed else right - left)

    def _paint_heads(self, painter: QPainter) -> None:
        painter.setFont(self._fonts.ui(11))
        painter.setPen(self._theme.colour("muted"))
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        right = self.width() - _PAD
        painter.drawText(QRectF(right - 130, 0, 130, 16), align, self._heads[1])
        if self._heads[0]:
            box = QRectF(right - _NUMBER - 130, 0, 130, 16)
            painter.drawText(box, align, self._heads[0])

    def _paint_noise(self, painter: QPainter, left: float, right: float, most: float) -> None:
        reach = self._length(min(self._noise or 0.0, most), left, right, most)
        zero = self._zero(left, right)
        band = QRectF(zero - reach, self._top(), 2 * reach, len(self.rows) * ROW_HEIGHT)
        clip = QRectF(left, self._top(), right - left, band.height())
        painter.fillRect(band.intersected(clip), self._theme.colour("chip"))

    def _paint_row(
        self, painter: QPainter, number: int, row: Bar, left: float, right: float, most: float
    ) -> None:
        line = QRectF(_PAD, self._top() + number * ROW_HEIGHT, self.width() - 2 * _PAD, ROW_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        if number == self.row:
            painter.setBrush(self._theme.colour("accent_wash" if number == self._kept else "chip"))
            painter.drawRoundedRect(line.adjusted(-4, 1, 4, -1), 4, 4)
        if row.value is not None:
            self._paint_bar(painter, row, line, (left, right, most))
        painter.setFont(self._fonts.ui())
        painter.setPen(self._theme.colour("muted" if row.faint else "ink"))
        metrics = QFontMetricsF(painter.font())
        room = left - line.left() - 8
        name = metrics.elidedText(row.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(
            QRectF(line.left(), line.top(), room + 4, ROW_HEIGHT),
            Qt.AlignmentFlag.AlignVCenter,
            name,
        )
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, align, row.shown)
        if row.second:
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(line.adjusted(0, 0, -_NUMBER, 0), align, row.second)

    def _paint_bar(
        self, painter: QPainter, row: Bar, line: QRectF, area: tuple[float, float, float]
    ) -> None:
        left, right, most = area
        value = row.value or 0.0
        zero = self._zero(left, right)
        end = min(right, max(left, zero + self._length(value, left, right, most)))
        y = line.center().y() - _BAR / 2
        if self._signed:
            colour = "more" if value > 0 else "less"
            painter.setBrush(self._theme.colour("line" if row.faint else colour))
        else:
            painter.setBrush(self._theme.colour("line" if row.faint else "bar"))
        if abs(end - zero) > 0.2:
            start, width = min(zero, end), max(1.5, abs(end - zero))
            painter.drawRoundedRect(QRectF(start, y, width, _BAR), 2, 2)
        if self._signed:
            painter.fillRect(
                QRectF(zero - 0.5, line.top() + 2, 1, ROW_HEIGHT - 4), self._theme.colour("muted")
            )
