"""What is painted behind a line of tokens: chips, washes, tints, selection, rings. GUI thread."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from workbench.gui.theme import Colours, mixed
from workbench.gui.token_text import Line, Look, Unit

_RADIUS = 3.0
_PART = 4.0
"""How high the tokens below a character are, in pixels."""
_DASHES = (2.0, 1.5)
"""Of the line below an example, in widths of the line."""
_LEVELS = 64
"""Shades on each side of a tint."""
LIT_SHARE = 0.25
"""How much of the bars' colour is laid over the wash of lit tokens."""

_BEYOND_SHARE, _BEYOND_SHARE_MUTED = 0.08, 0.04
"""How strong the wash beyond the context is: so much that every text on it can still be read."""
_FAINTEST = 0.04
"""Tints weaker than this are not painted: a page of almost white boxes only looks dirty."""


class TintShades:
    """The washes of a tint in the colours of one theme; each shade is mixed once.

    Attributes:
        signed: whether strengths are -1 to 1 and have a colour and a sign for each side.
    """

    def __init__(self, colours: Colours, *, signed: bool, over: str) -> None:
        """`over`: the colour of the strongest tint without a sign, by its name in `Colours`."""
        self.signed = signed
        self._colours, self._over = colours, over
        self._made: dict[int, QColor] = {}

    def colour(self, strength: float) -> QColor:
        """The wash of a token."""
        level = round(strength * _LEVELS)
        found = self._made.get(level)
        if found is None:
            share = level / _LEVELS
            found = tint_colour(share, self._colours, signed=self.signed, over=self._over)
            self._made[level] = found
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """What is special about some tokens.

    Attributes:
        strengths: of the tint, one per token, 0 to 1, or -1 to 1 with a sign; NaN paints none.
        shades: the tint's colours.
        first, last: the selected tokens, both included; last < first when there are none.
        locked, hovered: token numbers; -1 for none.
        lit: tokens that belong to what is pointed at elsewhere.
        limit: tokens from this number on do not fit into the context.
        edges: whether every token shows its borders.
    """

    strengths: Sequence[float]
    shades: TintShades
    first: int
    last: int
    locked: int
    hovered: int
    lit: frozenset[int]
    limit: int
    edges: bool


def paint_boxes(
    painter: QPainter, boxes: Sequence[tuple[Unit, QRectF]], marks: Marks, colours: Colours
) -> None:
    """Paint everything that lies behind the text of one line."""
    painter.setPen(Qt.PenStyle.NoPen)
    for unit, rect in boxes:
        if unit.look is Look.CHIP:
            painter.setBrush(QColor(colours.chip))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), _RADIUS + 1, _RADIUS + 1)
        elif unit.look is Look.VARIABLE:
            painter.setBrush(QColor(colours.accent_wash))
            painter.drawRect(rect)
        if unit.last > marks.limit:
            _paint_beyond(painter, unit, rect, marks, colours)
        if marks.lit and any(token in marks.lit for token in range(unit.first, unit.last)):
            _paint_lit(painter, rect, colours)
        strength = _strength(marks.strengths, unit)
        if abs(strength) > _FAINTEST:
            painter.setBrush(marks.shades.colour(strength))
            painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
            if marks.shades.signed:
                _paint_sign(painter, rect, colours, is_more=strength > 0)
        if unit.line is not Line.NONE:
            _paint_line(painter, unit, rect, colours)
        if unit.last - unit.first > 1:
            _paint_parts(painter, unit, rect, marks, colours)
        if marks.first < unit.last and unit.first <= marks.last:
            wash = QColor(colours.accent)
            wash.setAlphaF(0.28)
            painter.setBrush(wash)
            painter.drawRect(rect)
        _paint_ring(painter, unit, rect, marks, colours)


def tint_colour(
    strength: float, colours: Colours, *, signed: bool, over: str = "surprise"
) -> QColor:
    """The wash of a token, as the legend shows it; `over` names the colour without a sign."""
    if not signed:
        return mixed(colours.pane, getattr(colours, over), strength)
    return mixed(colours.pane, colours.more if strength > 0 else colours.less, abs(strength))


def part_rects(unit: Unit, rect: QRectF) -> list[QRectF]:
    """Where the tokens of one character stand, side by side below it."""
    count = unit.last - unit.first
    wide = rect.width() / count
    gap = 1.0 if wide > 3.0 else 0.0
    return [
        QRectF(rect.left() + i * wide, rect.bottom() + 1, wide - gap, _PART) for i in range(count)
    ]


def _paint_sign(painter: QPainter, rect: QRectF, colours: Colours, *, is_more: bool) -> None:
    """A small plus or minus over the right end, so that the side shows without colour."""
    painter.setBrush(QColor(colours.ink))
    x, y = rect.right() - 3.5, rect.top() - 1.5
    painter.drawRect(QRectF(x - 2.5, y - 0.5, 5, 1))
    if is_more:
        painter.drawRect(QRectF(x - 0.5, y - 2.5, 1, 5))


def _paint_line(painter: QPainter, unit: Unit, rect: QRectF, colours: Colours) -> None:
    """Where the text came from: solid for a variable, dashed for an example, thin for the chat
    template."""
    y = rect.bottom() + 1
    if unit.line is Line.TEMPLATE:
        painter.fillRect(QRectF(rect.left(), y, rect.width(), 1), QColor(colours.muted))
        return
    if unit.line is Line.VARIABLE:
        painter.fillRect(QRectF(rect.left(), y, rect.width(), 2), QColor(colours.accent))
        return
    pen = QPen(QColor(colours.accent), 2.0)
    pen.setDashPattern(_DASHES)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QLineF(rect.left(), y + 1, rect.right(), y + 1))
    painter.setPen(Qt.PenStyle.NoPen)


def _paint_parts(
    painter: QPainter, unit: Unit, rect: QRectF, marks: Marks, colours: Colours
) -> None:
    """The tokens that together are one character, side by side below it."""
    for token, box in enumerate(part_rects(unit, rect), start=unit.first):
        strength = marks.strengths[token]
        known = abs(strength) > _FAINTEST  # not so for NaN
        painter.setPen(Qt.PenStyle.NoPen)
        if token == marks.locked or (marks.locked < 0 and token == marks.hovered):
            painter.setBrush(QColor(colours.accent))
        elif known:
            painter.setBrush(marks.shades.colour(strength))
        else:
            painter.setBrush(QColor(colours.line))
        painter.drawRect(box)


def _paint_beyond(
    painter: QPainter, unit: Unit, rect: QRectF, marks: Marks, colours: Colours
) -> None:
    """A wash over what does not fit, and a bar where the context ends."""
    wash = QColor(colours.warning)
    wash.setAlphaF(_BEYOND_SHARE_MUTED if unit.look is Look.MUTED else _BEYOND_SHARE)
    painter.setBrush(wash)
    painter.drawRect(rect)
    if unit.first <= marks.limit < unit.last:
        painter.setBrush(QColor(colours.warning))
        painter.drawRect(QRectF(rect.left() - 1, rect.top() - 3, 2, rect.height() + 6))


def _paint_lit(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """A deeper wash and a line below, so that it shows without colour too."""
    painter.setBrush(mixed(colours.accent_wash, colours.bar, LIT_SHARE))
    painter.drawRect(rect)
    painter.setBrush(QColor(colours.accent))
    painter.drawRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2))


def _paint_ring(
    painter: QPainter, unit: Unit, rect: QRectF, marks: Marks, colours: Colours
) -> None:
    kept = unit.first <= marks.locked < unit.last
    pointed = marks.locked < 0 and unit.first <= marks.hovered < unit.last
    if kept or pointed:
        painter.setPen(QPen(QColor(colours.accent), 2.0 if kept else 1.0))
    elif marks.edges:
        painter.setPen(QPen(QColor(colours.line), 1.0))
    else:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)


def _strength(values: Sequence[float], unit: Unit) -> float:
    """The strongest tint of tokens that share a character; 0 when none is known."""
    if unit.last - unit.first == 1:
        value = values[unit.first]
        return 0.0 if math.isnan(value) else value
    known = [v for v in values[unit.first : unit.last] if not math.isnan(v)]
    return max(known, key=abs, default=0.0)
