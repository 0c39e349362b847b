"""Events of many columns, a frame at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from workbench.core.engine_settings import EngineSettings
from workbench.core.tokens import TokenTable
from workbench.experiments.compare import ColumnEnd
from workbench.gui.compare import bridge as module
from workbench.gui.compare.bridge import CompareBridge

END = ColumnEnd(None, None, EngineSettings())


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[CompareBridge]:
    parent = QObject()
    made = CompareBridge(parent)
    yield made
    made.close()


def grew(bridge: CompareBridge, column: int, text: str, sample: int = 0) -> None:
    bridge.column_tokens(column, sample, TokenTable.empty(), text, {})


def test_a_frame_tells_each_reply_once(bridge: CompareBridge) -> None:
    told: list[tuple[int, int, str]] = []
    ended: list[int] = []
    bridge.grew.connect(lambda column, sample, text, _n: told.append((column, sample, text)))
    bridge.finished.connect(lambda column, _end: ended.append(column))
    bridge.expect(2)
    for text in ("a", "b"):
        grew(bridge, 0, text)
        grew(bridge, 1, text.upper())
        grew(bridge, 1, text * 2, sample=1)
    bridge.column_finished(0, END)
    bridge.drain()
    assert told == [(0, 0, "ab"), (1, 0, "AB"), (1, 1, "aabb")]
    assert ended == [0]
    bridge.column_finished(1, END)
    bridge.drain()
    assert ended == [0, 1]


def test_what_has_no_time_waits_and_comes_first(
    bridge: CompareBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUDGET_S", 0.0)  # one reply a frame
    told: list[tuple[int, str]] = []
    ended: list[int] = []
    bridge.grew.connect(lambda column, _sample, text, _n: told.append((column, text)))
    bridge.finished.connect(lambda column, _end: ended.append(column))
    bridge.expect(3)
    for column in range(3):
        grew(bridge, column, "x")
        bridge.column_finished(column, END)
    bridge.drain()
    assert (told, ended) == ([(0, "x")], [0])
    grew(bridge, 2, "y")
    bridge.drain()
    assert (told[1:], ended) == ([(1, "x")], [0, 1])
    bridge.drain()
    assert (told[2:], ended) == ([(2, "xy")], [0, 1, 2])  # never an end before its text
