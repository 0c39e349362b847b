"""Pictures of the History workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screenshots import Stage

TAGGED = ((1, "good"), (2, "baseline"), (5, "good"), (9, "to check"))
"""Runs, counted from the newest, and their tags; the first of them has a star and a rating."""


def history_pictures(stage: Stage) -> list[Path]:
    """Runs of many prompts, some with tags, and the newest one opened; then two runs compared."""
    from workbench.gui.history.finder import Finder
    from workbench.gui.panels.rail import Workspace
    from workbench.history import curate

    window, store = stage.window, stage.session.store
    window.prompt_space.reply.view.lock(-1)
    newest = [row.run_id for row in store.recent(20)]
    for number, tag in TAGGED:
        curate.change_tags(store, [newest[number]], [tag]).result()
    curate.star(store, [newest[TAGGED[0][0]]], starred=True).result()
    curate.rate(store, [newest[TAGGED[0][0]]], 5).result()
    table, finder = window.history_space.list, window.history_space.findChild(Finder)
    if finder is None:
        raise TypeError("there is no search")
    stage.after(finder.found, lambda: window.show_workspace(Workspace.HISTORY))
    stage.after(window.history.opened, lambda: table.setCurrentIndex(table.runs.index(0, 0)))
    reply = window.history_space.details.reply.view
    reply.setFocus()
    reply.lock(7)
    made = [stage.shoot("history"), stage.dark("history-dark")]
    reply.lock(-1)
    a, b = sorted(row.run_id for row in store.recent(20) if row.prompt_name == "Short story")[:2]
    window.checks.compare_pair(a, b)
    dialog = window.checks.dialog
    if dialog is None:
        raise RuntimeError("the dialog did not open")
    stage.until(lambda: bool(dialog.sentence.text()))
    dialog.resize(1040, 330)
    made.append(stage.shoot("compare-runs", dialog))
    dialog.reject()
    window.show_workspace(Workspace.PROMPT)
    return made
