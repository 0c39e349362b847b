"""Makes the Experiments workspace and joins its parts. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.core.errors import UserError
from workbench.experiments.suites import Suite, bundled_suites
from workbench.gui.compare.sheets import Sheet
from workbench.gui.experiments.board_sheet import Leaderboard
from workbench.gui.experiments.controller import EvaluateController
from workbench.gui.experiments.earlier import Earlier
from workbench.gui.experiments.offering import Offering
from workbench.gui.experiments.results import Results
from workbench.gui.experiments.space import ExperimentSpace
from workbench.gui.messages import from_error
from workbench.gui.page import Page, PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.translate import tr

FIRST = "demo-choice"
"""The suite that is chosen when nothing is remembered."""


def experiments_page(tools: PageTools) -> Page:
    """The workspace with its sheets, connected."""
    suites: tuple[Suite, ...] = ()
    problem: UserError | None = None
    try:
        suites = bundled_suites()
    except UserError as error:
        problem = error
    space = ExperimentSpace(tools.theme, tools.fonts, suites)
    if problem is not None:
        space.messages.show_message("suites", from_error(problem))
    results = Results(tools, space)
    offering = Offering(tools, space)
    controller = EvaluateController(tools, space, results)
    earlier = Earlier(tools, space, controller.open_stored)
    board = Leaderboard(tools, space)
    remembered = tools.remembered.get(Workspace.EXPERIMENTS, {})

    def shown() -> None:
        offering.shown()
        if controller.choice is None and not controller.is_running:
            space.tasks.choose(str(remembered.get("suite", ""))) or space.tasks.choose(FIRST)

    def escape() -> bool:
        running = controller.is_running
        controller.stop()
        return running

    def close() -> None:
        controller.close()
        earlier.close()
        offering.close()
        results.close()

    def remember() -> Mapping[str, object]:
        choice = controller.choice
        return {"suite": choice.suite.name} if choice is not None and choice.suite else {}

    def open_evaluation(name: str) -> None:
        space.sheets.turn_to(tr("Evaluate"))
        controller.open_stored(name)

    def running(on: bool) -> None:
        if on:
            tools.activity.show("evaluation", tr("Evaluation"))
        else:
            tools.activity.end("evaluation")

    def moved(value: int) -> None:
        if not space.bar.isHidden() and space.bar.maximum() > 0:
            tools.activity.show("evaluation", tr("Evaluation"), value / space.bar.maximum())

    space.running.connect(running)
    space.bar.valueChanged.connect(moved)
    space.sheets.add(
        Sheet(
            tr("Evaluate"), space.tools, space.body, controller.press, escape, shown, close,
            help="experiments",
        )
    )  # fmt: skip
    space.sheets.add(board.sheet())
    board.evaluation_wanted.connect(open_evaluation)
    sheets = space.sheets
    return Page(
        Workspace.EXPERIMENTS,
        space,
        sheets.press,
        sheets.escape,
        sheets.shown,
        sheets.close,
        remember=remember,
        help=sheets.help,
    )
