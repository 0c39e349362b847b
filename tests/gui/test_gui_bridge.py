"""Events cross from the engine's thread in order, in batches, without stopping the window."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from workbench.core.run import RunEnd, RunStatus
from workbench.core.tokens import TokenTable
from workbench.core.types import GenerateResult, Timings
from workbench.experiments.live_run import RunOutcome
from workbench.gui.bridge import TOKENS_PER_FRAME, RunBridge, Tokens
from workbench.gui.fonts import Fonts
from workbench.gui.theme import Theme
from workbench.gui.tints import TINTS
from workbench.gui.token_text import Piece
from workbench.gui.token_view import TokenView

PIECES = {i: f" word{i}".encode() for i in range(100)}


def _table(count: int, k: int = 20) -> TokenTable:
    ids = (np.arange(count) % 100).astype(np.int32)
    return TokenTable(
        ids,
        np.full(count, -1.0, np.float32),
        np.zeros(count, np.int32),
        np.ones(count, np.float32),
        np.full(count, 0.5, np.float32),
        np.zeros((count, k), np.int32),
        np.zeros((count, k), np.float32),
    )


def _outcome() -> RunOutcome:
    end = RunEnd(0, RunStatus.DONE, GenerateResult((), Timings(), {}))
    return RunOutcome(None, end, saved=True)  # type: ignore[arg-type]  # the bridge never looks at it


def test_tokens_come_before_the_end_and_joined(qtbot: QtBot) -> None:
    bridge = RunBridge()
    seen: list[object] = []
    bridge.prefilled.connect(lambda _run, done, _total: seen.append(done))
    bridge.grew.connect(lambda tokens: seen.append((tokens.sample, len(tokens.table), tokens.text)))
    bridge.finished.connect(lambda _outcome: seen.append("end"))
    bridge.expect()
    bridge.run_prefill("a", 5, 10)
    bridge.run_tokens("a", 0, _table(2), "x", PIECES)
    bridge.run_tokens("a", 0, _table(3), "y", PIECES)
    bridge.run_tokens("a", 1, _table(1), "z", PIECES)
    bridge.run_finished(_outcome())
    qtbot.waitUntil(lambda: "end" in seen)
    assert seen == [5, (0, 5, "xy"), (1, 1, "z"), "end"]
    qtbot.waitUntil(lambda: not bridge.findChildren(QTimer)[0].isActive())


def test_a_flood_is_spread_over_frames(qtbot: QtBot) -> None:
    bridge = RunBridge()
    sizes: list[int] = []
    bridge.grew.connect(lambda tokens: sizes.append(len(tokens.table)))
    bridge.expect()
    for _ in range(50):
        bridge.run_tokens("a", 0, _table(200), "", PIECES)
    bridge.run_finished(_outcome())
    bridge.drain()
    assert TOKENS_PER_FRAME <= sum(sizes) < TOKENS_PER_FRAME + 200
    qtbot.waitUntil(lambda: sum(sizes) == 50 * 200)


def test_a_run_that_could_not_start_stops_the_timer(qtbot: QtBot) -> None:
    bridge = RunBridge()
    timer = bridge.findChildren(QTimer)[0]
    bridge.expect()
    assert timer.isActive()
    bridge.unexpect()
    assert not timer.isActive()


def test_3000_tokens_per_second_do_not_freeze_the_window(
    qtbot: QtBot, theme: Theme, fonts: Fonts
) -> None:
    seconds, batch, pause = 2.0, 24, 0.008
    bridge, view = RunBridge(), TokenView(theme, fonts)
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    surprise = TINTS.get("surprise")
    arrived = [0]

    def grow(tokens: Tokens) -> None:
        arrived[0] += len(tokens.table)
        pieces = [Piece(tokens.pieces[int(i)]) for i in tokens.table.ids]
        view.append(pieces, surprise.strength(tokens.table))

    bridge.grew.connect(grow)
    turns: list[float] = []
    heart = QTimer()
    heart.timeout.connect(lambda: turns.append(time.perf_counter()))
    heart.start(1)
    pacer = threading.Event()
    sent = int(seconds / pause)

    def produce() -> None:
        for _ in range(sent):
            bridge.run_tokens("a", 0, _table(batch), "", PIECES)
            pacer.wait(pause)
        bridge.run_finished(_outcome())

    producer = threading.Thread(target=produce)
    bridge.expect()
    with qtbot.waitSignal(bridge.finished, timeout=30_000):
        producer.start()
    heart.stop()
    producer.join()
    gaps = np.diff(turns)
    print(
        f"{arrived[0]} tokens, gap p95 {1000 * np.quantile(gaps, 0.95):.1f} ms, "
        f"worst {1000 * gaps.max():.1f} ms"
    )
    assert arrived[0] == sent * batch == len(view)
    assert np.quantile(gaps, 0.95) < 0.050
    assert gaps.max() < 0.150  # 50 ms on an idle machine


@pytest.mark.parametrize("count", [1, 3])
def test_several_runs_keep_the_timer_until_the_last(qtbot: QtBot, count: int) -> None:
    bridge = RunBridge()
    timer = bridge.findChildren(QTimer)[0]
    for _ in range(count):
        bridge.expect()
    for left in range(count - 1, -1, -1):
        bridge.run_finished(_outcome())
        bridge.drain()
        assert timer.isActive() == (left > 0)
