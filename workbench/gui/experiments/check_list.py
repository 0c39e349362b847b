"""A short list of things that can be ticked. GUI thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from workbench.gui.style_sheet import set_role

_ROW = 25
_MOST_ROWS = 6
_KEY = Qt.ItemDataRole.UserRole


class CheckList(QListWidget):
    """Rows with a tick each, as high as they need up to a few rows; Space ticks.

    Signals:
        ticked(): other rows are ticked now.
    """

    ticked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        set_role(self, "ticks")
        self.itemChanged.connect(lambda _item: self.ticked.emit())

    def show_rows(self, rows: Sequence[tuple[str, str, str]], ticked: Iterable[str]) -> None:
        """Show other rows: key, text and tooltip each; those in `ticked` are ticked."""
        wanted = set(ticked)
        self.blockSignals(True)
        self.clear()
        for key, text, tip in rows:
            item = QListWidgetItem(text)
            item.setData(_KEY, key)
            item.setToolTip(tip)
            item.setSizeHint(QSize(10, _ROW))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in wanted else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.blockSignals(False)
        self.setFixedHeight(_ROW * max(1, min(len(rows), _MOST_ROWS)) + 4)
        self.ticked.emit()

    def ticked_keys(self) -> list[str]:
        """The keys of the ticked rows, from the top."""
        return [
            str(item.data(_KEY))
            for item in map(self.item, range(self.count()))
            if item.checkState() is Qt.CheckState.Checked
        ]

    def tick(self, keys: Iterable[str]) -> None:
        """Tick these rows and no others."""
        wanted = set(keys)
        self.blockSignals(True)
        for item in map(self.item, range(self.count())):
            on = str(item.data(_KEY)) in wanted
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.ticked.emit()
