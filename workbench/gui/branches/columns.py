"""Several replies beside each other: continuations while they stream, branches compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from workbench.core.tokens import TokenTable
from workbench.gui.fonts import Fonts
from workbench.gui.icons import icon
from workbench.gui.parts import (
    horizontal_line,
    icon_button,
    label,
    pane,
    title_row,
    vertical_line,
)
from workbench.gui.shown_tokens import ShownTokens
from workbench.gui.theme import Theme
from workbench.gui.token_cards import TokenCards
from workbench.gui.token_view import TokenView
from workbench.gui.translate import tr

MOST = 8
"""Replies that stand beside each other."""

_NARROWEST = 210


@dataclass(frozen=True, slots=True, eq=False)
class ColumnText:
    """One reply to show.

    Attributes:
        head: above it, a few words.
        facts: under the head.
        tokens: all of them; what the columns share comes first.
    """

    run_id: str
    sample: int
    head: str
    facts: str
    tokens: TokenTable
    pieces: Mapping[int, bytes]
    control: Collection[int]
    finished: bool


class Columns(QWidget):
    """Title, and a column for each reply; hidden while there is nothing to show.

    Signals:
        chosen(run_id, sample): the person clicked a column's head.
        closed(): the person put the panel away.
    """

    chosen = Signal(str, int)
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        fonts: Fonts,
        cards: TokenCards,
        link: Callable[[TokenView, ShownTokens], object],
    ) -> None:
        """`link` joins a column's token view with the shared state."""
        super().__init__()
        self._theme, self._fonts, self._cards, self._link = theme, fonts, cards, link
        self.columns: list[Column] = []
        self.title = label("", "title")
        self.note = label("", "muted")
        self.away = icon_button(tr("Put the columns away"))
        self.away.clicked.connect(self._close)
        theme.changed.connect(self._recolour)
        self._recolour()
        head = title_row("", self.note, self.away)
        head.insertWidget(0, self.title)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(horizontal_line())
        column.addWidget(self._area, 1)
        self.hide()

    def show_texts(self, title: str, note: str, texts: Sequence[ColumnText]) -> None:
        """Show these replies; those that are shown already only grow."""
        self.title.setText(title)
        self.note.setText(note)
        keys = [(text.run_id, text.sample) for text in texts]
        if keys != [column.key for column in self.columns]:
            self._make(len(texts))
        for column, text in zip(self.columns, texts, strict=True):
            column.show_text(text)
        self.setVisible(bool(texts))

    def set_tint(self, name: str) -> None:
        """Colour by another quantity."""
        for column in self.columns:
            column.tokens.set_tint(name)

    def _make(self, count: int) -> None:
        holder = pane()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.columns = []
        for number in range(count):
            if number:
                row.addWidget(vertical_line())
            column = Column(self._theme, self._fonts, self._cards)
            column.clicked.connect(self.chosen)
            self._link(column.view, column.tokens)
            row.addWidget(column, 1)
            self.columns.append(column)
        self._area.setWidget(holder)

    def _recolour(self) -> None:
        self.away.setIcon(icon("close", self._theme.colour("ink"), 14))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class Column(QWidget):
    """One reply under its head.

    Signals:
        clicked(run_id, sample): the person clicked the head.
    """

    clicked = Signal(str, int)

    def __init__(self, theme: Theme, fonts: Fonts, cards: TokenCards) -> None:
        super().__init__()
        self.setMinimumWidth(_NARROWEST)
        self.key = ("", -1)
        self._head, self._facts = _Head(), label("", "caption")
        self._head.clicked.connect(lambda: self.clicked.emit(*self.key))
        self.view = TokenView(theme, fonts, pixels=13, spacing=1.85, margin=12)
        self.view.setAccessibleName(tr("Continuation"))
        self.tokens = ShownTokens(self.view, cards, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._head, self._facts):
            part.setContentsMargins(12, 4, 12, 0)
            column.addWidget(part)
        column.addWidget(self.view, 1)

    def show_text(self, text: ColumnText) -> None:
        """Show a reply; the same one only grows."""
        if self.key != (text.run_id, text.sample):
            self.key = (text.run_id, text.sample)
            self.tokens.begin(text.control, text.run_id, text.sample)
        self._head.show_text(text.head)
        self._facts.setText(text.facts)
        self.tokens.add(text.tokens.slice(len(self.view)), text.pieces)
        if text.finished:
            self.tokens.finish()


class _Head(QLabel):
    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_text(self, text: str) -> None:
        """Show `text`, cut to the width."""
        self._text = text
        self.setToolTip(tr("{words}\nClick to show this reply.", words=text))
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click."""
        self.clicked.emit()

    def _cut(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
