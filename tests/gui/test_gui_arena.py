"""The arena of the Compare workspace: names hidden, voted by keys, undone, ranked."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.errors import UserError
from workbench.core.paths import Profile, assets_folder
from workbench.core.ranking import By
from workbench.core.sampling import Sampling
from workbench.core.votes import Verdict, Vote, VoterKind
from workbench.experiments.compare import Comparison
from workbench.experiments.compare_plan import Column
from workbench.experiments.fresh_pairs import Unseen
from workbench.experiments.session import open_session
from workbench.gui.arena.board_table import GAMES, NAME, RATING, cell_text
from workbench.gui.arena.controller import KEY, ArenaController, Phase
from workbench.gui.arena.keys import Step, Wanted, wanted_by
from workbench.gui.arena.space import FRESH, HERE, ArenaSpace
from workbench.gui.compare.space import CompareSpace
from workbench.gui.help_dialog import HelpDialog
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.theme import Mode
from workbench.history.votes import list_votes
from workbench.templates.prompt_file import load_prompt
from workbench.templates.variables import coerce_values

WAIT = 30_000
MODELS = assets_folder() / "models"
NAMES = ("demo-2m", "demo-0.5m")
HEROES = ("Zoe", "Tom", "Mia")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with three stories by two models each."""
    folder = tmp_path_factory.mktemp("arena") / "profile"
    session, _ = open_session(Profile(folder))
    prompt = load_prompt(session.library.find("few-shot-story"))
    sampling = Sampling(max_tokens=24)
    columns = [
        Column(
            MODELS / f"{name}-q8_0.gguf",
            prompt,
            sampling,
            5,
            coerce_values(prompt, {"name": hero}, session.library),
        )
        for name in NAMES
        for hero in HEROES
    ]
    comparison = Comparison(session, columns, Unseen(), at_once=1)
    comparison.start()
    ends = comparison.wait(60)
    comparison.join(5)
    session.close()
    assert all(end.done for end in ends)
    return folder


class Room:
    """A window with the arena in front."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.actions_by_name["arena"].trigger()
        found = window.findChild(ArenaController)
        assert found is not None
        self.controller = found
        self.space: ArenaSpace = found.space
        self.voting = self.space.voting
        self.settled()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def settled(self) -> None:
        """Wait until something can be done."""
        self.until(lambda: self.controller.phase is not Phase.BUSY)

    def key(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """A key, wherever the keyboard is; then wait."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifiers)
        self.settled()

    def votes(self) -> list[Vote]:
        """What the history has."""
        return list_votes(self.window._session.store)

    def heads(self) -> tuple[str, str]:
        """What stands above the replies."""
        first, second = (one.head.text() for one in self.voting.panes)
        return first, second

    def everything(self) -> str:
        """Every text one could read in the voting part."""
        parts = [w.text() for w in self.voting.findChildren(QLabel)]
        parts += [w.toPlainText() for w in self.voting.findChildren(QPlainTextEdit)]
        for widget in self.voting.findChildren(QWidget):
            parts += [widget.toolTip(), widget.accessibleName()]
        return "\n".join(parts)


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
    messages = room.window.findChild(CompareSpace).messages  # type: ignore[union-attr]  # there
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
    messages = room.window.findChild(CompareSpace).messages  # type: ignore[union-attr]  # there
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
    messages = other.window.findChild(CompareSpace).messages  # type: ignore[union-attr]  # there
    assert "judged these two replies" in messages.message(KEY).text  # type: ignore[union-attr]  # it is shown
    assert other.controller.phase is Phase.VOTING
    other.voting.wanted.emit(Verdict.B)
    other.settled()
    assert len(room.votes()) == 2


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


def test_help_opens_at_the_arena(room: Room) -> None:

    room.window.actions_by_name["help"].trigger()
    (dialog,) = room.window.findChildren(HelpDialog)
    assert "Arena" in dialog.browser.toPlainText()
    dialog.close()
    room.window.show_workspace(Workspace.PROMPT)


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
