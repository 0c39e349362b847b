"""The card of a model: pages, search, copying, hostile texts, the way to the template."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from support.gguf_files import projector

from workbench.core.memory import Room
from workbench.core.remote import parse_address
from workbench.experiments.model_card import read_card
from workbench.experiments.model_fit import Machine
from workbench.gui.fonts import Fonts
from workbench.gui.main_window import MainWindow
from workbench.gui.model_card.view import ModelCardView
from workbench.gui.theme import Mode, Theme

MACHINE = Machine(Room(1 << 34), 1 << 34, gpu=False)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, fonts: Fonts) -> ModelCardView:
    """A card with nothing in it."""
    made = ModelCardView(theme, fonts)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def clipboard() -> str:
    """What was copied."""
    return QGuiApplication.clipboard().text()


def test_every_page_shows_what_the_header_says(view: ModelCardView, demo_model: Path) -> None:
    card = read_card(demo_model, MACHINE)
    view.show_card(card, MACHINE)
    assert view.name.text() == "demo-2m"
    assert [chip.text() for chip in view.chips] == ["llama", "2.0 M", "Q8_0", "2.0 MiB"]
    assert view.fit.text() == "fits"
    for tab, page in zip(view.tabs, range(view.stack.count()), strict=True):
        QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
        assert view.stack.currentIndex() == page
    assert "needs about" in view.memory.sentence.text()
    assert view.memory.model.rowCount() == 2
    assert view.memory.model.cell(0, 1).text.startswith("✓ ")
    assert view.weights.model.rowCount() == len(card.types)
    assert view.tokens.model.cell(0, 2).text == "<s>"
    assert view.template.text.toPlainText() == card.header.info.chat_template
    assert view.keys.model.rowCount() == len(card.keys)
    view.copy.click()
    assert "Q8_0" in clipboard()


def test_keys_are_searched_and_copied_whole(view: ModelCardView, demo_model: Path) -> None:
    view.show_card(read_card(demo_model, MACHINE), MACHINE)
    keys = view.keys
    QTest.keyClicks(keys.search, "CHAT_template")
    assert keys.shown.rowCount() == 1
    assert keys.count.text().startswith("1 of ")
    keys.copy_value.click()
    assert clipboard() == read_card(demo_model, MACHINE).header.info.chat_template
    keys.copy_key.click()
    assert clipboard() == "tokenizer.chat_template"
    keys.search.setText("nothing has this")
    assert keys.shown.rowCount() == 0
    assert not keys.copy_value.isEnabled()


def test_hostile_metadata_is_text_and_short(
    view: ModelCardView, tmp_path: Path, qapp: QApplication
) -> None:
    path = tmp_path / "hostile.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("<h1>Big</h1><img src='file:///etc/passwd'>\u202e")
    writer.add_description("<script>alert(1)</script>")
    writer.add_string("general.license", "y" * 10_000_000)
    writer.add_chat_template("<b>{{ x }}</b>\0\u202e")
    writer.add_array("huge", list(range(500_000)))
    writer.add_tensor("t", np.zeros(32, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    view.show_card(read_card(path, MACHINE), MACHINE)
    qapp.processEvents()
    labels = view.findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    assert all(len(label.text()) < 5_000 for label in labels)
    assert not any("\u202e" in label.text() for label in labels)
    assert "\u202e" not in view.template.text.toPlainText()
    row = next(r for r in range(view.keys.model.rowCount())
               if view.keys.model.cell(r, 0).text == "huge")  # fmt: skip
    assert view.keys.model.cell(row, 1).text == "500,000 numbers"
    assert "499,968 more" in view.keys.model.cell(row, 2).text


def test_a_model_without_template_and_one_that_runs_nothing(
    view: ModelCardView, tmp_path: Path
) -> None:
    path = projector(tmp_path / "mmproj.gguf")
    view.show_card(read_card(path, MACHINE), MACHINE)
    assert view.fit.text() == "projector"
    assert "No prompt runs" in view.memory.sentence.text()
    QTest.mouseClick(view.tabs[4], Qt.MouseButton.LeftButton)
    assert view.template.none.isVisible()
    assert not view.template.copy.isVisible()


def test_the_card_of_the_model_in_use_leads_to_its_chat_template(
    window: MainWindow, qtbot: QtBot, theme: Theme
) -> None:
    window.actions_by_name["model_card"].trigger()
    dialog = window.tools.card.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.view.card is not None)
    theme.set_mode(Mode.DARK)
    theme.set_mode(Mode.LIGHT)
    QTest.mouseClick(dialog.view.tabs[4], Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.view.template.edit, Qt.MouseButton.LeftButton)
    assert window.tools.card.dialog is None
    assert window.templates.dialog is not None
    window.templates.dialog.reject()


def test_a_file_that_is_gone_says_so(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.tools.card.open(tmp_path / "gone.gguf")
    dialog = window.tools.card.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "no model file" in dialog.view.sentence.text())
    dialog.reject()


def test_a_model_of_a_server_has_no_file_to_read(window: MainWindow, qtbot: QtBot) -> None:
    window.tools.card.open(parse_address("http://127.0.0.1:9/v1#some-model").path)
    dialog = window.tools.card.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "held by http://127.0.0.1:9/v1" in dialog.view.sentence.text())
    dialog.reject()
