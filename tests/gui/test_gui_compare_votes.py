"""The person's votes under the columns, the way to the arena, and the promoted seed."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from support.compare_room import Room

from workbench.core.votes import Verdict
from workbench.experiments.arena import Arena, Source, person
from workbench.gui.arena.sheet import NAME as ARENA
from workbench.gui.compare.column_view import VOTES
from workbench.gui.compare.votes_panel import ALIKE, NO_VOTES, NOT_RUN
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.theme import Mode


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> Room:
    return Room(qtbot, window)


def judge(room: Room) -> str:
    """Vote for the first column's reply; answers with the ballot."""
    session = room.window._session
    arena = Arena(session.store, session.new_run_id, person("Ann"), Source(), 3)
    shown = arena.next()
    assert shown is not None
    run_id = room.controller.columns[0].run_id
    verdict = Verdict.A if shown.pairing.a.run_id == run_id else Verdict.B
    return arena.vote(shown, verdict).vote.ballot


def test_votes_stand_under_the_columns(room: Room) -> None:
    panel = room.space.votes
    assert panel.note.text() == NOT_RUN
    room.run()
    room.until(lambda: panel.note.text() == NO_VOTES)
    assert room.space.views[0].fact(VOTES) == "–"
    judge(room)
    panel.vote.click()
    assert room.space.sheets.front.name == ARENA
    room.space.sheets.turn_to("Columns")
    room.until(lambda: panel.facts.text() == "1 vote on 1 item")
    assert room.space.views[0].fact(VOTES) == "1 win of 1 · 100%"
    assert room.space.views[1].fact(VOTES) == "0 wins of 1 · 0%"
    texts = panel.texts()
    assert "1–0–0" in texts
    assert "0–1–0" in texts
    assert not panel.note.isVisible()
    room.window._theme.set_mode(Mode.DARK)
    room.window._theme.set_mode(Mode.LIGHT)
    assert not panel.grab().isNull()


def test_columns_that_votes_cannot_tell_apart(room: Room) -> None:
    room.menu("Another seed")
    room.action(1, "drop")
    room.run()
    room.until(lambda: room.space.votes.note.text() == ALIKE)


def test_promoting_takes_the_seed_along(room: Room) -> None:
    room.menu("Another seed")
    room.action(2, "promote")  # before it ever ran
    seed = room.window.prompt_space.sampling.seed
    assert seed() == 42
    room.window.prompt_space.sampling.set_seed(41)
    room.window.show_workspace(Workspace.COMPARE)
    room.run()
    room.window.prompt_space.sampling.set_seed(None)
    room.action(2, "promote")
    assert seed() == 42
    assert room.window.pages.workspace is Workspace.PROMPT
    text = room.texts()[2]
    room.until(lambda: room.window.prompts.prompt is not None)
    with room.qtbot.waitSignal(room.window.runs.finished, timeout=30_000) as ended:
        room.window.runs.generate()
    assert ended.args is not None
    assert ended.args[0].end.result.samples[0].text == text
