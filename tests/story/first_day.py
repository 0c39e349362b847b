"""The first day with the program, in two sittings: `first_day.py PROFILE FOLDER first|second`.

Run by test_story.py in a process of its own on a screen of its own. FOLDER gets a picture of every
step and the exported files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QListWidget
from support.person import Person, Story, Until, play

from workbench.app import run_window
from workbench.core.run import RunStatus
from workbench.gui.arena.controller import ArenaController, Phase
from workbench.gui.compare.chooser import Chooser
from workbench.gui.compare.controller import CompareController
from workbench.gui.compare.space import CompareSpace
from workbench.gui.current import Part
from workbench.gui.experiments.controller import EvaluateController
from workbench.gui.experiments.space import ExperimentSpace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.attention_space import AttentionSpace
from workbench.gui.panels.rail import Workspace
from workbench.gui.welcome.tour import Tour

T = TypeVar("T", bound=QObject)
HERO = "Otto"
SUITE = "Demo: which one is it"


def main() -> NoReturn:
    """Play one sitting; ends with the exit code of the program, or with the story's."""
    profile, folder, sitting = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    app = QApplication(sys.argv[:1])
    person = Person(folder)
    story = {"first": first, "second": second}[sitting](person, folder)
    play(app, story, person)
    code = run_window(str(profile), None, None)
    # The program has ended and closed everything. The story still holds its windows, and Python
    # would take them apart in any order, some of them after Qt itself.
    sys.stderr.flush()
    os._exit(code)


def first(person: Person, folder: Path) -> Story:
    """From the first start to the end of the day."""
    yield Until("the window stands", lambda: bool(windows()))
    window = windows()[0]
    yield Until("the window is whole", lambda: hasattr(window, "actions_by_name"))
    yield Until("the first prompt is rendered", lambda: tokens(window) > 0)
    person.look("first-start")
    yield from tour(person, window)
    yield from write_and_run(person, window)
    yield from fork(person, window)
    yield from attention(person, window)
    yield from compare(person, window)
    yield from suite(person, window)
    yield from vote(person, window)
    yield from search_and_replay(person, window)
    yield from export(person, window, folder)
    yield from person.press("Ctrl+Q")


def tour(person: Person, window: MainWindow) -> Story:
    """The welcome offers the tour; its six steps are done as they say."""
    bar = window.welcome.bar
    assert bar is not None, "there is no welcome"
    yield from person.click(bar.tour_button)
    yield Until("the tour is there", lambda: window.welcome.tour is not None)
    guide = window.welcome.tour
    assert guide is not None
    view, rail = window.prompt_space.reply.view, window.rail.buttons
    doing: dict[str, Callable[[], Story]] = {
        "run": lambda: person.press("Ctrl+Return"),
        "token": lambda: person.click(view.viewport(), telling(window)),
        "samplers": lambda: person.press("Ctrl+M"),
        "attention": lambda: person.click(rail[Workspace.ATTENTION]),
        "compare": lambda: person.click(rail[Workspace.COMPARE]),
        "history": lambda: person.click(rail[Workspace.HISTORY]),
    }
    while guide.step is not None:
        step = guide.step.name
        yield from doing.pop(step)()
        yield Until(f"the step {step} is done", guide.card.done.isVisible)
        person.look(f"tour-{step}")
        yield from person.click(guide.card.next_button)
        yield Until("it goes on", partial(left_behind, guide, step))
    assert not doing, f"the tour left out {sorted(doing)}"
    assert window.welcome.has_toured


def left_behind(guide: Tour, step: str) -> bool:
    """Whether the tour is at another step, or over."""
    return guide.step is None or guide.step.name != step


def write_and_run(person: Person, window: MainWindow) -> Story:
    """A few-shot prompt is found, changed and run."""
    before = run_id(window)
    yield from person.press("Ctrl+P")
    yield from person.type("few-shot sto")
    yield from person.press("Return")
    space = window.prompt_space
    yield Until("it is open", lambda: space.isVisible() and name(window) == "Few-shot story")
    field = next(f for f in space.variables.fields if f.variable.name == "name")
    yield from person.click(field.field)
    yield from person.press("Ctrl+A")
    yield from person.type(HERO)
    yield Until("the exact prompt has it", lambda: HERO in exact(window))
    yield from person.press("Alt+3")
    yield from person.press("Ctrl+End")
    yield from person.type(" ")
    yield from person.press("Backspace")
    person.look("few-shot-prompt")
    yield from person.press("Ctrl+Return")
    yield from ended(window, before)
    person.look("generated")


def fork(person: Person, window: MainWindow) -> Story:
    """A token is looked at, and another one said."""
    before = run_id(window)
    view = window.prompt_space.reply.view
    token = window.shown.telling_token()
    yield from person.click(view.viewport(), telling(window))
    yield Until("its card stands", lambda: window.card.isVisible() and view.locked_token == token)
    person.look("token-card")
    yield from person.press("2")
    yield from ended(window, before)
    run = window.current.run
    assert run is not None
    assert run.start.parent == (before, 0, token), run.start.parent
    person.look("forked")


def attention(person: Person, window: MainWindow) -> Story:
    """Where the model looked, and what mattered."""
    yield from person.press("Ctrl+3")
    yield Until("the workspace is there", lambda: window.pages.workspace is Workspace.ATTENTION)
    space = of(window, AttentionSpace)
    yield Until("text stands there", lambda: len(space.text.view) > 0)
    text = space.text.view
    yield from person.click(text.viewport(), text.rect_of(len(text) - 5).center())
    yield Until("shares are there", lambda: bool(space.by_source.bars.rows))
    person.look("attention")
    yield from person.press("Ctrl+Return")
    yield Until("parts are measured", lambda: bool(space.influence.bars.rows))
    person.look("what-mattered")
    yield from person.press("Esc")


def compare(person: Person, window: MainWindow) -> Story:
    """Two models answer beside each other."""
    yield from person.press("Ctrl+Shift+C")
    yield Until("columns are asked for", lambda: bool(shown(Chooser)))
    chooser = shown(Chooser)[0]
    person.look("columns-dialog")
    yield from person.click(chooser.models.viewport(), row_centre(chooser.models, 0))
    yield from person.press("Down")
    yield from person.press("Space")
    yield Until("two models are ticked", lambda: len(chooser.models.ticked()) == 2)
    yield from person.click(chooser.replace_button)
    space, controller = of(window, CompareSpace), of(window, CompareController)
    yield Until("two columns stand", lambda: not shown(Chooser) and len(space.views) == 2)
    yield from person.press("Ctrl+Return")
    yield Until("they run", lambda: controller.is_running)
    yield Until("both are done", lambda: not controller.is_running and not controller.is_comparing)
    person.look("compared")


def suite(person: Person, window: MainWindow) -> Story:
    """A small suite is run."""
    yield from person.press("Ctrl+5")
    space, controller = of(window, ExperimentSpace), of(window, EvaluateController)
    yield Until("models are listed", lambda: space.setup.models.count() >= 3)
    yield from person.click(space.tasks.search)
    yield from person.type("demo-choice")
    yield Until("it is listed", lambda: not suite_place(space, SUITE).isNull())
    yield from person.click(space.tasks.tree.viewport(), suite_place(space, SUITE))
    yield Until("its items are read", lambda: "demo-choice" in task_name(controller))
    yield Until("a prompt is ticked", lambda: bool(space.setup.prompts.ticked_keys()))
    person.look("suite")
    yield from person.press("Ctrl+Return")
    yield Until("it runs", lambda: controller.is_running)
    yield Until("it is done", lambda: space.progress.text().endswith(" done"))
    person.look("suite-done")


def vote(person: Person, window: MainWindow) -> Story:
    """One of two nameless replies is better."""
    yield from person.press("Ctrl+Shift+A")
    controller = of(window, ArenaController)
    yield Until("two replies stand there", lambda: controller.phase is Phase.VOTING)
    person.look("arena")
    yield from person.press("1")
    yield Until("the vote is kept", lambda: controller.phase is Phase.VOTED)
    person.look("voted")


def search_and_replay(person: Person, window: MainWindow) -> Story:
    """The first run is found again, starred and replayed."""
    yield from person.press("Ctrl+Shift+P")
    space = window.history_space
    yield Until("the table stands", lambda: space.list.runs.rowCount() > 0)
    yield from person.type("otto is:branch")
    yield Until("the fork alone is found", lambda: space.list.runs.rowCount() == 1)
    table = space.list
    first_row = table.visualRect(table.runs.index(0, 0)).center()
    yield from person.click(table.viewport(), first_row)
    yield Until("it is open", lambda: space.remarks.isEnabled())
    yield from person.click(space.remarks.star)
    replayed: list[object] = []
    window.checks.replayed.connect(replayed.append)
    yield from person.click(space.details.replay)
    yield Until("it was made again", lambda: bool(replayed))
    person.look("replayed")


def export(person: Person, window: MainWindow, folder: Path) -> Story:
    """The prompt leaves for two other tools."""
    yield from person.press("Ctrl+1")
    yield from export_to(person, window, "promptfoo", folder / "for-promptfoo.yaml")
    yield from export_to(person, window, "curl", folder / "for-curl.sh")


def export_to(person: Person, window: MainWindow, wanted: str, file: Path) -> Story:
    """One format is chosen, looked at and saved."""
    yield from person.press("Ctrl+E")
    yield Until("the dialog stands", lambda: window.exports.dialog is not None)
    dialog = window.exports.dialog
    assert dialog is not None
    names = [dialog.list.item(row).text().casefold() for row in range(dialog.list.count())]
    row = next(row for row, text in enumerate(names) if wanted in text)
    dialog.list.scrollToItem(dialog.list.item(row))
    yield from person.click(dialog.list.viewport(), row_centre(dialog.list, row))
    yield Until("it is chosen", lambda: dialog.list.currentRow() == row)
    yield Until("the file is shown", lambda: wanted in dialog.preview.toPlainText())
    person.look(f"export-{wanted}")
    yield from person.click(dialog.save_button)
    yield Until("a file is asked for", lambda: dialog.files is not None)
    yield from person.press("Ctrl+A")
    yield from person.type(str(file))
    yield from person.press("Return")
    yield Until(f"{file.name} is there", file.exists)
    yield Until("the dialog is gone", lambda: window.exports.dialog is None)


def second(person: Person, folder: Path) -> Story:
    """The program is started again: everything is there."""
    yield Until("the window stands", lambda: bool(windows()))
    window = windows()[0]
    yield Until("the window is whole", lambda: hasattr(window, "actions_by_name"))
    yield Until("the prompt is open", lambda: name(window) == "Few-shot story")
    yield Until("its value is there", lambda: HERO in exact(window))
    assert window.welcome.bar is None, "the welcome came back"
    person.look("second-start")
    yield from person.press("Ctrl+Shift+P")
    space = window.history_space
    yield from person.type("otto is:starred")
    yield Until("the starred run is found", lambda: space.list.runs.rowCount() == 1)
    person.look("found-again")
    yield from person.press("Ctrl+Shift+A")
    arena = of(window, ArenaController)
    yield Until("the board knows the vote", lambda: arena.space.board.isVisible())
    person.look("board-again")
    yield from person.press("Ctrl+5")
    experiments = of(window, ExperimentSpace)
    yield from person.click(experiments.earlier)
    menu = experiments.earlier_menu
    yield Until(
        "the suite is there", lambda: any("demo-choice" in a.text() for a in menu.actions())
    )
    person.look("experiments-again")
    yield from person.press("Esc")
    yield Until("the menu is gone", lambda: not menu.isVisible())
    yield from person.press("Ctrl+Q")


def windows() -> list[MainWindow]:
    """The program's windows."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]


def shown(kind: type[T]) -> list[T]:
    """Dialogs of a kind that stand on the screen."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def of(window: MainWindow, kind: type[T]) -> T:
    """The one part of a kind."""
    found = window.findChild(kind)
    assert found is not None
    return found


def name(window: MainWindow) -> str:
    """What the open prompt is called."""
    return window.prompts.prompt.name if window.prompts.prompt is not None else ""


def exact(window: MainWindow) -> str:
    """What the model will read."""
    return window.prompt_space.editor.exact.view.shown_text()


def run_id(window: MainWindow) -> str:
    """The run on show; empty when there is none."""
    return window.current.run.run_id if window.current.run is not None else ""


def tokens(window: MainWindow) -> int:
    """Tokens of the exact prompt."""
    return len(window.prompt_space.editor.exact.view)


def ended(window: MainWindow, before: str) -> Story:
    """Wait until another run than `before` came to its end."""

    def done() -> bool:
        run = window.current.run
        return run is not None and run.run_id != before and run.finished

    yield Until("a run ended", done)
    run = window.current.run
    assert run is not None
    assert run.end is not None
    assert run.end.status is RunStatus.DONE, run.end.status
    assert run.length(Part.REPLY) > 0


def row_centre(rows: QListWidget, row: int) -> QPoint:
    """Where a row of a list stands in its viewport."""
    return rows.visualItemRect(rows.item(row)).center()


def telling(window: MainWindow) -> QPoint:
    """Where the token of the reply stands that could best have been another."""
    view = window.prompt_space.reply.view
    return view.rect_of(window.shown.telling_token()).center()


def suite_place(space: ExperimentSpace, wanted: str) -> QPoint:
    """Where a suite stands in the list of tasks; null when it is not listed."""
    tree = space.tasks.tree
    found = tree.findItems(wanted, Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    visible = [item for item in found if not item.isHidden()]
    return tree.visualItemRect(visible[0]).center() if visible else QPoint()


def task_name(controller: EvaluateController) -> str:
    """The task that was read."""
    return controller.task.name if controller.task is not None else ""


if __name__ == "__main__":
    main()
