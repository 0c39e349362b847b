"""Everything that brings columns: the first ones, the menu, the dialog, the history. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from workbench.core.memory import Need
from workbench.core.types import ModelInfo
from workbench.experiments.compare_stored import ComparisonEntry, stored_comparisons
from workbench.gui.compare.chooser import Chooser
from workbench.gui.compare.memory_words import memory_words
from workbench.gui.compare.space import CompareSpace
from workbench.gui.compare.wishes import Choices, Wish, choices
from workbench.gui.lane import Lane
from workbench.gui.page import PageTools
from workbench.gui.translate import day, tr

_EARLIER = 20


class Choosing(QObject):
    """Asks what stands in the columns.

    Signals:
        begun(wishes): the columns to begin with.
        chosen(wishes, replace): these are wanted, in place of the others or behind them.
        another_seed(): the first column once more.
        opened(name): an earlier comparison is wanted.
        failed(Exception): what there is could not be read.
    """

    begun = Signal(object)
    chosen = Signal(object, bool)
    another_seed = Signal()
    opened = Signal(str)
    failed = Signal(object)

    def __init__(self, tools: PageTools, space: CompareSpace, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._space = tools, space
        self._lane, self._past = Lane("compare-choices", self), Lane("compare-past", self)
        self._found: Choices | None = None
        self.dialog: Chooser | None = None
        self.earlier = QMenu(tr("Earlier comparisons"), space)
        self.earlier.aboutToShow.connect(self._list_earlier)
        space.menu.aboutToShow.connect(self._read_earlier)
        space.choose.clicked.connect(lambda: self.ask(None))
        self._entries: list[ComparisonEntry] = []
        self._there = 0
        self._fill_menu()

    @property
    def models(self) -> tuple[ModelInfo, ...]:
        """The models that are known so far."""
        return self._found.models if self._found is not None else ()

    def begin(self) -> bool:
        """Read what there is and tell `begun`; False without a prompt or a model."""
        return self._read(self._show)

    def ask(self, n_there: int | None) -> bool:
        """Open the dialog; False without a prompt or a model. `n_there`: columns there are."""
        self._there = len(self._space.views) if n_there is None else n_there
        return self._read(self._open)

    def close(self) -> None:
        """End the threads."""
        self._lane.close()
        self._past.close()

    def _read(self, then: object) -> bool:
        preparer, session = self._tools.prompts.preparer(), self._tools.session
        if preparer is None:
            return False
        self._lane.submit(lambda: choices(session, preparer), then, self.failed.emit)  # type: ignore[arg-type]
        return True

    def _show(self, found: Choices) -> None:
        self._found = found
        self._fill_menu()
        self.begun.emit(found.first)

    def _open(self, found: Choices) -> None:
        self._found = found
        self._fill_menu()
        self.dialog = Chooser(self._tools.window, found, self._there, partial(_memory, found))
        self.dialog.chosen.connect(self.chosen)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _fill_menu(self) -> None:
        menu = self._space.menu
        menu.clear()
        for model in self.models:
            wish = Wish(model)
            action = menu.addAction(wish.title)
            action.triggered.connect(partial(self._add, wish))
        menu.addSeparator()
        menu.addAction(tr("Another seed"), self.another_seed.emit)
        menu.addAction(tr("Choose…\tCtrl+Shift+C"), lambda: self.ask(None))
        menu.addSeparator()
        menu.addMenu(self.earlier)

    def _add(self, wish: Wish, _checked: bool = False) -> None:
        self.chosen.emit([wish], False)

    def _read_earlier(self) -> None:
        session = self._tools.session
        self._past.submit(lambda: stored_comparisons(session), self._read_them, self.failed.emit)

    def _read_them(self, entries: list[ComparisonEntry]) -> None:
        self._entries = entries[:_EARLIER]
        self.earlier.setEnabled(bool(entries))
        self._list_earlier()

    def _list_earlier(self) -> None:
        self.earlier.clear()
        for entry in self._entries:
            self.earlier.addAction(_title(entry), partial(self.opened.emit, entry.name))


def _title(entry: ComparisonEntry) -> str:
    when = datetime.fromtimestamp(entry.created_us / 1e6).astimezone()
    return tr(
        "{when} · {prompt_name} · {n_labels} columns",
        when=day(when, "dd MMM HH:mm"),
        prompt_name=entry.prompt_name,
        n_labels=len(entry.labels),
    )


def _memory(found: Choices, wishes: Sequence[Wish]) -> str:
    """What the models of some wishes need of what is free."""
    needs = [found.needs.get(path) for path in {w.model.path for w in wishes}]
    if None in needs:
        return memory_words(None, found.room)
    return memory_words(sum((n for n in needs if n is not None), Need()), found.room)
