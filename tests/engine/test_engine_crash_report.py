"""An engine's process that crashes leaves a report; one that is killed leaves none."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from workbench.core.crash_reports import FOLDER_VARIABLE, CrashFolder
from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import EngineDiedError
from workbench.engine.client import EngineClient
from workbench.engine.pool import EnginePool


def killed(client: EngineClient, number: signal.Signals) -> None:
    """End the client's process by a signal and wait until that is noticed."""
    client.load().result(60)
    assert client.pid is not None
    job = client.tokenize("x" * 10, add_bos=False)
    job.result(60)
    os.kill(client.pid, number)
    with pytest.raises(EngineDiedError):
        ask_until_it_ends(client)


def ask_until_it_ends(client: EngineClient) -> None:
    """The signal may take a moment."""
    for _ in range(10_000):
        client.tokenize("one two three", add_bos=False).result(60)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_child_that_crashes_leaves_its_stack(
    tmp_path: Path, small_demo_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = CrashFolder(tmp_path / "crashes")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder.folder))
    pool = EnginePool(limit=1)
    try:
        client = pool.get(small_demo_model, EngineSettings(n_ctx=256, n_threads=1))
        killed(client, signal.SIGKILL)
        assert folder.collect() == []
        killed(client, signal.SIGSEGV)
    finally:
        pool.close()
    (report,) = folder.collect()
    assert report.part == "engine"
    assert "Segmentation fault" in report.text
    assert "workbench/engine/" in report.text
    assert str(tmp_path) not in report.text
