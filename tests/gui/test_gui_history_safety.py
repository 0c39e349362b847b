"""Backup and check from the History workspace's menu."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile
from workbench.experiments.session import open_session
from workbench.gui.history.safety import Safety
from workbench.gui.messages import MessageBar
from workbench.gui.theme import Theme
from workbench.history.backup import backups_of


def test_the_history_is_copied_and_checked(
    own_profile: Profile, theme: Theme, qtbot: QtBot
) -> None:
    session, _ = open_session(own_profile)
    bar, parent = MessageBar(theme), QObject()
    qtbot.addWidget(bar)
    safety = Safety(session, bar, parent)
    with qtbot.waitSignal(safety.told, timeout=10_000) as told:
        safety.back_up()
    (copy,) = backups_of(own_profile.history_file)
    assert told.args == [f"The history is copied to {copy}."]
    with qtbot.waitSignal(safety.told, timeout=10_000) as told:
        safety.verify()
    assert told.args is not None
    assert told.args[0].startswith("The history is whole")
    with closing(sqlite3.connect(own_profile.history_file)) as raw, raw:
        raw.execute("INSERT INTO tags VALUES (99, 'lonely')")
    with qtbot.waitSignal(safety.told, timeout=10_000) as told:
        safety.verify()
    assert told.args is not None
    assert told.args[0].startswith("The history has 1 problem")
    safety.close()
    session.close()
