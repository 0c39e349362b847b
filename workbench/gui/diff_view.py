"""Two texts side by side, what differs marked by sign, line and colour. GUI thread."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractScrollArea

from workbench.core.word_diff import ChangeKind, Part, Row
from workbench.gui.diff_rows import Difference, Fold, is_changed
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import SMALL_PIXELS, Fonts
from workbench.gui.said import tr_parts
from workbench.gui.theme import Colours, Theme, mixed
from workbench.gui.translate import tr

_PIXELS = 13
_PAD = 3.0
_LINE_SHARE, _WORD_SHARE = 0.08, 0.26
"""How strongly a changed line and a changed word are washed."""
_FOLD_HEIGHT = 26.0


def line_wash(colours: Colours, *, is_left: bool) -> QColor:
    """Behind a line that differs."""
    return mixed(colours.pane, _hue(colours, is_left), _LINE_SHARE)


def word_wash(colours: Colours, *, is_left: bool) -> QColor:
    """Behind the words that differ."""
    return mixed(colours.pane, _hue(colours, is_left), _WORD_SHARE)


def _hue(colours: Colours, is_left: bool) -> str:
    return colours.warning if is_left else colours.accent


@dataclass(slots=True)
class _Laid:
    """A row or fold and where it stands; both sides share a layout where they are equal."""

    item: Row | Fold
    top: float
    height: float
    left: QTextLayout | None = None
    right: QTextLayout | None = None


class DiffView(QAbstractScrollArea):
    """Paints a `Difference`. Folds open with a click or Enter; n and p walk the changes."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme, self._fonts = theme, fonts
        self._items: list[Row | Fold] = []
        self._difference: Difference | None = None
        self._laid: list[_Laid] = []
        self._tops: list[float] = []
        self._gutter = 0.0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Difference"))
        self.viewport().setMouseTracking(True)
        theme.changed.connect(self._lay_out)

    def show_difference(self, difference: Difference | None) -> None:
        """Show a difference from its first change; None shows nothing."""
        self._difference = difference
        self._items = list(difference.items) if difference is not None else []
        self.setAccessibleDescription("" if difference is None else tr_parts(difference.summary))
        self._lay_out()
        self.verticalScrollBar().setValue(0)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) stretch that differs."""
        starts = self._change_tops()
        at = self.verticalScrollBar().value() + 1.0
        if by > 0:
            target = next((top for top in starts if top > at + 1), None)
        else:
            target = next((top for top in reversed(starts) if top < at - 1), None)
        if target is not None:
            self.verticalScrollBar().setValue(round(target))

    def open_folds(self) -> None:
        """Show every equal line too."""
        for number in reversed(range(len(self._items))):
            self._open(number)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Lines break elsewhere."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Walk, open, copy."""
        key, bar = event.key(), self.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.Copy) and self._difference is not None:
            QGuiApplication.clipboard().setText(self._difference.text())
        elif key == Qt.Key.Key_N:
            self.step(1)
        elif key == Qt.Key.Key_P:
            self.step(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_folds()
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click on a fold opens it."""
        number = self._number_at(event.position().y())
        if number is not None and self._open(number):
            self._lay_out()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Nothing behind the view hears of the click."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Folds can be clicked."""
        number = self._number_at(event.position().y())
        is_fold = number is not None and isinstance(self._items[number], Fold)
        shape = Qt.CursorShape.PointingHandCursor if is_fold else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw what is in sight."""
        painter = figure_painter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("pane"))
        offset, height = self.verticalScrollBar().value(), self.viewport().height()
        first = max(0, bisect_right(self._tops, offset) - 1)
        for laid in self._laid[first:]:
            if laid.top - offset > height:
                break
            if isinstance(laid.item, Fold):
                self._paint_fold(painter, laid, laid.top - offset, laid.item)
            else:
                self._paint_row(painter, laid, laid.top - offset, laid.item)
        painter.setPen(self._theme.colour("line"))
        middle = round(self.viewport().width() / 2)
        painter.drawLine(middle, 0, middle, height)
        painter.end()

    def _paint_row(self, painter: QPainter, laid: _Laid, top: float, row: Row) -> None:
        changed = is_changed(row)
        middle = self.viewport().width() / 2
        for is_left, layout, number in (
            (True, laid.left, row.left_line),
            (False, laid.right, row.right_line),
        ):
            x = 0.0 if is_left else middle
            box = QRectF(x, top, middle, laid.height)
            if layout is None:
                painter.fillRect(box, self._theme.colour("background"))
                continue
            if changed:
                wash = line_wash(self._theme.colours, is_left=is_left)
                painter.fillRect(box, wash)
            painter.setFont(self._fonts.mono(SMALL_PIXELS))
            painter.setPen(self._theme.colour("ink" if changed else "muted"))
            gutter = QRectF(x, top + _PAD, self._gutter - 22, self._line_height())
            painter.drawText(gutter, Qt.AlignmentFlag.AlignRight, str(number))
            if changed:
                painter.setFont(self._fonts.mono(_PIXELS))
                sign = QRectF(x + self._gutter - 18, top + _PAD, 12, self._line_height())
                painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, "−" if is_left else "+")
            painter.setPen(self._theme.colour("ink"))
            layout.draw(painter, QPointF(x + self._gutter, top + _PAD))

    def _paint_fold(self, painter: QPainter, laid: _Laid, top: float, fold: Fold) -> None:
        width = self.viewport().width()
        box = QRect(0, round(top), width, round(laid.height))
        painter.fillRect(box, self._theme.colour("chip"))
        painter.setFont(self._fonts.ui(SMALL_PIXELS))
        painter.setPen(self._theme.colour("chip_ink"))
        text = tr("▸ {n_rows:,} equal lines", n_rows=len(fold.rows))
        painter.drawText(box.adjusted(14, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _lay_out(self) -> None:
        self._gutter = self._gutter_width()
        width = max(40.0, self.viewport().width() / 2 - self._gutter - 10)
        self._laid, top = [], 0.0
        for item in self._items:
            laid = _Laid(item, top, _FOLD_HEIGHT)
            if isinstance(item, Row):
                self._lay_out_row(laid, item, width)
            self._laid.append(laid)
            top += laid.height
        self._tops = [laid.top for laid in self._laid]
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, round(top + 8 - page)))
        bar.setPageStep(page)
        bar.setSingleStep(round(self._line_height()))
        self.viewport().update()

    def _lay_out_row(self, laid: _Laid, row: Row, width: float) -> None:
        if row.left is not None:
            laid.left = self._layout(row.left, width, is_left=True)
        if row.right is not None:
            same = laid.left is not None and not is_changed(row)
            laid.right = laid.left if same else self._layout(row.right, width, is_left=False)
        heights = [x.boundingRect().height() for x in (laid.left, laid.right) if x is not None]
        laid.height = max([self._line_height(), *heights]) + 2 * _PAD

    def _layout(self, parts: tuple[Part, ...], width: float, *, is_left: bool) -> QTextLayout:
        layout = QTextLayout("".join(part.text for part in parts), self._fonts.mono(_PIXELS))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats(parts, is_left=is_left))
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0.0, height))
            height += line.height() * 1.15
        layout.endLayout()
        return layout

    def _formats(self, parts: tuple[Part, ...], *, is_left: bool) -> list[QTextLayout.FormatRange]:
        found, at = [], 0
        for part in parts:
            # Qt counts in UTF-16 units.
            length = len(part.text.encode("utf-16-le", "surrogatepass")) // 2
            if part.kind is not ChangeKind.EQUAL:
                form = QTextCharFormat()
                form.setBackground(word_wash(self._theme.colours, is_left=is_left))
                if is_left:
                    form.setFontStrikeOut(True)
                else:
                    form.setFontUnderline(True)
                marked = QTextLayout.FormatRange()
                marked.start, marked.length, marked.format = at, length, form
                found.append(marked)
            at += length
        return found

    def _open(self, number: int) -> bool:
        item = self._items[number]
        if isinstance(item, Fold):
            self._items[number : number + 1] = item.rows
            return True
        return False

    def _number_at(self, y: float) -> int | None:
        at = y + self.verticalScrollBar().value()
        number = bisect_right(self._tops, at) - 1
        if number < 0 or at >= self._laid[number].top + self._laid[number].height:
            return None
        return number

    def _change_tops(self) -> list[float]:
        """Where each stretch of changed lines begins, with a little room above."""
        tops, was = [], False
        for laid in self._laid:
            now = isinstance(laid.item, Row) and is_changed(laid.item)
            if now and not was:
                tops.append(max(0.0, laid.top - 2 * self._line_height()))
            was = now
        return tops

    def _line_height(self) -> float:
        return QFontMetricsF(self._fonts.mono(_PIXELS)).height() * 1.15

    def _gutter_width(self) -> float:
        last = max(
            (
                n
                for i in self._items
                if isinstance(i, Row)
                for n in (i.left_line, i.right_line)
                if n
            ),
            default=1,
        )
        digits = max(2, len(str(last)))
        return QFontMetricsF(self._fonts.mono(SMALL_PIXELS)).horizontalAdvance("0") * digits + 34
