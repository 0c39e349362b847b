"""The found models as a table: sorted, filtered, what cannot run always last. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from workbench.core.memory import size_words
from workbench.core.model_places import Origin
from workbench.core.visible import one_line
from workbench.experiments.finder.values import FoundModel
from workbench.experiments.model_facts import count_words
from workbench.experiments.model_fit import Fit, Machine, Verdict, fit, fit_sentence
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
SORT_ROLE = _Role.UserRole + 1


class Column(IntEnum):
    """The columns, in order."""

    NAME = 0
    SOURCE = 1
    PARAMETERS = 2
    QUANTIZATION = 3
    SIZE = 4
    CONTEXT = 5
    FIT = 6


_HEADS = (
    mark("model"),
    mark("found in"),
    mark("parameters"),
    mark("quant."),
    mark("size"),
    mark("context"),
    mark("this machine"),
)
_FIGURES = frozenset({Column.PARAMETERS, Column.SIZE, Column.CONTEXT})
_ORDER = {Verdict.FITS: 0, Verdict.UNKNOWN: 1, Verdict.TIGHT: 2, Verdict.TOO_LARGE: 3}
_SIGNS = {Verdict.FITS: "✓ ", Verdict.TIGHT: "△ ", Verdict.TOO_LARGE: "✗ ", Verdict.UNKNOWN: ""}


class ModelsModel(QAbstractTableModel):
    """Rows grow while a search goes on; a row that is there never moves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.machine: Machine | None = None
        self._models: list[FoundModel] = []
        self._fits: list[Fit | None] = []

    @property
    def models(self) -> tuple[FoundModel, ...]:
        """Everything that was found, in order."""
        return tuple(self._models)

    def clear(self) -> None:
        """Forget everything."""
        self.beginResetModel()
        self._models, self._fits = [], []
        self.endResetModel()

    def add(self, models: Sequence[FoundModel]) -> None:
        """Put more models at the end."""
        if not models:
            return
        first = len(self._models)
        self.beginInsertRows(_ROOT, first, first + len(models) - 1)
        self._models += models
        self._fits += [self._fit(model) for model in models]
        self.endInsertRows()

    def add_name(self, path: object, name: str) -> None:
        """A model was found again, under another name."""
        for row, model in enumerate(self._models):
            if model.path == path and name not in (model.candidate.name, *model.also):
                self._models[row] = replace(model, also=(*model.also, name))

    def model_at(self, row: int) -> FoundModel:
        """The model of a row."""
        return self._models[row]

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many were found."""
        return 0 if parent.isValid() else len(self._models)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """A cell."""
        row, column = index.row(), Column(index.column())
        if role == _Role.DisplayRole:
            return self._text(row, column)
        if role == SORT_ROLE:
            return self._key(row, column)
        if role == _Role.ToolTipRole:
            return self._tip(row, column)
        if role == _Role.ForegroundRole:
            return self._colour(row, column)
        if role == _Role.TextAlignmentRole:
            return _side(column) | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """What the columns hold."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            return _side(Column(section)) | Qt.AlignmentFlag.AlignVCenter
        return tr(_HEADS[section]) if role == _Role.DisplayRole else None

    def _fit(self, model: FoundModel) -> Fit | None:
        if self.machine is None or model.header is None or not model.can_run:
            return None
        return fit(model.header, self.machine)

    def _text(self, row: int, column: Column) -> str:
        model, info = self._models[row], self._models[row].info
        if column is Column.NAME:
            return one_line(model.candidate.name, 160)
        if column is Column.SOURCE:
            return tr(model.candidate.origin.value)
        if column is Column.SIZE:
            return size_words(model.size_bytes) if model.size_bytes else ""
        if column is Column.FIT:
            return self._fit_text(row)
        if info is None:
            return ""
        if column is Column.PARAMETERS:
            return count_words(info.n_params) if info.n_params else ""
        if column is Column.QUANTIZATION:
            return info.quantization if info.quantization != "unknown" else ""
        return f"{info.n_ctx_train:,}" if info.n_ctx_train else ""

    def _fit_text(self, row: int) -> str:
        model, fit = self._models[row], self._fits[row]
        if fit is not None:
            if fit.verdict is Verdict.FITS and fit.greatest_ctx != fit.n_ctx_train:
                words = tr("fits up to {n:,} tokens", n=fit.greatest_ctx or 0)
            else:
                words = tr(fit.verdict.value)
            return _SIGNS[fit.verdict] + words
        if model.error:
            return tr("cannot be used")
        return tr(model.kind.value) if model.kind is not None else ""

    def _key(self, row: int, column: Column) -> object:
        model, info, fit = self._models[row], self._models[row].info, self._fits[row]
        if column is Column.FIT:
            return (_ORDER[fit.verdict], -(fit.greatest_ctx or 0)) if fit is not None else (9, 0)
        if column is Column.SIZE:
            return model.size_bytes
        if column is Column.PARAMETERS:
            return info.n_params if info is not None else -1
        if column is Column.CONTEXT:
            return info.n_ctx_train if info is not None else -1
        return self._text(row, column).casefold()

    def _tip(self, row: int, column: Column) -> str | None:
        model, fit = self._models[row], self._fits[row]
        if column is Column.FIT and fit is not None and self.machine is not None:
            return fit_sentence(fit, self.machine)
        if model.error:
            return one_line(model.error)
        also = tr("also {names}", names=", ".join(model.also)) if model.also else ""
        return "\n".join(x for x in (one_line(str(model.path)), one_line(also)) if x)

    def _colour(self, row: int, column: Column) -> object:
        model, fit = self._models[row], self._fits[row]
        if not model.can_run:
            return self._theme.colour("muted")
        if column is Column.FIT and fit is not None:
            name = {Verdict.FITS: "good", Verdict.UNKNOWN: "muted"}.get(fit.verdict, "warning")
            return self._theme.colour(name)
        return self._theme.colour("muted") if column is Column.SOURCE else None


class ModelsFilter(QSortFilterProxyModel):
    """What of the found models is shown, and in which order.

    Attributes:
        hidden: sources that are switched off.
    """

    def __init__(self, source: ModelsModel) -> None:
        super().__init__()
        self._source = source
        self._words: tuple[str, ...] = ()
        self.hidden: frozenset[Origin] = frozenset()
        self.hides_others = False
        self.setSourceModel(source)
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)

    def show_only(self, text: str, hidden: frozenset[Origin], *, hides_others: bool) -> None:
        """Show models that have every word of `text` somewhere, of sources that are not hidden.

        With `hides_others`, only files that prompts run on.
        """
        self._words = tuple(text.casefold().split())
        self.hidden, self.hides_others = hidden, hides_others
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:  # noqa: N802  # Qt's name
        """Whether a row is shown."""
        model = self._source.model_at(row)
        if model.candidate.origin in self.hidden or (self.hides_others and not model.can_run):
            return False
        if not self._words:
            return True
        info = model.info
        texts = [model.candidate.name, str(model.path), model.candidate.note, *model.also]
        if info is not None:
            texts += [info.name, info.architecture, info.quantization]
        whole = "\n".join(texts).casefold()
        return all(word in whole for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:  # noqa: N802  # Qt's name
        """By the column; what cannot run is last in either direction."""
        one, other = self._source.model_at(left.row()), self._source.model_at(right.row())
        down = self.sortOrder() is Qt.SortOrder.DescendingOrder
        if one.can_run != other.can_run:
            return one.can_run is not down
        a, b = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if a == b:
            return (left.row() < right.row()) is not down
        return bool(a < b)


def _side(column: Column) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
