"""What a crash left behind is offered: copied, saved, forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from workbench.core.crash_reports import CrashFolder
from workbench.core.paths import Profile
from workbench.gui.crash_offer import KEY, CrashOffer
from workbench.gui.error_hooks import ErrorHooks
from workbench.gui.messages import Message, MessageBar
from workbench.gui.theme import Theme


@pytest.fixture
def folder(own_profile: Profile) -> CrashFolder:
    return CrashFolder(own_profile.crashes)


@pytest.fixture
def offer(theme: Theme, folder: CrashFolder) -> Iterator[CrashOffer]:
    window = QWidget()
    notices = MessageBar(theme)
    notices.setParent(window)
    made = CrashOffer(folder, notices, window)
    yield made
    window.deleteLater()


def press(offer: CrashOffer, words: str) -> None:
    buttons = offer._notices.findChildren(QPushButton)
    next(b for b in buttons if b.text().startswith(words) and not b.isHidden()).click()


def test_nothing_is_said_when_nothing_happened(offer: CrashOffer) -> None:
    offer.look()
    assert offer._notices.messages() == []


def test_reports_are_copied_and_forgotten(offer: CrashOffer, folder: CrashFolder) -> None:
    folder.note(ValueError("secret"))
    folder.note(KeyError("secret"))
    offer.look()
    said = offer._notices.message(KEY)
    assert said is not None
    assert "2 times" in said.text
    press(offer, "Copy details")
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "KeyError" in copied
    assert "secret" not in copied
    assert offer._notices.message(KEY) is not None
    press(offer, "Forget")
    assert offer._notices.messages() == []
    assert folder.collect() == []


def test_reports_are_saved(
    offer: CrashOffer, folder: CrashFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.note(ValueError())
    offer.look()
    chosen = [
        ("", ""),
        (str(tmp_path / ("x" * 300)), ""),
        (str(tmp_path / "r.txt"), ""),
    ]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: chosen.pop(0))
    press(offer, "Save")  # cancelled
    assert offer._notices.message(KEY) is not None
    press(offer, "Save")  # cannot be written
    assert offer._notices.message(f"{KEY}-save") is not None
    assert len(folder.collect()) == 1
    press(offer, "Save")
    assert "ValueError" in (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert folder.collect() == []


def test_an_unforeseen_error_in_the_window_leaves_a_report(folder: CrashFolder) -> None:
    said: list[tuple[str, Message]] = []
    hooks = ErrorHooks(lambda key, message: said.append((key, message)), folder.note)
    try:
        _ = 1 // len(said)
    except ZeroDivisionError as error:
        hooks._uncaught(type(error), error, error.__traceback__)
    (report,) = folder.collect()
    assert "ZeroDivisionError" in report.text
    assert "by zero" not in report.text
