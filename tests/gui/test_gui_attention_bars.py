"""Bars: pointing, keeping, walking, copying, and what is drawn where."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.gui.attention.bars import ROW_HEIGHT, Bar, Bars
from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme

ROWS = (
    Bar("system", -0.02, "−0.02", faint=True),
    Bar("line “Ann: 7”", -4.81, "−4.81", second="54 %"),
    Bar("line “Leo: 2”", 0.34, "+0.34"),
    Bar("gone", None, "n/a"),
)


@pytest.fixture
def bars(qtbot: QtBot, theme: Theme, fonts: Fonts) -> Bars:
    """Signed bars on the screen."""
    made = Bars(theme, fonts, "What mattered", signed=True)
    qtbot.addWidget(made)
    made.show_rows(ROWS, noise=0.08)
    made.resize(400, made.sizeHint().height())
    made.show()
    return made


def at(row: int) -> QPoint:
    """A place in a row."""
    return QPoint(60, row * ROW_HEIGHT + 8)


def test_hover_previews_and_a_click_keeps(bars: Bars) -> None:
    pointed: list[int] = []
    kept: list[int] = []
    bars.pointed.connect(pointed.append)
    bars.kept.connect(kept.append)
    QTest.mouseMove(bars, at(0))
    QTest.mouseMove(bars, at(1))
    assert pointed[-1] == 1
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(1))
    QTest.mouseMove(bars, at(3))
    assert (bars.row, bars.kept_row, kept) == (1, 1, [1])
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(1))
    assert (bars.kept_row, kept) == (-1, [1, -1])


def test_the_keyboard_walks_keeps_and_copies(bars: Bars) -> None:
    for _ in range(2):
        QTest.keyClick(bars, Qt.Key.Key_Down)
    assert bars.row == 1
    QTest.keyClick(bars, Qt.Key.Key_Return)
    QTest.keyClick(bars, Qt.Key.Key_Down)
    assert bars.kept_row == 2
    for _ in range(5):
        QTest.keyClick(bars, Qt.Key.Key_Down)
    assert bars.kept_row == 3
    QTest.keyClick(bars, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1] == "line “Ann: 7”\t-4.81\t54 %"
    assert QGuiApplication.clipboard().text().splitlines()[3] == "gone\t"


def test_other_numbers_of_the_same_rows_keep_what_is_kept(bars: Bars) -> None:
    bars.keep(1)
    bars.show_rows([Bar(row.label, 1.0, "+1.00") for row in ROWS])
    assert bars.kept_row == 1
    bars.show_rows(ROWS[:2])
    assert bars.kept_row == -1


def test_changes_go_to_both_sides_of_zero(bars: Bars, theme: Theme) -> None:
    image = bars.grab().toImage()

    def colours(row: int) -> set[str]:
        y = round((row * ROW_HEIGHT + ROW_HEIGHT / 2) * image.devicePixelRatio())
        return {image.pixelColor(x, y).name() for x in range(image.width())}

    assert theme.colours.less in colours(1)
    assert theme.colours.more in colours(2)
    assert not {theme.colours.less, theme.colours.more} & (colours(0) | colours(3))


def test_what_is_read_aloud(bars: Bars) -> None:
    assert bars.accessibleName() == "What mattered"
    assert "line “Ann: 7” −4.81" in bars.accessibleDescription()


def test_no_rows_can_be_drawn(bars: Bars) -> None:
    bars.show_rows(())
    assert not bars.grab().isNull()
    assert bars.row == -1
