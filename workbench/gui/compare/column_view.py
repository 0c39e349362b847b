"""One column: its head, its reply as it streams, and what it says of itself. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.experiments.compare_facts import Fact, Marked
from workbench.gui.fonts import Fonts
from workbench.gui.parts import EDGE, horizontal_line, label
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme, mixed

_NARROWEST = 260
_FACTS = ("length", "perplexity", "prefill", "decode", "first token", "mean KL to base")


class ColumnView(QWidget):
    """Shows one column.

    Signals:
        wanted(action): "rerun", "pin", "base", "settings", "history" or "drop" was chosen.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme = theme
        self._marked = Marked("", ())
        self.setMinimumWidth(_NARROWEST)
        self.head = label("", "title")
        self.about = label("", "muted")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setStyleSheet(
            "QPlainTextEdit { border: none; padding: 6px 8px; "
            f'font-family: "{fonts.mono_family}"; }}'
        )
        self.menu_button = QToolButton()
        set_role(self.menu_button, "icon")
        self.menu_button.setText("⋯")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.pin = QAction("Pin: keep this reply when all run", self)
        self.pin.setCheckable(True)
        self.menu_button.setMenu(self._menu())
        row = QHBoxLayout()
        row.setContentsMargins(EDGE, 8, 8, 0)
        row.addWidget(self.head, 1)
        row.addWidget(self.menu_button)
        about = QHBoxLayout()
        about.setContentsMargins(EDGE, 0, EDGE, 8)
        about.addWidget(self.about)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(about)
        column.addWidget(horizontal_line())
        column.addWidget(self.text, 1)
        column.addLayout(self._fact_rows())
        theme.changed.connect(self._paint_marks)

    def show_head(self, title: str, about: str) -> None:
        """Name the column."""
        self.head.setText(title)
        self.about.setText(about)
        self.text.setAccessibleName(f"Reply of column {title}")
        self.menu_button.setAccessibleName(f"Actions of column {title}")

    def begin(self, state: str) -> None:
        """No reply yet; `state` stands where it will be."""
        self._marked = Marked("", ())
        self.text.setExtraSelections([])
        self.text.setPlainText("")
        self.text.setPlaceholderText(state)
        self.show_facts(())

    def add(self, text: str) -> None:
        """The reply grew; whoever reads its end stays there."""
        bar = self.text.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)
        if at_end:
            bar.setValue(bar.maximum())

    def show_marked(self, marked: Marked) -> None:
        """Show a finished reply with what differs marked."""
        self._marked = marked
        if self.text.toPlainText() != marked.text:
            self.text.setPlainText(marked.text)
        self._paint_marks()

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """What stands under the reply; what is not named shows a dash."""
        values = {fact.name: fact.value for fact in facts}
        for name, value in self._values.items():
            value.setText(values.get(name, "–"))

    def show_divergence(self, text: str) -> None:
        """The last line under the reply."""
        self._values["mean KL to base"].setText(text)

    def _paint_marks(self) -> None:
        c = self._theme.colours
        form = QTextCharFormat()
        form.setBackground(mixed(c.pane, c.less, 0.45))
        form.setFontUnderline(True)
        text = self._marked.text
        selections = []
        for start, end in self._marked.ranges:
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(_utf16(text, start))
            cursor.setPosition(_utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = cursor, form
            selections.append(selection)
        self.text.setExtraSelections(selections)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for name, text in (
            ("rerun", "Run this column again"),
            ("base", "Hold the others against this one"),
            ("settings", "Use its settings in the prompt editor"),
            ("history", "Show this run"),
        ):
            menu.addAction(text, partial(self.wanted.emit, name))
        menu.addAction(self.pin)
        menu.addSeparator()
        menu.addAction("Drop this column", partial(self.wanted.emit, "drop"))
        return menu

    def _fact_rows(self) -> QGridLayout:
        rows = QGridLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._values = {}
        for number, name in enumerate(_FACTS):
            key, value = label(name, "muted"), label("–")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for part in (key, value):
                part.setContentsMargins(10, 3, 10, 3)
            rows.addWidget(horizontal_line(), 2 * number, 0, 1, 2)
            rows.addWidget(key, 2 * number + 1, 0)
            rows.addWidget(value, 2 * number + 1, 1)
            self._values[name] = value
        return rows


def _utf16(text: str, index: int) -> int:
    """Where a character stands by Qt's count."""
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2
