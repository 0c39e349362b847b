"""Pictures of the Experiments workspace."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screenshots import Stage

SUITES = ("demo-stories", "memo-trap", "calibration")
"""Asked first, for the leaderboard."""
PROMPT = "plain-question"
CAPITALS = {
    "Peru": "Lima", "Norway": "Oslo", "Kenya": "Nairobi", "Greece": "Athens", "Italy": "Rome",
    "Japan": "Tokyo", "Egypt": "Cairo", "Spain": "Madrid", "France": "Paris", "Cuba": "Havana",
}  # fmt: skip
N_QUESTIONS = 50
WIDTHS = (900, 220)
"""Of the table of items and of the chosen one."""
SEED = 7
WORDS = ("tea", "garden", "owl", "house", "lamp", "bird", "river", "juice", "fox", "book")


def experiments_pictures(stage: Stage) -> list[Path]:
    """Three models on a file of questions in both themes, and the leaderboard."""
    from workbench.gui.experiments.board_sheet import Leaderboard
    from workbench.gui.experiments.plot_series import Kind
    from workbench.gui.experiments.space import ExperimentSpace
    from workbench.gui.panels.rail import Workspace

    window = stage.window
    stage.open(PROMPT)
    window.show_workspace(Workspace.EXPERIMENTS)
    space = window.pages.page.widget
    if not isinstance(space, ExperimentSpace):
        raise TypeError("the Experiments workspace is not in front")

    def run() -> None:
        stage.until(lambda: space.items.model.rowCount() > 0 and space.setup.models.count() >= 3)
        stage.until(lambda: bool(space.setup.prompts.ticked_keys()))
        models = space.setup.models
        models.tick([str(models.item(row).data(0x100)) for row in range(models.count())])
        space.progress.clear()
        window.pages.press()
        stage.until(lambda: space.progress.text().endswith(" done"))

    for name in SUITES:
        space.tasks.choose(name)
        run()
    space.tasks.add_file(_questions(stage.scratch / "questions.jsonl"))
    stage.until(lambda: space.items.model.rowCount() == N_QUESTIONS)
    prompts = space.setup.prompts
    prompts.tick([str(prompts.item(prompts.count() - 1).data(0x100))])
    space.setup.metrics.tick(["contains"])
    run()
    space.plots.choose(Kind.GROUPS)
    space.items.table.setCurrentIndex(space.items.model.index(31, 4))
    stage.share("experiment-items", WIDTHS)
    window.setFocus()
    made = [stage.shoot("experiments"), stage.dark("experiments-dark")]
    space.sheets.turn_to("Leaderboard")
    board = space.findChild(Leaderboard)
    stage.until(lambda: board.model.rowCount() > 0)
    return [*made, stage.shoot("leaderboard")]


def _questions(path: Path) -> Path:
    """A file of a person's own: some questions all models answer, some that tell them apart."""
    drawn = random.Random(SEED)
    small = [(drawn.randint(10, 99), drawn.randint(10, 99)) for _ in range(10)]
    large = [(drawn.randint(10_000, 99_999), drawn.randint(10_000, 99_999)) for _ in range(10)]
    groups = {
        "capitals": [(f"What is the capital of {c}?", city) for c, city in CAPITALS.items()],
        "backwards": [(f"Write {word} backwards.", word[::-1]) for word in WORDS],
        "small sums": [(f"What is {a} + {b}?", f"{a + b}") for a, b in small],
        "large sums": [(f"What is {a} + {b}?", f"{a + b}") for a, b in large],
        "products": [(f"What is {a} * {b}?", f"{a * b}") for a, b in small],
    }
    rows = [
        {"question": question, "answer": answer, "group": group}
        for group, pairs in groups.items()
        for question, answer in pairs
    ]
    lines = [json.dumps({"id": f"{n:02}", **row}) for n, row in enumerate(rows, 1)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
