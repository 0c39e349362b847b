"""What looks like a search field in the top bar and opens the palette. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.icons import icon
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_WIDTH, _LEAST, _HEIGHT, _EDGE = 270, 118, 26, 9


class SearchChip(QPushButton):
    """A magnifying glass, words, and the keys that do the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme = theme
        self._keys = ""
        set_role(self, "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Search or run a command"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_keys(self, keys: str) -> None:
        """Which keys open the palette; empty when none do."""
        self._keys = keys
        tip = tr("Search or run a command")
        self.setToolTip(f"{tip} [{keys}]" if keys else tip)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as there is room for."""
        return QSize(_WIDTH, _HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """In a narrow window the words give way."""
        return QSize(_LEAST, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The button's own background, then glass, words and keys."""
        painter = figure_painter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        colour, metrics = self._theme.colour, self.fontMetrics()
        inside = self.rect().adjusted(_EDGE, 0, -_EDGE, 0)
        icon("search", colour("chip_ink"), 13).paint(
            painter, QRect(inside.left(), (self.height() - 13) // 2, 13, 13)
        )
        painter.setPen(colour("chip_ink"))
        middle = Qt.AlignmentFlag.AlignVCenter
        keys = metrics.horizontalAdvance(self._keys)
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, self._keys)
        room = inside.adjusted(13 + 7, 0, -keys - 8, 0)
        words = metrics.elidedText(
            tr("Search or run a command"), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()
