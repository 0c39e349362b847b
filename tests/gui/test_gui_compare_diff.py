"""The token diff of the Compare workspace: colours, cards, flips, texts, other vocabularies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reference.gguf_models import SHAPES, write_model
from support.compare_room import Room

from workbench.core.divergence import summary
from workbench.core.paths import Profile
from workbench.experiments.diff_shades import NAMES
from workbench.gui.compare.column_view import TO_BASE
from workbench.gui.compare.diff_panel import Text
from workbench.gui.compare.differences import Differences
from workbench.gui.compare.text_dialog import TextDialog
from workbench.gui.compare.wishes import Wish
from workbench.gui.main_window import MainWindow
from workbench.gui.table_text import read_table
from workbench.gui.theme import Mode

OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> Room:
    made = Room(qtbot, window)
    made.run()
    return made


def differences(room: Room) -> Differences:
    return next(c for c in room.space.diff.children() if isinstance(c, Differences))


def test_the_reply_stands_there_in_colours_with_its_numbers(room: Room) -> None:
    panel, shown = room.space.diff, differences(room).shown
    assert panel.title.text() == "Where B differs from A, token by token"
    assert panel.view.plain_text().startswith(room.texts()[0])
    assert shown.diff is not None
    assert shown.diff.tokens is not None
    numbers = summary(shown.diff.tokens)
    assert panel.facts()["same top-1"].startswith(f"{numbers.same_top1:.1%} of ")
    assert panel.facts()["flips"] == f"{numbers.flips:,}"
    assert room.space.views[1].fact(TO_BASE) == panel.facts()["mean KL A → B"]
    strengths = panel.view._strengths
    largest = shown.diff.tokens.kl.max()
    assert strengths.tolist() == pytest.approx((shown.diff.tokens.kl / largest).tolist(), abs=1e-6)
    for name in NAMES:
        panel.colour_chosen.emit(name)
        assert panel.legend.toolTip()
        assert bool(panel.high.text())
    assert panel.low.text().startswith("−")  # the last ones have a sign


def test_the_numbers_can_be_copied_as_a_table(room: Room) -> None:
    found = differences(room).shown.diff
    assert found is not None
    assert found.tokens is not None
    room.space.diff.copy.click()
    head, *rows = read_table(QGuiApplication.clipboard().text())
    assert head[3:5] == ["KL A→B", "KL B→A"]
    assert [int(row[1]) for row in rows] == found.tokens.ids.tolist()
    assert [float(row[3]) for row in rows] == pytest.approx(found.tokens.kl.tolist(), rel=1e-8)


def test_a_card_shows_both_sides(room: Room) -> None:
    panel, card = room.space.diff, room.window.card
    panel.view.lock(3)
    assert card.card is not None
    assert card.card.columns == ("A %", "B %")
    assert sum(row.p or 0.0 for row in card.card.rows) == pytest.approx(1.0, abs=1e-3)
    assert sum(row.p_sampled or 0.0 for row in card.card.rows) == pytest.approx(1.0, abs=1e-3)
    assert sum(row.chosen for row in card.card.rows) == 1
    assert "JS" in card.card.details
    room.window.top_bar.theme_chosen.emit(Mode.DARK)
    assert not card.grab().isNull()
    assert room.window.pages.page.escape()
    assert card.card is None


def test_keys_walk_over_the_flips(room: Room) -> None:
    panel, shown = room.space.diff, differences(room).shown
    differences(room).use_text(" the the the. Zoe 7 Ben, and then.", "the given text")
    room.settle()
    assert shown.diff is not None
    assert shown.diff.tokens is not None
    flips = [i for i, same in enumerate(shown.diff.tokens.same_top) if not same]
    if not flips:  # two quantizations may agree everywhere
        QTest.keyClick(panel.view, Qt.Key.Key_N)
        assert panel.view.locked_token == -1
        return
    seen = []
    for _ in (*flips, None):
        QTest.keyClick(panel.view, Qt.Key.Key_N)
        seen.append(panel.view.locked_token)
    assert seen == [*flips, flips[0]]
    QTest.keyClick(panel.view, Qt.Key.Key_P)
    assert panel.view.locked_token == flips[-1]
    assert panel.flip.text() == f"flip {len(flips)} of {len(flips)}"


def test_another_text_is_forced(room: Room, tmp_path: Path) -> None:
    panel, found = room.space.diff, differences(room)
    before = room.space.views[1].fact(TO_BASE)
    panel.text_chosen.emit(Text.OTHER)
    room.settle()
    assert panel.view.plain_text().startswith(room.texts()[1])
    assert panel.note.text().startswith("B's reply, forced")
    found.use_text(" there was a fox.", "the given text")
    room.settle()
    assert panel.view.plain_text() == " there was a fox."
    path = tmp_path / "words.txt"
    path.write_text(" Ben went home.", encoding="utf-8")
    found.use_file(path)
    room.until(lambda: panel.view.plain_text() == " Ben went home.")
    assert panel.note.text().startswith("words.txt, forced")
    assert room.space.views[1].fact(TO_BASE) == before  # that is of the base's reply
    panel.text_chosen.emit(Text.BASE)
    room.settle()
    assert panel.view.plain_text().startswith(room.texts()[0])


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "is empty"), (b"\xff\xfe\x00", "no text in UTF-8"), (None, "cannot be read")],
)
def test_a_file_that_is_no_text_is_refused(
    room: Room, tmp_path: Path, data: bytes | None, said: str
) -> None:
    path = tmp_path / "odd.txt"
    if data is not None:
        path.write_bytes(data)
    differences(room).use_file(path)
    room.until(lambda: said in room.space.diff.note.text())
    assert room.space.diff.text.currentIndex() == Text.BASE


def test_a_given_text_is_asked_for(room: Room) -> None:
    panel = room.space.diff
    panel.text_chosen.emit(Text.GIVEN)
    dialog = _dialog(room)
    assert not dialog.button.isEnabled()
    dialog.field.setPlainText(" and then")
    dialog.button.click()
    room.until(lambda: panel.view.plain_text() == " and then")
    assert panel.note.text().startswith("The given text, forced")
    panel.text_chosen.emit(Text.GIVEN)
    _dialog(room).reject()
    assert panel.text.currentIndex() == Text.GIVEN


def _dialog(room: Room) -> TextDialog:
    return next(d for d in room.window.findChildren(TextDialog) if d.isVisible())


def test_one_model_twice_says_that_nothing_can_differ(room: Room) -> None:
    first = room.controller.columns[0].wish
    room.controller.take([first, first], True)
    room.run()
    assert room.texts()[0] == room.texts()[1]
    assert room.space.diff.note.text().startswith("Both columns have the same model and prompt.")
    assert len(room.space.diff.view) == 0
    assert room.space.views[1].fact(TO_BASE) == "same"


def test_other_vocabularies_are_compared_word_by_word(
    qtbot: QtBot, open_window: OpenWindow, own_profile: Profile
) -> None:
    own_profile.models.mkdir(parents=True)
    write_model(own_profile.models / "other.gguf", replace(SHAPES["llama"], n_ctx=256), 1)
    room = Room(qtbot, open_window())
    models = room.controller.columns[0].wish.model, room.models("other")
    room.controller.take([Wish(m) for m in models], True)
    room.run()
    panel = room.space.diff
    assert panel.title.text() == "Where B differs from A, word by word"
    assert panel.view.plain_text() == room.texts()[0]
    assert "byte by byte" in panel.note.text()
    assert set(panel.facts()) >= {"bits per byte", "cheaper for", "words"}
    assert room.space.views[1].fact(TO_BASE).endswith("bits/byte")
    panel.view.lock(0)
    card = room.window.card.card
    assert card is not None
    assert card.facts.startswith("word 1 ")
    assert panel.low.text().startswith("−")
