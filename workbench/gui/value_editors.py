"""The field in which a variable's value is written, by kind. GUI thread."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)

from workbench.gui.dialogs.rows_dialog import RowsDialog
from workbench.gui.rows_model import as_cell, is_table
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import tr

if TYPE_CHECKING:
    from workbench.templates.prompt_file import Variable

_MOST_LINES = 7
_FRAME = 12
"""Border, padding and document margin above and below the text, in pixels."""
_INDENTED = 60
"""JSON longer than this is shown over several lines."""


class TextArea(QPlainTextEdit):
    """As high as its text, from one line up to some lines; then it scrolls."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        # Whoever goes on typing adds to the text.
        self.moveCursor(QTextCursor.MoveOperation.End)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Other widths break lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # This layout counts its height in lines.
        lines = max(1, round(self.document().documentLayout().documentSize().height()))
        line = self.fontMetrics().lineSpacing()
        height = min(lines, _MOST_LINES) * line + _FRAME
        if height != self.height():
            self.setFixedHeight(height)
        policy = Qt.ScrollBarPolicy
        fits = lines <= _MOST_LINES
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        )
        if fits:
            self.verticalScrollBar().setValue(0)


class Choice(QComboBox):
    """A list of choices; the wheel scrolls the form, not the choice."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """The form scrolls."""
        event.ignore()


class RowsButton(QPushButton):
    """A list of objects in one line; pressed, it opens as a table.

    Attributes:
        rows: the list.
        touched: whether the person changed it: an empty list is a value then.

    Signals:
        edited(): the rows are others now.
        as_json(): the person wants to write JSON instead.
    """

    edited = Signal()
    as_json = Signal()

    def __init__(self, variable: Variable, rows: list[object], columns: Sequence[str]) -> None:
        super().__init__()
        self._variable = variable
        self._columns = tuple(columns)
        self.rows = rows
        self.touched = False
        self.dialog: RowsDialog | None = None
        set_role(self, "summary")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.open_table)
        self._show_summary()

    def show_rows(self, rows: list[object]) -> None:
        """Take other rows; an open table shows them."""
        self.rows = rows
        if self.dialog is not None:
            self.dialog.table.rows_model.show_rows(_objects(rows), self._columns)
        self._show_summary()

    def open_table(self) -> RowsDialog:
        """Open the rows as a table, or bring the open table to the front."""
        if self.dialog is None:
            name, description = self._variable.name, self._variable.description
            dialog = RowsDialog(self, name, description, _objects(self.rows), self._columns)
            dialog.edited.connect(self._take)
            dialog.as_json.connect(self.as_json)
            dialog.finished.connect(self._closed)
            self.dialog = dialog
            dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        return self.dialog

    def close_table(self) -> None:
        """Close the table, if it is open."""
        if self.dialog is not None:
            self.dialog.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter opens the table, like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """As much of the summary as fits."""
        super().resizeEvent(event)
        self._show_summary()

    def set_columns(self, columns: Sequence[str]) -> None:
        """Columns to show even where no row has them."""
        self._columns = tuple(columns)
        if self.dialog is not None:
            self.dialog.table.rows_model.show_columns(self._columns)

    def _take(self, rows: list[object]) -> None:
        self.rows = rows
        self.touched = True
        self._show_summary()
        self.edited.emit()

    def _closed(self) -> None:
        self.dialog = None

    def _show_summary(self) -> None:
        firsts = [
            as_cell(next(iter(r.values()), "")) for r in self.rows[:20] if isinstance(r, dict)
        ]
        text = ", ".join(" ".join(first.split()) for first in firsts) or tr("add rows…")
        room = QRect(self.rect()).adjusted(8, 0, -8, 0).width()
        elided = QFontMetrics(self.font()).elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.setText(elided.replace("&", "&&"))


Editor = QLineEdit | TextArea | Choice | QCheckBox | RowsButton


def make_editor(
    variable: Variable, value: object, columns: Sequence[str], *, as_table: bool
) -> Editor:
    """A field that shows `value`.

    Args:
        columns: names that a row of a list has at least; empty where nothing is known.
        as_table: a list of objects opens as a table; otherwise it is written as JSON.
    """
    from workbench.templates.declarations import VariableKind

    kind = variable.kind
    if kind is VariableKind.BOOLEAN:
        box = QCheckBox(tr("on"))
        box.setChecked(value is True)
        return box
    if kind is VariableKind.CHOICE:
        combo = Choice()
        combo.addItems(list(variable.choices))
        if value in variable.choices:
            combo.setCurrentText(str(value))
        return combo
    if as_table and can_be_table(variable, value, columns):
        return RowsButton(variable, value if isinstance(value, list) else [], columns)
    if kind is VariableKind.NUMBER:
        line = QLineEdit(as_text(value))
        line.setPlaceholderText(tr("no value yet") if variable.default is None else "")
        return line
    area = TextArea(as_text(value))
    set_role(area, "json" if is_code(variable) else "")
    if variable.default is None:
        area.setPlaceholderText(tr("no value yet"))
    return area


def can_be_table(variable: Variable, value: object, columns: Sequence[str]) -> bool:
    """Whether the value is rows of named values, or is empty and will be."""
    if not is_code(variable):
        return False
    if value in (None, "", []):
        return is_list(variable) and (bool(columns) or is_table(variable.default))
    return is_table(value)


def is_code(variable: Variable) -> bool:
    """Whether the value is a list or JSON."""
    from workbench.templates.declarations import VariableKind

    return variable.kind in (VariableKind.LIST, VariableKind.JSON)


def is_list(variable: Variable) -> bool:
    """Whether the value is a list."""
    from workbench.templates.declarations import VariableKind

    return variable.kind is VariableKind.LIST


def coerced(variable: Variable, text: object) -> object:
    """What was typed, as the variable's kind.

    Raises:
        UserError: it does not fit.
    """
    from workbench.templates.declarations import coerce

    return coerce(variable, text)


def typed(editor: Editor) -> object:
    """What stands in the field, as it is: not yet the variable's kind."""
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, QComboBox):
        return editor.currentText()
    if isinstance(editor, RowsButton):
        return editor.rows
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()


def has_value(editor: Editor) -> bool:
    """Whether a value stands there at all: an empty field has none."""
    if isinstance(editor, RowsButton):
        return editor.touched or bool(editor.rows)
    return isinstance(editor, QCheckBox | QComboBox) or bool(typed(editor))


def when_changed(editor: Editor, call: Callable[[], None]) -> None:
    """Have `call` called whenever something else stands in the field."""
    if isinstance(editor, QCheckBox):
        editor.toggled.connect(lambda _on: call())
    elif isinstance(editor, QComboBox):
        editor.currentTextChanged.connect(lambda _text: call())
    elif isinstance(editor, RowsButton):
        editor.edited.connect(call)
    elif isinstance(editor, QPlainTextEdit):
        editor.textChanged.connect(call)
    else:
        editor.textChanged.connect(lambda _text: call())


def as_text(value: object) -> str:
    """A value as it is typed: texts as they are, anything else as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | dict) and len(text) > _INDENTED:
        return json.dumps(value, ensure_ascii=False, indent=2)
    return text


def _objects(rows: list[object]) -> list[dict[str, object]]:
    return [row for row in rows if isinstance(row, dict)]
