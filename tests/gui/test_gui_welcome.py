"""The first start: a prompt that runs at once, a welcome that holds nothing up, and the tour."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile
from workbench.gui.help_dialog import HelpDialog
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.state import WindowState, load_state, save_state
from workbench.gui.theme import Mode, Theme
from workbench.gui.welcome.card import TourCard
from workbench.gui.welcome.tour import Tour

OpenWindow = Callable[..., MainWindow]
NEW = WindowState(theme="light", is_new=True)


@pytest.fixture
def fresh(open_window: OpenWindow) -> MainWindow:
    """The first window of a profile, its model loaded."""
    return open_window(NEW, prompt=None)


def begun(window: MainWindow) -> Tour:
    """The tour at its first step, begun by its action."""
    window.actions_by_name["tour"].trigger()
    tour = window.welcome.tour
    assert tour is not None
    return tour


def area(window: MainWindow, widget: QWidget) -> QRect:
    """Where a widget stands in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_a_first_start_shows_the_welcome_and_runs_at_once(fresh: MainWindow, qtbot: QtBot) -> None:
    bar = fresh.welcome.bar
    assert bar is not None
    assert bar.isVisible()
    assert "demo-2m" in bar.text.text()
    assert bar.recent_button.isHidden()  # a new profile has nothing to go back to
    assert QApplication.activeModalWidget() is None
    with qtbot.waitSignal(fresh.runs.finished, timeout=30_000):
        QTest.keyClick(fresh, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bar.isVisible()
    QTest.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert fresh.welcome.bar is None


def test_a_profile_that_is_not_new_sees_nothing_of_it(
    open_window: OpenWindow, own_profile: Profile
) -> None:
    window = open_window(NEW)
    state = window.state()
    assert not state.is_new
    file = own_profile.root / "window.json"
    save_state(file, state)
    assert "is_new" not in json.loads(file.read_text(encoding="utf-8"))
    again, problem = load_state(file)
    assert (again.is_new, again.has_toured, problem) == (False, False, "")
    window.close()
    second = open_window(again, ready=False)
    assert second.welcome.bar is None
    assert second.welcome.tour is None


def test_no_file_of_a_window_is_a_first_start(tmp_path: Path) -> None:
    assert load_state(tmp_path / "nowhere.json")[0].is_new
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert not load_state(tmp_path / "broken.json")[0].is_new


def test_the_buttons_of_the_welcome(fresh: MainWindow, qtbot: QtBot) -> None:
    bar = fresh.welcome.bar
    assert bar is not None
    fresh.activateWindow()
    QTest.mouseClick(bar.samples_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(fresh.prompt_space.library.tree.hasFocus)
    QTest.mouseClick(bar.model_button, Qt.MouseButton.LeftButton)
    dialog = fresh.tools.opener.dialog
    assert dialog is not None
    dialog.reject()
    QTest.mouseClick(bar.about_button, Qt.MouseButton.LeftButton)
    page = fresh.findChild(HelpDialog)
    assert page is not None
    assert "five minutes" in page.browser.toPlainText()
    page.reject()
    QTest.mouseClick(bar.tour_button, Qt.MouseButton.LeftButton)
    assert fresh.welcome.bar is None
    assert fresh.welcome.tour is not None
    assert fresh.welcome.tour.is_on
    fresh.welcome.tour.end()


def test_the_welcome_comes_back_when_asked_for_with_recent_files(
    open_window: OpenWindow, qtbot: QtBot, small_demo_model: Path
) -> None:
    window = open_window()
    window.models.choose(small_demo_model)
    qtbot.waitUntil(lambda: window.models.path == small_demo_model, timeout=20_000)
    qtbot.waitUntil(lambda: len(window.tools.recents.entries()) >= 3, timeout=20_000)
    window.actions_by_name["welcome"].trigger()
    bar = window.welcome.bar
    assert bar is not None
    assert not bar.recent_button.isHidden()
    assert "demo-2m-q8_0" in [action.text() for action in bar.recent_menu.actions()]


def test_every_step_is_done_by_doing_it(fresh: MainWindow, qtbot: QtBot) -> None:
    tour = begun(fresh)
    assert len(tour.steps) == 6

    def is_done() -> bool:
        return not tour.card.done.isHidden()

    assert tour.ring.isVisible()
    assert tour.ring.geometry().contains(area(fresh, fresh.prompt_space.editor.button))
    assert not tour.ring.geometry().intersects(tour.card.geometry().adjusted(12, 12, -12, -12))
    assert not is_done()
    with qtbot.waitSignal(fresh.runs.finished, timeout=30_000):
        QTest.mouseClick(fresh.prompt_space.editor.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(is_done)

    QTest.mouseClick(tour.card.next_button, Qt.MouseButton.LeftButton)
    assert tour.step is not None
    assert (tour.step.name, is_done()) == ("token", False)
    fresh.prompt_space.reply.view.lock(2)
    qtbot.waitUntil(is_done)
    assert not fresh.card.geometry().intersects(tour.card.geometry())

    tour.forward()
    assert not is_done()
    fresh.actions_by_name["samplers"].trigger()
    qtbot.waitUntil(is_done)
    assert fresh.pages.workspace is Workspace.PROBABILITIES
    qtbot.waitUntil(tour.ring.isHidden)  # its control is not to be seen there
    assert tour.card.isVisible()

    for name, workspace in (
        ("attention", Workspace.ATTENTION),
        ("compare", Workspace.COMPARE),
        ("history", Workspace.HISTORY),
    ):
        tour.forward()
        assert tour.step is not None
        assert (tour.step.name, is_done()) == (name, False)
        qtbot.waitUntil(tour.ring.isVisible)
        QTest.mouseClick(fresh.rail.buttons[workspace], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(is_done)
    assert tour.card.next_button.text() == "Finish"
    QTest.mouseClick(tour.card.next_button, Qt.MouseButton.LeftButton)
    assert not tour.is_on
    assert tour.ring.isHidden()
    assert tour.card.isHidden()
    assert fresh.state().has_toured


def test_it_can_be_skipped_and_begun_again(fresh: MainWindow, qtbot: QtBot) -> None:
    tour = begun(fresh)
    tour.forward()
    tour.forward()
    tour.back()
    assert tour.step is tour.steps[1]
    fresh.actions_by_name["stop"].trigger()  # Esc
    assert not tour.is_on
    assert not fresh.state().has_toured
    fresh.actions_by_name["tour"].trigger()
    assert fresh.welcome.tour is tour
    assert tour.step is tour.steps[0]
    assert not tour.card.back_button.isEnabled()
    QTest.mouseClick(tour.card.skip_button, Qt.MouseButton.LeftButton)
    assert not tour.is_on
    assert not fresh.welcome.escape()


def test_esc_releases_a_kept_token_before_it_leaves_the_tour(
    fresh: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(fresh.runs.finished, timeout=30_000):
        fresh.runs.generate()
    tour = begun(fresh)
    fresh.prompt_space.reply.view.lock(1)
    fresh.actions_by_name["stop"].trigger()
    assert fresh.current.token is None
    assert tour.is_on
    fresh.actions_by_name["stop"].trigger()
    assert not tour.is_on


def test_the_ring_follows_its_control(fresh: MainWindow, qtbot: QtBot, theme: Theme) -> None:
    tour = begun(fresh)
    button = fresh.prompt_space.editor.button

    def follows() -> bool:
        inside = fresh.rect().contains(tour.card.geometry())
        return inside and tour.ring.geometry().center() == area(fresh, button).center()

    qtbot.waitUntil(follows)
    before = tour.ring.geometry()
    fresh.resize(1180, 720)
    qtbot.waitUntil(lambda: follows() and tour.ring.geometry() != before)
    theme.set_mode(Mode.DARK)
    qtbot.waitUntil(follows)
    assert tour.card.isVisible()
    fresh.show_workspace(Workspace.HISTORY)
    qtbot.waitUntil(tour.ring.isHidden)
    fresh.show_workspace(Workspace.PROMPT)
    qtbot.waitUntil(follows)
    theme.set_mode(Mode.LIGHT)


def test_keyboard_and_screen_reader(fresh: MainWindow, qtbot: QtBot) -> None:
    fresh.activateWindow()
    tour = begun(fresh)
    qtbot.waitUntil(tour.card.hasFocus)
    assert tour.card.accessibleName() == "Tour, step 1 of 6: Let the model answer"
    assert tour.card.accessibleDescription().startswith(tour.card.text.text())
    assert "F6" in tour.card.accessibleDescription()
    QTest.keyClick(fresh, Qt.Key.Key_F6)
    qtbot.waitUntil(fresh.prompt_space.editor.button.hasFocus)
    QTest.keyClick(fresh, Qt.Key.Key_F6)
    qtbot.waitUntil(tour.card.hasFocus)
    QTest.keyClick(tour.card, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert tour.card.isAncestorOf(focused)
    tour.card.next_button.setFocus()
    QTest.keyClick(tour.card.next_button, Qt.Key.Key_Space)
    assert tour.step is tour.steps[1]
    assert "step 2 of 6" in tour.card.accessibleName()
    tour.end()
    assert fresh.prompt_space.editor.blocks[-1].edit.hasFocus()


def test_a_step_that_was_skipped_leaves_a_ring_where_the_reply_will_be(
    fresh: MainWindow, qtbot: QtBot
) -> None:
    tour = begun(fresh)
    tour.forward()
    qtbot.waitUntil(tour.ring.isVisible)
    assert tour.ring.geometry().contains(
        area(fresh, fresh.prompt_space.reply).adjusted(1, 1, -1, -1)
    )
    tour.end()


def test_the_mouse_goes_through_the_ring(fresh: MainWindow) -> None:
    tour = begun(fresh)
    button = fresh.prompt_space.editor.button
    assert fresh.childAt(area(fresh, button).center()) is button
    assert tour.ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    tour.end()


def test_the_card_over_a_word_does_not_hide_the_tour(fresh: MainWindow, qtbot: QtBot) -> None:
    tour = begun(fresh)
    with qtbot.waitSignal(fresh.runs.finished, timeout=30_000):
        fresh.actions_by_name["generate"].trigger()
    tour.forward()
    view = fresh.prompt_space.reply.view
    for token in (0, len(view) - 2):
        view.lock(token)
        assert fresh.card.isVisible()
        qtbot.waitUntil(lambda: not area(fresh, tour.card).intersects(area(fresh, fresh.card)))
    tour.end()


def test_the_tour_keeps_clear_of_a_card_wherever_its_word_stands(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    card = TourCard(window)
    card.show_step(2, 6, "Look behind a word", "What else could have been said. " * 9)
    reply = QRect(286, 500, 868, 372)
    for left in range(reply.left(), reply.right() - 380, 40):
        over = QRect(left, 580, 380, 300)
        card.stand_beside(reply.united(over), over)
        assert not card.geometry().intersects(over), left
        assert window.rect().contains(card.geometry()), left
