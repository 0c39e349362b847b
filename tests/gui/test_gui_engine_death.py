"""The window outlives an engine that dies while it reads the prompt."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.engine.bench_model import BenchShape, write_bench_model
from workbench.gui.main_window import MainWindow

SLOW_TO_READ = BenchShape(
    n_layer=8, n_embd=512, n_head=8, n_head_kv=2, n_ff=1408, n_vocab=1024, n_ctx=8192
)
"""Large enough that a prompt of thousands of tokens takes seconds."""


@pytest.fixture(scope="session")
def slow_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "slow.gguf"
    write_bench_model(path, SLOW_TO_READ)
    return path


@pytest.mark.spawned
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_death_while_the_prompt_is_read(
    window: MainWindow, qtbot: QtBot, slow_model: Path, number: signal.Signals
) -> None:
    with qtbot.waitSignal(window.prompts.prepared, timeout=30_000):
        window.models.choose(slow_model)
    with qtbot.waitSignal(window.prompts.prepared, timeout=30_000):
        window.prompt_space.editor.blocks[0].edit.setPlainText("A fox saw a lamp. " * 250)
    window.prompt_space.sampling.set_sampling(Sampling(max_tokens=4))
    with qtbot.waitSignal(window.runs.bridge.prefilled, timeout=30_000):
        window.runs.generate()
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        for child in multiprocessing.active_children():
            assert child.pid is not None
            os.kill(child.pid, number)
    assert done.args is not None
    outcome = done.args[0]
    assert outcome.end.status is RunStatus.FAILED
    assert outcome.saved
    message = window.prompt_space.reply.messages.message("run")
    assert message is not None
    assert number.name in message.text
    assert "prompt token" in message.text
    stored = window._session.store.get(outcome.start.run_id)
    assert number.name in (stored.end.result.error if stored.end else "")

    with qtbot.waitSignal(window.prompts.prepared, timeout=30_000):
        window.prompt_space.editor.blocks[0].edit.setPlainText("Hello.")
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        window.runs.generate()
    assert done.args is not None
    assert done.args[0].end.status is RunStatus.DONE
