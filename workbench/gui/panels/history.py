"""Runs as a list: what was said, from which prompt, by which model, when. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.core.run import RunStatus
from workbench.core.text import elide
from workbench.gui.direction import keep_left_to_right
from workbench.gui.parts import EDGE
from workbench.gui.translate import day, tr

if TYPE_CHECKING:
    from workbench.gui.fonts import Fonts
    from workbench.gui.theme import Theme
    from workbench.history.load import RunRow

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
RUN_ID = Qt.ItemDataRole.UserRole + 7
"""The role under which a list of runs tells the id of a row."""

_STATUS_WORDS = {
    RunStatus.RUNNING: "running",
    RunStatus.CANCELLED: "stopped",
    RunStatus.FAILED: "failed",
    RunStatus.INTERRUPTED: "interrupted",
}


class HistoryModel(QAbstractListModel):
    """The newest runs, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[RunRow, ...] = ()

    def show_rows(self, rows: Sequence[RunRow]) -> None:
        """Show `rows`; rows that only came on top are inserted, so that nothing jumps."""
        new = tuple(rows)
        grown = len(new) - len(self._rows)
        if self._rows and grown > 0 and new[grown:] == self._rows:
            self.beginInsertRows(QModelIndex(), 0, grown - 1)
            self._rows = new
            self.endInsertRows()
        elif [r.run_id for r in new] == [r.run_id for r in self._rows]:
            self._rows = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
        else:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()

    @property
    def rows(self) -> tuple[RunRow, ...]:
        """Every run that is listed."""
        return self._rows

    def row(self, index: Index) -> RunRow:
        """The run at `index`."""
        return self._rows[index.row()]

    def position(self, run_id: str) -> int:
        """Where a run stands; -1 when it is not listed."""
        return next((i for i, row in enumerate(self._rows) if row.run_id == run_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt's name
        """How many runs are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A run in words, and the run itself."""
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{headline(row)}. {caption(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            seed = tr("seed {seed} · run {run_id}", seed=row.seed, run_id=row.run_id)
            return f"{row.error}\n{seed}" if row.error else seed
        if role == RUN_ID:
            return row.run_id
        return row if role == _ROW else None


class HistoryList(QListView):
    """The list on the screen.

    Signals:
        opened(run_id): the person wants to see this run again.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, fonts: Fonts, model: HistoryModel) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._model = model
        self._marked = ""
        self.setModel(model)
        # Connected after the view's own slots, which take the selection away.
        model.modelReset.connect(self._show_mark)
        model.rowsInserted.connect(self._show_mark)
        self.setItemDelegate(_Delegate(theme, fonts, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Runs, newest first"))
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        theme.changed.connect(self.viewport().update)

    def mark(self, run_id: str) -> None:
        """Show `run_id` as the current one without opening it, as soon as it is listed."""
        self._marked = run_id
        position = self._model.position(run_id)
        if position >= 0:
            self.setCurrentIndex(self._model.index(position))
        else:
            self.clearSelection()

    def to_newest(self) -> None:
        """A run began: none of these is on show, and the new one will come on top."""
        self._marked = ""
        self.clearSelection()
        self.scrollToTop()

    def _show_mark(self) -> None:
        """A run can be on show before its row is there, and every new list takes the mark away."""
        if self._model.position(self._marked) >= 0 and not self.selectedIndexes():
            self.mark(self._marked)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._model.row(index).run_id)


def headline(row: RunRow) -> str:
    """What the run said, or why it said nothing."""
    if row.reply.strip():
        return elide(row.reply, 100)
    return row.error or tr(_STATUS_WORDS.get(row.status, "empty reply"))


def caption(row: RunRow) -> str:
    """Prompt, model, length and time."""
    when = datetime.fromtimestamp(row.created_us / 1e6).astimezone()
    today = datetime.now().astimezone().date()
    clock = f"{when:%H:%M}" if when.date() == today else day(when, "dd MMM HH:mm")
    tokens = tr("{n_tokens:,} tokens", n_tokens=row.n_tokens) if row.n_tokens is not None else ""
    word = tr(_STATUS_WORDS.get(row.status, ""))
    parts = (word, clock, tokens, row.prompt_name, row.model_name)
    return " · ".join(part for part in parts if part)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802  # Qt's name
        return QSize(100, 46)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        row: RunRow = index.data(_ROW)
        style: dict[str, object] = {}
        for name in ("rect", "state"):  # the stub types these fields as methods
            style[name] = getattr(option, name)
        rect, state = style["rect"], style["state"]
        if not isinstance(rect, QRect) or not isinstance(state, QStyle.StateFlag):
            return
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, self._theme.colour("accent_wash"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.colour("chip"))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(
                QRect(rect.left(), rect.top(), 2, rect.height()), self._theme.colour("focus")
            )
        box = rect.adjusted(EDGE, 5, -EDGE, -5)
        bad = row.status in (RunStatus.FAILED, RunStatus.INTERRUPTED)
        plain = selected or bool(state & QStyle.StateFlag.State_MouseOver)
        self._line(painter, box, 0, headline(row), "warning" if bad and not plain else "ink", 13)
        self._line(painter, box, 19, caption(row), "ink" if plain else "muted", 12)
        painter.restore()

    def _line(
        self, painter: QPainter, box: QRect, top: int, text: str, ink: str, pixels: int
    ) -> None:
        font = self._fonts.ui(pixels)
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        line = QRect(box.left(), box.top() + top, box.width(), 18)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
