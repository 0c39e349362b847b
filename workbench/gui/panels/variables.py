"""One form field per variable of the prompt. GUI thread."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import UserError
from workbench.gui.parts import EDGE, label, pane, title_row, wrapping_label
from workbench.gui.style_sheet import set_role
from workbench.templates.declarations import coerce
from workbench.templates.prompt_file import Variable, VariableKind

_LONG = 60
"""Texts longer than this, or with line breaks, get a field of several lines."""

_MOST_LINES = 7
_FRAME = 16
"""Border, padding and document margin above and below the text, in pixels."""

Editor = QLineEdit | QPlainTextEdit | QComboBox | QCheckBox


class VariableField(QWidget):
    """Name, kind and field of one variable.

    Signals:
        changed(): the value is another now.
    """

    changed = Signal()

    def __init__(self, variable: Variable, value: object) -> None:
        super().__init__()
        self.variable = variable
        self._kind = label("", "muted")
        self._error = wrapping_label("warning")
        self._error.hide()
        self.field = self._make(value)
        self.field.setObjectName(f"variable-{variable.name}")
        self.field.setAccessibleName(variable.name)
        self.field.setAccessibleDescription(variable.description or str(variable.kind))
        name = label(variable.name, "muted")
        name.setBuddy(self.field)
        for widget in (name, self.field):
            widget.setToolTip(variable.description)
        head = QHBoxLayout()
        head.addWidget(name)
        head.addStretch(1)
        head.addWidget(self._kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 3, EDGE, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.field)
        column.addWidget(self._error)
        self._check()

    def value(self) -> object:
        """What stands in the field, as the variable's kind where it fits, else as typed."""
        typed = self._typed()
        try:
            return coerce(self.variable, typed)
        except UserError:
            return typed

    def has_value(self) -> bool:
        """Whether a value stands here at all: an empty field without a default has none."""
        field = self.field
        return isinstance(field, QCheckBox | QComboBox) or bool(self._typed())

    def error(self) -> str:
        """What is wrong with the value; empty when nothing is."""
        return self._error.text()

    def show_error(self, text: str) -> None:
        """Say under the field what is wrong; empty takes it away."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        kept = "json" if isinstance(self.field, QPlainTextEdit) and self._is_code() else ""
        set_role(self.field, "wrong" if text else kept)

    def _make(self, value: object) -> Editor:
        kind = self.variable.kind
        if kind is VariableKind.BOOLEAN:
            box = QCheckBox(self.variable.description or self.variable.name)
            box.setChecked(value is True)
            box.toggled.connect(self._changed)
            return box
        if kind is VariableKind.CHOICE:
            combo = QComboBox()
            combo.addItems(list(self.variable.choices))
            if value in self.variable.choices:
                combo.setCurrentText(str(value))
            combo.currentTextChanged.connect(self._changed)
            return combo
        text = _as_text(value)
        if self._is_code() or len(text) > _LONG or "\n" in text:
            area = _TextArea(text)
            area.setTabChangesFocus(True)
            set_role(area, "json" if self._is_code() else "")
            area.textChanged.connect(self._changed)
            return area
        line = QLineEdit(text)
        line.textChanged.connect(self._changed)
        if self.variable.default is None:
            line.setPlaceholderText("no value yet")
        return line

    def _is_code(self) -> bool:
        return self.variable.kind in (VariableKind.LIST, VariableKind.JSON)

    def _typed(self) -> object:
        field = self.field
        if isinstance(field, QCheckBox):
            return field.isChecked()
        if isinstance(field, QComboBox):
            return field.currentText()
        return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()

    def _changed(self) -> None:
        self._check()
        self.changed.emit()

    def _check(self) -> None:
        kind = str(self.variable.kind)
        error = ""
        try:
            value = coerce(self.variable, self._typed()) if self.has_value() else None
        except UserError as problem:
            error, value = str(problem), None
        if self.variable.kind is VariableKind.LIST and isinstance(value, list):
            kind = f"{len(value):,} row" if len(value) == 1 else f"{len(value):,} rows"
        self._kind.setText(kind)
        if error != self._error.text():
            self.show_error(error)


class _TextArea(QPlainTextEdit):
    """As high as its text, up to some lines; then it scrolls."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Other widths break lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # This layout counts its height in lines.
        lines = max(1, round(self.document().documentLayout().documentSize().height()))
        line = self.fontMetrics().lineSpacing() + 1
        height = min(lines, _MOST_LINES) * line + _FRAME
        if height != self.height():
            self.setFixedHeight(height)


class VariablesPanel(QWidget):
    """The form.

    Signals:
        changed(): some value is another now.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[VariableField] = []
        self._empty = label("This prompt has no variables.", "muted")
        self._empty.setContentsMargins(EDGE, 2, EDGE, 0)
        self._form = QVBoxLayout()
        self._form.setContentsMargins(0, 0, 0, 8)
        self._form.setSpacing(0)
        self._form.addWidget(self._empty)
        self._form.addStretch(1)
        page = pane()
        page.setLayout(self._form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row("Variables"))
        column.addWidget(area, 1)

    def show_variables(self, variables: Sequence[Variable], values: Mapping[str, object]) -> None:
        """Make the form anew; `values` by name, defaults where there is none."""
        for field in self.fields:
            self._form.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields = []
        for position, variable in enumerate(variables, start=1):
            field = VariableField(variable, values.get(variable.name, variable.default))
            field.changed.connect(self.changed)
            self._form.insertWidget(position, field)
            self.fields.append(field)
        self._empty.setVisible(not self.fields)

    def values(self) -> dict[str, object]:
        """Every value that is there, by name."""
        return {f.variable.name: f.value() for f in self.fields if f.has_value()}

    def field(self, name: str) -> VariableField | None:
        """The field of variable `name`."""
        return next((f for f in self.fields if f.variable.name == name), None)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False, indent=None)
