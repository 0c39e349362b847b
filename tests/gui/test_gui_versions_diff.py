"""The difference of two texts as it is shown: signs, folds, colours one can read on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.core.word_diff import Row
from workbench.gui.diff_rows import Fold, difference, unfolded
from workbench.gui.diff_view import DiffView, line_wash, word_wash
from workbench.gui.fonts import Fonts
from workbench.gui.theme import DARK, LIGHT, Colours, Mode, Theme, contrast

LONG = "\n".join(f"line {number}" for number in range(400))


def test_words_are_counted_and_long_equal_stretches_fold() -> None:
    found = difference(LONG, LONG.replace("line 200\n", "line two hundred and more\n"))
    assert found.summary == "−1 +4 words"
    folds = [item for item in found.items if isinstance(item, Fold)]
    assert [len(fold.rows) for fold in folds] == [197, 196]
    assert len(unfolded(found.items)) == 400
    assert "- line 200\n+ line two hundred and more" in found.text()


@pytest.mark.parametrize(
    ("a", "b", "summary"),
    [
        ("same", "same", "no difference"),
        ("", "", "no difference"),
        ("a b", "a  b", "only signs and spaces differ"),
        ("", "new", "−0 +1 word"),
    ],
)
def test_summaries(a: str, b: str, summary: str) -> None:
    assert difference(a, b).summary == summary


@pytest.fixture
def view(theme: Theme, fonts: Fonts, qtbot: QtBot) -> DiffView:
    made = DiffView(theme, fonts)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def test_folds_open_and_changes_are_walked(view: DiffView) -> None:
    changed = LONG.replace("line 100\n", "LINE 100\n").replace("line 300\n", "LINE 300\n")
    view.show_difference(difference(LONG, changed))
    bar = view.verticalScrollBar()
    folded = bar.maximum()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert bar.maximum() > folded, "a click opens a fold"
    opened = bar.maximum()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert bar.maximum() > opened
    QTest.keyClick(view, Qt.Key.Key_Home)
    places = []
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_N)
        places.append(bar.value())
    assert places[0] < places[1] == places[2]
    QTest.keyClick(view, Qt.Key.Key_P)
    assert bar.value() == places[0]
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "- line 100\n+ LINE 100" in QGuiApplication.clipboard().text()
    assert view.accessibleDescription() == "−2 +2 words"


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_changes_are_washed_in_both_themes(view: DiffView, theme: Theme, mode: Mode) -> None:
    theme.set_mode(mode)
    view.show_difference(difference("one two", "one three"))
    picture = view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    width = int(picture.width() / ratio)

    def colours(start: int, end: int) -> set[str]:
        return {
            picture.pixelColor(int(x * ratio), int(y * ratio)).name()
            for x in range(start, end)
            for y in range(2, 20)
        }

    left, right = colours(0, width // 2 - 2), colours(width // 2 + 2, width)
    assert word_wash(theme.colours, is_left=True).name() in left
    assert word_wash(theme.colours, is_left=False).name() in right
    assert word_wash(theme.colours, is_left=True).name() not in right
    assert theme.colours.ink in left


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("is_left", [True, False])
def test_text_on_every_wash_can_be_read(colours: Colours, is_left: bool) -> None:
    for wash in (line_wash(colours, is_left=is_left), word_wash(colours, is_left=is_left)):
        assert contrast(colours.ink, wash.name()) >= 4.5


def test_emoji_before_a_change_do_not_move_the_mark(view: DiffView) -> None:
    found = difference("👩‍🚀 ok old", "👩‍🚀 ok new")
    row = found.items[0]
    assert isinstance(row, Row)
    assert row.left is not None
    (mark,) = view._formats(row.left, is_left=True)  # the only place that counts UTF-16 units
    text = "👩‍🚀 ok old".encode("utf-16-le")
    assert text[2 * mark.start : 2 * (mark.start + mark.length)].decode("utf-16-le") == "old"
