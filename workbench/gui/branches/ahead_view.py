"""The tree of likely continuations, painted. GUI thread."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from workbench.experiments.ahead import Ahead
from workbench.gui.card_data import percent, visible_token
from workbench.gui.direction import keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.panels.exact_prompt import control_label
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_HEIGHT, _BAR = 24, 12
_BAR_WIDTH, _NUMBER, _OWN = 84, 54, 54


@dataclass(frozen=True, slots=True)
class AheadRow:
    """One line.

    Attributes:
        node: its number in the tree; None for all tokens that are not listed.
        p: probability of the whole continuation up to here, 0 to 1.
        own: of this token behind its parent.
        text: the whole continuation.
        ends: whether the reply would end here.
    """

    node: int | None
    token: str
    p: float
    own: float
    text: str
    ends: bool
    is_control: bool = False

    @property
    def facts(self) -> str:
        """In words: the continuation and its probabilities."""
        if self.node is None:
            return tr("all other tokens · {p} %", p=percent(self.p))
        end = tr(" · ends the reply") if self.ends else ""
        return tr(
            "“{words}” · {p} % · this token {own} %{end}",
            words=self.text,
            p=percent(self.p),
            own=percent(self.own),
            end=end,
        )


def rows_below(found: Ahead, node: int, before: str, control: Collection[int]) -> list[AheadRow]:
    """The lines below `node`, the likeliest first, all others last; none if nobody asked."""
    tree = found.tree
    rows = []
    for child in tree.children(node):
        text = found.text(child)
        is_control = int(tree.token[child]) in control
        rows.append(
            AheadRow(
                child,
                (control_label(text) or text) if is_control else visible_token(text),
                math.exp(float(tree.total[child])),
                math.exp(float(tree.logprob[child])),
                before + text,
                bool(tree.ends[child]),
                is_control,
            )
        )
    if tree.is_followed(node):
        rest = float(tree.rest[node])
        rows.append(
            AheadRow(
                None, tr("others"), math.exp(float(tree.total[node])) * rest, rest, before, False
            )
        )
    return rows


class AheadView(QTreeView):
    """Continuations as a tree.

    Attributes:
        rows: every line with its depth, from 1, top to bottom.
        most: the largest probability of a listed continuation; its bar is the longest.

    Signals:
        chosen(node): the person wants this continuation said (double click, Enter).
        pointed(AheadRow): the current line is another.
    """

    chosen = Signal(int)
    pointed = Signal(object)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        keep_left_to_right(self)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, fonts, self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Likely continuations"))
        self.doubleClicked.connect(self._choose)
        self.selectionModel().currentChanged.connect(self._point)
        theme.changed.connect(self.viewport().update)
        self.rows: list[tuple[int, AheadRow]] = []
        self.most = 1.0

    def show_ahead(self, found: Ahead | None, control: Collection[int]) -> None:
        """Show a tree; None shows nothing. The likeliest line is unfolded all the way."""
        self._model.removeRows(0, self._model.rowCount())
        self.rows = []
        if found is None:
            return
        self._fill(found, 0, "", control, self._model.invisibleRootItem(), 1)
        self.most = max((row.p for _, row in self.rows if row.node is not None), default=1.0)
        index = self._model.index(0, 0)
        while index.isValid():
            self.expand(index)
            index = self._model.index(0, 0, index)

    def choose_current(self) -> None:
        """Have the current line said."""
        self._choose(self.currentIndex())

    def table(self) -> str:
        """Every line for the clipboard, tab separated."""
        lines = ["depth\ttoken\tcontinuation\tp\tp_token"]
        for depth, row in self.rows:
            text = row.text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
            lines.append(f"{depth}\t{row.token}\t{text}\t{row.p:.6g}\t{row.own:.6g}")
        return "\n".join(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Ctrl+C copies the whole tree; Enter chooses on every system."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.table())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose_current()
        else:
            super().keyPressEvent(event)

    def _fill(
        self,
        found: Ahead,
        node: int,
        before: str,
        control: Collection[int],
        under: QStandardItem,
        depth: int,
    ) -> None:
        for row in rows_below(found, node, before, control):
            item = QStandardItem(row.token)
            item.setData(row, _ROW)
            item.setToolTip(row.facts)
            item.setAccessibleText(row.facts)
            under.appendRow(item)
            self.rows.append((depth, row))
            if row.node is not None:
                self._fill(found, row.node, row.text, control, item, depth + 1)

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(_ROW)
        if row is not None and row.node is not None:
            self.chosen.emit(row.node)

    def _point(self, index: QModelIndex) -> None:
        row = index.data(_ROW)
        if row is not None:
            self.pointed.emit(row)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, fonts: Fonts, view: AheadView) -> None:
        super().__init__(view)
        self._theme, self._fonts, self._view = theme, fonts, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802  # Qt's name
        return QSize(100, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        row: AheadRow | None = index.data(_ROW)
        rect, state = getattr(option, "rect", None), getattr(option, "state", None)
        if row is None or not isinstance(rect, QRect) or not isinstance(state, QStyle.StateFlag):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("accent_wash"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour("chip"))
        right = rect.right() - 8
        name = QRect(rect.left() + 4, rect.top(), right - rect.left() - 4, rect.height())
        name.setRight(right - _BAR_WIDTH - _NUMBER - _OWN - 6)
        muted = row.node is None
        font = self._fonts.ui(12) if muted or row.is_control else self._fonts.mono(12)
        painter.setFont(font)
        shown = f"{row.token} ■" if row.ends else row.token
        text = QFontMetrics(font).elidedText(shown, Qt.TextElideMode.ElideRight, name.width())
        painter.setPen(colour("muted" if muted else "chip_ink" if row.is_control else "ink"))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        left = right - _BAR_WIDTH - _NUMBER - _OWN
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("line" if muted else "bar"))
        width = max(1.5, min(1.0, row.p / self._view.most) * _BAR_WIDTH)
        bar = QRectF(left, rect.center().y() - _BAR / 2 + 1, width, _BAR)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setFont(self._fonts.ui(12))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setPen(colour("muted" if muted else "ink"))
        number = QRect(right - _OWN - _NUMBER, rect.top(), _NUMBER, rect.height())
        painter.drawText(number, align, f"{percent(row.p)} %")
        painter.setPen(colour("muted"))
        painter.drawText(
            QRect(right - _OWN, rect.top(), _OWN, rect.height()), align, percent(row.own)
        )
        painter.restore()
