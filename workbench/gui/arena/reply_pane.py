"""One of the two replies: A or B until the vote, then who wrote it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from workbench.gui.parts import EDGE, horizontal_line, label, pane
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import mark, tr


class ReplyPane(QWidget):
    """A reply with its letter above it.

    Attributes:
        text: read-only; keys that vote are taken by whoever holds the pane.
    """

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = letter
        self.head = label(letter, "title")
        self.head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.mark = label("", "good")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setProperty("large", True)  # a rule of the style sheet
        set_role(self.text, "reading")
        self.text.setTabChangesFocus(True)
        box = pane()
        row = QHBoxLayout()
        row.setContentsMargins(EDGE, 8, EDGE, 8)
        row.setSpacing(8)
        row.addWidget(self.head, 1)
        row.addWidget(self.mark)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(row)
        inner.addWidget(horizontal_line())
        inner.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(box)
        self.clear("")

    def clear(self, waiting: str) -> None:
        """Nothing to read yet; `waiting` says why."""
        self.head.setText(self._letter)
        self.head.setToolTip("")
        self.mark.setText("")
        self.text.setPlainText("")
        self.text.setPlaceholderText(waiting)
        self.text.setAccessibleName(tr("Reply {letter}", letter=self._letter))

    def show_text(self, text: str) -> None:
        """A reply whose writer nobody knows."""
        self.clear("")
        self.text.setPlainText(text)
        self.text.verticalScrollBar().setValue(0)

    def reveal(self, name: str, mark: str) -> None:
        """Who wrote it, and what the vote said of it."""
        self.head.setText(f"{self._letter} · {name}")
        self.head.setToolTip(name)
        self.mark.setText(mark)
        self.text.setAccessibleName(
            tr(
                "Reply {letter}, by {name}. {mark}", letter=self._letter, name=name, mark=mark
            ).strip()
        )

    def turn_page(self, pages: int) -> None:
        """Read on, or back, by most of a page."""
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + pages * max(1, bar.pageStep() - 2))


BETTER = mark("✓ better")
"""What stands at the reply that was preferred."""


def side_by_side(*panes: ReplyPane) -> QWidget:
    """Replies beside each other, equally wide, with a line between them."""
    holder = pane()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for number, one in enumerate(panes):
        if number:
            line = QFrame()
            set_role(line, "vline")
            row.addWidget(line)
        row.addWidget(one, 1)
    holder.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return holder
