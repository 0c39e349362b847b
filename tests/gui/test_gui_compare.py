"""The Compare workspace on the demo models: columns, words, keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.compare_room import Room

from workbench.core.engine_settings import EngineSettings
from workbench.core.memory import size_words
from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.engine.fits import memory_need
from workbench.engine.gguf import read_header
from workbench.experiments import session as session_module
from workbench.gui.compare.column_view import TO_BASE
from workbench.gui.compare.space import CompareSpace
from workbench.gui.compare.wishes import MOST, Wish
from workbench.gui.fonts import Fonts
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.theme import Theme


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> Room:
    return Room(qtbot, window)


def test_two_models_stream_beside_each_other(room: Room) -> None:
    heads = [view.head.text() for view in room.space.views]
    assert heads[0].startswith("A · ")
    assert heads[0].endswith(" · base")
    assert heads[1].startswith("B · ")
    room.run()
    texts = room.texts()
    assert all(texts)
    rows = room.store.recent()
    assert [row.status for row in rows] == [RunStatus.DONE] * 2
    assert {row.seed for row in rows} == {41}
    for number, row in enumerate(sorted(rows, key=lambda r: r.run_id)):
        stored = room.store.get(row.run_id)
        assert stored.end is not None
        assert stored.end.result.samples[0].text == texts[number]
    assert room.space.views[1].fact(TO_BASE).endswith(" nats")
    assert room.space.views[0].fact(TO_BASE) == "–"
    assert room.space.views[0].fact("decode").endswith("token/s")
    assert "needs" in room.window.status.saved.text()


def test_words_that_differ_are_marked(room: Room) -> None:
    room.run()
    base, other = room.texts()
    marked = [s.cursor.selectedText() for s in room.space.views[1].text.extraSelections()]
    assert bool(marked) == (base != other)
    assert room.space.views[0].text.extraSelections() == []
    room.space.different.setChecked(True)
    room.until(lambda: room.texts()[1] == " … ".join(marked))
    room.space.different.setChecked(False)
    room.until(lambda: room.texts()[1] == other)


def test_columns_are_added_dropped_pinned_and_run_again(room: Room) -> None:
    room.run()
    before = room.texts()
    room.menu("Another seed")
    assert len(room.space.views) == 3
    assert "seed +1" in room.space.views[2].about.text()
    assert room.texts()[:2] == before
    room.action(0, "pin")
    assert room.space.views[0].pin.isChecked()
    count = room.store.count()
    room.run()
    assert room.texts()[0] == before[0]
    assert room.texts()[2]
    assert room.store.count() == count + 2
    room.action(2, "rerun")
    room.until(lambda: not room.controller.is_running)
    assert room.store.count() == count + 3
    room.settle()
    room.action(1, "base")
    room.settle()
    assert room.space.views[1].head.text().endswith(" · base")
    assert room.space.views[0].fact(TO_BASE).endswith(" nats")
    room.action(0, "drop")
    assert len(room.space.views) == 2
    assert room.space.views[0].head.text().endswith(" · base")


def test_dropped_and_replaced_columns_come_back_with_their_replies(room: Room) -> None:
    room.run()
    texts = room.texts()
    room.action(0, "drop")
    room.settle()
    assert room.texts() == texts[1:]
    message = room.space.messages.message("dropped")
    assert message is not None
    ((name, undo),) = message.actions
    assert name == "Undo"
    undo()
    room.settle()
    assert room.texts() == texts
    assert room.space.views[0].head.text().endswith(" · base")
    room.controller.take([Wish(room.models("demo-0.5m"))], replace_all=True)
    assert len(room.space.views) == 1
    message = room.space.messages.message("dropped")
    assert message is not None
    message.actions[0][1]()
    room.settle()
    assert room.texts() == texts


def test_keys_do_what_the_menu_says(room: Room) -> None:
    room.run()
    text = room.space.views[1].text
    for key, shown in ((Qt.Key.Key_P, " · pinned"), (Qt.Key.Key_P, ""), (Qt.Key.Key_B, " · base")):
        QTest.keyClick(text, key)
        assert room.space.views[1].head.text().removeprefix("B · demo-2m Q4_0") == shown
    room.settle()
    QTest.keyClick(text, Qt.Key.Key_Delete)
    assert len(room.space.views) == 1
    QTest.keyClick(room.space.views[0].text, Qt.Key.Key_Delete)
    assert len(room.space.views) == 1  # the last one stays


def test_one_column_is_stopped_and_the_other_goes_on(room: Room) -> None:
    room.sampling(Sampling(max_tokens=900, ignore_eos=True))
    room.window.pages.press()
    room.until(lambda: all(room.texts()))
    room.action(0, "rerun")  # refused while columns run
    assert room.space.messages.message("compare") is not None
    room.action(0, "stop")
    room.until(lambda: not room.controller.is_running)
    ends = [column.end for column in room.controller.columns]
    statuses = [e.outcome.end.status for e in ends if e is not None and e.outcome is not None]
    assert statuses[0] in (RunStatus.CANCELLED, RunStatus.DONE)
    assert statuses[1] is RunStatus.DONE


def test_escape_stops_all_columns(room: Room) -> None:
    room.sampling(Sampling(max_tokens=900, ignore_eos=True))
    room.window.pages.press()
    room.until(lambda: all(room.texts()))
    assert room.window.pages.page.escape()
    room.until(lambda: not room.controller.is_running)
    room.settle()
    assert not room.window.pages.page.escape()
    statuses = {row.status for row in room.store.recent()}
    assert statuses <= {RunStatus.CANCELLED, RunStatus.DONE}


def test_who_reads_the_end_stays_there_and_scrolling_takes_the_others_along(room: Room) -> None:
    room.sampling(Sampling(max_tokens=900, ignore_eos=True))
    room.window.resize(900, 600)
    room.run()
    bars = [view.text.verticalScrollBar() for view in room.space.views]
    assert all(bar.maximum() > 0 for bar in bars)
    assert [bar.value() for bar in bars] == [bar.maximum() for bar in bars]
    bars[0].triggerAction(bars[0].SliderAction.SliderToMinimum)
    assert [bar.value() for bar in bars] == [0, 0]
    bars[1].triggerAction(bars[1].SliderAction.SliderToMaximum)
    assert [bar.value() for bar in bars] == [bar.maximum() for bar in bars]


def test_a_column_leads_to_its_run_and_to_the_editor(room: Room) -> None:
    room.run()
    for action, workspace in (
        ("history", Workspace.PROBABILITIES),
        ("promote", Workspace.PROMPT),
    ):
        room.window.show_workspace(Workspace.COMPARE)
        room.action(1, action)
        assert room.window.pages.workspace is workspace
    room.until(lambda: room.window.current.run is not None)
    room.until(lambda: "q4_0" in str(room.window.models.path))


def test_sixteen_columns_and_no_more(room: Room) -> None:
    for _ in range(MOST):
        room.menu("Another seed")
    assert len(room.space.views) == MOST
    assert room.space.views[-1].head.text().startswith("P · ")
    room.sampling(Sampling(max_tokens=4, ignore_eos=True))
    room.run()
    assert all(room.texts())
    assert room.space.views[2].fact(TO_BASE) == "same"  # another seed of one model and prompt


def test_the_window_may_close_while_columns_run(room: Room) -> None:
    room.sampling(Sampling(max_tokens=900, ignore_eos=True))
    room.window.pages.press()
    room.until(lambda: any(room.texts()))
    room.window.close()


def test_models_that_do_not_fit_together_queue_with_numbers(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = room.controller.columns[1].wish.model
    need = memory_need(read_header(Path(model.path)), EngineSettings(), gpu=False).ram
    monkeypatch.setattr(session_module, "memory_bytes", lambda: (10 * need, need))
    # The first model is loaded and takes none more; the other two fit one at a time.
    room.controller.take([Wish(room.models("demo-0.5m"))], False)
    room.window.pages.press()
    room.until(lambda: room.space.messages.message("compare") is not None)
    told = room.space.messages.message("compare")
    assert told is not None
    assert told.text.startswith(
        "These models do not fit into memory together: first A and B (needs"
    )
    assert f"of {size_words(need)} free" in told.text
    waiting = room.space.views[2].text.placeholderText()
    assert waiting.startswith("Queued behind A and B: needs about")
    room.settle()
    assert all(room.texts())


def test_a_model_that_fits_nowhere_and_a_broken_one_cost_their_columns(
    room: Room, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF, but not really")
    model = replace(room.controller.columns[1].wish.model, path=str(broken))
    gone = replace(model, path=str(tmp_path / "gone.gguf"))
    room.controller.take([room.controller.columns[0].wish, Wish(model), Wish(gone)], True)
    room.run()
    first, *others = room.texts()
    assert first
    assert others == ["", ""]
    assert "broken.gguf" in room.space.views[1].text.placeholderText()
    assert "There is no model file" in room.space.views[2].text.placeholderText()
    assert room.space.diff.note.text().startswith("Two columns that ran are needed")


def test_nothing_to_run_is_said(room: Room) -> None:
    room.run()
    for number in (0, 1):
        room.action(number, "pin")
    room.window.pages.press()
    assert not room.controller.is_running
    told = room.space.messages.message("compare")
    assert told is not None
    assert told.text == "Every column is pinned."


def test_an_empty_reply_says_so(room: Room) -> None:
    room.sampling(Sampling(max_tokens=8, logit_bias=_end_at_once(room)))
    room.run()
    assert room.texts() == ["", ""]
    for view in room.space.views:
        assert "empty" in view.text.placeholderText()
        assert view.fact("length").startswith("1 token ·")


def _end_at_once(room: Room) -> tuple[tuple[str | int, float], ...]:
    """A bias that leaves only the end token."""
    path = Path(room.controller.columns[0].wish.model.path)
    eos = room.window._session.load(path, EngineSettings()).vocab.eos
    assert eos is not None
    return ((eos, 100.0),)


def test_the_chip_cuts_the_values_and_never_the_seed(theme: Theme, fonts: Fonts) -> None:
    space = CompareSpace(theme, fonts)
    space.show_chip("A story", {"name": "Zoe " * 200}, 3409257740)
    assert space.chip.text().startswith("A story · seed 3409257740 · name = Zoe")
    assert "seed 3409257740" in space.chip.toolTip()
    assert space.chip.minimumSizeHint().width() <= 60
    space.deleteLater()
