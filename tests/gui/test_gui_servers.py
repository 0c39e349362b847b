"""Connecting to a server in the window: the dialog, the mark in the top bar, runs over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from support.hostile_server import MODEL, WORDS, HostileServer

from workbench.core.paths import Profile
from workbench.core.remote import Capabilities, Served, ServerInfo, parse_address
from workbench.core.tokens import TokenTable
from workbench.core.types import Finish, GenerateResult, SampleResult, Timings
from workbench.engine.remote.book import ServerBook
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.run_controller import facts
from workbench.gui.servers.dialog import ConnectDialog
from workbench.gui.state import WindowState

OpenWindow = Callable[..., MainWindow]
KEY = "sk-planted-in-the-window"


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """A server whose address says how it behaves."""
    with HostileServer() as running:
        yield running


def opened(window: MainWindow, url: str) -> ConnectDialog:
    """The dialog with an address in it."""
    window.actions_by_name["connect_server"].trigger()
    dialog = window.tools.servers.dialog
    assert dialog is not None
    dialog.url.setCurrentText(url)
    return dialog


def connected(window: MainWindow, qtbot: QtBot, url: str) -> None:
    """The server's model is the window's model."""
    dialog = opened(window, url)
    with qtbot.waitSignal(window.models.loaded, timeout=30_000):
        dialog.use_button.click()


def words(window: MainWindow) -> list[str]:
    """Every text that is shown."""
    return [part.text() for part in window.findChildren(QLabel) if part.isVisible()]


def test_a_server_is_asked_then_used(
    window: MainWindow, qtbot: QtBot, server: HostileServer, own_profile: Profile
) -> None:
    dialog = opened(window, server.url("fine"))
    assert not server.asked  # nobody is asked before the person says so
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: bool(dialog.abilities.text()), timeout=30_000)
    assert "✓ tells the probabilities of a given text" in dialog.abilities.text()
    assert "– entropies, attention" in dialog.abilities.text()
    assert dialog.model.currentText() == MODEL
    dialog.name.setText("lab")
    with qtbot.waitSignal(window.models.loaded, timeout=30_000):
        dialog.use_button.click()
    assert window.top_bar.model_chip.text().startswith(MODEL)
    assert "on this machine" in window.top_bar.device_chip.accessibleDescription()
    (kept,) = ServerBook(own_profile.servers_file).all()
    assert (kept.name, kept.address.model, kept.key) == ("lab", MODEL, "none")


def test_a_run_over_a_server_is_shown_and_recorded(
    window: MainWindow, qtbot: QtBot, server: HostileServer
) -> None:
    connected(window, qtbot, f"{server.url('liar')}#{MODEL}")
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as blocker:
        window.actions_by_name["generate"].trigger()
    outcome = (blocker.args or [None])[0]
    assert outcome.end.result.samples[0].text == "".join(WORDS)
    assert outcome.saved
    assert any("says it answered as something-else" in text for text in words(window))
    assert window.status.prompt.text() == ""  # nobody here can count the prompt's tokens
    assert "tokens: not available" in words(window)
    window.pages.open_page(Workspace.ATTENTION)
    assert any("Not available from this server: attention" in text for text in words(window))


def test_a_broken_stream_leaves_the_window_at_rest(
    window: MainWindow, qtbot: QtBot, server: HostileServer
) -> None:
    connected(window, qtbot, f"{server.url('half')}#{MODEL}")
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as blocker:
        window.actions_by_name["generate"].trigger()
    outcome = (blocker.args or [None])[0]
    assert outcome.end.result.samples[0].text == "".join(WORDS[:2])
    assert window.runs.is_idle()
    assert any("in the middle of a message" in text for text in words(window))


def test_a_remembered_server_is_asked_only_when_it_is_used(
    open_window: OpenWindow, qtbot: QtBot, server: HostileServer
) -> None:
    address = parse_address(f"{server.url('fine')}#{MODEL}")
    state = WindowState(theme="light", model=str(address.path))
    window = open_window(state, ready=False)
    qtbot.waitUntil(lambda: window.documents.opened is not None, timeout=30_000)
    assert window.top_bar.model_chip.text().startswith(f"{MODEL} · not connected")
    assert any("on the server 127.0.0.1" in text for text in words(window))
    with qtbot.waitSignal(window.runs.refused):
        window.actions_by_name["generate"].trigger()
    assert not server.asked
    assert window.memory.state().model == str(address.path)  # the next start offers it again
    (connect,) = [b for b in window.notices.findChildren(QPushButton) if b.text() == "Connect"]
    with qtbot.waitSignal(window.models.loaded, timeout=30_000):
        connect.click()
    assert server.asked
    assert window.top_bar.model_chip.text().startswith(MODEL)
    assert not any("on the server 127.0.0.1" in text for text in words(window))


def test_a_wrong_address_is_said_in_the_dialog(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, "ftp://nowhere")
    dialog.ask_button.click()
    assert "http:// or https://" in dialog.state.text()
    dialog.url.setCurrentText("http://127.0.0.1:9/v1")
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: "cannot be reached" in dialog.state.text(), timeout=30_000)
    dialog.reject()


def test_a_key_without_a_name_lives_as_long_as_the_window(
    window: MainWindow, qtbot: QtBot, server: HostileServer, own_profile: Profile
) -> None:
    dialog = opened(window, f"{server.url('fine')}#{MODEL}")
    assert dialog.key.echoMode() is dialog.key.EchoMode.Password
    dialog.key.setText(KEY)
    assert not dialog.keep.isEnabled()
    with qtbot.waitSignal(window.models.loaded, timeout=30_000):
        dialog.use_button.click()
    assert {one.headers.get("authorization") for one in server.asked} == {f"Bearer {KEY}"}
    window.close()
    for file in own_profile.root.rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes(), file


def test_a_reply_from_elsewhere_is_marked() -> None:
    sample = SampleResult("a", Finish.STOP, TokenTable.empty())
    served = Served("m", "other", "https://lab.example/v1", counts_tokens=False)
    shown = facts(41, GenerateResult((sample,), Timings(), {}, served=served))
    assert shown == "seed 41 · tokens n/a · stop · ⇢ lab.example · answered as other"
    home = Served("m", "m", "http://127.0.0.1:80/v1")
    shown = facts(41, GenerateResult((sample,), Timings(), {}, served=home))
    assert shown == "seed 41 · 0 tokens · stop"


def test_a_server_elsewhere_is_marked(open_window: OpenWindow) -> None:
    window = open_window(WindowState(theme="dark"), ready=True)
    can = Capabilities(kind="vLLM", chat=True)
    far = ServerInfo("https://lab.example:8000/v1", "m", "m", can)
    bar = window.top_bar
    bar._show_server("llama-3.1-8b", far)
    assert bar.device_chip.accessibleDescription() == (
        "⇢ lab.example:8000 · prompts leave this machine"
    )
    assert bar._device.property("role") == "warning"
    dialog = opened(window, "https://lab.example:8000/v1")
    assert "sent to lab.example:8000" in dialog.state.text()
    dialog.url.setCurrentText("http://127.0.0.1:80/v1")
    assert not dialog.state.isVisible()
    dialog.reject()
