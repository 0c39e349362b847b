"""The six steps of the tour: what is said, at which control, and when it is done. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from workbench.core.run import RunStatus
from workbench.gui.panels.rail import Workspace
from workbench.gui.translate import mark, tr

if TYPE_CHECKING:  # the window makes this
    from workbench.experiments.live_run import RunOutcome
    from workbench.gui.main_window import MainWindow


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step.

    Attributes:
        text, done: what to do, and what is to be seen when it was done; English, shown with `tr`.
        target: the control it speaks of.
        keyboard: what of it takes the keyboard.
        enter: brings that control to the front.
    """

    name: str
    title: str
    text: str
    done: str
    target: QWidget
    keyboard: QWidget
    enter: Callable[[], object]


_RUN = (
    mark("Let the model answer"),
    mark("A prompt is open and the demo model is loaded. Press Generate, or Ctrl+Enter."),
    mark("That is its reply. The darker a word's amber, the more it surprised the model."),
)
_TOKEN = (
    mark("Look behind a word"),
    mark(
        "Point at any word of the reply to see what else the model could have said, and how "
        "likely. Click to keep the card open; the arrow keys walk from word to word (Alt+4)."
    ),
    mark(
        "Exact probabilities, before and after the samplers. A click on another row says that "
        "word instead and goes on from there: a fork."
    ),
)
_SAMPLERS = (
    mark("What the samplers removed"),
    mark(
        "These samplers choose a word from the probabilities, in this order. Keep a word of the "
        "reply and press Ctrl+M, or change a slider above."
    ),
    mark("Every sampler shows how many candidates it leaves, at every word of every reply."),
)
_ATTENTION = (
    mark("What mattered"),
    mark(
        "The Attention workspace shows where the model looked when it wrote a word, and measures "
        "which part of the prompt it needed. Open it here, or with Ctrl+3."
    ),
    mark("Click a word of prompt or reply there. Measure leaves out each part and asks again."),
)
_COMPARE = (
    mark("Side by side"),
    mark(
        "Models, prompts, settings and seeds stand beside each other in Compare, with their "
        "differences marked word by word. Open it here, or with Ctrl+4."
    ),
    mark("Two demo models are here already. Columns… chooses what is compared."),
)
_HISTORY = (
    mark("Nothing is lost"),
    mark(
        "Every run is kept with all that made it, and can be searched, compared and repeated to "
        "the last token. Open the History here (Ctrl+6), or Export the prompt (Ctrl+E)."
    ),
    mark("This is the whole round. F1 opens the guide at the page of what you look at."),
)


class TourSteps(QObject):
    """Makes the steps and watches the window for what they ask."""

    def __init__(self, window: MainWindow, finished: Callable[[str], None]) -> None:
        """`finished` is called with the name of a step whenever the person does what it asks."""
        super().__init__(window)
        self._window, self._finished = window, finished
        window.runs.finished.connect(self._run_finished)
        window.current.token_changed.connect(self._token_changed)
        window.card.installEventFilter(self)
        window.prompt_space.sampling.changed.connect(partial(finished, "samplers"))
        window.actions_by_name["samplers"].triggered.connect(lambda _on: finished("samplers"))
        window.actions_by_name["export"].triggered.connect(lambda _on: finished("history"))
        window.pages.currentChanged.connect(self._page_turned)

    def make(self) -> tuple[Step, ...]:
        """The steps in order."""
        window, space = self._window, self._window.prompt_space
        rail, button = window.rail.buttons, space.editor.button
        attention, compare = rail[Workspace.ATTENTION], rail[Workspace.COMPARE]
        history = rail[Workspace.HISTORY]
        to_prompt = partial(window.show_workspace, Workspace.PROMPT)

        def nowhere() -> None:
            """The rail is always there."""

        return (
            Step("run", *_RUN, button, button, to_prompt),
            Step("token", *_TOKEN, space.reply, space.reply.view, to_prompt),
            Step("samplers", *_SAMPLERS, space.samplers, space.samplers.list, to_prompt),
            Step("attention", *_ATTENTION, attention, attention, nowhere),
            Step("compare", *_COMPARE, compare, compare, nowhere),
            Step("history", *_HISTORY, history, history, nowhere),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """The card over a word appears."""
        if event.type() == QEvent.Type.Show:
            self._finished("token")
        return super().eventFilter(watched, event)

    def _run_finished(self, outcome: RunOutcome) -> None:
        if outcome.end.status is RunStatus.DONE:
            self._finished("run")

    def _token_changed(self) -> None:
        if self._window.current.token is not None:
            self._finished("token")

    def _page_turned(self, _number: int) -> None:
        names = {
            Workspace.ATTENTION: "attention",
            Workspace.COMPARE: "compare",
            Workspace.HISTORY: "history",
        }
        name = names.get(self._window.pages.workspace)
        if name is not None:
            self._finished(name)


def step_words(step: Step) -> tuple[str, str, str]:
    """Title, text and what is said when it is done, in the person's language."""
    return tr(step.title), tr(step.text), tr(step.done)
