"""The one button of a workspace that does its work: Generate, and Stop while it runs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme
from workbench.gui.translate import key_names

_PAD, _GAP, _HEIGHT, _RADIUS = 14.0, 5.0, 29, 7.0


class PrimaryButton(QPushButton):
    """A filled button with its shortcut written beside its text."""

    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keep_left_to_right(self)
        self._theme, self._fonts = theme, fonts
        self._shortcut = self._usual = ""
        self._keys: dict[str, str] = {}
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def show_text(self, text: str, shortcut: str) -> None:
        """Write `text` and, lighter, `shortcut`; the button does not react to the shortcut."""
        self.setText(text)
        self._usual = shortcut
        shortcut = self._shortcut = self._keys.get(shortcut) or key_names(shortcut)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({shortcut})" if shortcut else text)
        self.updateGeometry()
        self.update()

    def use_keys(self, keys: dict[str, str]) -> None:
        """Show other keys from now on: what stands for the usual ones, by how those are shown."""
        self._keys = keys
        self.show_text(self.text(), self._usual)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for the longest text it will show, so that nothing moves when it changes."""
        bold = QFontMetricsF(self._fonts.ui(bold=True))
        plain = QFontMetricsF(self._fonts.ui())
        width = bold.horizontalAdvance(self.text()) + 2 * _PAD
        if self._shortcut:
            width += _GAP + plain.horizontalAdvance(self._shortcut)
        return QSize(max(128, round(width)), _HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Never smaller than its text."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the button in the accent colour, or grey while it cannot be pressed."""
        c = self._theme.colours
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse() or self.isDown()
        fill = (c.accent_hover if over else c.accent) if self.isEnabled() else c.chip
        ink = QColor(c.on_accent if self.isEnabled() else c.chip_ink)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.pane), 1.5))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), _RADIUS - 2, _RADIUS - 2)
        self._paint_text(painter, box, ink)
        painter.end()

    def _paint_text(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        bold, plain = self._fonts.ui(bold=True), self._fonts.ui()
        wide = QFontMetricsF(bold).horizontalAdvance(self.text())
        hint = QFontMetricsF(plain).horizontalAdvance(self._shortcut)
        x = box.center().x() - (wide + (hint + _GAP if hint else 0)) / 2
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(bold)
        painter.setPen(ink)
        painter.drawText(QRectF(x, box.top(), wide + 2, box.height()), middle, self.text())
        if hint:
            soft = QColor(ink)
            soft.setAlphaF(0.85)
            painter.setFont(plain)
            painter.setPen(soft)
            rest = QRectF(x + wide + _GAP, box.top(), hint + 2, box.height())
            painter.drawText(rest, middle, self._shortcut)
