"""Choosing columns: the dialog by keyboard, prompt versions, samples, earlier comparisons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.compare_room import Room

from workbench.core.paths import Profile
from workbench.core.sampling import Sampling
from workbench.gui.compare.chooser import Chooser
from workbench.gui.compare.column_view import TO_BASE
from workbench.gui.compare.wishes import MOST
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.history.branches import trash
from workbench.history.retention import empty_trash
from workbench.history.run_scores import scores_of
from workbench.history.versions import PromptVersions

FIRST = "name: Ages\ntext: 'Once upon a time there was a {{ animal }} named'\n"
SECOND = "name: Ages\ntext: 'One day {{ name }} saw a {{ animal }} named'\n"
THIRD = "name: Ages\ntext: 'Zoe had a {{ animal }} named'\n"


@pytest.fixture
def room(qtbot: QtBot, window: MainWindow) -> Room:
    return Room(qtbot, window)


def ask(room: Room) -> Chooser:
    room.window.actions_by_name["columns"].trigger()
    room.until(lambda: bool(room.window.findChildren(Chooser)))
    return room.window.findChildren(Chooser)[-1]


def test_columns_are_chosen_by_keyboard(room: Room) -> None:
    room.window.show_workspace(Workspace.PROMPT)
    dialog = ask(room)
    assert room.window.pages.workspace is Workspace.COMPARE
    assert dialog.add_button.text() == "Add 1"
    QTest.keyClick(dialog.models, Qt.Key.Key_Down)
    QTest.keyClick(dialog.models, Qt.Key.Key_Space)
    QTest.keyClick(dialog.settings, Qt.Key.Key_Down)
    QTest.keyClick(dialog.settings, Qt.Key.Key_Down)
    QTest.keyClick(dialog.settings, Qt.Key.Key_Space)
    dialog.seeds.setValue(2)
    assert dialog.add_button.text() == "Add 8"
    assert dialog.count.text().startswith("8 columns · needs")
    QTest.keyClick(dialog.settings, Qt.Key.Key_Return)
    assert len(room.space.views) == 10
    abouts = [view.about.text() for view in room.space.views[2:]]
    assert sum("greedy" in about for about in abouts) == 4
    assert sum("seed +1" in about for about in abouts) == 4


def test_what_cannot_be_is_said(room: Room) -> None:
    dialog = ask(room)
    dialog.models.tick(0, on=False)
    assert not dialog.add_button.isEnabled()
    assert dialog.count.text() == "Tick at least one of each."
    dialog.models.tick(0)
    dialog.seeds.setValue(MOST - 1)
    assert not dialog.add_button.isEnabled()
    assert dialog.replace_button.isEnabled()
    assert "room for 14 more" in dialog.count.text()
    dialog.models.tick(1)
    assert not dialog.replace_button.isEnabled()
    assert f"there can be {MOST}" in dialog.count.text()
    dialog.reject()
    assert len(room.space.views) == 2


def test_replacing_keeps_what_is_pinned(room: Room) -> None:
    room.run()
    room.action(1, "pin")
    kept = room.texts()[1]
    dialog = ask(room)
    dialog.samples.setValue(3)
    dialog.replace_button.click()
    assert len(room.space.views) == 2
    assert room.texts() == [kept, ""]
    assert "3 samples" in room.space.views[1].about.text()


def test_samples_of_one_batch_are_leafed_through(room: Room) -> None:
    wish = room.controller.columns[0].wish
    dialog = ask(room)
    dialog.samples.setValue(4)
    dialog.replace_button.click()
    room.sampling(Sampling(max_tokens=12, ignore_eos=True, temperature=1.5))
    room.run()
    view, column = room.space.views[0], room.controller.columns[0]
    assert column.wish.model == wish.model
    assert len(column.texts) == 4
    assert len(set(column.texts)) > 1
    assert view.sample.text() == "1 / 4"
    for number in range(1, 4):
        QTest.keyClick(view.text, Qt.Key.Key_Right)
        room.until(lambda number=number: room.texts()[0] == column.texts[number])  # type: ignore[misc]  # a default binds the loop's value
        assert view.sample.text() == f"{number + 1} / 4"
    QTest.keyClick(view.text, Qt.Key.Key_Right)
    assert view.sample.text() == "4 / 4"
    assert not view.next.isEnabled()
    (row,) = room.store.recent()
    stored = room.store.get(row.run_id)
    assert stored.end is not None
    assert [s.text for s in stored.end.result.samples] == column.texts


def test_versions_of_the_prompt_stand_side_by_side(room: Room, own_profile: Profile) -> None:
    path = own_profile.prompts / "ages.prompt.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = PromptVersions(room.store)
    for source in (FIRST, SECOND, THIRD):
        kept.save("ages.prompt.yml", source).result(10)
    kept.name("ages.prompt.yml", 1, "plain").result(10)
    path.write_text(THIRD, encoding="utf-8")
    window = room.window
    with room.qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.prompts.open(path, {"animal": "fox"})
    dialog = ask(room)
    names = [dialog.prompts.item(row).text() for row in range(dialog.prompts.count())]
    assert names[:4] == ["as it stands", "v3", "v2", "v1 plain"]
    assert dialog.prompts.item(3).toolTip().startswith("saved ")
    dialog.prompts.tick(2)
    dialog.prompts.tick(3)
    dialog.replace_button.click()
    assert [v.head.text().split(" · ", 2)[2:] for v in room.space.views] == [
        ["base"],
        ["v2"],
        ["v1 plain"],
    ]
    room.run()
    # v2 asks for a variable that the form does not have: its column says so, the others run.
    assert "name" in room.space.views[1].text.placeholderText()
    assert room.texts()[0]
    assert room.texts()[2]
    runs = {row.prompt_name for row in room.store.recent()}
    assert runs == {"Ages"}
    # One reply behind two wordings of the prompt, token by token.
    assert room.space.diff.view.plain_text().startswith(room.texts()[0])
    assert room.space.views[2].fact(TO_BASE).endswith(" nats")
    room.action(2, "promote")
    room.until(lambda: window.prompts.prompt is not None and window.prompts.prompt.source == FIRST)


def test_an_earlier_comparison_opens_as_it_was(room: Room) -> None:
    room.run()
    texts, heads = room.texts(), [v.fact("length") for v in room.space.views]
    gone = room.controller.columns[1].end
    assert gone is not None
    assert gone.outcome is not None
    room.action(0, "drop")
    room.space.menu.aboutToShow.emit()
    earlier = room.controller._choosing.earlier
    room.until(lambda: bool(earlier.actions()))
    assert "2 columns" in earlier.actions()[0].text()
    earlier.actions()[0].trigger()
    room.until(lambda: len(room.space.views) == 2)
    room.settle()
    assert room.texts() == texts
    assert [v.fact("length") for v in room.space.views] == heads
    assert room.space.views[1].fact(TO_BASE).endswith(" nats")
    assert "seed 41" in room.space.views[0].about.text()
    # Run again, exactly as it was, whatever the form says now.
    room.sampling(Sampling(max_tokens=3, ignore_eos=True))
    room.window.prompt_space.sampling.set_seed(99)
    room.run()
    assert room.texts() == texts


def test_a_deleted_run_leaves_its_column(room: Room) -> None:
    room.run()
    end = room.controller.columns[1].end
    assert end is not None
    assert end.outcome is not None
    texts = room.texts()
    trash(room.store, [end.outcome.start.run_id]).result(10)
    assert empty_trash(room.store).result(10) == 1
    name = end.outcome.start.experiment
    room.controller.open(name)
    room.until(lambda: "was deleted" in room.space.views[1].text.placeholderText())
    assert room.texts() == [texts[0], ""]
    room.until(lambda: room.space.diff.note.text().startswith("Two columns"))
    room.action(1, "history")  # nothing to show
    room.action(1, "rerun")
    room.settle()
    assert room.texts() == texts


def test_replies_are_scored_where_the_prompt_knows_the_answer(room: Room) -> None:
    window = room.window
    path = window._session.library.find("capital-city")
    with room.qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.prompts.open(path, {"country": "Greece"})
    room.sampling(Sampling(max_tokens=12))
    room.run()
    views = room.space.views
    room.until(lambda: all(view.fact("score").startswith("contains ") for view in views))
    for view, text in zip(views, room.texts(), strict=True):
        assert view.fact("score").startswith(f"contains {float('Athens' in text):.2f}")
        assert not view._values["score"].isHidden()
    for row in room.store.recent():
        kept = {s.metric: s.value for s in scores_of(room.store, row.run_id)}
        assert kept.keys() == {"contains", "exact_match"}
    with room.qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.prompts.open(path, {"country": "Atlantis"})
    room.run()
    assert all(view._values["score"].isHidden() for view in views)


def test_the_keyboard_stays_in_the_columns_when_they_are_others(room: Room) -> None:
    room.space.views[1].text.setFocus()
    room.controller.take(room.controller.wishes()[:1] * 3, True)
    room.until(lambda: len(room.space.views) == 3)
    inside = room.window.focusWidget()
    assert inside is room.space.views[0].text
