"""Messages: they replace their predecessor, wait for their turn, and can be copied whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QWidget

from workbench import __version__
from workbench.core.errors import UserError
from workbench.gui.messages import MOST, Level, Message, MessageBar, from_error
from workbench.gui.theme import Mode, Theme


@pytest.fixture
def bar(theme: Theme) -> Iterator[MessageBar]:
    holder = QWidget()
    made = MessageBar(theme)
    made.setParent(holder)
    yield made
    holder.deleteLater()


def shown(bar: MessageBar) -> list[str]:
    """What stands there, from top to bottom."""
    column = bar.layout()
    assert column is not None
    rows = [column.itemAt(at).widget() for at in range(column.count())]  # type: ignore[union-attr]  # indices there are
    return [
        row.accessibleName()
        for row in rows
        if isinstance(row, QFrame) and not isinstance(row, QLabel)
    ]


def test_a_newer_message_of_its_kind_takes_the_place(bar: MessageBar) -> None:
    for key in ("a", "b"):
        bar.show_message(key, Message(f"first {key}"))
    bar.show_message("a", Message("second a"))
    assert shown(bar) == ["second a", "first b"]
    bar.dismiss("a")
    bar.dismiss("no such")
    assert shown(bar) == ["first b"]
    bar.dismiss("b")
    assert bar.isHidden()


def test_messages_wait_for_their_turn_and_warnings_go_first(bar: MessageBar) -> None:
    for number in range(MOST + 1):
        bar.show_message(f"info {number}", Message(f"info {number}", level=Level.INFO))
    assert shown(bar) == [f"info {number}" for number in range(MOST)]
    assert bar.waiting() == 1
    bar.show_message("wrong", Message("wrong"))
    assert shown(bar) == ["wrong", "info 0", "info 1"]
    assert bar.waiting() == 2
    assert bar._waiting.text().startswith("2 ")
    bar.show_message("info 3", Message("info 3, newer", level=Level.INFO))  # while it waits
    for gone in ("wrong", "info 0", "info 1"):
        bar.dismiss(gone)
    assert shown(bar) == ["info 2", "info 3, newer"]
    assert bar.waiting() == 0
    assert bar._waiting.isHidden()


def test_every_warning_can_be_copied_with_what_to_do_and_details(bar: MessageBar) -> None:
    error = UserError("The file is gone.", "Choose another.", "line 1\nline 2")
    bar.show_message("file", from_error(error))
    button = next(b for b in bar.findChildren(QPushButton) if b.text() == "Copy details")
    button.click()
    assert QGuiApplication.clipboard().text() == (
        f"The file is gone. Choose another.\n\nline 1\nline 2\n\nPrompt Workbench {__version__}"
    )
    assert bar.message("file") is not None


def test_the_cross_is_seen_in_another_theme(bar: MessageBar, theme: Theme) -> None:
    bar.show_message("a", Message("a"))
    (cross,) = bar.findChildren(QToolButton)
    before = cross.icon().pixmap(14, 14).toImage()
    theme.set_mode(Mode.DARK)
    assert cross.icon().pixmap(14, 14).toImage() != before


def test_what_is_no_error_has_nothing_to_copy(bar: MessageBar) -> None:
    bar.show_message("told", Message("Only so that you know.", level=Level.INFO))
    assert bar.findChildren(QPushButton) == []
