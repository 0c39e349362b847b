"""One column: its head, its reply as it streams, and what it says of itself. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.experiments.compare_facts import FACTS, Fact, Marked
from workbench.gui.fonts import UI_PIXELS, Fonts
from workbench.gui.parts import EDGE, horizontal_line, icon_button, label
from workbench.gui.said import tr_parts, tr_said
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme, mixed
from workbench.gui.translate import key_names, mark, tr

_NARROWEST = 310
TO_BASE = mark("mean KL to base")
VOTES = mark("your votes")

ACTIONS = (
    ("rerun", mark("Run this column again"), "R"),
    ("stop", mark("Stop this column"), "S"),
    ("base", mark("Hold the others against this one"), "B"),
    ("promote", mark("Use it in the prompt editor"), "E"),
    ("history", mark("Show this run"), "H"),
    ("pin", mark("Pin: keep this reply when all run"), "P"),
    ("drop", mark("Drop this column"), "Del"),
)
"""What can be done with a column: name, words, the key while its reply has the keyboard."""


class ColumnView(QWidget):
    """Shows one column.

    Signals:
        wanted(action): one of `ACTIONS` was chosen.
        stepped(step): the next (1) or the last (-1) reply is wanted.
        scrolled(value, at_end): the person scrolled the reply there.
    """

    wanted = Signal(str)
    stepped = Signal(int)
    scrolled = Signal(int, bool)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._theme = theme
        self._marked = Marked("", ())
        self._follows = True
        self.setMinimumWidth(_NARROWEST)
        self.head = label("", "title")
        self.about = label("", "muted")
        for part in (self.head, self.about):
            part.setMinimumWidth(40)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setUndoRedoEnabled(False)
        self.text.setStyleSheet(
            "QPlainTextEdit { border: none; padding: 6px 8px; "
            f'font-family: "{fonts.mono_family}"; font-size: {fonts.mono_pixels(UI_PIXELS)}px; }}'
        )
        self.text.installEventFilter(_ColumnKeys(self))
        self.text.verticalScrollBar().actionTriggered.connect(self._person_scrolls)
        self.menu_button = QToolButton()
        set_role(self.menu_button, "icon")
        self.menu_button.setText("⋯")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.pin = QAction(self)
        self.menu_button.setMenu(self._menu())
        self.sample = label("", "caption")
        self.back = icon_button(tr("The reply before (←)"))
        self.next = icon_button(tr("Next reply (→)"))
        self._values: dict[str, QLabel] = {}
        self._rows: dict[str, list[QWidget]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head_row())
        about = QHBoxLayout()
        about.setContentsMargins(EDGE, 0, EDGE, 8)
        about.addWidget(self.about)
        column.addLayout(about)
        column.addWidget(horizontal_line())
        column.addWidget(self.text, 1)
        column.addLayout(self._fact_rows())
        self.show_sample(0, 1)
        theme.changed.connect(self._paint_marks)

    def show_head(self, title: str, about: str) -> None:
        """Name the column."""
        self.head.setText(title)
        self.head.setToolTip(title)
        self.show_about(about)
        self.text.setAccessibleName(tr("Reply of column {title}", title=title))
        self.menu_button.setAccessibleName(tr("Actions of column {title}", title=title))

    def show_about(self, about: str) -> None:
        """What stands under the name."""
        self.about.setText(about)
        self.about.setToolTip(about)

    def show_sample(self, shown: int, count: int) -> None:
        """Which of its replies is shown, from 0."""
        for part in (self.sample, self.back, self.next):
            part.setVisible(count > 1)
        self.sample.setText(f"{shown + 1} / {count}")
        self.back.setEnabled(shown > 0)
        self.next.setEnabled(shown + 1 < count)

    def begin(self, state: str) -> None:
        """No reply yet; `state` stands where it will be."""
        self._marked = Marked("", ())
        self._follows = True
        self.text.setExtraSelections([])
        self.text.setPlainText("")
        self.text.setPlaceholderText(state)
        self.show_facts(())

    def add(self, text: str) -> None:
        """The reply grew; whoever reads its end stays there."""
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum() if self._follows else bar.value())

    def show_text(self, text: str) -> None:
        """Show another reply; nothing is marked yet."""
        self._marked = Marked(text, ())
        self.text.setExtraSelections([])
        self.text.setPlainText(text)

    def show_marked(self, marked: Marked) -> None:
        """Show a finished reply with what differs marked."""
        self._marked = marked
        if self.text.toPlainText() != marked.text:
            self.text.setPlainText(marked.text)
        self._paint_marks()

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """What stands under the reply; what is not named shows a dash, or no row if it need not."""
        values = {fact.name: fact for fact in facts}
        for name, value in self._values.items():
            fact = values.get(name)
            value.setText("–" if fact is None else tr_parts(fact.value))
            value.setToolTip("" if fact is None else tr_said(fact.tip))
        for part in self._rows["score"]:
            part.setVisible("score" in values)

    def show_score(self, fact: Fact) -> None:
        """The replies' score."""
        for part in self._rows[fact.name]:
            part.show()
        self._values[fact.name].setText(fact.value)
        self._values[fact.name].setToolTip(fact.tip)

    def show_fact(self, name: str, text: str, tip: str = "") -> None:
        """A line that comes later than the others: `TO_BASE` or `VOTES`."""
        self._values[name].setText(text)
        self._values[name].setToolTip(tip)

    def fact(self, name: str) -> str:
        """What stands under the reply behind a name."""
        return self._values[name].text()

    def scroll_to(self, value: int, at_end: bool) -> None:
        """Another column was scrolled there by the person."""
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum() if at_end else min(value, bar.maximum()))
        self._follows = at_end or bar.value() >= bar.maximum()

    def _person_scrolls(self) -> None:
        # Qt tells before the value changes, and only for what the person does.
        bar = self.text.verticalScrollBar()
        self._follows = bar.sliderPosition() >= bar.maximum()
        self.scrolled.emit(bar.sliderPosition(), self._follows)

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
        for name, text, key in ACTIONS:
            words = tr(text)
            action = self.pin if name == "pin" else QAction(self)
            if name == "drop":
                menu.addSeparator()
            action.setText(f"{words}\t{key_names(key)}")
            action.setCheckable(name == "pin")
            action.triggered.connect(partial(self._chosen, name))
            menu.addAction(action)
        return menu

    def _chosen(self, name: str, _checked: bool = False) -> None:
        # The menu closes first: dropping a column takes its menu away.
        QTimer.singleShot(0, self, lambda: self.wanted.emit(name))

    def _head_row(self) -> QHBoxLayout:
        for button, text, step in ((self.back, "‹", -1), (self.next, "›", 1)):
            button.setText(text)
            button.clicked.connect(partial(self._step, step))
        row = QHBoxLayout()
        row.setContentsMargins(EDGE, 8, 8, 0)
        row.setSpacing(4)
        row.addWidget(self.head, 1)
        for part in (self.back, self.sample, self.next, self.menu_button):
            row.addWidget(part)
        return row

    def _step(self, step: int, _checked: bool = False) -> None:
        self.stepped.emit(step)

    def _fact_rows(self) -> QGridLayout:
        rows = QGridLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for number, name in enumerate((*FACTS, TO_BASE, VOTES)):
            line, key, value = horizontal_line(), label(tr(name), "muted"), label("–")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for part in (key, value):
                part.setContentsMargins(10, 3, 10, 3)
            rows.addWidget(line, 2 * number, 0, 1, 2)
            rows.addWidget(key, 2 * number + 1, 0)
            rows.addWidget(value, 2 * number + 1, 1)
            self._values[name] = value
            self._rows[name] = [line, key, value]
        return rows


class _ColumnKeys(QObject):
    """Keys while a reply has the keyboard."""

    def __init__(self, view: ColumnView) -> None:
        super().__init__(view)
        self._view = view
        self._actions = {getattr(Qt.Key, f"Key_{_KEY_NAMES.get(k, k)}"): n for n, _, k in ACTIONS}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key, plain = Qt.Key(event.key()), not event.modifiers()
            if plain and key in self._actions:
                self._view.wanted.emit(self._actions[key])
                return True
            if plain and key in _STEPS:
                self._view.stepped.emit(_STEPS[key])
                return True
        return super().eventFilter(watched, event)


_KEY_NAMES = {"Del": "Delete"}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def _utf16(text: str, index: int) -> int:
    """Where a character stands by Qt's count."""
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2
