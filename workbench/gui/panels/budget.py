"""The token budget under the editor: how many tokens come from where. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import SMALL_PIXELS, Fonts
from workbench.gui.parts import EDGE
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import mark, tr

if TYPE_CHECKING:
    from workbench.core.budget import BudgetPart
    from workbench.gui.highlights import Highlights
    from workbench.gui.theme import Theme

HEIGHT = 27
_GAP = 4.0
_BETWEEN = " · "


class _Place(NamedTuple):
    part: BudgetPart
    left: float
    middle: float
    right: float


class BudgetLine(QWidget):
    """One line: "examples 212 · context 1,480 · instructions 61 · template 18".

    Signals:
        pointed(source): the pointer is at this part; empty: at none.
    """

    pointed = Signal(str)

    def __init__(self, theme: Theme, fonts: Fonts, highlights: Highlights) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._fonts, self._highlights = theme, fonts, highlights
        self._parts: tuple[BudgetPart, ...] = ()
        self._places: list[_Place] = []
        self._hidden = 0
        self._end = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "pane")
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Token budget"))
        theme.changed.connect(self.update)
        highlights.changed.connect(self.update)

    def show_parts(self, parts: Sequence[BudgetPart]) -> None:
        """Show where the tokens come from; nothing when there are none."""
        self._parts = tuple(parts)
        self.setAccessibleDescription(self.text())
        self._arrange()

    def text(self) -> str:
        """The whole line, with what does not fit into the width."""
        return _BETWEEN.join(f"{part.name} {part.tokens:,}" for part in self._parts)

    @property
    def n_hidden(self) -> int:
        """How many parts have no room."""
        return self._hidden

    # Qt

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """One line."""
        return QSize(300, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """More or fewer parts fit."""
        super().resizeEvent(event)
        self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Point at the part under the mouse."""
        x = event.position().x()
        place = next((p for p in self._places if p.left <= x < p.right), None)
        self.pointed.emit("" if place is None else place.part.source)
        self.setToolTip(self.text() if place is None else _tip(place.part, self._total()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """The mouse is elsewhere."""
        self.pointed.emit("")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the parts that fit."""
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._fonts.ui(SMALL_PIXELS))
        for number, place in enumerate(self._places):
            if self._highlights.lights(place.part.source) or self._lights_part(place.part):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("accent_wash"))
                box = QRectF(place.left - 4, 4, place.right - place.left + 8, HEIGHT - 8)
                painter.drawRoundedRect(box, 4, 4)
            if number:
                self._draw(painter, self._places[number - 1].right, _BETWEEN, "muted")
            is_variable = place.part.source.startswith("variable:")
            self._draw(painter, place.left, place.part.name, "accent" if is_variable else "muted")
            self._draw(painter, place.middle, f"{place.part.tokens:,}", "ink")
        if self._hidden:
            self._draw(
                painter,
                self._end,
                tr("{between}{hidden:,} more", between=_BETWEEN, hidden=self._hidden),
                "muted",
            )
        painter.end()

    # Private

    def _lights_part(self, part: BudgetPart) -> bool:
        kind, _, name = part.source.partition(":")
        if kind == "variable":
            return self._highlights.lights_variable(name)
        return kind == "example" and self._highlights.lights("example:0")

    def _total(self) -> int:
        return sum(part.tokens for part in self._parts)

    def _arrange(self) -> None:
        metrics = QFontMetricsF(self._fonts.ui(SMALL_PIXELS))
        between = metrics.horizontalAdvance(_BETWEEN)
        room = (
            self.width()
            - EDGE
            - metrics.horizontalAdvance(tr("{between}99 more", between=_BETWEEN))
        )
        self._places = []
        left = float(EDGE)
        for part in self._parts:
            middle = left + metrics.horizontalAdvance(part.name) + _GAP
            right = middle + metrics.horizontalAdvance(f"{part.tokens:,}")
            if right > room and self._places:
                break
            self._places.append(_Place(part, left, middle, right))
            left = right + between
        self._hidden = len(self._parts) - len(self._places)
        self._end = self._places[-1].right if self._places else float(EDGE)
        self.update()

    def _draw(self, painter: QPainter, left: float, text: str, ink: str) -> None:
        painter.setPen(self._theme.colour(ink))
        box = QRectF(left, 0, self.width() - left, HEIGHT)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


_TIPS = {
    "example": mark("of the few-shot examples"),
    "literal": mark("of the text that the prompt itself says"),
    "special": mark("that the chat format adds, control tokens included"),
}


def _tip(part: BudgetPart, total: int) -> str:
    tip = _TIPS.get(part.source)
    what = tr(tip) if tip else tr("that the variable {name} brings in", name=part.name)
    return tr(
        "{tokens:,} of {total:,} prompt tokens, {what}", tokens=part.tokens, total=total, what=what
    )
