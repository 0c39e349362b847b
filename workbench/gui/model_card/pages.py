"""Pages of a model's card: memory by context, types of tensors, special tokens, template."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.core.engine_settings import KvType
from workbench.core.memory import Need, size_words
from workbench.core.visible import one_line, visible
from workbench.experiments.model_card import LONGEST_SHOWN, ModelCard
from workbench.experiments.model_facts import count_words
from workbench.experiments.model_fit import Machine, MemoryRow, fit_sentence
from workbench.gui.fonts import Fonts
from workbench.gui.highlighter import TemplateHighlighter
from workbench.gui.model_card.cells import Cell, CellsModel, CellsTable, Head
from workbench.gui.parts import EDGE, label, text_button, wrapping_label
from workbench.gui.said import tr_said
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr, tr_n
from workbench.gui.value_editors import Choice


class MemoryPage(QWidget):
    """What a context costs, and whether it fits into what is free."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.sentence = wrapping_label()
        self.model = CellsModel(theme, fonts, (Head(tr("context"), is_number=True),))
        self.table = CellsTable(tr("Memory by context"), fonts)
        self.table.setModel(self.model)
        note = wrapping_label("muted")
        note.setText(
            tr(
                "Estimates from the header: weights, the cache of keys and values in the type "
                "named above, and working memory. ✓ fits into what is free now."
            )
        )
        column = _column(self)
        column.addWidget(self.sentence)
        column.addWidget(self.table, 1)
        column.addWidget(note)

    def show_card(self, card: ModelCard, machine: Machine) -> None:
        """Show what a model needs on this machine."""
        self.table.setVisible(bool(card.memory))
        if card.fit is None:
            self.sentence.setText(tr("No prompt runs on this file; it is loaded with a model."))
            return
        self.sentence.setText(tr_said(fit_sentence(card.fit, machine)))
        kinds = tuple(card.memory[0].needs) if card.memory else ()
        heads = [Head(tr("context"), is_number=True)]
        heads += [Head(tr("{kind} cache", kind=kv.value), is_number=True) for kv in kinds]
        self.model.show_rows([_memory_row(row, kinds) for row in card.memory], heads)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)


def _memory_row(row: MemoryRow, kinds: tuple[KvType, ...]) -> list[Cell]:
    return [Cell(f"{row.n_ctx:,}"), *(_need_cell(row.needs[kv], row.fits[kv]) for kv in kinds)]


def _need_cell(need: Need, fits: bool | None) -> Cell:
    sign = {True: "✓ ", False: "✗ ", None: ""}[fits]
    colour = {True: "good", False: "warning", None: ""}[fits]
    gpu = tr(" + {gpu} GPU", gpu=size_words(need.gpu)) if need.gpu else ""
    words = {True: tr("fits"), False: tr("does not fit"), None: tr("not known")}[fits]
    return Cell(f"{sign}{size_words(need.ram)}{gpu}", colour, tip=words)


class WeightsPage(QWidget):
    """Which types the tensors are stored in."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        heads = (
            Head(tr("type")),
            Head(tr("tensors"), is_number=True),
            Head(tr("weights"), is_number=True),
            Head(tr("size"), is_number=True),
            Head(tr("share"), is_number=True),
        )
        self.model = CellsModel(theme, fonts, heads)
        self.table = CellsTable(tr("Types of tensors"), fonts)
        self.table.setModel(self.model)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        _column(self).addWidget(self.table, 1)

    def show_card(self, card: ModelCard) -> None:
        """Show the mix of types; a size nobody knows is not added up."""
        whole = sum(t.n_bytes or 0 for t in card.types)
        rows = []
        for t in card.types:
            size = tr("not known") if t.n_bytes is None else size_words(t.n_bytes)
            share = f"{100 * t.n_bytes / whole:.1f} %" if t.n_bytes is not None and whole else ""
            weights = Cell(count_words(t.n_params), tip=f"{t.n_params:,}")
            rows.append((Cell(t.name), Cell(f"{t.n_tensors:,}"), weights, Cell(size), Cell(share)))
        self.model.show_rows(rows)


class TokensPage(QWidget):
    """Tokens with a task, and what the vocabulary is made of."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.summary = wrapping_label("muted")
        heads = (Head(tr("task")), Head(tr("id"), is_number=True), Head(tr("text")))
        self.model = CellsModel(theme, fonts, heads)
        self.table = CellsTable(tr("Special tokens"), fonts)
        self.table.setModel(self.model)
        head = self.table.horizontalHeader()
        head.setStretchLastSection(True)
        head.resizeSection(0, 150)
        head.resizeSection(1, 80)
        column = _column(self)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)

    def show_card(self, card: ModelCard) -> None:
        """Show the special tokens."""
        vocab = card.header.info.n_vocab
        words = [tr_n("{n} token", "{n:,} tokens", vocab)] if vocab else [tr("No vocabulary.")]
        words += [f"{count:,} {tr(kind)}" for kind, count in card.token_kinds]
        self.summary.setText(" · ".join(words))
        self.model.show_rows(
            [
                (
                    Cell(tr(token.role)),
                    Cell(f"{token.id:,}"),
                    Cell(tr("not in the vocabulary"), "warning")
                    if token.text is None
                    else Cell(one_line(token.text, 200), is_mono=True),
                )
                for token in card.special
            ]
        )


class TemplatePage(QWidget):
    """The chat templates, coloured.

    Signals:
        edit_wanted(): the person wants to change how messages are written.
    """

    edit_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._sources: tuple[str, ...] = ()
        self.choice = Choice()
        self.choice.setAccessibleName(tr("Which chat template"))
        self.choice.currentIndexChanged.connect(self._show)
        self.none = label(tr("This model has no chat template: it continues raw texts."), "muted")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(fonts.mono(12))
        self.text.setAccessibleName(tr("Chat template"))
        set_role(self.text, "json")
        self._highlighter = TemplateHighlighter(self.text.document(), theme)
        self.copy = text_button(tr("Copy"), "small", accessible=tr("Copy the chat template"))
        self.edit = text_button(tr("Edit for this model…"), "small")
        for button in (self.copy, self.edit):
            button.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        self.edit.clicked.connect(self.edit_wanted)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addWidget(self.edit)
        foot.addStretch(1)
        column = _column(self)
        column.addWidget(self.choice)
        column.addWidget(self.none)
        column.addWidget(self.text, 1)
        column.addLayout(foot)

    def show_card(self, card: ModelCard, *, can_edit: bool) -> None:
        """Show a model's templates; the link to the editor only for the model in use."""
        self._sources = tuple(source for _, source in card.templates)
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([name or tr("the model's own") for name, _ in card.templates])
        self.choice.blockSignals(False)
        self.choice.setVisible(len(self._sources) > 1)
        self.none.setVisible(not self._sources)
        for widget in (self.text, self.copy):
            widget.setVisible(bool(self._sources))
        self.edit.setVisible(can_edit and bool(self._sources))
        self._show()

    def _show(self) -> None:
        at = max(0, self.choice.currentIndex())
        source = self._sources[at] if at < len(self._sources) else ""
        self.text.setPlainText(visible(source, LONGEST_SHOWN))

    def _copy(self) -> None:
        at = max(0, self.choice.currentIndex())
        if at < len(self._sources):
            QGuiApplication.clipboard().setText(self._sources[at])


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(EDGE, 8, EDGE, 10)
    column.setSpacing(8)
    return column
