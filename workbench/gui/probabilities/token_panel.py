"""Everything about one token: its facts and what could have been said instead. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSpinBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from workbench.experiments.alternatives import MOST, Alternatives
from workbench.experiments.token_tables import alternatives_tsv, tokens_json
from workbench.gui.card_data import Card, make_card
from workbench.gui.fonts import Fonts
from workbench.gui.parts import EDGE, label, text_button, wrapping_label
from workbench.gui.plain_table import make_plain
from workbench.gui.probabilities.alternatives_model import (
    ID_COLUMN,
    ID_ROLE,
    MODEL_COLUMN,
    RANK_COLUMN,
    SHARE_ROLE,
    TOKEN_COLUMN,
    AlternativesModel,
)
from workbench.gui.theme import Theme
from workbench.gui.token_cards import CardToken
from workbench.gui.translate import mark, tr

_EMPTY = mark("Point at a token to read what else the model could have said; click to keep it.")
_ROW = 23
_WIDTHS = (34, 0, 72, 78, 56, 50)
"""Rank and id take what their numbers need."""


class TokenPanel(QWidget):
    """Facts, the number of alternatives, and their table.

    Signals:
        limit_chosen(count): the person wants to see so many alternatives.
        alternative_chosen(token_id): the person chose a token that was not said.
    """

    limit_chosen = Signal(int)
    alternative_chosen = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.token = label("", name="token-name")
        self.token.setFont(fonts.mono(14))
        self.token.setStyleSheet("font-weight: 600;")
        self.facts = wrapping_label("muted")
        self.details = wrapping_label("caption")
        self.problem = wrapping_label("warning")
        self.problem.hide()
        self.count = QSpinBox()
        self.count.setRange(1, MOST)
        self.count.setFixedWidth(46)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.count.setKeyboardTracking(False)
        self.count.setAccessibleName(tr("Alternatives that are listed"))
        self.count.setToolTip(tr("How many alternatives are listed, 1 to {most}.", most=MOST))
        self.count.valueChanged.connect(self.limit_chosen)
        self.copy = text_button(tr("Copy ▾"), accessible=tr("Copy this token"))
        menu = QMenu(self)
        menu.addAction(tr("The table, as TSV"), self._copy_table)
        menu.addAction(tr("The token, as JSON"), self._copy_token)
        self.copy.setMenu(menu)
        self.model = AlternativesModel(theme, fonts, self)
        self.table = _Table(self.model, theme)
        self.table.chosen.connect(self.alternative_chosen)
        self._shown: CardToken | None = None
        head = QHBoxLayout()
        head.addWidget(self.token, 1)
        head.addWidget(label(tr("top"), "muted"))
        head.addWidget(self.count)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 8, EDGE, 10)
        column.setSpacing(5)
        column.addLayout(head)
        for part in (self.facts, self.details, self.problem):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No token is pointed at."""
        self._shown = None
        self.token.setText("")
        self.facts.setText(tr(_EMPTY))
        self.details.setText("")
        self.problem.hide()
        self.model.show(None)
        self.table.hide()
        self.copy.setEnabled(False)

    def show_token(self, token: CardToken, known: Alternatives | None, problem: str) -> None:
        """Show a token; `problem` says why values are missing, empty when none are."""
        self._shown = token
        card: Card = make_card(
            token.record,
            token.at.place.index,
            is_control=token.is_control,
            others=known,
            source=token.source,
        )
        self.token.setText(card.token)
        self.facts.setText(f"{card.facts} · {card.surprise}")
        self.details.setText(card.details)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.model.show(known)
        self.table.setVisible(known is not None)
        self.table.setColumnHidden(3, not card.was_sampled)
        self.copy.setEnabled(True)

    @property
    def shown(self) -> CardToken | None:
        """The token that is shown; None for none."""
        return self._shown

    def _copy_table(self) -> None:
        if self.model.known is not None:
            QGuiApplication.clipboard().setText(alternatives_tsv(self.model.known))

    def _copy_token(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(tokens_json([self._shown.record]))


class _Table(QTableView):
    """The table. Return or a double click chooses an alternative, Ctrl+C copies all rows."""

    chosen = Signal(int)

    def __init__(self, model: AlternativesModel, theme: Theme) -> None:
        super().__init__()
        make_plain(self, tr("Alternatives"), _ROW)
        self._alternatives = model
        self.setModel(model)
        self.setItemDelegateForColumn(MODEL_COLUMN, _Bar(theme, self))
        self.setToolTip(tr("Double-click or Return: say this instead, in a fork of the run."))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(20)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(TOKEN_COLUMN, QHeaderView.ResizeMode.Stretch)
        for column in (RANK_COLUMN, ID_COLUMN):  # a large vocabulary has long numbers
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Return chooses, Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy) and self._alternatives.known is not None:
            QGuiApplication.clipboard().setText(alternatives_tsv(self._alternatives.known))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        token = self._alternatives.data(index, ID_ROLE) if index.isValid() else None
        if isinstance(token, int):
            self.chosen.emit(token)


class _Bar(QStyledItemDelegate):
    """A number with its bar behind it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The bar, then the number."""
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        share = index.data(SHARE_ROLE)
        if isinstance(share, float):
            is_rest = index.data(ID_ROLE) is None
            box = QRectF(option.rect).adjusted(3, 4, -3, -4)
            box.setWidth(max(1.0, box.width() * share))
            painter.fillRect(box, self._theme.colour("line" if is_rest else "bar"))
        super().paint(painter, option, index)
