"""What is painted behind a line of tokens: chips, washes, tints, selection, rings. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from workbench.core.tokens import Float32
from workbench.gui.theme import Colours, mixed
from workbench.gui.token_text import Line, Look, Unit

_RADIUS = 3.0
_PART = 4.0
"""How high the tokens below a character are, in pixels."""
_DASH = 4.0
LIT_SHARE = 0.25
"""How much of the bars' colour is laid over the wash of lit tokens."""

_BEYOND_SHARE, _BEYOND_SHARE_MUTED = 0.08, 0.04
"""How strong the wash beyond the context is: so much that every text on it can still be read."""
_FAINTEST = 0.04
"""Tints weaker than this are not painted: a page of almost white boxes only looks dirty."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """What is special about some tokens.

    Attributes:
        strengths: of the tint, float32 per token, 0 to 1; NaN paints none.
        tint: the colour of the strongest tint without a sign, by its name in `Colours`.
        signed: whether strengths are -1 to 1 and have a colour and a sign for each side.
        first, last: the selected tokens, both included; last < first when there are none.
        locked, hovered: token numbers; -1 for none.
        lit: tokens that belong to what is pointed at elsewhere.
        limit: tokens from this number on do not fit into the context.
        edges: whether every token shows its borders.
    """

    strengths: Float32
    tint: str
    signed: bool
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
        if any(token in marks.lit for token in range(unit.first, unit.last)):
            _paint_lit(painter, rect, colours)
        strength = _strength(marks.strengths[unit.first : unit.last])
        if abs(strength) > _FAINTEST:
            painter.setBrush(tint_colour(strength, colours, signed=marks.signed, over=marks.tint))
            painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
            if marks.signed:
                _paint_sign(painter, rect, colours, is_more=strength > 0)
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
    if unit.line is Line.NONE:
        return
    y = rect.bottom() + 1
    if unit.line is Line.TEMPLATE:
        painter.fillRect(QRectF(rect.left(), y, rect.width(), 1), QColor(colours.muted))
        return
    dash = rect.width() if unit.line is Line.VARIABLE else _DASH
    x = rect.left()
    while x < rect.right():
        wide = min(dash, rect.right() - x)
        painter.fillRect(QRectF(x, y, wide, 2), QColor(colours.accent))
        x += dash + 3.0


def _paint_parts(
    painter: QPainter, unit: Unit, rect: QRectF, marks: Marks, colours: Colours
) -> None:
    """The tokens that together are one character, side by side below it."""
    for token, box in enumerate(part_rects(unit, rect), start=unit.first):
        strength = float(marks.strengths[token])
        known = not np.isnan(strength) and abs(strength) > _FAINTEST
        painter.setPen(Qt.PenStyle.NoPen)
        if token == marks.locked or (marks.locked < 0 and token == marks.hovered):
            painter.setBrush(QColor(colours.accent))
        elif known:
            painter.setBrush(tint_colour(strength, colours, signed=marks.signed, over=marks.tint))
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


def _strength(values: Float32) -> float:
    """The strongest tint of tokens that share a character; 0 when none is known."""
    known = values[~np.isnan(values)]
    return float(known[np.abs(known).argmax()]) if len(known) else 0.0
