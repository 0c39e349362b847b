"""The row above the blocks: what to find, and what to put in its place. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workbench.gui.direction import keep_left_to_right
from workbench.gui.editor.search import Query
from workbench.gui.icons import icon
from workbench.gui.parts import EDGE, horizontal_line, icon_button, label, text_button
from workbench.gui.parts import wrapping_label as wrapping
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_COUNT_WIDTH = 92


class FindBar(QWidget):
    """Fields and buttons; what they do is the controller's.

    Signals:
        changed(): the query is another one.
        step_wanted(int): the next match (1) or the one before (-1).
        replace_wanted(), replace_all_wanted(), left(): the person presses the button, or Esc.
    """

    changed = Signal()
    step_wanted = Signal(int)
    replace_wanted = Signal()
    replace_all_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "pane")
        self.field = _field(tr("Find in the prompt"), tr("Find"))
        self.put = _field(tr("Replace with"), tr("Replace with"))
        self.case = _toggle("Aa", tr("Match capital and small letters"))
        self.word = _toggle("W", tr("Whole words only"))
        self.regex = _toggle(".*", tr("Regular expression"))
        keep_left_to_right(self.regex)
        self.count = label("", "caption", name="find-count")
        self.count.setFixedWidth(_COUNT_WIDTH)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.error = wrapping("warning")
        self.error.setObjectName("find-error")
        self.error.hide()
        self.up = icon_button(tr("Previous match (Shift+F3)"))
        self.down = icon_button(tr("Next match (F3)"))
        self.away = icon_button(tr("Close (Esc)"))
        self.one = text_button(tr("Replace"), "small")
        self.all = text_button(tr("Replace all"), "small")
        self._second = QWidget()
        self._assemble()
        self._connect()
        self._recolour()
        theme.changed.connect(self._recolour)
        self.hide()

    def parts(self) -> list[QWidget]:
        """Everything that takes the keyboard."""
        fields: list[QWidget] = [self.field, self.case, self.word, self.regex]
        return [*fields, self.up, self.down, self.away, self.put, self.one, self.all]

    def query(self) -> Query:
        """What to look for."""
        return Query(
            self.field.text(),
            is_regex=self.regex.isChecked(),
            match_case=self.case.isChecked(),
            whole_word=self.word.isChecked(),
            replacement=self.put.text(),
        )

    def show_replace(self, *, shown: bool) -> None:
        """Whether the second row is there."""
        self._second.setVisible(shown)

    @property
    def replaces(self) -> bool:
        """Whether the second row is there."""
        return not self._second.isHidden()

    def show_count(self, text: str) -> None:
        """How many matches there are."""
        self.count.setText(text)
        self.field.setAccessibleDescription(text)

    def show_error(self, text: str) -> None:
        """Why nothing can be found; empty takes it away."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        set_role(self.field, "wrong" if text else "")
        if text:
            self.show_count("")
            self.field.setAccessibleDescription(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Esc closes, Return goes on; the window's own Esc stops a run."""
        kind = event.type()
        if not isinstance(event, QKeyEvent):
            return False
        if kind is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if kind is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._return(watched, event)
        return False

    def _return(self, watched: QObject, event: QKeyEvent) -> bool:
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if watched is self.field:
            self.step_wanted.emit(-1 if shift else 1)
        elif watched is self.put:
            self.replace_wanted.emit()
        elif isinstance(watched, QPushButton):
            watched.click()
        return True

    def _assemble(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.field, 1)
        for part in (self.case, self.word, self.regex, self.count, self.up, self.down, self.away):
            first.addWidget(part)
        second = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(6)
        second.addWidget(self.put, 1)
        second.addWidget(self.one)
        second.addWidget(self.all)
        column = QVBoxLayout()
        column.setContentsMargins(EDGE, 7, EDGE, 7)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self._second)
        column.addWidget(self.error)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column)
        whole.addWidget(horizontal_line())

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _text: self.changed.emit())
        for toggle in (self.case, self.word, self.regex):
            toggle.toggled.connect(lambda _on: self.changed.emit())
        self.up.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.down.clicked.connect(lambda: self.step_wanted.emit(1))
        self.away.clicked.connect(self.left)
        self.one.clicked.connect(self.replace_wanted)
        self.all.clicked.connect(self.replace_all_wanted)
        for part in self.parts():
            part.installEventFilter(self)

    def _recolour(self) -> None:
        ink = self._theme.colour("muted")
        for button, name in ((self.up, "up"), (self.down, "below"), (self.away, "close")):
            button.setIcon(icon(name, ink, 14))


def _field(name: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    return made


def _toggle(text: str, meaning: str) -> QPushButton:
    made = text_button(text, "toggle", accessible=meaning)
    made.setCheckable(True)
    made.setToolTip(meaning)
    return made
