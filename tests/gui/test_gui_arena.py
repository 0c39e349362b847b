"""The arena of the Compare workspace: names hidden, voted by keys, undone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.arena_room import HEROES, Room, record_stories

from workbench.core.paths import Profile
from workbench.core.votes import Verdict
from workbench.gui.arena.controller import KEY, Phase
from workbench.gui.arena.keys import Step, Wanted, wanted_by
from workbench.gui.help_dialog import HelpDialog
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace


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


def test_names_are_hidden_until_the_vote_and_keys_do_everything(room: Room) -> None:
    assert room.controller.phase is Phase.VOTING
    assert room.heads() == ("A", "B")
    assert "demo" not in room.everything()
    assert "Tell me a story about" in room.voting.asked.toPlainText()
    assert QApplication.focusWidget() is room.voting.asked
    texts = [one.text.toPlainText() for one in room.voting.panes]
    room.key(Qt.Key.Key_Space)
    assert room.controller.phase is Phase.VOTING, "no next pairing without a verdict"
    assert room.voting.said.text().startswith("Vote first")
    room.key(Qt.Key.Key_2)
    (vote,) = room.votes()
    assert vote.verdict is Verdict.B
    assert vote.seconds is not None
    assert vote.seconds >= 0
    assert not vote.revealed
    store = room.window._session.store
    for side, text, head in zip((vote.a, vote.b), texts, room.heads(), strict=True):
        end = store.get(side.run_id).end
        assert end is not None
        assert end.result.samples[0].text == text
        assert side.contestant.model_name in head
    assert [one.mark.text() for one in room.voting.panes] == ["", "✓ better"]
    room.key(Qt.Key.Key_1)
    assert len(room.votes()) == 1, "a second verdict on the same is not taken"
    room.key(Qt.Key.Key_Space)
    assert room.heads() == ("A", "B")
    for key in (Qt.Key.Key_T, Qt.Key.Key_Return, Qt.Key.Key_4):
        room.key(key)
    assert [v.verdict for v in room.votes()] == [Verdict.B, Verdict.TIE, Verdict.BOTH_BAD]
    assert len({v.item.key for v in room.votes()}) == 3
    room.key(Qt.Key.Key_Return)
    assert room.voting.is_empty
    assert room.voting.empty.text().startswith("You have judged every pairing.")


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("1 A Left", Verdict.A),
        ("2 B Right", Verdict.B),
        ("3 T", Verdict.TIE),
        ("4 N", Verdict.BOTH_BAD),
        ("Space Return Enter", Step.NEXT),
        ("U Backspace Ctrl+Z", Step.UNDO),
        ("S", Step.SKIP),
        ("Up PgUp", Step.UP),
        ("Down PgDown", Step.DOWN),
        ("X 5 Ctrl+A Alt+1 Shift+T Escape", None),
    ],
)
def test_every_key(keys: str, wanted: Wanted | None) -> None:
    for name in keys.split():
        pressed = QKeySequence(name)[0]  # type: ignore[index]  # the stubs lack it
        event = QKeyEvent(QEvent.Type.KeyPress, pressed.key(), pressed.keyboardModifiers())
        assert wanted_by(event) is wanted, name


def test_undo_takes_the_vote_back_and_marks_the_next_one(room: Room) -> None:
    room.key(Qt.Key.Key_1)
    first = [one.text.toPlainText() for one in room.voting.panes]
    room.key(Qt.Key.Key_Space)
    room.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert room.votes() == []
    assert [one.text.toPlainText() for one in room.voting.panes] == first
    assert room.heads() == ("A", "B")
    assert "You have seen" in room.voting.said.text()
    room.key(Qt.Key.Key_3)
    (vote,) = room.votes()
    assert (vote.verdict, vote.revealed) == (Verdict.TIE, True)
    room.voting.undo.click()
    room.settled()
    assert room.votes() == []
    room.key(Qt.Key.Key_U)
    assert room.controller.phase is Phase.VOTING, "nothing is left to undo"


def test_the_other_order_and_skipping(room: Room) -> None:
    seen = []
    for _ in HEROES:
        seen.append(tuple(one.text.toPlainText() for one in room.voting.panes))
        room.key(Qt.Key.Key_1)
        room.key(Qt.Key.Key_Space)
    assert room.voting.fill_button.text() == "Ask again in the other order"
    room.voting.fill_button.click()
    room.settled()
    turned = tuple(one.text.toPlainText() for one in room.voting.panes)
    assert turned[::-1] in seen
    room.key(Qt.Key.Key_2)
    assert len(room.votes()) == 4
    room.key(Qt.Key.Key_Space)
    before = len(room.votes())
    room.key(Qt.Key.Key_S)
    assert len(room.votes()) == before


def test_keys_typed_into_the_tags_do_not_vote(room: Room) -> None:
    room.space.tags.setFocus()
    QTest.keyClicks(room.space.tags, "a1tn")
    assert room.space.tags.text() == "a1tn"
    assert room.votes() == []
    assert room.controller.phase is Phase.VOTING


def test_a_run_deleted_meanwhile_is_said_and_the_next_is_shown(room: Room) -> None:
    shown = room.controller._shown
    assert shown is not None
    gone = [shown.pairing.a.run_id]
    trash = "UPDATE runs SET trashed_us = 1 WHERE run_id = ?"
    room.window._session.store.write(lambda db: db.execute(trash, gone)).result()
    room.key(Qt.Key.Key_1)
    messages = room.messages
    room.until(lambda: messages.message(KEY) is not None)
    assert "lies in the trash" in messages.message(KEY).text  # type: ignore[union-attr]  # it is shown
    assert room.votes() == []
    room.until(lambda: room.controller.phase is Phase.VOTING)
    assert room.controller._shown is not shown


def test_two_windows_vote_on_the_same_pairing(
    room: Room, qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    other = Room(qtbot, open_window())
    # The second window shows what the first one shows.
    shown = room.controller._shown
    assert shown is not None
    other.controller._show(shown)
    room.window.activateWindow()
    room.voting.wanted.emit(Verdict.A)
    room.settled()
    other.voting.wanted.emit(Verdict.B)
    other.settled()
    assert [vote.verdict for vote in room.votes()] == [Verdict.A]
    messages = other.messages
    assert "judged these two replies" in messages.message(KEY).text  # type: ignore[union-attr]  # it is shown
    assert other.controller.phase is Phase.VOTING
    other.voting.wanted.emit(Verdict.B)
    other.settled()
    assert len(room.votes()) == 2


def test_help_opens_at_the_arena(room: Room) -> None:

    room.window.actions_by_name["help"].trigger()
    (dialog,) = room.window.findChildren(HelpDialog)
    assert "Arena" in dialog.browser.toPlainText()
    dialog.close()
    room.window.show_workspace(Workspace.PROMPT)
