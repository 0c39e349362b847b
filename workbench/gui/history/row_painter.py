"""Paints rows of the table of runs. GUI thread.

Qt asks a table's model for ten things a cell and its style for two more: forty milliseconds of a
screen after a jump. A row here is one line of prepared texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics, QPainter, Qt

from workbench.gui.history.columns import Column
from workbench.gui.theme import Theme
from workbench.history.listing import RunLine

_PADDING = 9
"""Pixels at each side of a cell, as its column's head has them."""

_NARROWEST = 2.5
"""Pixels of a letter: more letters than fit at this width are not even measured."""

_MOST_READY = 2000
_BAR = 2
_NOTHING_YET = "…"


class Place(NamedTuple):
    """Where a column stands.

    Attributes:
        x: of its left edge in the viewport, in pixels.
    """

    column: Column
    x: int
    width: int


class Row(NamedTuple):
    """A row to paint.

    Attributes:
        line: None while it is read.
        current: the keyboard is here.
    """

    y: int
    line: RunLine | None
    chosen: bool
    current: bool


class RowPainter:
    """Paints rows, and remembers how their texts fit into the columns."""

    def __init__(self, theme: Theme, font: QFont, height: int) -> None:
        """`height`: of every row, in pixels."""
        self._theme, self._font, self._height = theme, font, height
        self._metrics = QFontMetrics(font)
        self._fitting: tuple[object, ...] = ()
        self._ready: dict[int, tuple[RunLine, tuple[tuple[int, str], ...]]] = {}

    def paint(
        self, painter: QPainter, places: Sequence[Place], rows: Iterable[Row], *, focused: bool
    ) -> None:
        """Paint `rows`; `focused`: the table has the keyboard."""
        # Today's times have no date.
        fitting = (date.today(), *((place.column.key, place.width) for place in places))  # noqa: DTZ011  # the person's own day
        if fitting != self._fitting or len(self._ready) > _MOST_READY:
            self._ready.clear()
            self._fitting = fitting
        colour = self._theme.colour
        ink, muted, warning = colour("ink"), colour("muted"), colour("warning")
        wash, accent = colour("accent_wash"), colour("focus" if focused else "accent")
        painter.setFont(self._font)
        painter.setPen(ink)
        drop = (self._height + self._metrics.ascent() - self._metrics.descent()) // 2
        left = min((place.x for place in places), default=0)
        right = max((place.x + place.width for place in places), default=0)
        for y, line, chosen, current in rows:
            if chosen:
                painter.fillRect(QRect(left, y, right - left, self._height), wash)
            if current:
                painter.fillRect(QRect(max(0, left), y, _BAR, self._height), accent)
            if line is None:
                painter.setPen(muted)
                for place in places:
                    painter.drawText(place.x + _PADDING, y + drop, _NOTHING_YET)
                painter.setPen(ink)
                continue
            if line.unsaved:
                painter.setPen(warning)
            for place, (shift, text) in zip(places, self._texts(line, places), strict=True):
                if text:
                    painter.drawText(place.x + shift, y + drop, text)
            if line.unsaved:
                painter.setPen(ink)

    def _texts(self, line: RunLine, places: Sequence[Place]) -> tuple[tuple[int, str], ...]:
        known = self._ready.get(line.row)
        # A row that was read again is another object.
        if known is None or known[0] is not line:
            known = line, tuple(self._fit(place, line) for place in places)
            self._ready[line.row] = known
        return known[1]

    def _fit(self, place: Place, line: RunLine) -> tuple[int, str]:
        """The text of a cell as far as there is room, and where it begins."""
        room = place.width - 2 * _PADDING
        text = place.column.text(line)
        if not text or room <= 0:
            return 0, ""
        most = int(room / _NARROWEST) + 1
        text = text[: most + 1].replace("\n", " ")
        width = self._metrics.horizontalAdvance(text)
        if len(text) == 1 and width <= place.width:
            return (place.width - width) // 2, text
        if width > room:
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        if place.column.right:
            return place.width - _PADDING - min(width, room), text
        return _PADDING, text
