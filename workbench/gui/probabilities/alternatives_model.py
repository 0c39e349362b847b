"""The alternatives at one place as a table. GUI thread."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from workbench.experiments.alternatives import Alternatives
from workbench.gui.card_data import UNKNOWN, percent, visible_token
from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

Index = QModelIndex | QPersistentModelIndex
SHARE_ROLE = int(Qt.ItemDataRole.UserRole)
"""How long the bar of a row is, 0 to 1."""
ID_ROLE = SHARE_ROLE + 1
"""The token's id; None for everything else."""


class _Column(NamedTuple):
    title: str
    help: str


COLUMNS = (
    _Column("#", mark("Rank: 0 is the likeliest token.")),
    _Column(mark("token"), mark("The token as text.")),
    _Column(mark("model %"), mark("The model's probability, before any sampler.")),
    _Column(mark("sampled %"), mark("The probability after the whole sampler chain.")),
    _Column("nats", mark("Minus the natural logarithm of the model's probability.")),
    _Column("id", mark("The token's number in the vocabulary.")),
)
RANK_COLUMN, TOKEN_COLUMN, MODEL_COLUMN, ID_COLUMN = 0, 1, 2, 5


class AlternativesModel(QAbstractTableModel):
    """Rows of `Alternatives`, and one for everything else."""

    def __init__(self, theme: Theme, fonts: Fonts, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._fonts = theme, fonts
        self.known: Alternatives | None = None
        self._cells: list[tuple[str, ...]] = []
        theme.changed.connect(self._recolour)

    def show(self, known: Alternatives | None) -> None:
        """Show other alternatives; None shows none."""
        self.beginResetModel()
        self.known = known
        self._cells = [] if known is None else _cells(known)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt's name
        """One per alternative, and one for the rest."""
        return 0 if parent is not None and parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt's name
        """As many as `COLUMNS`."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = 0
    ) -> object:
        """The columns' titles and what they mean."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section].title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(COLUMNS[section].help)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = 0) -> object:
        """A cell."""
        row, column = index.row(), index.column()
        known = self.known
        if known is None:
            return None
        one = known.rows[row] if row < len(known.rows) else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._cells[row][column]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.FontRole:
                return self._font(column, is_said=one is not None and one.is_said)
            case Qt.ItemDataRole.ForegroundRole:
                name = "muted" if one is None else "accent" if one.is_said else "ink"
                return self._theme.colour(name)
        if role == SHARE_ROLE:
            most = max(r.p for r in known.rows) or 1.0
            return min(1.0, (known.rest if one is None else one.p) / most)
        if role == ID_ROLE:
            return None if one is None else one.id
        return None

    def _font(self, column: int, *, is_said: bool) -> QFont:
        font = self._fonts.mono(12) if column == TOKEN_COLUMN else self._fonts.ui(12)
        font.setBold(is_said)
        return font

    def _recolour(self) -> None:
        if self._cells:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._cells) - 1, len(COLUMNS) - 1)
            )


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column == TOKEN_COLUMN else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _cells(known: Alternatives) -> list[tuple[str, ...]]:
    made: list[tuple[str, ...]] = [
        (
            "" if row.rank is None else f"{row.rank:,}",
            visible_token(row.text),
            percent(row.p),
            UNKNOWN if row.p_sampled is None else percent(row.p_sampled),
            f"{abs(row.logprob):.2f}",
            str(row.id),
        )
        for row in known.rows
    ]
    after = UNKNOWN if known.rest_sampled is None else percent(known.rest_sampled)
    return [*made, ("", tr("others"), percent(known.rest), after, "", "")]
