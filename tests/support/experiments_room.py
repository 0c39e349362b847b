"""The Experiments workspace in a window, and files for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from pytestqt.qtbot import QtBot

from workbench.core.paths import assets_folder
from workbench.gui.experiments.board_sheet import Leaderboard
from workbench.gui.experiments.controller import EvaluateController
from workbench.gui.experiments.offering import Offering
from workbench.gui.experiments.results import Results
from workbench.gui.experiments.space import ExperimentSpace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace

WAIT = 60_000
T = TypeVar("T")
MODELS = assets_folder() / "models"


class ExperimentRoom:
    """A window with the workspace in front and the first suite chosen."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.show_workspace(Workspace.EXPERIMENTS)
        page = window.pages.page.widget
        assert isinstance(page, ExperimentSpace)
        self.space = page
        self.controller = child(page, EvaluateController)
        self.results = child(page, Results)
        self.offering = child(page, Offering)
        self.board = child(page, Leaderboard)
        self.until(lambda: self.controller.task is not None)
        self.until(lambda: page.setup.models.count() >= 3 and page.setup.prompts.count() >= 2)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def choose(self, name: str) -> None:
        """Choose a suite and wait until its items are there."""
        assert self.space.tasks.choose(name)
        self.until(lambda: self.controller.task is not None)
        self.until(lambda: bool(self.space.setup.prompts.ticked_keys()))

    def open(self, path: Path) -> None:
        """Open a file of one's own and wait for its items."""
        self.space.tasks.add_file(path)
        self.until(lambda: self.controller.task is not None)

    def tick_models(self, *names: str) -> None:
        """Tick models by their file names."""
        self.space.setup.models.tick([str(MODELS / f"{name}.gguf") for name in names])

    def run(self) -> None:
        """Run and wait for the end."""
        self.window.pages.press()
        assert self.controller.is_running
        self.until(lambda: not self.controller.is_running)

    def cell(self, row: int, column: int) -> str:
        """What a cell of the table of items says."""
        return str(self.space.items.model.index(row, column).data())

    def front(self) -> str:
        """The workspace in front."""
        return self.window.pages.workspace.value

    def message(self) -> str:
        """Everything the message bar says."""
        found = self.space.messages.messages()
        return "\n".join(f"{m.text} {m.hint}" for m in found)


def child(page: ExperimentSpace, kind: type[T]) -> T:
    return next(child for child in page.children() if isinstance(child, kind))


def write(path: Path, rows: Sequence[object]) -> Path:
    """Rows as JSON Lines; a text stands as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
