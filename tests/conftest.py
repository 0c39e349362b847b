"""What every test has: a profile of its own, no network, no screen, and nothing left running."""

from __future__ import annotations

import gc
import multiprocessing
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.quick_engines import quick_engines, start_server

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from workbench.core.paths import Profile, assets_folder, demo_model_path

# Threads of libraries that live as long as the process, by the start of their names.
_KEPT_THREADS = ("execnet", "pytest_timeout", "MainThread", "QtThread", "Dummy-")


def pytest_collection_finish() -> None:
    """Thousands of tests stand in memory now; no collection of garbage has to look at them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    """The test's own profile folder; nothing reads or writes the person's."""
    root = tmp_path / "profile-root"
    monkeypatch.setenv("WORKBENCH_PROFILE", str(root))
    return Profile(root)


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fails a test that leaves a thread or an engine's process behind."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and _counts(t)]
    for thread in left:
        thread.join(2.0)
    alive = [t.name for t in left if t.is_alive()]
    assert not alive, f"threads left running: {alive}"
    children = [p.name for p in multiprocessing.active_children()]
    assert not children, f"processes left running: {children}"


def _counts(thread: threading.Thread) -> bool:
    return not thread.name.startswith(_KEPT_THREADS)


@pytest.fixture(scope="session")
def engine_server() -> None:
    """The process that engines are forked from, with the environment of no test."""
    start_server()


@pytest.fixture(autouse=True)
def engine_processes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Engines start quickly, except in tests of how they start, how fast, and how they die."""
    item: pytest.Item = request.node
    if item.get_closest_marker("spawned") or item.get_closest_marker("timing"):
        yield
        return
    request.getfixturevalue("engine_server")
    with quick_engines():
        yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections beyond this machine fail: nothing here may need the network."""
    connect = socket.socket.connect

    def only_local(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if self.family != socket.AF_UNIX and host not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(socket.socket, "connect", only_local)


@pytest.fixture(scope="session")
def demo_model() -> Path:
    """The larger demo model, Q8_0."""
    return demo_model_path()


@pytest.fixture(scope="session")
def small_demo_model() -> Path:
    """The smaller demo model, Q8_0."""
    return assets_folder() / "models" / "demo-0.5m-q8_0.gguf"
