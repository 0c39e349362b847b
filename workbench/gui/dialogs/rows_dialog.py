"""A list of objects as a table in a window of its own; every change counts at once. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from workbench.core.errors import UserError
from workbench.gui.dialogs.name_dialog import NameDialog
from workbench.gui.examples_table import ExamplesTable
from workbench.gui.parts import label, pane, text_button, wrapping_label
from workbench.gui.translate import mark, tr, tr_n

_KEYS = mark(
    "Enter edits a cell, Shift+Enter breaks its line. Ins adds a row, Ctrl+Del removes it, "
    "Alt+↑ ↓ moves it. Ctrl+V takes rows from a spreadsheet or CSV, Ctrl+Z takes a change back."
)


class RowsDialog(QDialog):
    """The rows of one variable.

    Signals:
        edited(rows): they are others now; a list of dictionaries.
        as_json(): the person wants to write JSON instead.
    """

    edited = Signal(object)
    as_json = Signal()

    def __init__(
        self,
        parent: QWidget,
        name: str,
        description: str,
        rows: Sequence[Mapping[str, object]],
        columns: Sequence[str],
    ) -> None:
        super().__init__(parent)
        self._name = name
        self.setWindowTitle(tr("Rows of {name}", name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.count = label("", "muted")
        self.table = ExamplesTable()
        self.table.setAccessibleName(name)
        self.column_button = text_button(tr("Columns"), "")
        self.column_menu = QMenu(self)
        self.column_menu.aboutToShow.connect(self._fill_columns)
        self.column_button.setMenu(self.column_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(name, "title"))
        head.addWidget(self.count)
        head.addStretch(1)
        column.addLayout(head)
        if description:
            what = wrapping_label("muted")
            what.setText(description)
            column.addWidget(what)
        column.addLayout(self._buttons())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty_state())
        column.addWidget(self._stack, 1)
        keys = wrapping_label("caption")
        keys.setText(tr(_KEYS))
        column.addWidget(keys)
        column.addLayout(self._ending())
        self.resize(760, 460)
        self.table.rows_model.show_rows(rows, columns)
        self.table.rows_model.edited.connect(self._edited)
        self._show_count()
        if rows and self.table.rows_model.columns:
            self.table.setCurrentIndex(self.table.rows_model.index(0, 0))
        self.table.setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add_button = text_button(tr("Add row"), "")
        self.add_button.clicked.connect(self._add_row)
        self.remove_button = text_button(tr("Remove"), "", accessible=tr("Remove rows"))
        self.remove_button.clicked.connect(self.table.remove_rows)
        self.up_button = text_button("↑", "", accessible=tr("Move rows up"))
        self.up_button.clicked.connect(lambda: self.table.move_rows(-1))
        self.down_button = text_button("↓", "", accessible=tr("Move rows down"))
        self.down_button.clicked.connect(lambda: self.table.move_rows(1))
        self.paste_button = text_button(
            tr("Paste"), "", accessible=tr("Paste rows from the clipboard")
        )
        self.paste_button.clicked.connect(self.table.paste)
        for button in (
            self.add_button,
            self.remove_button,
            self.up_button,
            self.down_button,
            self.paste_button,
            self.column_button,
        ):
            button.setAutoDefault(False)
            button.setToolTip(button.accessibleName())
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _ending(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.json_button = text_button(tr("Edit as JSON"), "text")
        self.json_button.clicked.connect(self._to_json)
        done = text_button(tr("Done"), "primary")
        done.clicked.connect(self.accept)
        for button in (self.json_button, done):
            button.setAutoDefault(False)
        row.addWidget(self.json_button)
        row.addStretch(1)
        row.addWidget(done)
        return row

    def _empty_state(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        text = wrapping_label("muted")
        text.setText(tr("No rows yet. Add one, or paste them from a spreadsheet."))
        column.addWidget(text)
        column.addStretch(1)
        return holder

    def _add_row(self) -> None:
        if not self.table.rows_model.columns:
            self._ask_column()
            return
        # A hidden table cannot open a cell.
        self._stack.setCurrentIndex(0)
        self.table.add_row()

    def _fill_columns(self) -> None:
        self.column_menu.clear()
        self.column_menu.addAction(tr("Add a column…"), self._ask_column)
        if self.table.rows_model.columns:
            self.column_menu.addSeparator()
        for name in self.table.rows_model.columns:
            self.column_menu.addAction(
                f"Remove {name}".replace("&", "&&"),
                partial(self.table.rows_model.remove_column, name),
            )

    def _ask_column(self) -> None:
        NameDialog(
            self,
            tr("Add a column"),
            tr("Name of the column"),
            "",
            self._add_column,
            button=tr("Add"),
        ).open()

    def _add_column(self, name: str) -> None:
        model = self.table.rows_model
        if name in model.columns:
            raise UserError(
                tr("There is a column {name} already.", name=name), tr("Choose another name.")
            )
        model.add_column(name)
        if not model.rowCount():
            self._add_row()

    def _to_json(self) -> None:
        self.as_json.emit()
        self.accept()

    def _edited(self) -> None:
        self._show_count()
        self.edited.emit(self.table.rows_model.rows())

    def _show_count(self) -> None:
        n = self.table.rows_model.rowCount()
        self.count.setText(tr_n("1 row", "{n:,} rows", n))
        self._stack.setCurrentIndex(0 if n else 1)
