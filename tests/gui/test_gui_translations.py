"""The window in German, and in a direction from right to left."""

from __future__ import annotations

import itertools
from datetime import datetime

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from workbench.core.votes import Verdict
from workbench.gui.arena.voting import Voting
from workbench.gui.direction import figure_painter, keep_left_to_right
from workbench.gui.fonts import Fonts
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.plain_table import make_plain
from workbench.gui.said import pattern_of, tr_said
from workbench.gui.slider import Slider
from workbench.gui.theme import Theme
from workbench.gui.tint_legend import TintLegend
from workbench.gui.tints import TINTS
from workbench.gui.token_layout import Style, TokenLayout
from workbench.gui.token_text import Look, Piece, TokenText
from workbench.gui.translate import (
    LANGUAGES,
    day,
    key_names,
    language_code,
    language_shown,
    tr,
    tr_n,
)  # fmt: skip


def test_without_a_language_english_stands() -> None:
    assert language_shown() == "en"
    assert tr("Open model…") == "Open model…"
    assert tr("{n:,} of {total:,}", n=1, total=2000) == "1 of 2,000"
    assert tr("Write {{ name }} here") == "Write {{ name }} here"
    assert tr_n("1 token", "{n:,} tokens", 1) == "1 token"
    assert tr_n("1 token", "{n:,} tokens", 0) == "0 tokens"
    assert tr_said("demo.gguf is not a GGUF file.") == "demo.gguf is not a GGUF file."


def test_german_texts_plurals_dates_and_keys(german: QApplication) -> None:
    assert language_shown() == "de"
    assert tr("Open model…") == "Modell öffnen…"
    assert tr_n("1 run", "{n:,} runs", 1) == "1 Lauf"
    assert tr_n("1 run", "{n:,} runs", 2000) == "2,000 Läufe"
    assert day(datetime(2026, 5, 4, 3, 2, 1), "dd MMM HH:mm") == "4. Mai 03:02"  # noqa: DTZ001  # as shown
    assert key_names("Ctrl+Shift+Z") == "Strg+Umschalt+Z"


def test_errors_of_the_rooms_below_are_translated_by_their_form(
    german: QApplication, theme: Theme, qtbot: QtBot
) -> None:
    from workbench.core.errors import UserError

    error = UserError("demo.gguf is not a GGUF file.", "Download it again.")
    message = from_error(error)
    assert message.text == "demo.gguf ist keine GGUF-Datei."
    assert message.hint == "Noch einmal herunterladen."
    bar = MessageBar(theme)
    qtbot.addWidget(bar)
    bar.show_message("error", message)
    shown = [label.text() for label in bar.findChildren(QLabel)]
    assert "demo.gguf ist keine GGUF-Datei. Noch einmal herunterladen." in shown
    assert tr_said("nothing in the code says this of {0}") == "nothing in the code says this of {0}"


@pytest.mark.parametrize(
    ("form", "text", "values"),
    [
        ("{0} of {1} is {2}.", "a of b is c.", ("a", "b", "c")),
        ("{{{0}}} (.*)", "{x} (.*)", ("x",)),
        ("{0}: {1}", "line one\nline: two", ("line one\nline", "two")),
    ],
)
def test_a_sentence_gives_its_values_back(form: str, text: str, values: tuple[str, ...]) -> None:
    found = pattern_of(form).fullmatch(text)
    assert found is not None
    assert found.groups() == values
    assert form.format(*values) == text


def test_the_setting_wins_over_the_system() -> None:
    for language in LANGUAGES:
        assert language_code(language.code) == language.code
    assert language_code("") in {language.code for language in LANGUAGES}
    assert language_code("xx") in {language.code for language in LANGUAGES}


def test_figures_keep_their_direction_in_a_mirrored_program(
    qapp: QApplication, theme: Theme
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        slider = Slider(theme, 0.0, 1.0, 0.1, None)
        label = QLabel("mirrored")
        assert label.layoutDirection() is Qt.LayoutDirection.RightToLeft
        assert slider.layoutDirection() is Qt.LayoutDirection.LeftToRight
        keep_left_to_right(label)
        assert label.layoutDirection() is Qt.LayoutDirection.LeftToRight
        picture = QImage(4, 4, QImage.Format.Format_RGB32)
        painter = figure_painter(picture)
        assert painter.layoutDirection() is Qt.LayoutDirection.LeftToRight
        painter.end()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_legend_has_its_ends_where_its_words_are(qapp: QApplication, theme: Theme) -> None:
    """A mirrored row exchanges the words for no and full colour; the colours go with them."""
    legend = TintLegend(theme)
    legend.show_tint(TINTS.get("surprise"))
    ends = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        legend.setLayoutDirection(direction)
        legend.resize(92, 16)
        picture = legend.grab().toImage()
        y, right = picture.height() // 2, picture.width() - 1
        ends.append((picture.pixelColor(8, y).blue(), picture.pixelColor(right - 8, y).blue()))
    (none, full), (left, right) = ends
    assert none > full + 20, "amber has little blue"
    assert left < right - 20
    legend.deleteLater()


def test_tokens_of_a_line_with_two_directions_do_not_share_a_place(
    qapp: QApplication, fonts: Fonts
) -> None:
    text = TokenText()
    words = ["שלום", " עולם", "!", " The", " end", "."]
    text.append([Piece(word.encode()) for word in words])
    text.append([Piece(b"<end>", Look.CHIP)])
    text.finish()
    ink = QColor("black")
    style = Style(fonts.mono(14), fonts.mono(12), fonts.mono(11), ink, ink, ink, ink)
    layout = TokenLayout(text, style, 1000.0)
    boxes = sorted((box.left, box.right) for box in layout.painted(0).boxes)
    assert len(boxes) == len(words) + 1
    for (_, right), (left, _) in itertools.pairwise(boxes):
        assert right <= left + 0.5
    assert text.source_text(0, len(text.units) - 1) == "".join(words) + "<end>"


def test_heads_of_figures_read_from_the_left_in_a_mirrored_program(
    qapp: QApplication, qtbot: QtBot
) -> None:
    pictures = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        qapp.setLayoutDirection(direction)
        try:
            table = QTableWidget(1, 1)
            qtbot.addWidget(table)
            make_plain(table, "figures", 24)
            table.setHorizontalHeaderLabels(["Rating, 95 %"])
            table.resize(240, 80)
            table.setColumnWidth(0, 200)
            head = table.horizontalHeader()
            head.resize(200, 24)
            pictures.append(head.viewport().grab(QRect(0, 0, 200, 20)).toImage())
            assert head.sectionsClickable()
        finally:
            qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert pictures[0] == pictures[1]


def test_the_left_reply_of_the_arena_is_a_in_a_mirrored_program(
    qapp: QApplication, qtbot: QtBot
) -> None:
    """The arrow keys vote for the reply on their side."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        voting = Voting()
        qtbot.addWidget(voting)
        voting._stack.setCurrentIndex(1)
        voting.resize(900, 500)
        voting.show()
        places = [pane.mapTo(voting, pane.rect().center()).x() for pane in voting.panes]
        assert places[0] < places[1]
        a, b = (voting.buttons[verdict] for verdict in (Verdict.A, Verdict.B))
        assert a.mapTo(voting, a.rect().center()).x() < b.mapTo(voting, b.rect().center()).x()
        voting.close()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
