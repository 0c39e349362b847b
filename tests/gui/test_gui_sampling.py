"""Sliders, numbers and presets."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.presets import Presets
from workbench.core.sampling import PARAMETERS, PRESETS, Kind, Sampling
from workbench.core.sampling_input import with_values
from workbench.gui.main_window import MainWindow
from workbench.gui.number_row import NumberRow
from workbench.gui.panels.sampling import SamplingPanel
from workbench.gui.theme import Theme
from workbench.templates.prompt_file import parse_prompt


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot) -> SamplingPanel:
    made = SamplingPanel(theme)
    qtbot.addWidget(made)
    made.resize(285, 400)
    made.show()
    return made


def _row(panel: SamplingPanel, name: str) -> NumberRow:
    return next(r for r in panel.findChildren(NumberRow) if r.parameter.name == name)


def _type(row: NumberRow, text: str) -> None:
    row.box.setFocus()
    row.box.selectAll()
    QTest.keyClicks(row.box, text)
    QTest.keyClick(row.box, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [("0.5", 0.5, "0.50"), ("0,125", 0.125, "0.125"), ("-1", 0.0, "0.00"), ("abc", 0.8, "0.80")],
)
def test_a_typed_number_counts(panel: SamplingPanel, typed: str, value: float, shown: str) -> None:
    row = _row(panel, "temperature")
    _type(row, typed)
    assert panel.sampling.temperature == value
    assert row.box.text() == shown
    assert row.slider.value == value


def test_slider_keys_and_double_click(panel: SamplingPanel) -> None:
    row = _row(panel, "top_k")
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    assert panel.sampling.top_k == 41
    QTest.mouseDClick(row.slider, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert panel.sampling.top_k == Sampling().top_k


def test_dragging_the_slider_reaches_both_ends(panel: SamplingPanel) -> None:
    row = _row(panel, "temperature")
    slider = row.slider
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(2, 10))
    assert panel.sampling.temperature == 0.0
    QTest.mouseMove(slider, QPoint(slider.width() - 1, 10))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 1, 10))
    assert panel.sampling.temperature == 2.0


def test_presets_keep_length_and_are_named(panel: SamplingPanel) -> None:
    assert panel.preset.text() == "balanced ▾"
    _type(_row(panel, "max_tokens"), "17")
    actions = {a.text(): a for a in panel.preset_menu.actions()}
    assert set(actions) == set(PRESETS)
    actions["greedy"].trigger()
    assert panel.preset.text() == "greedy ▾"
    assert (panel.sampling.temperature, panel.sampling.max_tokens) == (0.0, 17)
    _type(_row(panel, "temperature"), "0.33")
    assert panel.preset.text() == "custom ▾"


def test_every_parameter_is_reachable(panel: SamplingPanel) -> None:
    panel.fold.setChecked(True)
    rows = {r.parameter.name for r in panel.findChildren(NumberRow)}
    numbers = {p.name for p in PARAMETERS.values() if p.kind in (Kind.FLOAT, Kind.INT)}
    assert rows == numbers
    others = {p.label for p in PARAMETERS.values()} - {PARAMETERS[n].label for n in numbers}
    named = {w.accessibleName() for w in panel.findChildren(QLineEdit)}
    assert others - named <= {"ignore end of reply"}


def test_a_wrong_text_is_explained_and_changes_nothing(panel: SamplingPanel) -> None:
    panel.fold.setChecked(True)
    field = next(w for w in panel.findChildren(QLineEdit) if w.accessibleName() == "sampler order")
    field.setFocus()
    field.setText("top_k,nonsense")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.sampling == Sampling()
    assert field.property("role") == "wrong"
    field.setText("top_k,temperature")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.sampling.samplers == ("top_k", "temperature")
    assert field.property("role") == ""


@pytest.mark.parametrize(("text", "seed"), [("", None), (" 41 ", 41)])
def test_seed(panel: SamplingPanel, text: str, seed: int | None) -> None:
    panel.seed_field.setText(text)
    assert panel.seed() == seed


@pytest.mark.parametrize("text", ["x", "-1", "4294967295", "1.5"])
def test_a_wrong_seed_is_refused(panel: SamplingPanel, text: str) -> None:
    panel.seed_field.setText(text)
    with pytest.raises(UserError):
        panel.seed()


def _entries(menu: QMenu) -> list[str]:
    return [a.text() for a in menu.actions() if a.text()]


def test_a_preset_can_be_undone_and_a_removed_one_comes_back(
    panel: SamplingPanel, own_profile: Profile
) -> None:
    presets = Presets(own_profile.presets_file)
    panel.use_presets(presets)
    presets.save("mine", with_values(Sampling(), {"top_k": 7}))
    panel.take("temperature", 0.33)
    before = panel.sampling

    def choose(words: str) -> None:
        panel.preset_menu.aboutToShow.emit()
        menus = (panel.preset_menu, panel.remove_menu)
        next(a for m in menus for a in m.actions() if a.text().startswith(words)).trigger()

    choose("mine")
    assert panel.sampling.top_k == 7
    choose("Undo")
    assert panel.sampling == before
    panel.remove_menu.actions()[0].trigger()
    assert "mine" not in presets.all()
    choose("Bring mine back")
    assert presets.get("mine").top_k == 7


def test_own_presets_are_saved_used_and_removed(panel: SamplingPanel, own_profile: Profile) -> None:
    panel.use_presets(Presets(own_profile.presets_file))
    _type(_row(panel, "temperature"), "0.33")
    dialog = panel.ask_preset_name()
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.field, "greedy")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert "bundled" in dialog.error.text()
    assert dialog.isVisible()
    dialog.field.setText("calm & dry")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert panel.preset.text() == "calm & dry ▾"
    panel.set_sampling(Sampling())
    next(a for a in panel.preset_menu.actions() if a.text() == "calm && dry").trigger()
    assert panel.sampling.temperature == 0.33
    assert Presets(own_profile.presets_file).get("calm & dry").temperature == 0.33
    panel.remove_menu.actions()[0].trigger()
    assert panel.preset.text() == "custom ▾"
    assert _entries(panel.preset_menu) == [
        *PRESETS, "Undo: the values before", "Bring calm && dry back", "Save as preset…", "Remove",
    ]  # fmt: skip
    assert not panel.remove_menu.isEnabled()
    assert panel.sampling.temperature == 0.33


def test_a_preset_saved_by_another_program_is_offered(
    panel: SamplingPanel, own_profile: Profile
) -> None:
    panel.use_presets(Presets(own_profile.presets_file))
    Presets(own_profile.presets_file).save("elsewhere", with_values(Sampling(), {"top_k": 7}))
    panel.preset_menu.aboutToShow.emit()
    assert "elsewhere" in _entries(panel.preset_menu)


def test_a_preset_that_cannot_be_written_is_said_in_the_dialog(
    panel: SamplingPanel, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    panel.use_presets(Presets(tmp_path / "file" / "presets.json"))
    dialog = panel.ask_preset_name()
    dialog.field.setText("mine")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert "cannot be written" in dialog.error.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_a_prompt_file_asks_for_is_offered(window: MainWindow, qtbot: QtBot) -> None:
    space = window.prompt_space
    source = "text: a\nmodelParameters: {temperature: 0.1, topP: 0.5, seed: 7, theirs: 1}\n"
    space.sampling.set_sampling(Sampling(top_k=9))
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        window.prompts.open_prompt(parse_prompt(source, "asks"), {})
    offer = space.editor.messages.message("prompt-settings")
    assert offer is not None
    assert offer.text == "This prompt asks for temperature 0.1, top-p 0.5, seed 7."
    assert space.sampling.sampling == Sampling(top_k=9)
    offer.actions[0][1]()
    assert space.sampling.sampling == Sampling(top_k=9, temperature=0.1, top_p=0.5)
    assert space.sampling.seed() == 7
    assert space.editor.messages.message("prompt-settings") is None
    space.sampling.take("temperature", 0.2)
    assert space.editor.messages.message("prompt-settings") is None
    with qtbot.waitSignal(window.prompts.opened, timeout=10_000):
        window.prompts.open_prompt(parse_prompt(source, "again"), {})
    offer = space.editor.messages.message("prompt-settings")
    assert offer is not None
    assert offer.text == "This prompt asks for temperature 0.1."
    space.sampling.take("temperature", 0.1)
    assert space.editor.messages.message("prompt-settings") is None
