"""How far something long is: a thin bar and a sentence. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.theme import Theme
from workbench.gui.translate import tr


class ProgressBar(QWidget):
    """A line that fills."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._theme = theme
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Progress of the sweep"))
        theme.changed.connect(self.update)

    def show_share(self, share: float) -> None:
        """0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleDescription(f"{self._share:.0%}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """How large it would like to be."""
        return QSize(160, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw what stands."""
        painter = figure_painter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(0, (self.height() - 6) / 2, self.width(), 6)
        painter.setBrush(QColor(self._theme.colours.chip))
        painter.drawRoundedRect(box, 3, 3)
        if self._share > 0:
            box.setWidth(max(6.0, box.width() * self._share))
            painter.setBrush(QColor(self._theme.colours.accent))
            painter.drawRoundedRect(box, 3, 3)


def duration(seconds: float) -> str:
    """A time as a person says it."""
    if seconds < 1:
        return "1 s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
