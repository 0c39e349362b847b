"""Choosing a model: what was found on this machine, and the card of the chosen one. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from workbench.core.visible import one_line
from workbench.experiments.finder.values import (
    Event,
    ExtraKind,
    FoundModel,
    Looking,
    SameAs,
    Trouble,
)
from workbench.experiments.model_card import ModelCard
from workbench.experiments.model_fit import Machine
from workbench.gui.focus_order import put_in_order
from workbench.gui.fonts import Fonts
from workbench.gui.messages import MessageBar
from workbench.gui.model_card.cells import CellsTable
from workbench.gui.model_card.view import ModelCardView
from workbench.gui.open_model.chips import SourceChips
from workbench.gui.open_model.models_table import Column, ModelsFilter, ModelsModel
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import EDGE, horizontal_line, label, pane, text_button
from workbench.gui.said import tr_said
from workbench.gui.theme import Theme
from workbench.gui.translate import tr, tr_n

_WIDTHS = (240, 104, 88, 76, 78, 76, 136)


class OpenModelDialog(QDialog):
    """A table, its filters, and a card.

    Attributes:
        in_use: the file of the model that is loaded, the chosen one at first; None for none.

    Signals:
        chosen(Path): the person wants this model.
        pointed(FoundModel): this one's card is wanted.
        browse_wanted(): the person wants to name a file.
        stop_wanted(): the search is to end.
    """

    chosen = Signal(object)
    pointed = Signal(object)
    browse_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget, theme: Theme, fonts: Fonts) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Open a model"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Filter by name, architecture, quantization, folder"))
        self.search.setAccessibleName(tr("Filter the models"))
        self.search.setClearButtonEnabled(True)
        self.chips = SourceChips()
        self.messages = MessageBar(theme)
        self.model = ModelsModel(theme)
        self.shown = ModelsFilter(self.model)
        self.shown.setParent(self)
        self.table = _Table(tr("Models"), fonts)
        self.table.setModel(self.shown)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        self.card = ModelCardView(theme, fonts)
        self.status = label("", "muted")
        self.stop_button = text_button(tr("Stop"), "small", accessible=tr("Stop the search"))
        self.troubles = label("", "warning")
        self.folders_button = text_button(tr("Folders"), "", accessible=tr("Folders"))
        self.folders_menu = QMenu(self)
        self.folders_button.setMenu(self.folders_menu)
        self.browse_button = text_button(tr("Browse…"), "", accessible=tr("Choose a file"))
        self.cancel_button = text_button(tr("Cancel"), "")
        self.open_button = text_button(tr("Open"), "primary", accessible=tr("Open this model"))
        self._troubles: list[str] = []
        self.in_use: Path | None = None
        self._picked = False
        self._assemble()
        self._connect()
        self.resize(1230, 700)
        self.search.setFocus()
        self._choose(None)

    @property
    def current(self) -> FoundModel | None:
        """The model that is chosen."""
        index = self.shown.mapToSource(self.table.currentIndex())
        return self.model.model_at(index.row()) if index.isValid() else None

    def begin(self) -> None:
        """A search begins: forget what the one before found."""
        self.model.clear()
        self._troubles = []
        self._picked = False
        self.chips.show_counts(())
        self.status.setText(tr("Looking for models…"))
        self.stop_button.show()
        self._show_troubles()

    def use_machine(self, machine: Machine) -> None:
        """What the models are to fit into."""
        self.model.machine = machine

    def add_events(self, events: Sequence[Event]) -> None:
        """The search said something."""
        self.model.add([event for event in events if isinstance(event, FoundModel)])
        for event in events:
            if isinstance(event, SameAs):
                self.model.add_name(event.path, event.name)
            elif isinstance(event, Trouble):
                self._troubles.append(one_line(f"{event.path}: {tr_said(event.reason)}"))
            elif isinstance(event, Looking):
                self._show_progress(event)
        self.chips.show_counts(self.model.models)
        self._show_troubles()
        self._pick_first()

    def end(self) -> None:
        """The search is over."""
        self.stop_button.hide()
        self._show_count()
        if not self.model.rowCount():
            self.card.show_sentence(
                tr(
                    "No models were found. Add a folder, browse for a .gguf file, or drop one on "
                    "the window."
                )
            )

    def show_card(self, found: FoundModel, card: ModelCard, machine: Machine) -> None:
        """The card of `found` was read; an old answer is dropped."""
        if self.current is not None and self.current.path == found.path:
            self.card.show_card(card, machine, _where(found))

    def show_problem(self, found: FoundModel, text: str) -> None:
        """There is no card of `found`, for this reason."""
        if self.current is not None and self.current.path == found.path:
            lines = [text, "", *(f"{name}: {value}" for name, value in _where(found))]
            self.card.show_sentence("\n".join(lines), found.candidate.name)

    def select(self, path: Path) -> bool:
        """Choose the model at `path`; False when it is not listed."""
        for row, model in enumerate(self.model.models):
            if model.path == path:
                index = self.shown.mapFromSource(self.model.index(row, 0))
                flags = QItemSelectionModel.SelectionFlag
                chosen = flags.ClearAndSelect | flags.Rows
                self.table.selectionModel().setCurrentIndex(index, chosen)
                self.table.scrollTo(index)
                return index.isValid()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  # Qt's name
        """Tab goes on as one reads."""
        put_in_order(self)
        return super().focusNextPrevChild(forward)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(EDGE, 12, EDGE, 0)
        head.addWidget(self.search, 1)
        chips = QHBoxLayout()
        chips.setContentsMargins(EDGE, 0, EDGE, 6)
        chips.addWidget(self.chips, 1)
        left = pane()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(chips)
        column.addWidget(self.table, 1)
        columns = splitter("open-model", Qt.Orientation.Horizontal, [810, 420], left, self.card)
        columns.setStretchFactor(0, 1)
        self.card.setMinimumWidth(360)
        progress = QHBoxLayout()
        progress.setContentsMargins(EDGE, 6, EDGE, 0)
        progress.addWidget(self.status, 1)
        progress.addWidget(self.troubles)
        progress.addWidget(self.stop_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(EDGE, 0, EDGE, 12)
        foot.setSpacing(8)
        foot.addWidget(self.folders_button)
        foot.addWidget(self.browse_button)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.open_button)
        for button in (
            self.folders_button, self.browse_button, self.cancel_button, self.stop_button,
            self.open_button,
        ):  # fmt: skip
            button.setAutoDefault(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.messages)
        whole.addWidget(columns, 1)
        whole.addWidget(horizontal_line())
        whole.addLayout(progress)
        whole.addSpacing(6)
        whole.addLayout(foot)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(60)
        for column_number, width in enumerate(_WIDTHS):
            header.resizeSection(column_number, width)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.chips.changed.connect(self._filter)
        self.table.selectionModel().currentRowChanged.connect(self._current_changed)
        self.table.activated.connect(lambda _index: self._open())
        self.search.returnPressed.connect(self._open)
        self.table.went_up.connect(self.search.setFocus)
        down = QShortcut(QKeySequence("Down"), self.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.table.setFocus)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.setFocus)
        self.open_button.clicked.connect(self._open)
        self.cancel_button.clicked.connect(self.reject)
        self.browse_button.clicked.connect(self.browse_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)

    def _filter(self) -> None:
        kept = self.current
        self.shown.show_only(
            self.search.text(), self.chips.hidden, hides_others=self.chips.hides_others
        )
        if kept is None or not self.select(kept.path):
            self._picked = False
            self._pick_first()
        if not self.stop_button.isVisible():
            self._show_count()

    def _pick_first(self) -> None:
        """Until the person chooses, it is the model in use, else the first row."""
        if not self._picked and self.shown.rowCount():
            if self.in_use is not None and not self.search.text() and self.select(self.in_use):
                self._picked = False
                return
            flags = QItemSelectionModel.SelectionFlag
            chosen = flags.ClearAndSelect | flags.Rows
            selection = self.table.selectionModel()
            selection.setCurrentIndex(self.shown.index(0, 0), chosen)
            self._picked = False

    def _current_changed(self, index: QModelIndex) -> None:
        self._picked = True
        source = self.shown.mapToSource(index)
        self._choose(self.model.model_at(source.row()) if source.isValid() else None)

    def _choose(self, found: FoundModel | None) -> None:
        self.open_button.setEnabled(found is not None and found.can_run)
        if found is None:
            self.card.show_sentence(tr("Choose a model to read what its file says of itself."))
        else:
            self.card.show_sentence(tr("The header is being read…"), found.candidate.name)
            self.pointed.emit(found)

    def _open(self) -> None:
        found = self.current
        if found is not None and found.can_run:
            self.chosen.emit(found.path)
            self.accept()

    def _show_progress(self, event: Looking) -> None:
        where = one_line(str(event.folder), 90)
        if event.total:
            self.status.setText(
                tr("{done:,} of {total:,} in {where}", done=event.done, total=event.total,
                   where=where)
            )  # fmt: skip
        else:
            self.status.setText(tr("Looking in {where}", where=where))

    def _show_count(self) -> None:
        total, left = self.model.rowCount(), self.shown.rowCount()
        words = tr_n("{n} model", "{n:,} models", total)
        self.status.setText(words if left == total else tr("{n:,} of {words}", n=left, words=words))

    def _show_troubles(self) -> None:
        count = len(self._troubles)
        self.troubles.setText(
            tr_n("{n} place could not be read", "{n:,} places could not be read", count)
        )
        self.troubles.setToolTip("\n".join(self._troubles[:20]))
        self.troubles.setVisible(count > 0)


class _Table(CellsTable):
    """Up in the first row leaves the table.

    Signals:
        went_up(): the person wants to be above the rows.
    """

    went_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Up, and Return on every system."""
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() == 0:
            self.went_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _where(found: FoundModel) -> list[tuple[str, str]]:
    """Where a file was found, and what its program keeps beside it."""
    candidate = found.candidate
    lines = [(tr("found in"), f"{tr(candidate.origin.value)} · {one_line(candidate.name, 200)}")]
    if candidate.note:
        lines.append((tr("note"), one_line(tr_said(candidate.note), 200)))
    if found.also:
        lines.append((tr("also known as"), one_line(", ".join(found.also), 600)))
    if candidate.extras:
        kinds = ", ".join(dict.fromkeys(tr(extra.kind.value) for extra in candidate.extras))
        lines.append((tr("kept beside it"), kinds))
        used = {extra.kind for extra in candidate.extras}
        if used & {ExtraKind.TEMPLATE, ExtraKind.PARAMS, ExtraKind.SYSTEM, ExtraKind.ADAPTER}:
            lines.append(
                (
                    tr("not used here"),
                    tr("{source}'s own template, parameters and adapters; the file's are.",
                       source=candidate.origin.value),
                )
            )  # fmt: skip
    lines += [(tr("path"), str(path)) for path in candidate.files[:8]]
    if candidate.missing:
        lines.append((tr("missing"), one_line(", ".join(candidate.missing[:8]), 600)))
    return lines
