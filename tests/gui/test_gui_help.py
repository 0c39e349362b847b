"""The guide in the window: contents, search, links, pictures, and F1 where one stands."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from workbench.gui.fonts import Fonts
from workbench.gui.help_browser import HelpBrowser
from workbench.gui.help_dialog import HelpDialog
from workbench.gui.help_pages import CONTENTS, HelpPage, anchor, help_pages, matching, sections
from workbench.gui.help_picture import PictureDialog
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.attention_space import AttentionSpace
from workbench.gui.panels.rail import Workspace
from workbench.gui.style_sheet import style_sheet
from workbench.gui.theme import DARK, LIGHT, Colours

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


def test_every_page_has_its_chapter_and_its_title() -> None:
    named = [name for _, names in CONTENTS for name in names]
    assert sorted(named) == sorted(page.name for page in PAGES)
    assert [page.name for page in PAGES] == named
    assert not any(page.title.startswith("#") for page in PAGES)


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


def test_paragraphs_have_room_between_them_whatever_the_font_is_given_in(qtbot: QtBot) -> None:
    browser = HelpBrowser()
    qtbot.addWidget(browser)
    browser.setStyleSheet("font-size: 13px")
    browser.show()
    browser.show_page(PAGES[0])
    second = browser.document().begin().next()
    assert second.blockFormat().bottomMargin() > 0


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_links_have_the_themes_colour_and_headings_stand_apart(
    parent: QWidget, fonts: Fonts, colours: Colours
) -> None:
    icons = {"down": "a.png", "tick": "b.png"}
    parent.setStyleSheet(style_sheet(colours, fonts, icons))
    browser = HelpDialog(parent, "quick-start").browser
    cursor = browser.document().find("Branches")
    assert cursor.charFormat().anchorHref() == "branches.md"
    assert cursor.charFormat().foreground().color() == QColor(colours.accent)
    heading = browser.document().find("In the shell").block().blockFormat()
    assert heading.headingLevel() == 2
    assert heading.topMargin() > heading.bottomMargin() > 0
    prose = browser.document().find("Press").block().blockFormat()
    assert prose.lineHeight() == 130


@pytest.mark.parametrize(("ground", "name"), [("#ffffff", "prompt"), ("#1c2029", "prompt-dark")])
def test_a_picture_is_dark_on_a_dark_ground(qtbot: QtBot, ground: str, name: str) -> None:
    browser = HelpBrowser()
    qtbot.addWidget(browser)
    palette = browser.palette()
    palette.setColor(palette.ColorRole.Base, QColor(ground))
    browser.setPalette(palette)
    browser.show_page(PAGES[0])
    kind = QTextDocument.ResourceType.ImageResource.value
    picture = browser.loadResource(kind, QUrl("../screenshots/prompt.png"))
    own = QImage(str(PAGES[0].path.parent.parent / "screenshots" / f"{name}.png"))
    assert picture.pixelColor(4, 4) == own.pixelColor(4, 4)
    lone = browser.loadResource(kind, QUrl("../screenshots/export.png"))
    assert isinstance(lone, QImage)


def test_a_click_on_a_picture_shows_it_in_its_own_size(parent: QWidget, qtbot: QtBot) -> None:
    dialog = HelpDialog(parent, "export")
    dialog.show()
    qtbot.waitExposed(dialog)
    browser = dialog.browser
    cursor = browser.document().find("Export and import")
    assert browser._picture_at(QPointF(browser.cursorRect(cursor).center())) is None
    block = cursor.block()
    while "\N{OBJECT REPLACEMENT CHARACTER}" not in block.text():
        block = block.next()
    box = browser.document().documentLayout().blockBoundingRect(block)
    browser.verticalScrollBar().setValue(int(box.top()))
    place = QPoint(120, int(box.center().y()) - browser.verticalScrollBar().value())
    with qtbot.waitSignal(browser.picture_wanted) as wanted:
        QTest.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, pos=place)
    image, said = wanted.args or (None, "")
    assert isinstance(image, QImage)
    assert (image.width(), said) == (860, "A prompt on its way to promptfoo")
    shown = dialog.findChild(PictureDialog)
    assert shown is not None
    assert shown.picture.pixmap().width() == 860
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton)
    assert not shown.isVisible()
    dialog.close()


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
    assert dialog.page == ""
    assert dialog.contents.names()[0] == ""
    dialog.close()
    asked = HelpDialog(parent, "influence")
    assert "noise floor" in asked.browser.toPlainText().casefold()
    asked.close()
    unknown = HelpDialog(parent, "no such page")
    assert unknown.page == ""
    unknown.close()


def test_the_contents_are_walked_by_keyboard_chapters_and_all(
    parent: QWidget, qtbot: QtBot
) -> None:
    dialog = HelpDialog(parent)
    seen = [dialog.page]
    for _ in range(300):
        QTest.keyClick(dialog.contents, Qt.Key.Key_Down)
        if dialog.page != seen[-1]:
            seen.append(dialog.page)
    assert seen == ["", *(page.name for page in PAGES)]
    dialog.close()


def test_a_heading_below_the_page_is_gone_to(parent: QWidget, qtbot: QtBot) -> None:
    dialog = HelpDialog(parent, "cli-reference")
    dialog.show()
    qtbot.waitUntil(lambda: dialog.browser.verticalScrollBar().maximum() > 0)
    dialog.show_page("cli-reference", anchor("workbench trace"))
    block = dialog.browser.textCursor().block()
    assert block.text() == "workbench trace"
    qtbot.waitUntil(lambda: dialog.browser.verticalScrollBar().value() > 0)
    assert "workbench trace" in sections(next(p for p in PAGES if p.name == "cli-reference"))
    dialog.close()


def test_links_lead_to_pages_and_back_leads_back(parent: QWidget) -> None:
    dialog = HelpDialog(parent, "quick-start")
    assert not dialog.back.isEnabled()
    dialog.browser.anchorClicked.emit(QUrl("branches.md"))
    dialog.browser.anchorClicked.emit(QUrl("cli-reference.md#workbench-run"))
    dialog.browser.anchorClicked.emit(QUrl("#workbench-trace"))
    assert dialog.page == "cli-reference"
    assert dialog.browser.textCursor().block().text() == "workbench trace"
    dialog.back.click()
    assert dialog.page == "branches"
    dialog.back.click()
    assert dialog.page == "quick-start"
    assert not dialog.back.isEnabled()
    dialog.forward.click()
    assert dialog.page == "branches"
    assert "Branches" in dialog.browser.toPlainText()
    dialog.close()


def test_every_link_of_every_page_leads_somewhere(parent: QWidget) -> None:
    dialog = HelpDialog(parent)
    for page in PAGES:
        for target in re.findall(r"(?<!!)\[[^]]+\]\(([^)]+\.md)(?:#[^)]*)?\)", page.text):
            dialog.show_page(page.name)
            dialog.browser.anchorClicked.emit(QUrl(target))
            assert f"{dialog.page}.md" == target
    dialog.close()


def test_a_link_to_the_web_goes_to_the_desktop(
    parent: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    dialog = HelpDialog(parent, "quick-start")
    dialog.browser.anchorClicked.emit(QUrl("https://example.org/page"))
    dialog.browser.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened == ["https://example.org/page"]
    dialog.close()


def test_the_search_lists_pages_and_finds_the_place(parent: QWidget, qtbot: QtBot) -> None:
    dialog = HelpDialog(parent)
    QTest.keyClicks(dialog.search, "noise floor")
    assert dialog.page == "influence"
    assert dialog.contents.names() == [p.name for p in matching(PAGES, "noise floor")]
    assert dialog.browser.textCursor().selectedText().casefold() == "noise floor"
    first = dialog.browser.textCursor().position()
    QTest.keyClicks(dialog.search, "\b" * len(" floor"))
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.browser.textCursor().selectedText().casefold() == "noise"
    assert dialog.browser.textCursor().position() != first
    dialog.search.clear()
    assert dialog.contents.names() == ["", *(page.name for page in PAGES)]
    dialog.search.setText("no page says this word: qwxyz")
    assert dialog.contents.names() == []
    assert dialog.found.text() == "0 pages"
    dialog.close()


@pytest.mark.parametrize(
    ("workspace", "page"),
    [
        (Workspace.PROMPT, "prompt-editor"),
        (Workspace.PROBABILITIES, "token-probabilities"),
        (Workspace.ATTENTION, "attention-text"),
        (Workspace.COMPARE, "compare"),
        (Workspace.EXPERIMENTS, "experiments"),
        (Workspace.HISTORY, "history"),
    ],
)
def test_help_opens_at_the_workspace(window: MainWindow, workspace: Workspace, page: str) -> None:
    window.show_workspace(workspace)
    window.actions_by_name["help"].trigger()
    (dialog,) = window.findChildren(HelpDialog)
    assert dialog.page == page
    dialog.close()


@pytest.mark.parametrize(
    ("action", "page"),
    [("branches", "branches"), ("samplers", "samplers"), ("ahead", "branches"), ("arena", "arena")],
)
def test_help_opens_at_the_panel_in_front(window: MainWindow, action: str, page: str) -> None:
    window.actions_by_name[action].trigger()
    window.actions_by_name["help"].trigger()
    (dialog,) = window.findChildren(HelpDialog)
    assert dialog.page == page
    dialog.close()


def test_a_panel_of_attention_opens_its_own_page(window: MainWindow) -> None:
    window.show_workspace(Workspace.ATTENTION)
    page = window.pages.page.widget
    assert isinstance(page, AttentionSpace)
    page.influence.help.click()
    (dialog,) = window.findChildren(HelpDialog)
    assert "What mattered" in dialog.browser.toPlainText()
    dialog.close()
