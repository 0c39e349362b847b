"""Pictures of branching: the tree with continuations beside each other, and the look ahead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screenshots import Stage

SEED = 41


def branches_pictures(stage: Stage) -> list[Path]:
    """A story forked at an alternative, said anew, and continued four times, in both themes."""
    from workbench.gui.branches.ahead_controller import AheadController
    from workbench.gui.current import Part, TokenPlace
    from workbench.gui.panels.rail import Workspace

    window = stage.window
    stage.open("few-shot-story")
    stage.generate(SEED)
    root = window.current.run
    if root is None:
        raise SystemExit("There is no run to fork.")
    at = max(1, window.shown.telling_token())
    fork = TokenPlace(Part.REPLY, 0, at)
    listed = root.samples[0].top_ids[at].tolist()
    other = next(token for token in listed if token != int(root.samples[0].ids[at]))
    finished, forks = window.runs.finished, window.forks
    stage.after(finished, lambda: forks.put(fork, (other,)))
    stage.after(finished, lambda: forks.again(TokenPlace(Part.REPLY, 0, at + 9), seed=5))
    stage.after(window.history.opened, lambda: window.history.open(root.run_id))
    stage.until(lambda: window.shown.run_id == root.run_id)
    stage.after(finished, lambda: forks.several(TokenPlace(Part.REPLY, 0, at + 3), 4, seed=11))
    made = [stage.shoot("branches"), stage.dark("branches-dark")]
    looks = window.findChild(AheadController)
    if looks is None:
        raise SystemExit("There is no look ahead.")
    stage.after(window.history.opened, lambda: window.history.open(root.run_id))
    stage.until(lambda: window.shown.run_id == root.run_id)
    stage.after(looks.settled, lambda: forks.ahead_wanted.emit(fork))
    window.card.hide_card()
    made.append(stage.shoot("branches-ahead"))
    window.current.choose(None)
    window.show_workspace(Workspace.PROMPT)
    return made
