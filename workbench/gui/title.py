"""The window's title and its button in the taskbar tell what is open and how far long work is."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.gui.activity import Activity
from workbench.gui.launcher import Launcher
from workbench.gui.prompt_controller import PromptController
from workbench.gui.translate import tr
from workbench.templates.prompt_file import PromptFile

PROGRAM = "Prompt Workbench"


class WindowTitle(QObject):
    """Keeps both up to date. GUI thread."""

    def __init__(
        self, window: QWidget, activity: Activity, prompts: PromptController, launcher: Launcher
    ) -> None:
        super().__init__(window)
        self._window, self._activity, self._launcher = window, activity, launcher
        self._prompt = ""
        prompts.opened.connect(self._opened)
        activity.changed.connect(self._show)

    def _opened(self, prompt: PromptFile) -> None:
        self._prompt = prompt.name
        self._show()

    def _show(self) -> None:
        doing = self._activity.front
        share = doing.share if doing is not None else None
        parts = []
        if doing is not None:
            done = "…" if share is None else f" {tr('{share:.0%}', share=share)}"
            parts.append(f"{doing.words}{done}")
        name = " – ".join(part for part in (self._prompt, PROGRAM) if part)
        title = " · ".join([*parts, name])
        if title != self._window.windowTitle():
            self._window.setWindowTitle(title)
        self._launcher.show(share)
