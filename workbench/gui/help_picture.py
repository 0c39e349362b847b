"""A picture of the guide in its own size, over the page. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from workbench.gui.translate import tr

_OF_SCREEN = 0.94
_EDGE = 4


class PictureDialog(QDialog):
    """As large as the picture or nearly the screen; a click or Esc closes it."""

    def __init__(self, parent: QWidget, image: QImage, said: str) -> None:
        """`said` is what the page says the picture shows."""
        super().__init__(parent)
        self.setWindowTitle(said or tr("Picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.picture = QLabel()
        self.picture.setPixmap(QPixmap.fromImage(image))
        self.picture.setAccessibleName(said or tr("Picture"))
        area = QScrollArea()
        area.setWidget(self.picture)
        area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        most = self.screen().availableSize() * _OF_SCREEN
        self.resize((image.deviceIndependentSize().toSize() + QSize(_EDGE, _EDGE)).boundedTo(most))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Put it away."""
        self.accept()
