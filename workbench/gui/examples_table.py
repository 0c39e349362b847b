"""A table of examples to edit by keyboard: add, move, remove, paste and undo. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from workbench.gui.direction import keep_left_to_right
from workbench.gui.rows_model import RowsModel
from workbench.gui.table_text import read_table, write_table
from workbench.gui.translate import tr

_Index = QModelIndex | QPersistentModelIndex
_FITTED_ROWS = 200
"""Up to so many rows are as high as their text; measuring more would take too long."""
_ROW_HEIGHT = 28
_EDITOR_HEIGHT = 72


class ExamplesTable(QTableView):
    """Shows and edits the rows of a `RowsModel`."""

    def __init__(self) -> None:
        super().__init__()
        keep_left_to_right(self)
        self.rows_model = RowsModel()
        self.setModel(self.rows_model)
        self._delegate = _CellEditor(self)
        self.setItemDelegate(self._delegate)
        self.setWordWrap(True)
        self.setTabKeyNavigation(True)
        self.setAccessibleName(tr("Examples"))
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.rows_model.modelReset.connect(self.fit_rows)
        self.rows_model.dataChanged.connect(self.fit_rows)
        self.horizontalHeader().sectionResized.connect(self.fit_rows)

    def fit_rows(self) -> None:
        """Make rows as high as their text, if there are not too many."""
        if self.rows_model.rowCount() <= _FITTED_ROWS:
            self.resizeRowsToContents()

    def add_row(self) -> None:
        """A row below the current one; its first cell is opened."""
        at = self.currentIndex().row() + 1 if self.currentIndex().isValid() else 0
        at = at or self.rows_model.rowCount()
        self.rows_model.add_row(at)
        self._go_to(at, 0)
        if self.rows_model.columns:
            self.edit(self.currentIndex())

    def remove_rows(self) -> None:
        """Take the selected rows away."""
        rows, column = self.selected_rows(), max(0, self.currentIndex().column())
        if rows:
            self.rows_model.remove_rows(rows)
            self._go_to(min(rows[0], self.rows_model.rowCount() - 1), column)

    def move_rows(self, by: int) -> None:
        """Move the selected rows up (-1) or down (1)."""
        current, rows = self.currentIndex(), self.selected_rows()
        if self.rows_model.move_rows(rows, by):
            self._go_to(current.row() + by, current.column())
            selection = self.selectionModel()
            for row in rows:
                moved = self.rows_model.index(row + by, current.column())
                selection.select(moved, selection.SelectionFlag.Select)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as a spreadsheet takes them."""
        chosen = self.selectedIndexes()
        if not chosen:
            return
        rows, columns = sorted({i.row() for i in chosen}), sorted({i.column() for i in chosen})
        cells = {(i.row(), i.column()): str(i.data()) for i in chosen}
        text = write_table([[cells.get((r, c), "") for c in columns] for r in rows])
        QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Write the clipboard's cells from the current cell on."""
        cells = read_table(QGuiApplication.clipboard().text())
        if cells:
            at = self.currentIndex()
            self.rows_model.paste(max(0, at.row()), max(0, at.column()), cells)
            self._go_to(max(0, at.row()), max(0, at.column()))

    def undo(self) -> None:
        """Take the last change back."""
        self._keeping_place(self.rows_model.undo)

    def redo(self) -> None:
        """Make it again."""
        self._keeping_place(self.rows_model.redo)

    def selected_rows(self) -> list[int]:
        """Rows with a selected cell, or the current one."""
        rows = {index.row() for index in self.selectedIndexes()}
        if not rows and self.currentIndex().isValid():
            rows = {self.currentIndex().row()}
        return sorted(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Clipboard, undo, rows and cells."""
        if (call := self._call_of(event)) is not None:
            call()
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _call_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        standard = QKeySequence.StandardKey
        for key, call in (
            (standard.Copy, self.copy),
            (standard.Paste, self.paste),
            (standard.Undo, self.undo),
            (standard.Redo, self.redo),
        ):
            if event.matches(key):
                return call
        modifiers, code = event.modifiers(), event.key()
        if code == Qt.Key.Key_Insert:
            return self.add_row
        if code == Qt.Key.Key_Delete:
            with_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
            return self.remove_rows if with_control else self._clear
        if modifiers & Qt.KeyboardModifier.AltModifier:
            if code == Qt.Key.Key_Up:
                return lambda: self.move_rows(-1)
            if code == Qt.Key.Key_Down:
                return lambda: self.move_rows(1)
        return None

    def _clear(self) -> None:
        self.rows_model.clear_cells([(i.row(), i.column()) for i in self.selectedIndexes()])

    def _keeping_place(self, call: Callable[[], None]) -> None:
        at = self.currentIndex()
        call()
        self._go_to(min(at.row(), self.rows_model.rowCount() - 1), at.column())

    def _go_to(self, row: int, column: int) -> None:
        self.setCurrentIndex(self.rows_model.index(row, column))


class _CellEditor(QStyledItemDelegate):
    """A field of several lines in a cell: Enter takes the text, Shift+Enter breaks the line."""

    def createEditor(  # noqa: N802  # Qt's name
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """A plain text field."""
        field = QPlainTextEdit(parent)
        field.setTabChangesFocus(True)
        field.setAccessibleName(tr("row {row}", row=index.row() + 1))
        return field

    def setEditorData(self, editor: QWidget, index: _Index) -> None:  # noqa: N802  # Qt's name
        """Show the cell's text, all of it selected."""
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(  # noqa: N802  # Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: _Index
    ) -> None:
        """Take the text."""
        if isinstance(editor, QPlainTextEdit):
            model.setData(index, editor.toPlainText())

    def updateEditorGeometry(  # noqa: N802  # Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index
    ) -> None:
        """Over the cell, high enough for some lines."""
        rect = getattr(option, "rect")  # noqa: B009  # the binding's stubs do not know it
        view = self.parent()
        height = max(rect.height(), _EDITOR_HEIGHT)
        if isinstance(view, QTableView):
            room = view.viewport().height()
            rect.moveTop(max(0, min(rect.top(), room - height)))
        rect.setHeight(height)
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Enter without Shift ends the edit."""
        if (
            isinstance(editor, QPlainTextEdit)
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)
