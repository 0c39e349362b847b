"""The Compare workspace of a window, and what a person does in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from workbench.core.sampling import Sampling
from workbench.core.types import ModelInfo
from workbench.gui.compare.controller import CompareController
from workbench.gui.compare.space import CompareSpace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.history.store import HistoryStore

WAIT = 60_000


class Room:
    """A window with the workspace in front and its first two columns laid out."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.sampling(Sampling(max_tokens=24, ignore_eos=True))
        window.prompt_space.sampling.set_seed(41)
        window.show_workspace(Workspace.COMPARE)
        page = window.pages.page.widget
        assert isinstance(page, CompareSpace)
        self.space = page
        self.controller = next(c for c in page.children() if isinstance(c, CompareController))
        self.until(lambda: len(page.views) == 2)

    @property
    def store(self) -> HistoryStore:
        """The history."""
        return self.window._session.store

    def sampling(self, sampling: Sampling) -> None:
        """Set the settings of the prompt workspace."""
        self.window.prompt_space.sampling.set_sampling(sampling)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def settle(self) -> None:
        """Wait until nothing runs or is compared."""
        self.until(lambda: not self.controller.is_running and not self.controller.is_comparing)

    def run(self) -> None:
        """Run all columns and wait for the differences."""
        self.window.pages.press()
        assert self.controller.is_running
        self.settle()

    def texts(self) -> list[str]:
        """What the columns show."""
        return [view.text.toPlainText() for view in self.space.views]

    def action(self, number: int, action: str) -> None:
        """Choose from a column's menu."""
        self.space.views[number].wanted.emit(action)

    def menu(self, words: str) -> None:
        """Choose from the menu that adds columns."""
        next(a for a in self.space.menu.actions() if a.text().startswith(words)).trigger()

    def models(self, name: str) -> ModelInfo:
        """A known model whose file is called so."""
        known = self.controller.models
        return next(m for m in known if Path(m.path).stem.startswith(name))
