"""Pictures of the arena."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screenshots import Stage

    from workbench.experiments.session import Session

PROMPT = "few-shot-story"
MODELS = ("demo-2m-q8_0", "demo-2m-q4_0", "demo-0.5m-q8_0")
HEROES = (
    "Zoe", "Hugo", "Mia", "Ben", "Lily", "Max", "Tom", "Nora", "Leo", "Ruby", "Sam", "Ivy",
)  # fmt: skip
SEED = 100
VOTES = 32


def arena_pictures(stage: Stage) -> list[Path]:
    """A pairing without names; then the verdict, in dark."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from workbench.core.ranking import By
    from workbench.gui.arena.controller import ArenaController, Phase
    from workbench.gui.theme import Mode

    window = stage.window
    controller = window.findChild(ArenaController)
    if controller is None:
        raise TypeError("there is no arena")
    _answer_and_vote(controller.session)
    controller.seed = SEED
    differ = controller.space.differ
    differ.setCurrentIndex(differ.findData(By.MODEL))
    window.actions_by_name["arena"].trigger()
    stage.until(lambda: controller.phase is Phase.VOTING)
    made = [stage.shoot("arena")]
    QTest.keyClick(controller.space.voting.asked, Qt.Key.Key_1)
    stage.until(lambda: controller.phase is Phase.VOTED)
    window.top_bar.theme_chosen.emit(Mode.DARK)
    made.append(stage.shoot("arena-dark"))
    window.top_bar.theme_chosen.emit(Mode.LIGHT)
    return made


def _answer_and_vote(session: Session) -> None:
    """Three models tell twelve stories each; mostly the longer one wins."""
    from workbench.core.paths import assets_folder
    from workbench.core.ranking import By
    from workbench.core.sampling import Sampling
    from workbench.core.votes import Verdict
    from workbench.experiments.arena import Arena, Source, person
    from workbench.experiments.compare import Comparison
    from workbench.experiments.compare_plan import Column
    from workbench.experiments.fresh_pairs import Unseen
    from workbench.templates.prompt_file import load_prompt
    from workbench.templates.variables import coerce_values

    prompt = load_prompt(session.library.find(PROMPT))
    columns = [
        Column(
            assets_folder() / "models" / f"{model}.gguf",
            prompt,
            Sampling(max_tokens=60),
            SEED + number,
            coerce_values(prompt, {"name": hero}, session.library),
        )
        for model in MODELS
        for number, hero in enumerate(HEROES)
    ]
    comparison = Comparison(session, columns, Unseen(), at_once=1)
    comparison.start()
    comparison.wait()
    arena = Arena(session.store, session.new_run_id, person(), Source(By.MODEL), SEED)
    for number in range(VOTES):
        shown = arena.next()
        if shown is None:
            return
        longer = Verdict.A if len(shown.a) > len(shown.b) else Verdict.B
        other = Verdict.B if longer is Verdict.A else Verdict.A
        # Now and then the voter likes the shorter one, or neither more than the other.
        verdict = {3: Verdict.TIE, 5: other}.get(number % 7, longer)
        arena.vote(shown, verdict)
