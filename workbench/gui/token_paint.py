"""What is painted behind a line of tokens: chips, washes, tints, selection, rings. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from workbench.core.tokens import Float32
from workbench.gui.theme import Colours, mixed
from workbench.gui.token_text import Look, Unit

_RADIUS = 3.0
_FAINTEST = 0.04
"""Tints weaker than this are not painted: a page of almost white boxes only looks dirty."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """What is special about some tokens.

    Attributes:
        strengths: of the tint, float32 per token, 0 to 1; NaN paints none.
        first, last: the selected tokens, both included; last < first when there are none.
        locked, hovered: token numbers; -1 for none.
        edges: whether every token shows its borders.
    """

    strengths: Float32
    first: int
    last: int
    locked: int
    hovered: int
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
        strength = _strength(marks.strengths[unit.first : unit.last])
        if strength > _FAINTEST:
            painter.setBrush(mixed(colours.pane, colours.surprise, strength))
            painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        if marks.first < unit.last and unit.first <= marks.last:
            wash = QColor(colours.accent)
            wash.setAlphaF(0.28)
            painter.setBrush(wash)
            painter.drawRect(rect)
        _paint_ring(painter, unit, rect, marks, colours)


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
    return float(known.max()) if len(known) else 0.0
