"""Starts the engine's process. Free of numpy: a command launches it before its own imports."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from workbench.core.engine_settings import EngineSettings
from workbench.core.scratch import Scratch, sweep_scratch

_NAME = "workbench-engine"


@dataclass(frozen=True, slots=True)
class Load:
    """The first message to a new child: load this model, then answer calls.

    Attributes:
        words_only: load the vocabulary alone; then only calls about text are answered.
    """

    path: str
    settings: EngineSettings
    words_only: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Launched:
    """A child that was told what to load.

    Attributes:
        log: the file that receives what native code prints; closed by whoever closes the child.
    """

    process: BaseProcess
    connection: Connection
    log: Scratch


def launch(path: Path, settings: EngineSettings, *, words_only: bool = False) -> Launched:
    """Start a child and have it load a model, or its vocabulary alone; returns at once."""
    scratch = Scratch("engine", ".log")
    scratch.path.touch(0o600)
    log = str(scratch.path)
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = _process(theirs, log)
    with _unheard_interrupts():
        process.start()
    theirs.close()
    ours.send(Load(str(path), settings, words_only))
    sweep_scratch()  # while the child imports; what programs that were killed left behind
    return Launched(process, ours, scratch)


@contextmanager
def _unheard_interrupts() -> Iterator[None]:
    """A process that is started here never hears Ctrl+C, nor that the terminal was closed, not
    even while it still imports: both reach the whole group, and the parent decides what it means.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its own start would let Ctrl+C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _process(connection: Connection, log: str) -> BaseProcess:
    """A child that never shares this process's threads: spawned, unless whoever embeds the
    engine chose a fork server, whose children need not import it again."""
    if multiprocessing.get_start_method(allow_none=True) == "forkserver":
        return multiprocessing.get_context("forkserver").Process(
            target=child_main, args=(connection, log), name=_NAME, daemon=True
        )
    return multiprocessing.get_context("spawn").Process(
        target=child_main, args=(connection, log), name=_NAME, daemon=True
    )


def child_main(connection: Connection, log_path: str) -> None:
    """Entry point of the child; the engine is imported only there."""
    from workbench.core.crash_reports import watched

    with watched(None, "engine"):
        from workbench.engine import worker

        worker.main(connection, log_path)
