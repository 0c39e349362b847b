"""Every key of a model's metadata: searched, read whole, copied. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.core.visible import visible
from workbench.experiments.model_card import LONGEST_SHOWN, RawKey
from workbench.gui.fonts import Fonts
from workbench.gui.model_card.cells import Cell, CellsModel, CellsTable, Head
from workbench.gui.parts import EDGE, label, text_button
from workbench.gui.said import tr_said
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr, tr_n

_KEY_WIDTH, _KIND_WIDTH, _VALUE_HEIGHT = 210, 84, 120


class KeysPage(QWidget):
    """A search field, the table, and the chosen value as it stands in the file."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search keys and values"))
        self.search.setAccessibleName(tr("Search the metadata"))
        self.search.setClearButtonEnabled(True)
        self.count = label("", "muted")
        heads = (Head(tr("key")), Head(tr("kind")), Head(tr("value")))
        self.model = CellsModel(theme, fonts, heads)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.model)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table = CellsTable(tr("Metadata"), fonts)
        self.table.setModel(self.shown)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.resizeSection(0, _KEY_WIDTH)
        head.resizeSection(1, _KIND_WIDTH)
        self.value = QPlainTextEdit()
        self.value.setReadOnly(True)
        self.value.setTabChangesFocus(True)
        self.value.setFixedHeight(_VALUE_HEIGHT)
        self.value.setFont(fonts.mono(12))
        self.value.setAccessibleName(tr("The chosen value"))
        set_role(self.value, "json")
        self.copy_value = text_button(tr("Copy value"), "small")
        self.copy_key = text_button(tr("Copy key"), "small")
        for button in (self.copy_value, self.copy_key):
            button.setAutoDefault(False)
            button.setEnabled(False)
        self.copy_value.clicked.connect(lambda: self._copy(2))
        self.copy_key.clicked.connect(lambda: self._copy(0))
        self.search.textChanged.connect(self._filter)
        self.table.selectionModel().currentRowChanged.connect(self._show_value)
        self._assemble()

    def show_keys(self, keys: Sequence[RawKey]) -> None:
        """Show other metadata; what is searched for stays."""
        rows = [
            (
                Cell(key.key, is_mono=True, tip=key.key),
                Cell(tr_said(key.kind), colour="muted"),
                Cell(key.shown, whole=key.whole, is_mono=True),
            )
            for key in keys
        ]
        self.model.show_rows(rows)
        self._show_value(QModelIndex())
        self._filter(self.search.text())

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.count)
        foot = QHBoxLayout()
        foot.addWidget(self.copy_key)
        foot.addWidget(self.copy_value)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 8, EDGE, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.value)
        column.addLayout(foot)

    def _filter(self, text: str) -> None:
        self.shown.setFilterFixedString(text)
        total, left = self.model.rowCount(), self.shown.rowCount()
        words = tr_n("{n} key", "{n:,} keys", total)
        self.count.setText(words if left == total else tr("{n:,} of {words}", n=left, words=words))
        if left and text:
            first = self.shown.index(0, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(first, flags.ClearAndSelect | flags.Rows)

    def _cell(self, column: int) -> Cell | None:
        index = self.shown.mapToSource(self.table.currentIndex())
        return self.model.cell(index.row(), column) if index.isValid() else None

    def _show_value(self, index: QModelIndex) -> None:
        cell = self._cell(2) if index.isValid() else None
        self.value.setPlainText("" if cell is None else visible(cell.whole, LONGEST_SHOWN))
        for button in (self.copy_key, self.copy_value):
            button.setEnabled(cell is not None)

    def _copy(self, column: int) -> None:
        cell = self._cell(column)
        if cell is not None:
            # NUL ends a text on most clipboards; the rest of it would be lost without a word.
            QGuiApplication.clipboard().setText(
                (cell.whole or cell.text).replace("\0", "\\u{0000}")
            )
