"""Help: every shortcut, and how to read the colours. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.gui.actions import ACTIONS, EDITOR_KEYS, TOKEN_KEYS
from workbench.gui.parts import label, pane, text_button, wrapping_label

_READING = (
    "Every token of a reply is coloured by how surprised the model was. Point at one to see what "
    "else it could have said; click to keep the card. Rank 0 is the likeliest token. Figures come "
    "from the model before any sampler; the last line of the card says what the samplers made of "
    "them. nats are natural logarithms: 0.7 nats is 50 %, 2.3 nats 10 %, 4.6 nats 1 %."
)


class HelpDialog(QDialog):
    """Two columns: keys and what they do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = pane()
        grid = QGridLayout(page)
        grid.setContentsMargins(20, 16, 20, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        rows = [
            (QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText), spec.help)
            for spec in ACTIONS
        ]
        for number, (keys, text) in enumerate([*rows, *EDITOR_KEYS, *TOKEN_KEYS]):
            grid.addWidget(label(keys, "muted"), number, 0)
            grid.addWidget(label(text), number, 1)
        grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        reading = wrapping_label("muted")
        reading.setText(_READING)
        reading.setContentsMargins(20, 0, 20, 0)
        close = text_button("Close", "")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 14)
        column.setSpacing(10)
        column.addWidget(area, 1)
        column.addWidget(reading)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignHCenter)
        self.resize(560, 640)
