"""The arena's leaderboard, its judge, and replies made on the spot."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from support.arena_room import HEROES, WAIT, Room, record_stories

from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.ranking import By
from workbench.core.sampling import Sampling
from workbench.core.votes import Verdict, VoterKind
from workbench.gui.arena.board_table import GAMES, NAME, RATING, cell_text
from workbench.gui.arena.controller import KEY, Phase
from workbench.gui.arena.space import FRESH, HERE
from workbench.gui.main_window import MainWindow
from workbench.gui.theme import Mode


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with three stories by two models each."""
    return record_stories(tmp_path_factory.mktemp("arena") / "profile")


@pytest.fixture
def room(
    qtbot: QtBot, recorded: Path, own_profile: Profile, open_window: Callable[..., MainWindow]
) -> Room:
    shutil.copytree(recorded, own_profile.root)
    return Room(qtbot, open_window())


def test_the_leaderboard_follows(room: Room) -> None:
    board = room.space.board
    room.until(lambda: board.refusal.text().startswith("There are no votes yet."))
    for _ in HEROES:
        big = "demo-2m" in room.controller._shown.names[0]  # type: ignore[union-attr]  # shown
        room.key(Qt.Key.Key_1 if big else Qt.Key.Key_2)
        room.key(Qt.Key.Key_Space)
    room.until(lambda: board.facts.text().startswith("3 votes on 3 items"))
    first = board.table.board.rated[0]
    assert cell_text(first, NAME) == "demo-2m Q8_0"
    assert cell_text(first, GAMES) == "3–0–0"
    assert first.interval is not None
    assert f"{first.interval.high:+,.0f}" in cell_text(first, RATING)
    assert board.table.as_text().splitlines()[1].split("\t")[1] == "demo-2m Q8_0"
    assert board.matrix is not None
    assert board.matrix.describe(0, 1).startswith("demo-2m Q8_0 took 100% of 3 votes")
    assert board.matrix.shares()[1, 0] == 0.0
    assert "went one way" in board.remarks.text()
    board.by.setCurrentIndex(board.by.findData(By.SETTINGS))
    board.wanted.emit()
    room.until(lambda: "met itself" in board.refusal.text())
    for mode in (Mode.DARK, Mode.LIGHT):
        room.window.top_bar.theme_chosen.emit(mode)
        assert not room.window.grab().isNull()


def test_tags_make_a_leaderboard_of_their_own(room: Room) -> None:
    board = room.space.board
    room.space.tags.setText("short, bad*tag")
    room.key(Qt.Key.Key_1)
    messages = room.messages
    assert "bad*tag" in messages.message(KEY).text  # type: ignore[union-attr]  # it is shown
    assert room.votes() == []
    room.space.tags.setText("short")
    room.key(Qt.Key.Key_1)
    assert "short" in room.votes()[0].tags
    room.until(lambda: board.tag.findData("short") > 0)
    board.tag.setCurrentIndex(board.tag.findData("short"))
    board.wanted.emit()
    room.until(lambda: board.facts.text().startswith("1 vote on 1 item"))
    room.key(Qt.Key.Key_U)
    room.until(lambda: board.tag.currentData() == "")


def test_a_judge_votes_beside_and_is_stopped(room: Room) -> None:
    board = room.space.board
    room.key(Qt.Key.Key_1)
    room.until(lambda: len(board.judge_menu.actions()) == 3)
    q4 = next(a for a in board.judge_menu.actions() if "Q4_0" in a.text())
    q4.trigger()
    assert room.controller.judge.is_running
    room.until(lambda: not room.controller.judge.is_running)
    assert board.judging.text().startswith("3 decided")
    judges = [v for v in room.votes() if v.voter.kind is VoterKind.JUDGE]
    assert len(judges) == 6
    models, session = room.window.models, room.window._session
    assert models.path is not None
    held = session.held(session.load(models.path, models.settings).model, models.settings)
    assert held is not None
    assert held.pid is not None, "the window's own model stays loaded beside the judge"
    room.until(lambda: board.voter.count() == 2)
    board.voter.setCurrentIndex(1)
    board.wanted.emit()
    room.until(lambda: board.facts.text().startswith("3 votes"))
    assert "people and demo-2m Q4_0" in board.agreement.text()
    q4.trigger()
    assert room.controller.escape()
    room.until(lambda: not room.controller.judge.is_running)
    assert len([v for v in room.votes() if v.voter.kind is VoterKind.JUDGE]) == 6


def test_new_replies_of_the_columns(qtbot: QtBot, open_window: Callable[..., MainWindow]) -> None:
    window = open_window()
    window.prompt_space.sampling.set_sampling(Sampling(max_tokens=16))
    room = Room(qtbot, window)
    assert room.voting.is_empty
    assert room.voting.fill_button.text() == "Make new replies"
    room.voting.fill_button.click()
    assert room.space.source.currentData() == FRESH
    room.until(lambda: room.controller.phase is Phase.VOTING)
    assert room.heads() == ("A", "B")
    assert "demo" not in room.everything()
    first = room.controller._shown
    room.key(Qt.Key.Key_2)
    assert room.votes()[0].verdict is Verdict.B
    room.key(Qt.Key.Key_Space)
    room.until(lambda: room.controller.phase is Phase.VOTING)
    assert room.controller._shown is not first
    room.until(lambda: not room.controller.fresh.is_making)
    assert window._session.store.count() >= 4


def test_the_window_may_close_while_replies_are_made_and_a_judge_works(room: Room) -> None:
    room.window.prompt_space.sampling.set_sampling(Sampling(max_tokens=900, ignore_eos=True))
    room.space.source.setCurrentIndex(room.space.source.findData(FRESH))
    room.space.source.activated.emit(1)
    room.until(lambda: room.controller.fresh.is_making)
    assert room.controller.is_busy
    room.window.close()


def test_the_leaderboard_is_exported(room: Room, tmp_path: Path) -> None:
    exports, board = room.controller.exports, room.space.board
    with pytest.raises(UserError, match="no leaderboard to export"):
        exports.write("csv", tmp_path / "none.csv")
    for _ in HEROES:
        room.key(Qt.Key.Key_1)
        room.key(Qt.Key.Key_Space)
    room.until(lambda: board.facts.text().startswith("3 votes"))
    for kind in ("csv", "json", "png", "svg"):
        exports.write(kind, tmp_path / f"board.{kind}")
    rows = list(csv.DictReader((tmp_path / "board.csv").read_text("utf-8").splitlines()))
    rated = board.table.board.rated
    assert [row["name"] for row in rows] == [one.name for one in rated]
    assert float(rows[0]["rating"]) == pytest.approx(rated[0].rating)
    document = json.loads((tmp_path / "board.json").read_text(encoding="utf-8"))
    assert document["votes"] == 3
    assert not QImage(str(tmp_path / "board.png")).isNull()
    assert "<svg" in (tmp_path / "board.svg").read_text(encoding="utf-8")
    with pytest.raises(UserError, match="cannot be written"):
        exports.write("csv", tmp_path / "board.csv" / "no folder.csv")


def test_making_is_stopped_and_begun_anew(room: Room) -> None:
    room.window.prompt_space.sampling.set_sampling(Sampling(max_tokens=900, ignore_eos=True))
    source = room.space.source
    source.setCurrentIndex(source.findData(FRESH))
    source.activated.emit(1)
    room.until(lambda: room.controller.fresh.is_making)
    assert room.window.pages.page.escape()
    room.settled()
    assert room.voting.empty.text() == "No new replies were made."
    room.window.prompt_space.sampling.set_sampling(Sampling(max_tokens=12))
    room.voting.fill_button.click()
    room.until(lambda: room.controller.phase is Phase.VOTING)
    source.setCurrentIndex(0)
    source.activated.emit(0)
    room.settled()
    assert room.controller.phase is Phase.VOTING, "stored replies again"


def test_only_replies_to_the_open_prompt(room: Room) -> None:
    source = room.space.source
    source.setCurrentIndex(source.findData(HERE))
    source.activated.emit(1)
    room.settled()
    assert room.controller.phase is Phase.VOTING
    window = room.window
    with room.qtbot.waitSignal(window.prompts.prepared, timeout=WAIT):
        window.prompts.open(window._session.library.find("zero-shot"))
    source.activated.emit(1)
    room.settled()
    assert room.voting.is_empty


def test_votes_leave_as_preference_pairs(room: Room, tmp_path: Path) -> None:
    pairs, path = room.controller.pairs, tmp_path / "pairs.jsonl"
    pairs.write("people", path)
    room.until(lambda: room.messages.message("arena-pairs") is not None)
    none = room.messages.message("arena-pairs")
    assert none is not None
    assert none.text == "There is no pair to write."
    shown = room.controller._shown
    assert shown is not None
    room.key(Qt.Key.Key_1)
    pairs.write("people", path)
    room.until(path.exists)
    room.until(lambda: "One pair" in room.messages.message("arena-pairs").text)  # type: ignore[union-attr]  # it is shown
    [row] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert set(row) == {"prompt", "chosen", "rejected"}
    pairs.write("judges", path)
    room.until(lambda: "no pair" in room.messages.message("arena-pairs").text)  # type: ignore[union-attr]  # it is shown
    assert json.loads(path.read_text(encoding="utf-8")) == row
