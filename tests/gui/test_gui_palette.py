"""The command palette: what it finds, how fast, and that the keyboard is enough."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.core.paths import Profile
from workbench.gui.actions import ACTIONS
from workbench.gui.help_pages import help_pages
from workbench.gui.main_window import MainWindow
from workbench.gui.palette.availability import Facts, why_not
from workbench.gui.palette.entries import Entry, Index, Kind, entry, parsed, places
from workbench.gui.palette.panel import PalettePanel
from workbench.gui.palette.recent import RecentlyUsed
from workbench.gui.panels.rail import Workspace

OpenWindow = Callable[..., MainWindow]


def _entry(title: str, detail: str = "", kind: Kind = Kind.ACTION) -> Entry:
    return entry(f"{kind}{title}", kind, title, detail, lambda: None)


def _titles(index: Index, text: str) -> list[str]:
    return [found.entry.title for found in index.search(text)]


TITLES = ("New window", "New prompt", "Narrow the window", "Open model…", "Few-shot story", "Kiwi")


@pytest.fixture
def index() -> Index:
    return Index([_entry(title) for title in TITLES])


def test_every_word_must_fit_and_letters_may_be_left_out(index: Index) -> None:
    assert sorted(_titles(index, "new")) == ["New prompt", "New window"]
    assert _titles(index, "win new") == ["New window"]
    assert _titles(index, "nwin")[0] == "New window"
    assert _titles(index, "fsstory") == ["Few-shot story"]
    assert _titles(index, "WINDOW") == ["New window", "Narrow the window"]
    assert _titles(index, "wnd xyz") == []


def test_an_earlier_and_a_shorter_place_comes_first(index: Index) -> None:
    assert _titles(index, "wi")[:2] == ["New window", "Narrow the window"]
    assert _titles(index, "wi")[-1] == "Kiwi"


def test_the_detail_is_found_too_behind_every_title() -> None:
    index = Index([_entry("Save", "make a version"), _entry("Versions…"), _entry("Quit")])
    assert _titles(index, "version") == ["Versions…", "Save"]


def test_recent_ones_come_first() -> None:
    entries = [_entry(title) for title in TITLES]
    index = Index(entries, recent=[entries[4].key, entries[0].key])
    assert _titles(index, "")[:2] == ["Few-shot story", "New window"]
    assert _titles(index, "new")[0] == "New window"


def test_a_sign_leaves_one_kind() -> None:
    index = Index([_entry("dark", kind=Kind.SETTING), _entry("dark story", kind=Kind.PROMPT)])
    assert _titles(index, "/dark") == ["dark story"]
    assert _titles(index, ", dark") == ["dark"]
    assert parsed("> x") == (Kind.ACTION, "x")
    assert parsed("x > y") == (None, "x > y")


def test_typing_on_narrows_exactly_as_a_fresh_search_does() -> None:
    entries = [_entry(f"{a}{b} {c}") for a in "abc" for b in "xyz" for c in TITLES]
    typed = Index(entries)
    for end in range(1, 8):
        fresh = Index(entries)
        assert _titles(typed, "ax new w"[:end]) == _titles(fresh, "ax new w"[:end])
    assert _titles(typed, "b") == _titles(Index(entries), "b"), "a letter was taken back"


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Texts are drawn as fast as the machine has time for."""


@UNHURRIED
@given(st.text(max_size=20), st.lists(st.text(max_size=6), max_size=4))
def test_marked_places_lie_in_the_title(title: str, words: list[str]) -> None:
    found = places(title, [word.casefold() for word in words if word.split()])
    assert list(found) == sorted(set(found))
    assert all(0 <= place < len(title) for place in found)


@UNHURRIED
@given(st.text(max_size=12))
def test_any_query_is_answered(query: str) -> None:
    Index([_entry(title) for title in TITLES]).search(query)


def test_ten_thousand_prompts_answer_at_once() -> None:
    """Paired with sorting the same titles: a bound that a slow machine does not break."""
    words = ["summary", "extract", "story", "translate", "sentiment", "kite", "owl", "reason"]
    titles = [f"{words[n % 8]} of {words[n // 8 % 8]} number {n}" for n in range(10_000)]
    index = Index([_entry(title, "folder · #tag", Kind.PROMPT) for title in titles])
    worst = 0.0
    for query in ("s", "st", "sto", "story o", "story owl 77", "zzz", "smnb9"):
        began = time.perf_counter()
        index.search(query)
        worst = max(worst, time.perf_counter() - began)
    began = time.perf_counter()
    for _ in range(5):
        sorted(titles, key=str.casefold)
    assert worst < 10 * (time.perf_counter() - began), f"{worst * 1000:.0f} ms"


def test_what_was_used_is_remembered(tmp_path: Path) -> None:
    recent = RecentlyUsed(tmp_path / "profile" / "palette.json")
    assert recent.all() == []
    for key in ("a", "b", "a"):
        recent.add(key)
    assert recent.all() == ["a", "b"]
    (tmp_path / "profile" / "palette.json").write_text("{")
    assert recent.all() == []
    recent.add("c")
    assert recent.all() == ["c"]
    blocked = RecentlyUsed(tmp_path / "profile" / "palette.json" / "x.json")
    blocked.add("d")
    assert blocked.all() == []


def test_why_an_action_cannot_be_done() -> None:
    nothing = Facts(
        prompt=False, model=False, idle=True, run=False, token=False, mistake=False,
        generates=True, busy=False,
    )  # fmt: skip
    assert why_not("generate", nothing) == "no prompt is open"
    assert why_not("samplers", nothing) == "no reply is on show"
    assert why_not("quit", nothing) == ""
    assert {spec.name for spec in ACTIONS} >= {"generate", "samplers", "quit"}


def _open(window: MainWindow, text: str = "") -> PalettePanel:
    window.desktop.palette.toggle()
    panel = window.desktop.palette.panel
    assert panel.isVisible()
    QTest.keyClicks(panel.field, text)
    return panel


def _found(panel: PalettePanel) -> list[Entry]:
    return [panel.model.found(row).entry for row in range(panel.model.rowCount())]


def test_everything_is_in_it(window: MainWindow) -> None:
    entries = list(window.desktop.palette.entries())
    keys = {one.key for one in entries}
    assert len(keys) == len(entries)
    assert {f"action:{spec.name}" for spec in ACTIONS if spec.name != "palette"} <= keys
    assert {f"help:{page.name}" for page in help_pages()} <= keys
    assert any(one.kind is Kind.PROMPT and one.title == "Few-shot story" for one in entries)
    assert any(one.kind is Kind.MODEL for one in entries)
    save = next(one for one in entries if one.key == "action:save")
    assert save.keys == "Ctrl+S"


def test_an_action_is_run_by_keyboard_alone(window: MainWindow, own_profile: Profile) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    panel = window.desktop.palette.panel
    assert panel.isVisible()
    assert QApplication.focusWidget() is panel.field
    QTest.keyClicks(panel.field, "show the history work")
    assert _found(panel)[0].key == "action:history"
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert not panel.isVisible()
    assert window.pages.workspace is Workspace.HISTORY
    panel = _open(window)
    assert _found(panel)[0].key == "action:history", "what was used last comes first"
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_arrows_walk_round_and_esc_gives_the_keyboard_back(window: MainWindow) -> None:
    edit = window.prompt_space.editor.blocks[-1].edit
    edit.setFocus()
    panel = _open(window, "> focus")
    rows = panel.model.rowCount()
    QTest.keyClick(panel.field, Qt.Key.Key_Up)
    assert panel.list.currentIndex().row() == rows - 1
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.list.currentIndex().row() == min(1, rows - 1)
    QTest.keyClick(panel.field, Qt.Key.Key_PageDown)
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is edit


def test_what_cannot_be_done_says_why_and_stays_open(window: MainWindow) -> None:
    panel = _open(window, ">sampler microscope")
    one = _found(panel)[0]
    assert one.why_not == "no reply is on show"
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert panel.isVisible()
    assert panel.foot.text() == "no reply is on show"
    shown = str(panel.model.data(panel.model.index(0)))
    assert "no reply is on show" in shown, "the screen reader hears it too"


def test_a_prompt_a_model_and_a_setting_are_opened(
    window: MainWindow, qtbot: QtBot, small_demo_model: Path
) -> None:
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        QTest.keyClick(_open(window, "/word list").field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.models.listed), timeout=10_000)
    with qtbot.waitSignal(window.models.loaded, timeout=20_000):
        QTest.keyClick(_open(window, "@0.5m q8").field, Qt.Key.Key_Return)
    assert window.models.path == small_demo_model
    QTest.keyClick(_open(window, ",theme dark").field, Qt.Key.Key_Return)
    assert window.desktop.preferences.text("theme") == "dark"
    QTest.keyClick(_open(window, ",kv cache").field, Qt.Key.Key_Return)
    dialog = window.desktop.settings.open()
    assert dialog.rows["kv_type"].isVisible()


def test_a_run_is_opened_again(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.runs.finished, timeout=30_000):
        window.runs.generate()
    qtbot.waitUntil(lambda: bool(window.history_model.rows), timeout=10_000)
    run = window.history_model.rows[0].run_id
    window.show_workspace(Workspace.EXPERIMENTS)
    panel = _open(window, f"#{run[-12:]}")
    assert _found(panel)[0].key == f"run:{run}"
    with qtbot.waitSignal(window.history.opened, timeout=10_000):
        QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert window.pages.workspace is Workspace.PROMPT


def test_a_click_beside_it_closes_and_a_click_in_it_runs(window: MainWindow) -> None:
    panel = _open(window, ">history")
    rect = panel.list.visualRect(panel.model.index(0))
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert not panel.isVisible()
    assert window.pages.workspace is Workspace.HISTORY
    panel = _open(window)
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=panel.rect().bottomLeft())
    assert not panel.isVisible()
    window.top_bar.search.click()
    assert panel.isVisible()
    window.resize(900, 600)
    assert panel.size() == window.size()
    window.desktop.palette.toggle()
