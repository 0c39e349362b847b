"""Paints rows of the table of runs. GUI thread.

Qt asks a table's model for ten things a cell and its style for two more: forty milliseconds of a
screen after a jump. A row here is one line of prepared texts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTransform

from workbench.gui.history.columns import Column
from workbench.gui.theme import Theme
from workbench.history.listing import RunLine

_PADDING = 9
"""Pixels at each side of a cell, as its column's head has them."""

_NARROWEST = 2.5
"""Pixels of a letter: more letters than fit at this width are not even measured."""

_NARROW = 4
"""The same for letters that hardly fit: they are cut before they are shaped."""

_MOST_ROWS = 400
_MOST_TEXTS = 4000
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


class _Text(NamedTuple):
    """A text that is ready to be painted.

    Attributes:
        shift: where it begins, from the left edge of its column.
    """

    shift: int
    shaped: QStaticText


class RowPainter:
    """Paints rows, and remembers how their texts look: shaping them is most of the work."""

    def __init__(self, theme: Theme, font: QFont, height: int) -> None:
        """`height`: of every row, in pixels."""
        self._theme, self._font, self._height = theme, font, height
        self._metrics = QFontMetrics(font)
        self._fitting: tuple[object, ...] = ()
        self._rows: dict[int, tuple[RunLine, tuple[_Text | None, ...]]] = {}
        # The same names, dates and numbers stand in many rows.
        self._texts: dict[tuple[str, int, bool], _Text | None] = {}

    def paint(
        self, painter: QPainter, places: Sequence[Place], rows: Iterable[Row], *, focused: bool
    ) -> None:
        """Paint `rows`; `focused`: the table has the keyboard."""
        # Today's times have no date.
        fitting = (date.today(), *((place.column.key, place.width) for place in places))  # noqa: DTZ011  # the person's own day
        if fitting != self._fitting or len(self._rows) > _MOST_ROWS:
            self._rows.clear()
            self._fitting = fitting
        if len(self._texts) > _MOST_TEXTS:
            self._texts.clear()
        colour = self._theme.colour
        ink, muted, warning = colour("ink"), colour("muted"), colour("warning")
        wash, accent = colour("accent_wash"), colour("focus" if focused else "accent")
        painter.setFont(self._font)
        painter.setPen(ink)
        drop = (self._height - self._metrics.height()) // 2
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
                    text = self._fit(_NOTHING_YET, place.width, right=False)
                    if text is not None:
                        painter.drawStaticText(place.x + text.shift, y + drop, text.shaped)
                painter.setPen(ink)
                continue
            if line.unsaved:
                painter.setPen(warning)
            for place, text in zip(places, self._row(line, places), strict=True):
                if text is not None:
                    painter.drawStaticText(place.x + text.shift, y + drop, text.shaped)
            if line.unsaved:
                painter.setPen(ink)

    def _row(self, line: RunLine, places: Sequence[Place]) -> tuple[_Text | None, ...]:
        known = self._rows.get(line.row)
        # A row that was read again is another object.
        if known is None or known[0] is not line:
            texts = [
                self._fit(place.column.text(line), place.width, right=place.column.right)
                for place in places
            ]
            known = self._rows[line.row] = line, tuple(texts)
        return known[1]

    def _fit(self, text: str, width: int, *, right: bool) -> _Text | None:
        room = width - 2 * _PADDING
        if not text or room <= 0:
            return None
        text = text[: int(room / _NARROWEST) + 2].replace("\n", " ")
        key = text, width, right
        if key not in self._texts:
            self._texts[key] = self._shape(text, width, room, right)
        return self._texts[key]

    def _shape(self, text: str, width: int, room: int, right: bool) -> _Text:
        """The text of a cell as far as there is room, and where it begins."""
        shaped = self._shaped(text) if len(text) * _NARROW <= max(_NARROW, room) else None
        taken = room + 1 if shaped is None else math.ceil(shaped.size().width())
        # A star needs no air at its sides.
        if shaped is not None and len(text) == 1 and room < taken <= width:
            return _Text((width - taken) // 2, shaped)
        if shaped is None or taken > room:
            shaped = self._shaped(self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
            taken = math.ceil(shaped.size().width())
        return _Text(width - _PADDING - taken if right else _PADDING, shaped)

    def _shaped(self, text: str) -> QStaticText:
        shaped = QStaticText(text)
        shaped.setTextFormat(Qt.TextFormat.PlainText)
        shaped.setPerformanceHint(QStaticText.PerformanceHint.ModerateCaching)
        shaped.prepare(QTransform(), self._font)
        return shaped
