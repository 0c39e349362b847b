"""The leaderboard as a table; ratings are drawn with their intervals. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from workbench.core.ranking import Interval, Ranking, Rated, points_text
from workbench.gui.plain_table import make_plain
from workbench.gui.style_sheet import set_role
from workbench.gui.table_text import write_table
from workbench.gui.theme import Theme, mixed
from workbench.gui.translate import mark, tr

_Index = QModelIndex | QPersistentModelIndex
HEADS = (mark("rank"), mark("name"), mark("rating, 95 %"), mark("won–lost–tied"), mark("P(best)"))
RANK, NAME, RATING, GAMES, BEST = range(5)
_ROW = 28
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TIPS = {
    RANK: mark("The ranks it takes in 95 of 100 resamples of the items."),
    RATING: mark("Points of the Elo scale: 400 are ten to one. The line is the 95 % interval."),
    GAMES: mark("A tie and “both bad” count half a win each way."),
    BEST: mark("Share of the resamples in which it stands first."),
}


class BoardModel(QAbstractTableModel):
    """Competitors, the best first."""

    def __init__(self) -> None:
        super().__init__()
        self.rated: tuple[Rated, ...] = ()

    def show_ranking(self, ranking: Ranking | None) -> None:
        """Other competitors."""
        self.beginResetModel()
        self.rated = () if ranking is None else ranking.rated
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802  # Qt's name
        """One per competitor."""
        return 0 if parent is not None and parent.isValid() else len(self.rated)

    def columnCount(self, parent: _Index | None = None) -> int:  # noqa: N802  # Qt's name
        """Always the same."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(_TIPS.get(section, ""))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in (GAMES, BEST) else _LEFT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        one, column = self.rated[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_text(one, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{one.name}: {cell_text(one, column)}" if column != NAME else one.name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in (GAMES, BEST) else _LEFT
        return None


def cell_text(one: Rated, column: int) -> str:
    """A cell in words and numbers."""
    if column == RANK:
        return "n/a" if one.ranks is None else "–".join(str(r) for r in dict.fromkeys(one.ranks))
    if column == NAME:
        return one.name
    if column == RATING:
        if one.interval is None:
            return tr("{points_text} (no interval)", points_text=points_text(one.rating))
        return f"{points_text(one.rating)} ({interval_text(one.interval)})"
    if column == GAMES:
        bad = tr(" · {both_bad:,} bad", both_bad=one.both_bad) if one.both_bad else ""
        return f"{one.wins:,}–{one.losses:,}–{one.ties:,}{bad}"
    return "n/a" if one.p_best is None else f"{one.p_best:.2f}"


def interval_text(interval: Interval) -> str:
    """Its ends in points."""
    return tr(
        "{points_text} to {points_text_2}",
        points_text=points_text(interval.low),
        points_text_2=points_text(interval.high),
    )


class BoardTable(QTableView):
    """Shows a ranking; Ctrl+C copies it whole."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        make_plain(self, tr("Leaderboard"), _ROW)
        self.board = BoardModel()
        self.setModel(self.board)
        set_role(self, "runs")
        self.setItemDelegateForColumn(RATING, _Whisker(theme, self.board, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        head = self.horizontalHeader()
        for column, width in ((RANK, 52), (GAMES, 124), (BEST, 62)):
            needed = self.fontMetrics().horizontalAdvance(tr(HEADS[column])) + 24
            self.setColumnWidth(column, max(width, needed))
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(RATING, QHeaderView.ResizeMode.Stretch)
        theme.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As high as its rows, up to ten."""
        rows = min(10, max(2, len(self.board.rated)))
        return QSize(420, self.horizontalHeader().sizeHint().height() + rows * _ROW + 4)

    def show_ranking(self, ranking: Ranking | None) -> None:
        """Another ranking."""
        self.board.show_ranking(ranking)
        self.updateGeometry()

    def as_text(self) -> str:
        """The table for a spreadsheet."""
        rows = [
            [cell_text(one, column) for column in range(len(HEADS))] for one in self.board.rated
        ]
        return write_table([list(HEADS), *rows])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Copy."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        else:
            super().keyPressEvent(event)


class _Whisker(QStyledItemDelegate):
    """A rating as a dot on the line of its interval, all on one scale, with the number."""

    def __init__(self, theme: Theme, board: BoardModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme, self._board = theme, board

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the cell."""
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        one, c = self._board.rated[index.row()], self._theme.colours
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = points_text(one.rating)
        painter.setPen(QColor(c.ink))
        number = QRectF(area.left() + 4, area.top(), 50, area.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        room = area.adjusted(66, 0, -12, 0)
        low, high = self._range()
        middle = room.center().y()

        def x(value: float) -> float:
            share = (value - low) / (high - low) if high > low else 0.5
            return room.left() + share * room.width()

        if low < 0 < high:
            painter.setPen(QPen(QColor(c.line), 1))
            painter.drawLine(QPointF(x(0), area.top()), QPointF(x(0), area.bottom()))
        if one.interval is not None:
            painter.setPen(QPen(mixed(c.pane, c.accent, 0.5), 3))
            painter.drawLine(
                QPointF(x(one.interval.low), middle), QPointF(x(one.interval.high), middle)
            )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent))
        painter.drawEllipse(QPointF(x(one.rating), middle), 4, 4)
        painter.restore()

    def _range(self) -> tuple[float, float]:
        values = [one.rating for one in self._board.rated]
        for one in self._board.rated:
            if one.interval is not None:
                values += [one.interval.low, one.interval.high]
        return min(values), max(values)
