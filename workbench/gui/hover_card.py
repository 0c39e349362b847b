"""The card that lies over the text and shows what the model could have said instead. GUI thread.

It is a child of the window, not a window of its own, so that it never takes the keyboard, leaves
with the window and is part of its picture.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workbench.gui.card_data import Card, CardRow
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.key_hints import keyed
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

_SHADOW, _DROP = 24, 6
_WIDTH = 372
_PAD = 13
_HEAD, _ROW, _FOOT = 54, 22, 30
_BAR_LEFT, _BAR_WIDTH, _BAR_HEIGHT = 102, 112, 14
_SAMPLED_WIDTH = 76
"""The column of what the samplers made of each token."""
_RADIUS = 8.0
_HINT = mark("Click keeps this open · ←→ walk")
_LOCKED_HINT = mark("Click an alternative to fork there · ←→ walk · Esc releases")


class HoverCard(QWidget):
    """Shows one `Card` beside an anchor.

    Kept open, its rows can be clicked; otherwise the mouse reaches what lies below it.

    Attributes:
        area: the widget it lies over and whose coordinates anchors have.

    Signals:
        alternative_chosen(token_id): the person clicked a token that was not said.
    """

    alternative_chosen = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        keep_left_to_right(self)
        self.area = parent
        self._theme, self._fonts = theme, fonts
        self._card: Card | None = None
        self._rows: tuple[CardRow, ...] = ()
        self._hint = ""
        self._pointed = -1
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMouseTracking(True)
        self.setObjectName("hover-card")
        self.hide()
        theme.changed.connect(self.update)

    @property
    def card(self) -> Card | None:
        """What is shown; None while hidden."""
        return self._card

    def show_card(self, card: Card, anchor: QRect, *, locked: bool) -> None:
        """Show `card` below `anchor` (in the parent's coordinates), or above where it fits."""
        self._card = card
        room = (self.area.height() - _HEAD - _FOOT - 2 * _DROP) // _ROW - 1
        self._rows = folded(card.rows, max(3, room))
        self._hint = keyed(self, card.hint or tr(_LOCKED_HINT if locked else _HINT), "")
        self._point(-1)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not locked)
        self.setAccessibleName(tr("Alternatives for {token}", token=card.token))
        self.setAccessibleDescription(describe(card))
        self.resize(self.sizeHint())
        self.move(self._place(anchor))
        self.show()
        self.raise_()
        self.update()

    def hide_card(self) -> None:
        """Take the card away."""
        self._card = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def row_rect(self, row: int) -> QRect:
        """Where row number `row` stands in the card."""
        box = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        return _line(box, _HEAD + _ROW * (row + 1)).toAlignedRect()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Light the alternative under the mouse."""
        self._point(self._alternative_at(event.position().toPoint()))

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Nothing is pointed at any more."""
        self._point(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The release decides; what lies below hears nothing of it."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click on an alternative chooses it."""
        row = self._alternative_at(event.position().toPoint())
        if row >= 0 and self._card is not None and event.button() is Qt.MouseButton.LeftButton:
            token = self._rows[row].id
            if token is not None:
                self.alternative_chosen.emit(token)

    def _alternative_at(self, point: QPoint) -> int:
        for number, row in enumerate(self._rows):
            if self.row_rect(number).contains(point):
                return number if row.id is not None and not row.chosen else -1
        return -1

    def _point(self, row: int) -> None:
        if row != self._pointed:
            self._pointed = row
            shape = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for every row and the shadow around."""
        rows = len(self._rows)
        table = _ROW * (rows + 1) if rows else _ROW
        return QSize(_WIDTH + 2 * _SHADOW, _HEAD + table + _FOOT + 2 * _SHADOW)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw shadow, card, head, rows and foot."""
        if self._card is None:
            return
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        self._paint_box(painter, box)
        self._paint_head(painter, box, self._card)
        if self._card.rows:
            self._paint_table(painter, box, self._rows, self._card)
        else:
            self._text(painter, _line(box, _HEAD), tr("No probabilities for this token."), "muted")
        foot = QRectF(box.left() + _PAD, box.bottom() - _FOOT, box.width() - 2 * _PAD, _FOOT - 4)
        self._text(painter, foot, self._hint, "muted", self._fonts.ui(12))
        painter.end()

    def _place(self, anchor: QRect) -> QPoint:
        parent = self.area.rect()
        width, height = self.width(), self.height()
        x = min(max(anchor.left() - _SHADOW - 20, -_SHADOW + 4), parent.width() - width + _SHADOW)
        y = anchor.bottom() + 6 - _SHADOW
        if y + height - _SHADOW > parent.height() and anchor.top() - height + _SHADOW >= 0:
            y = anchor.top() - 6 - height + _SHADOW
        return QPoint(x, min(y, parent.height() - height + _SHADOW))

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 6 if self._theme.colours.is_dark else 2))
        for ring in range(1, _SHADOW - _DROP):
            grown = box.adjusted(-ring, -ring, ring, ring).translated(0, _DROP)
            painter.drawRoundedRect(grown, _RADIUS + ring, _RADIUS + ring)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("pane"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _paint_head(self, painter: QPainter, box: QRectF, card: Card) -> None:
        row = QRectF(box.left() + _PAD, box.top() + 8, box.width() - 2 * _PAD, 24)
        right = QFontMetricsF(self._fonts.ui()).horizontalAdvance(card.surprise) + 8
        facts = QFontMetricsF(self._fonts.ui()).horizontalAdvance(card.facts) + 8
        mono = self._fonts.mono(13)
        mono.setBold(True)
        room = max(24.0, row.width() - right - facts)
        token = QFontMetricsF(mono).elidedText(card.token, Qt.TextElideMode.ElideMiddle, room)
        self._text(painter, row, token, "ink", mono)
        shift = QFontMetricsF(mono).horizontalAdvance(token) + 8
        self._text(painter, row.adjusted(shift, 0, 0, 0), card.facts, "muted")
        self._text(painter, row, card.surprise, "muted", align=Qt.AlignmentFlag.AlignRight)
        small = self._fonts.ui(12)
        room = row.width()
        details = QFontMetricsF(small).elidedText(card.details, Qt.TextElideMode.ElideRight, room)
        self._text(painter, row.translated(0, 19), details, "muted", small)

    def _paint_table(
        self, painter: QPainter, box: QRectF, rows: tuple[CardRow, ...], card: Card
    ) -> None:
        head, right = _line(box, _HEAD), Qt.AlignmentFlag.AlignRight
        shift = _SAMPLED_WIDTH if card.was_sampled else 0
        first, second = map(tr, card.columns)
        if card.is_pair:
            self._paint_swatches(painter, head, card.columns, shift)
        self._text(painter, head.adjusted(0, 0, -shift, 0), first, "muted", align=right)
        if card.was_sampled:
            self._text(painter, head, second, "muted", align=right)
        most = max((row.p or 0.0) for row in rows if not row.is_rest) or 1.0
        if card.is_pair:
            most = max(most, *((row.p_sampled or 0.0) for row in rows if not row.is_rest))
        for number, row in enumerate(rows):
            line = _line(box, _HEAD + _ROW * (number + 1))
            if number == self._pointed:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("accent_wash"))
                painter.drawRoundedRect(line.adjusted(-_PAD + 3, 1, _PAD - 3, -1), 4, 4)
            self._paint_row(painter, line, row, shift)
            self._paint_bars(painter, line, row, most, card)

    def _paint_swatches(
        self, painter: QPainter, head: QRectF, names: tuple[str, str], shift: int
    ) -> None:
        """Which bar is whose: its colour before each heading."""
        painter.setPen(Qt.PenStyle.NoPen)
        for name, colour, left in ((names[0], "bar", shift), (names[1], "surprise", 0)):
            wide = QFontMetricsF(self._fonts.ui()).horizontalAdvance(name)
            at = QRectF(head.right() - left - wide - 14, head.center().y() - 4, 8, 8)
            painter.setBrush(self._theme.colour(colour))
            painter.drawRoundedRect(at, 2, 2)

    def _paint_bars(
        self, painter: QPainter, line: QRectF, row: CardRow, most: float, card: Card
    ) -> None:
        """One bar, or a thinner one for each side."""
        values = (row.p, row.p_sampled) if card.is_pair else (row.p,)
        colours = ("line", "line") if row.is_rest else ("bar", "surprise")
        height = _BAR_HEIGHT / len(values)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, value in enumerate(values):
            width = max(2.0, min(1.0, value / most) * _BAR_WIDTH) if value else 0.0
            top = line.center().y() - _BAR_HEIGHT / 2 + number * height
            bar = QRectF(line.left() + _BAR_LEFT - 10, top, width, height)
            painter.setBrush(self._theme.colour(colours[number]))
            painter.drawRoundedRect(bar, 2, 2)

    def _paint_row(self, painter: QPainter, line: QRectF, row: CardRow, shift: int) -> None:
        mono = self._fonts.mono(12)
        text = QFontMetricsF(mono).elidedText(row.text, Qt.TextElideMode.ElideRight, _BAR_LEFT - 22)
        ink = "accent" if row.chosen else "muted" if row.is_rest else "ink"
        if row.chosen:
            painter.setBrush(self._theme.colour("accent"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QRectF(line.left() - 8, line.center().y() - 2, 4, 4))
        font = self._fonts.ui() if row.is_rest else mono
        self._text(painter, line, text, ink, font)
        right, ink = Qt.AlignmentFlag.AlignRight, ink if row.chosen else "ink"
        self._text(painter, line.adjusted(0, 0, -shift, 0), row.percent, ink, align=right)
        if shift:
            known = row.p_sampled is not None
            after = row.percent_sampled
            self._text(painter, line, after, ink if known else "muted", align=right)

    def _text(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        ink: str,
        font: QFont | None = None,
        *,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(font or self._fonts.ui())
        painter.setPen(self._theme.colour(ink))
        painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, text)


def describe(card: Card) -> str:
    """The card in words, for screen readers and for copying."""
    rows = "; ".join(f"{r.text} {r.percent} %{' (said)' if r.chosen else ''}" for r in card.rows)
    return f"{card.facts} · {card.surprise} · {card.details}. {rows}"


def folded(rows: tuple[CardRow, ...], most: int) -> tuple[CardRow, ...]:
    """At most `most` rows: what has no room is added to the rest, never the said one."""
    if len(rows) <= most:
        return rows
    kept = list(rows[: most - 1])
    said = next((row for row in rows if row.chosen), None)
    if said is not None and said not in kept:
        kept[-1] = said
    out = [row for row in rows if row not in kept]
    after = [row.p_sampled for row in out]
    p_sampled = None if None in after else sum(p or 0.0 for p in after)
    rest = CardRow(tr("others"), sum(row.p or 0.0 for row in out), p_sampled, is_rest=True)
    return (*kept, rest)


def _line(box: QRectF, top: float) -> QRectF:
    return QRectF(box.left() + _PAD, box.top() + top, box.width() - 2 * _PAD, _ROW)
