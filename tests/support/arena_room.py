"""A window with the arena in front, on a history with replies to judge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile, assets_folder
from workbench.core.sampling import Sampling
from workbench.core.votes import Vote
from workbench.experiments.compare import Comparison
from workbench.experiments.compare_plan import Column
from workbench.experiments.fresh_pairs import Unseen
from workbench.experiments.session import open_session
from workbench.gui.arena.controller import ArenaController, Phase
from workbench.gui.arena.space import ArenaSpace
from workbench.gui.compare.space import CompareSpace
from workbench.gui.main_window import MainWindow
from workbench.gui.messages import MessageBar
from workbench.history.votes import list_votes
from workbench.templates.prompt_file import load_prompt
from workbench.templates.variables import coerce_values

WAIT = 30_000
MODELS = assets_folder() / "models"
NAMES = ("demo-2m", "demo-0.5m")
HEROES = ("Zoe", "Tom", "Mia")


def record_stories(folder: Path) -> Path:
    """Make a profile with three stories by two models each."""
    session, _ = open_session(Profile(folder))
    prompt = load_prompt(session.library.find("few-shot-story"))
    sampling = Sampling(max_tokens=24)
    columns = [
        Column(
            MODELS / f"{name}-q8_0.gguf",
            prompt,
            sampling,
            5,
            coerce_values(prompt, {"name": hero}, session.library),
        )
        for name in NAMES
        for hero in HEROES
    ]
    comparison = Comparison(session, columns, Unseen(), at_once=1)
    comparison.start()
    ends = comparison.wait(60)
    comparison.join(5)
    session.close()
    assert all(end.done for end in ends)
    return folder


class Room:
    """A window with the arena in front."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.actions_by_name["arena"].trigger()
        found = window.findChild(ArenaController)
        assert found is not None
        self.controller = found
        self.space: ArenaSpace = found.space
        self.voting = self.space.voting
        self.settled()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def settled(self) -> None:
        """Wait until something can be done."""
        self.until(lambda: self.controller.phase is not Phase.BUSY)

    def key(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """A key, wherever the keyboard is; then wait."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifiers)
        self.settled()

    def votes(self) -> list[Vote]:
        """What the history has."""
        return list_votes(self.window._session.store)

    def heads(self) -> tuple[str, str]:
        """What stands above the replies."""
        first, second = (one.head.text() for one in self.voting.panes)
        return first, second

    @property
    def messages(self) -> MessageBar:
        """The messages of the workspace."""
        space = self.window.findChild(CompareSpace)
        assert space is not None
        return space.messages

    def everything(self) -> str:
        """Every text one could read in the voting part."""
        parts = [w.text() for w in self.voting.findChildren(QLabel)]
        parts += [w.toPlainText() for w in self.voting.findChildren(QPlainTextEdit)]
        for widget in self.voting.findChildren(QWidget):
            parts += [widget.toolTip(), widget.accessibleName()]
        return "\n".join(parts)
