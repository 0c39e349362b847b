"""One form field per variable of the prompt. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.core.errors import UserError
from workbench.gui.parts import EDGE, label, pane, text_button, title_row, wrapping_label
from workbench.gui.said import said_error
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import tr, tr_n
from workbench.gui.value_editors import (
    RowsButton,
    TextArea,
    can_be_table,
    coerced,
    has_value,
    is_code,
    is_list,
    make_editor,
    typed,
    when_changed,
)

if TYPE_CHECKING:
    # The form is empty at first; reading declarations is imported with the first variable.
    from workbench.templates.prompt_file import Variable


class VariableField(QWidget):
    """Name, kind, description and field of one variable.

    Attributes:
        field: the widget in which the value is written; another one after a switch between
            table and JSON.

    Signals:
        changed(): the value is another now.
    """

    changed = Signal()

    def __init__(self, variable: Variable, value: object, columns: Sequence[str] = ()) -> None:
        super().__init__()
        self.variable = variable
        self._columns = tuple(columns)
        self._before_reset: object = None
        self._kind = label("", "muted")
        self.reset = text_button(
            tr("reset"), "text", accessible=tr("Reset {name}", name=variable.name)
        )
        self.reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reset.clicked.connect(self._reset)
        self.as_table = text_button(
            "table", "text", accessible=tr("{name} as a table", name=variable.name)
        )
        self.as_table.setToolTip(tr("Edit the rows as a table"))
        self.as_table.clicked.connect(self._to_table)
        self._error = wrapping_label("warning")
        self._error.hide()
        self._name = label(variable.name, "muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self.as_table)
        head.addWidget(self.reset)
        head.addWidget(self._kind)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(EDGE, 3, EDGE, 5)
        self._column.setSpacing(3)
        self._column.addLayout(head)
        if variable.description:
            what = wrapping_label("caption")
            what.setText(variable.description)
            self._column.addWidget(what)
        self.field = make_editor(variable, value, self._columns, as_table=True)
        self._place()
        self._column.addWidget(self._error)
        self._check()

    def value(self) -> object:
        """What stands in the field, as the variable's kind where it fits, else as typed."""
        text = typed(self.field)
        try:
            return coerced(self.variable, text)
        except UserError:
            return text

    def has_value(self) -> bool:
        """Whether a value stands here at all: an empty field without a default has none."""
        return has_value(self.field)

    def differs(self) -> bool:
        """Whether something else than the default stands here."""
        if self.variable.default is None:
            return self.has_value()
        return repr(self.value()) != repr(_default(self.variable))

    def set_value(self, value: object) -> None:
        """Show another value; tells that it changed."""
        was_table = isinstance(self.field, RowsButton)
        self._rebuild(value, as_table=was_table or not isinstance(self.field, TextArea))
        self._changed()

    def set_columns(self, columns: Sequence[str]) -> None:
        """Names that a row of this list has at least."""
        if tuple(columns) == self._columns:
            return
        self._columns = tuple(columns)
        field = self.field
        if isinstance(field, RowsButton):
            field.set_columns(self._columns)
        elif is_code(self.variable) and not self.has_value():
            self._rebuild(None, as_table=True)
        self._check()

    def error(self) -> str:
        """What is wrong with the value; empty when nothing is."""
        return self._error.text()

    def show_error(self, text: str) -> None:
        """Say under the field what is wrong; empty takes it away."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        role = "json" if isinstance(self.field, TextArea) and is_code(self.variable) else ""
        role = "summary" if isinstance(self.field, RowsButton) else role
        set_role(self.field, "wrong" if text else role)

    def close_table(self) -> None:
        """Close the table of this field, if it is open."""
        if isinstance(self.field, RowsButton):
            self.field.close_table()

    def _place(self) -> None:
        """Connect the field and put it into its row."""
        field, variable = self.field, self.variable
        field.setObjectName(f"variable-{variable.name}")
        field.setAccessibleName(variable.name)
        field.setAccessibleDescription(variable.description or str(variable.kind))
        field.setToolTip(variable.description)
        self._name.setBuddy(field)
        self._column.insertWidget(2 if variable.description else 1, field)
        when_changed(field, self._changed)
        if isinstance(field, RowsButton):
            field.as_json.connect(self._to_json)

    def _rebuild(self, value: object, *, as_table: bool) -> None:
        old, had_focus = self.field, self.field.hasFocus()
        self.close_table()
        old.blockSignals(True)
        self._column.removeWidget(old)
        old.hide()
        old.deleteLater()
        self.field = make_editor(self.variable, value, self._columns, as_table=as_table)
        self._place()
        if had_focus:
            self.field.setFocus()

    def _to_json(self) -> None:
        self._rebuild(self.value(), as_table=False)
        self.field.setFocus()
        self._check()

    def _to_table(self) -> None:
        self._rebuild(self.value() if self.has_value() else None, as_table=True)
        self._check()
        if isinstance(self.field, RowsButton):
            self.field.open_table()

    def _reset(self) -> None:
        """Back to the default; once more, back to what stood there."""
        if self._before_reset is not None:
            self.set_value(self._before_reset)
            return
        before = typed(self.field)
        self.set_value(self.variable.default)
        self._before_reset = before
        self._show_head()

    def _changed(self) -> None:
        self._before_reset = None
        self._check()
        self.changed.emit()

    def _check(self) -> None:
        error = ""
        try:
            _ = coerced(self.variable, typed(self.field)) if self.has_value() else None
        except UserError as problem:
            error = said_error(problem)
        if error != self._error.text():
            self.show_error(error)
        self._show_head()

    def _show_head(self) -> None:
        kind, value = str(self.variable.kind), self.value()
        if is_list(self.variable) and isinstance(value, list):
            rows, n = isinstance(self.field, RowsButton), len(value)
            kind = tr_n("1 row", "{n:,} rows", n) if rows else tr_n("1 item", "{n:,} items", n)
        self._kind.setText(kind)
        default = self.variable.default
        differs = default is not None and self.differs()
        undoes = self._before_reset is not None
        self.reset.setVisible(differs or undoes)
        self.reset.setText(tr("undo") if undoes else tr("reset"))
        self.reset.setToolTip(
            tr("Back to what stood here") if undoes else tr("Back to the default")
        )
        could_be = not self._error.text() and can_be_table(
            self.variable, value if self.has_value() else None, self._columns
        )
        self.as_table.setVisible(could_be and not isinstance(self.field, RowsButton))


class VariablesPanel(QWidget):
    """The form.

    Signals:
        changed(): some value is another now.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[VariableField] = []
        self._aside: dict[str, object] = {}
        self._empty = wrapping_label("muted")
        self._empty.setText(tr("This prompt has no variables."))
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
        column.addLayout(title_row(tr("Variables")))
        column.addWidget(area, 1)

    def open_prompt(
        self,
        variables: Sequence[Variable],
        values: Mapping[str, object],
        columns: Mapping[str, Sequence[str]] | None = None,
        *,
        is_known: bool = True,
    ) -> None:
        """Make the form of another prompt; `values` that have no field yet are kept for one.

        `is_known`: whether these are all variables; False while a mistake hides some.
        """
        names = {variable.name for variable in variables}
        self._aside = {}
        self.show_variables(variables, values, columns)
        self._aside = {name: value for name, value in values.items() if name not in names}
        self._empty.setText(
            tr("This prompt has no variables.")
            if is_known
            else tr("Variables stand here as soon as the mistake in the prompt is mended.")
        )

    def show_variables(
        self,
        variables: Sequence[Variable],
        values: Mapping[str, object],
        columns: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Make the form anew; `values` by name, defaults where there is none.

        A field that shows the same variable and value already stays, with its cursor and its
        open table. A variable that comes back has the value that it went with. `columns`: names
        that rows of a list have at least, by the list's name.
        """
        columns = columns or {}
        old = {field.variable.name: field for field in self.fields}
        self.fields = []
        self._empty.setText(tr("This prompt has no variables."))
        for position, variable in enumerate(variables, start=1):
            came_back = self._aside.pop(variable.name, variable.default)
            value = values.get(variable.name, came_back)
            names = columns.get(variable.name, ())
            field = old.get(variable.name)
            if field is None or field.variable != variable or not _shows(field, value):
                field = VariableField(variable, value, names)
                field.changed.connect(self.changed)
            else:
                del old[variable.name]
                self._form.removeWidget(field)
            self._form.insertWidget(position, field)
            self.fields.append(field)
        for name, gone in old.items():
            if gone.has_value() and gone.differs():
                self._aside[name] = gone.value()
            gone.close_table()
            self._form.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._empty.setVisible(not self.fields)
        self.set_columns(columns)

    def set_columns(self, columns: Mapping[str, Sequence[str]]) -> None:
        """Names that rows of a list have at least, by the list's name."""
        for field in self.fields:
            field.set_columns(columns.get(field.variable.name, ()))

    def values(self) -> dict[str, object]:
        """Every value that is there, by name."""
        return {f.variable.name: f.value() for f in self.fields if f.has_value()}

    def kept(self) -> dict[str, object]:
        """Every value, those too whose variable is not in the prompt at the moment."""
        return {**self._aside, **self.values()}

    def filled(self) -> dict[str, object]:
        """Of `kept`, the values that are not the variables' defaults."""
        fields = [field for field in self.fields if field.has_value()]
        return {**self._aside, **{f.variable.name: f.value() for f in fields if f.differs()}}

    def empty_text(self) -> str:
        """What stands there instead of fields; empty while there are some."""
        return "" if self.fields else self._empty.text()

    def field(self, name: str) -> VariableField | None:
        """The field of variable `name`."""
        return next((f for f in self.fields if f.variable.name == name), None)

    def close_tables(self) -> None:
        """Close every open table."""
        for field in self.fields:
            field.close_table()


def _default(variable: Variable) -> object:
    try:
        return coerced(variable, variable.default)
    except UserError:
        return variable.default


def _shows(field: VariableField, value: object) -> bool:
    """Whether `value` stands in the field; an empty field shows None."""
    return repr(field.value() if field.has_value() else None) == repr(value)
