"""A chat template to edit, rendered with the open prompt while one types. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.experiments.session import Prepared
from workbench.gui.editor.error_place import line_in
from workbench.gui.fonts import EDITOR_PIXELS, Fonts
from workbench.gui.highlighter import TemplateHighlighter
from workbench.gui.lane import Lane
from workbench.gui.messages import Message, from_error
from workbench.gui.panels.exact_prompt import ExactPrompt
from workbench.gui.parts import label, pane, text_button, wrapping_label
from workbench.gui.prompt_facts import prompt_facts
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import key_names, mark, tr

_DEBOUNCE_MS = 150
_HELP = mark(
    "Jinja2 as transformers runs it: messages, add_generation_prompt, bos_token, eos_token."
)


class ChatTemplateDialog(QDialog):
    """Text above, what becomes of it below, and one line that says what is wrong where.

    Signals:
        chosen(source): the person wants to use this template.
        checked(): what is shown below belongs to the text as it stands.
    """

    chosen = Signal(str)
    checked = Signal()

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        fonts: Fonts,
        text: str,
        own: str,
        render: Callable[[str], Prepared],
    ) -> None:
        """`own`: the model's template to go back to; `render` is called on a lane."""
        super().__init__(parent)
        self._theme, self._own, self._render = theme, own, render
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Chat template"))
        self.resize(760, 640)
        self._lane = Lane("chat-template", self)
        self.edit = QPlainTextEdit()
        self.edit.setFont(fonts.mono(EDITOR_PIXELS))
        set_role(self.edit, "json")
        self.edit.setAccessibleName(tr("Chat template"))
        self.edit.setTabChangesFocus(True)
        self.edit.setPlainText(text)
        self._highlighter = TemplateHighlighter(self.edit.document(), theme)
        self.error = wrapping_label("warning")
        self.error.setObjectName("chat-template-error")
        self.exact = ExactPrompt(theme, fonts)
        self.use_button = text_button(tr("Use this template"), "primary")
        self.use_button.setToolTip(key_names("Ctrl+Enter"))
        self.use_button.setAutoDefault(False)
        self.use_button.clicked.connect(self._use)
        self.own_button = text_button(tr("Put the model's own here"), "")
        self.own_button.setAutoDefault(False)
        self.own_button.setEnabled(bool(own))
        self.own_button.clicked.connect(lambda: self.edit.setPlainText(self._own))
        cancel = text_button(tr("Cancel"), "")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.activated.connect(self._use)
        self._assemble((self.own_button, cancel, self.use_button))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._check)
        self.edit.textChanged.connect(self._timer.start)
        self.finished.connect(self._end)
        self.edit.setFocus()
        self._check()

    def _assemble(self, buttons: tuple[QWidget, QWidget, QWidget]) -> None:
        page = pane()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.addWidget(self.exact)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        upper = pane()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 8)
        above.addWidget(label(tr(_HELP), "caption"))
        above.addWidget(self.edit, 1)
        above.addWidget(self.error)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(upper)
        splitter.addWidget(area)
        splitter.setSizes([330, 230])
        row = QHBoxLayout()
        row.addWidget(buttons[0])
        row.addStretch(1)
        row.addWidget(buttons[1])
        row.addWidget(buttons[2])
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(splitter, 1)
        column.addLayout(row)

    def _check(self) -> None:
        text = self.edit.toPlainText()
        self._lane.submit(lambda: self._render(text), self._show, self._fail)

    def _show(self, prepared: Prepared) -> None:
        self.error.setText("")
        self._mark_line(None)
        self.exact.show_tokens(prepared.tokens, prompt_facts(prepared))
        self._tell()

    def _fail(self, error: Exception) -> None:
        message = from_error(error)
        self.error.setText(f"{message.text} {message.hint}".strip())
        self._mark_line(line_in(message.text))
        self.exact.show_nothing(
            Message(tr("Nothing to show until that is mended."), "", message.details)
        )
        self._tell()

    def _tell(self) -> None:
        if not self._timer.isActive():
            self.checked.emit()

    def _mark_line(self, line: int | None) -> None:
        """Wash line number `line` (1-based); None takes the wash away."""
        block = self.edit.document().findBlockByNumber((line or 0) - 1)
        if line is None or not block.isValid():
            self.edit.setExtraSelections([])
            return
        look = QTextCharFormat()
        look.setBackground(self._theme.colour("chip"))
        look.setUnderlineColor(self._theme.colour("warning"))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(block)
        cursor.select(QTextCursor.SelectionType.LineUnderCursor)
        mark.cursor, mark.format = cursor, look
        self.edit.setExtraSelections([mark])

    def _use(self) -> None:
        # One that fails may be used too: its error then stands in the exact prompt.
        self.chosen.emit(self.edit.toPlainText())
        self.accept()

    def _end(self, _result: int) -> None:
        self._timer.stop()
        self._lane.close()
