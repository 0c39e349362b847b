"""The guide: every page can be read, has its pictures, and says what it does not prove."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from workbench.gui.help_dialog import HelpDialog
from workbench.gui.help_pages import HelpBrowser, HelpPage, help_pages
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.attention_space import AttentionSpace
from workbench.gui.panels.rail import Workspace

PAGES = help_pages()
OF_ATTENTION = [p for p in PAGES if p.name in (
    "attention-text", "attention-by-source", "influence", "steering",
)]  # fmt: skip


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """A window for the dialog."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_pages_are_found_by_title() -> None:
    assert {"influence", "attention-text", "attention-by-source"} <= {p.name for p in PAGES}
    titles = [p.title.casefold() for p in PAGES]
    assert titles == sorted(titles)
    assert not any(title.startswith("#") for title in titles)


@pytest.mark.parametrize("page", OF_ATTENTION, ids=lambda p: p.name)
def test_a_page_says_what_one_sees_and_what_that_does_not_prove(page: HelpPage) -> None:
    text = page.path.read_text(encoding="utf-8")
    assert "**What this does not prove.**" in text
    for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", text):
        assert (page.path.parent / picture).resolve().is_file()
        assert "In the picture:" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_page_can_be_shown(qtbot: QtBot, page: HelpPage) -> None:
    browser = HelpBrowser()
    qtbot.addWidget(browser)
    browser.show_page(page)
    assert page.title in browser.toPlainText()
    text = page.path.read_text(encoding="utf-8")
    for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", text):
        shown = browser.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(picture))
        assert isinstance(shown, QImage)
        assert round(shown.width() / shown.devicePixelRatio()) <= 700


def test_only_pictures_that_are_there_are_loaded(qtbot: QtBot) -> None:
    browser = HelpBrowser()
    qtbot.addWidget(browser)
    browser.show_page(PAGES[0])
    image = QTextDocument.ResourceType.ImageResource.value
    assert browser.loadResource(image, QUrl("none.png")) is None
    assert browser.loadResource(image, QUrl("https://example.org/x.png")) is None
    style = QTextDocument.ResourceType.StyleSheetResource.value
    assert browser.loadResource(style, QUrl("x.css")) is None


def test_the_keys_come_first_and_a_page_can_be_asked_for(parent: QWidget) -> None:
    dialog = HelpDialog(parent)
    assert dialog.list.currentRow() == 0
    dialog.list.setCurrentRow(1)
    assert PAGES[0].title in dialog.browser.toPlainText()
    dialog.close()
    asked = HelpDialog(parent, "influence")
    assert "noise floor" in asked.browser.toPlainText().casefold()
    asked.close()
    unknown = HelpDialog(parent, "no such page")
    assert unknown.list.currentRow() == 0
    unknown.close()


def test_help_opens_at_the_workspace_and_at_a_panel(window: MainWindow) -> None:
    window.show_workspace(Workspace.ATTENTION)
    window.actions_by_name["help"].trigger()
    (dialog,) = window.findChildren(HelpDialog)
    assert "Attention: where the model looked" in dialog.browser.toPlainText()
    dialog.close()
    page = window.pages.page.widget
    assert isinstance(page, AttentionSpace)
    page.influence.help.click()
    opened = [d for d in window.findChildren(HelpDialog) if d is not dialog]
    assert "What mattered" in opened[-1].browser.toPlainText()
    opened[-1].close()
