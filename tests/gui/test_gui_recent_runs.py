"""The list of the newest runs marks the one on show, whichever of the two is read first."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from workbench.core.run import RunStatus
from workbench.gui.fonts import Fonts
from workbench.gui.panels.history import RUN_ID, HistoryList, HistoryModel
from workbench.gui.theme import Theme
from workbench.history.load import RunRow


def _row(run_id: str) -> RunRow:
    return RunRow(run_id, 0, RunStatus.DONE, "p", "m", "said", 1, 1, None, "")


def _marked(shown: HistoryList) -> list[str]:
    return [index.data(RUN_ID) for index in shown.selectedIndexes()]


def test_a_run_is_marked_as_soon_as_it_is_listed(theme: Theme, fonts: Fonts, qtbot: QtBot) -> None:
    model = HistoryModel()
    shown = HistoryList(theme, fonts, model)
    qtbot.addWidget(shown)
    opened: list[str] = []
    shown.opened.connect(opened.append)
    shown.mark("b")
    assert _marked(shown) == []
    a, b, c, d = map(_row, "abcd")
    model.show_rows([a, b, c])  # the first list after a start
    assert _marked(shown) == ["b"]
    model.show_rows([d, a, b, c])  # one more on top
    assert _marked(shown) == ["b"]
    model.show_rows([d, b, c])  # one is gone: a new list
    assert _marked(shown) == ["b"]
    model.show_rows([d, c])
    assert _marked(shown) == []
    model.show_rows([d, b, c])
    shown.setCurrentIndex(model.index(2))  # a person walks on
    model.show_rows([a, d, b, c])
    assert _marked(shown) == ["c"]
    shown.to_newest()
    model.show_rows([d, b, c])
    assert _marked(shown) == []
    assert opened == []
