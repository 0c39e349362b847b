"""Fills the form with the models and prompts there are. GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from workbench.core.types import ModelInfo
from workbench.experiments.session import Prepared
from workbench.experiments.suites import Suite
from workbench.gui.experiments.offers import (
    OWN,
    SUITE,
    first_model,
    models_offered,
    prompts_offered,
)
from workbench.gui.experiments.space import ExperimentSpace
from workbench.gui.experiments.wish import PromptChoice, TaskChoice
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.page import PageTools
from workbench.gui.translate import tr

_KEY = "experiment-form"


class Offering(QObject):
    """Keeps the lists of models and prompts as they are now."""

    def __init__(self, tools: PageTools, space: ExperimentSpace) -> None:
        super().__init__(space)
        self._tools, self._space = tools, space
        self._models, self._prompts = Lane("eval-models", self), Lane("eval-prompts", self)
        self._current: ModelInfo | None = None
        self._suite: Suite | None = None
        self._ticked_first: list[Path] = []
        self._added_models: list[Path] = []
        self._added_prompts: list[Path] = []
        tools.prompts.prepared.connect(self._prepared)
        tools.prompts.opened.connect(lambda _p: self._opened())
        space.tasks.chosen.connect(self._task_chosen)
        space.setup.model_wanted.connect(self._ask_model)
        space.setup.prompt_wanted.connect(self._ask_prompt)

    def shown(self) -> None:
        """The page came to the front: read what there is."""
        self._read_models([])
        self._read_prompts(None)

    def add_model(self, path: Path) -> None:
        """Offer one more model, ticked."""
        self._added_models.append(path)
        self._read_models([path])

    def add_prompt(self, path: Path) -> None:
        """Offer one more prompt, ticked."""
        self._added_prompts.append(path)
        self._read_prompts([*self._space.setup.prompts.ticked_keys(), str(path)])

    def close(self) -> None:
        """End the threads."""
        self._models.close()
        self._prompts.close()

    def _prepared(self, prepared: Prepared) -> None:
        is_first = self._current is None
        self._current = prepared.loaded.model
        if is_first and self._space.isVisible():
            self._read_models([])

    def _opened(self) -> None:
        if self._space.isVisible():
            self._read_prompts(None)

    def _task_chosen(self, choice: TaskChoice) -> None:
        self._suite = choice.suite
        if choice.path.name.endswith(".prompt.yml"):
            # The rows of a prompt file fill that very prompt.
            if choice.path not in self._added_prompts:
                self._added_prompts.append(choice.path)
            self._read_prompts([str(choice.path)])
            return
        self._read_prompts([SUITE if choice.suite and choice.suite.prompt else OWN])

    def _read_models(self, also: list[Path]) -> None:
        session, current, added = self._tools.session, self._current, tuple(self._added_models)
        self._models.submit(
            lambda: models_offered(session, added, current),
            partial(self._show_models, also),
            self._no_models,
        )

    def _show_models(self, also: list[Path], models: list[ModelInfo]) -> None:
        ticked = [Path(key) for key in self._space.setup.models.ticked_keys()]
        if ticked == self._ticked_first and models:
            # Nobody chose yet: the window's own model, as soon as it is known.
            ticked = self._ticked_first = first_model(models, self._current)
        self._space.setup.show_models(models, [*ticked, *also])

    def _no_models(self, error: Exception) -> None:
        if self._added_models:
            self._added_models.pop()
        self._failed(error)

    def _read_prompts(self, ticked: list[str] | None) -> None:
        session, suite, added = self._tools.session, self._suite, tuple(self._added_prompts)
        is_open, snapshot = self._tools.prompts.prompt, self._tools.prompts.snapshot()
        kept = self._space.setup.prompts.ticked_keys() or [OWN] if ticked is None else ticked
        self._prompts.submit(
            lambda: prompts_offered(session, suite, is_open, snapshot, added),
            partial(self._show_prompts, kept),
            self._failed,
        )

    def _show_prompts(self, ticked: list[str], prompts: list[PromptChoice]) -> None:
        there = {p.key for p in prompts}
        self._space.setup.show_prompts(prompts, [key for key in ticked if key in there] or [OWN])

    def _ask_model(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._tools.window, tr("Add a model"), "", tr("Models (*.gguf)")
        )
        if chosen:
            self.add_model(Path(chosen))

    def _ask_prompt(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._tools.window, tr("Add a prompt"), "", tr("Prompts (*.yml *.yaml *.txt *.md)")
        )
        if chosen:
            self.add_prompt(Path(chosen))

    def _failed(self, error: Exception) -> None:
        self._space.messages.show_message(_KEY, from_error(error))
