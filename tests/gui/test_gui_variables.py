"""The form: a field per variable, defaults to go back to, rows as a table."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextDocumentLayout,
    QPlainTextEdit,
)
from pytestqt.qtbot import QtBot

from workbench.gui.dialogs.rows_dialog import RowsDialog
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.variables import VariableField, VariablesPanel
from workbench.gui.value_editors import RowsButton
from workbench.templates.prompt_file import Variable, VariableKind, parse_prompt

ROWS = [{"subject": "Max", "story": "Max ran."}, {"subject": "Anna", "story": "Anna slept."}]
EXAMPLES = Variable("examples", VariableKind.LIST, ROWS, "Finished stories")
ALL = (
    Variable("subject", VariableKind.TEXT, "Zoe", "Who it is about"),
    Variable("tone", VariableKind.CHOICE, "warm", choices=("warm", "dry")),
    Variable("words", VariableKind.NUMBER, 120),
    Variable("rhyme", VariableKind.BOOLEAN, False),
    Variable("tags", VariableKind.LIST, ["a", "b"]),
    Variable("shape", VariableKind.JSON, {"k": 1}),
    EXAMPLES,
)


@pytest.fixture
def form(qtbot: QtBot) -> VariablesPanel:
    made = VariablesPanel()
    qtbot.addWidget(made)
    made.resize(231, 600)
    made.show_variables(ALL, {})
    made.show()
    return made


def _field(form: VariablesPanel, name: str) -> VariableField:
    field = form.field(name)
    assert field is not None
    return field


def _table(form: VariablesPanel, name: str = "examples") -> RowsDialog:
    field = _field(form, name).field
    assert isinstance(field, RowsButton)
    return field.open_table()


def test_each_kind_has_its_field_and_defaults_are_the_values(form: VariablesPanel) -> None:
    kinds = {f.variable.name: type(f.field) for f in form.fields}
    assert issubclass(kinds["subject"], QPlainTextEdit)
    assert issubclass(kinds["tone"], QComboBox)
    assert issubclass(kinds["words"], QLineEdit)
    assert issubclass(kinds["rhyme"], QCheckBox)
    assert issubclass(kinds["examples"], RowsButton)
    assert form.values() == {v.name: v.default for v in ALL}
    assert not any(f.reset.isVisible() for f in form.fields)


def test_typing_changes_and_reset_goes_back_and_forth(form: VariablesPanel, qtbot: QtBot) -> None:
    field = _field(form, "subject")
    with qtbot.waitSignal(form.changed):
        QTest.keyClicks(field.field, "!")
    assert form.values()["subject"] == "Zoe!"
    assert field.reset.text() == "reset"
    with qtbot.waitSignal(form.changed):
        field.reset.click()
    assert form.values()["subject"] == "Zoe"
    assert field.reset.text() == "undo"
    field.reset.click()
    assert form.values()["subject"] == "Zoe!"


@pytest.mark.parametrize("name", ["tone", "words", "rhyme", "tags", "shape", "examples"])
def test_every_kind_can_be_reset(form: VariablesPanel, name: str) -> None:
    others: dict[str, object] = {
        "tone": "dry", "words": 3, "rhyme": True, "tags": ["z"], "shape": [1], "examples": [],
    }  # fmt: skip
    field = _field(form, name)
    field.set_value(others[name])
    assert form.values()[name] == others[name] if name != "examples" else True
    assert field.reset.isVisible()
    field.reset.click()
    assert form.values()[name] == field.variable.default


def test_several_lines_can_be_pasted_into_a_text(form: VariablesPanel) -> None:
    field = _field(form, "subject").field
    assert isinstance(field, QPlainTextEdit)
    height = field.height()
    QGuiApplication.clipboard().setText("one\ntwo\nthree")
    field.selectAll()
    field.paste()
    assert form.values()["subject"] == "one\ntwo\nthree"
    assert field.height() > height


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("words", "many", "a number"),
        ("shape", "{k: 1}", "line 1, column 2"),
        ("tags", "[1,", "line"),
    ],
)
def test_wrong_values_are_explained_in_place(
    form: VariablesPanel, name: str, text: str, part: str
) -> None:
    field = _field(form, name)
    assert isinstance(field.field, QLineEdit | QPlainTextEdit)
    field.field.clear()
    QTest.keyClicks(field.field, text)
    assert part in field.error()
    assert field.field.property("role") == "wrong"
    field.reset.click()
    assert field.error() == ""


def test_rows_are_edited_in_a_table(form: VariablesPanel, qtbot: QtBot) -> None:
    button = _field(form, "examples").field
    assert isinstance(button, RowsButton)
    assert button.text().startswith("Max, Anna")
    dialog = _table(form)
    table = dialog.table
    assert table.rows_model.columns == ("subject", "story")
    with qtbot.waitSignal(form.changed):
        dialog.add_button.click()
    cell = table.viewport().findChild(QPlainTextEdit)
    assert isinstance(cell, QPlainTextEdit)
    QTest.keyClicks(cell, "Mia")
    QTest.keyClick(cell, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(cell, "May")
    with qtbot.waitSignal(form.changed):
        QTest.keyClick(cell, Qt.Key.Key_Return)
    rows = form.values()["examples"]
    assert isinstance(rows, list)
    assert [r["subject"] for r in rows] == ["Max", "Mia\nMay", "Anna"]
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _subjects(form) == ["Mia\nMay", "Max", "Anna"]
    QTest.keyClick(table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert _subjects(form) == ["Max", "Anna"]
    QTest.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _subjects(form) == ["Mia\nMay", "Max", "Anna"]
    assert ROWS[0]["subject"] == "Max", "the default itself was changed"
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def _subjects(form: VariablesPanel) -> list[object]:
    rows = form.values()["examples"]
    assert isinstance(rows, list)
    return [row["subject"] for row in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Ben\tBen sat.\nLea\tLea sang.", [("Ben", "Ben sat."), ("Lea", "Lea sang.")]),
        ("story\tsubject\nBen sat.\tBen", [("Ben", "Ben sat."), ("Anna", "Anna slept.")]),
        (
            'Subject,Story\nBen,"Ben sat, and sat."\nLea,no',
            [("Ben", "Ben sat, and sat."), ("Lea", "no")],
        ),
        ("a\tb\nc\td\ne\tf", [("a", "b"), ("c", "d"), ("e", "f")]),
    ],
)
def test_rows_of_a_spreadsheet_are_pasted(
    form: VariablesPanel, text: str, rows: list[tuple[str, str]]
) -> None:
    dialog = _table(form)
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(dialog.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    values = form.values()["examples"]
    assert isinstance(values, list)
    assert [(r["subject"], r["story"]) for r in values] == rows
    dialog.table.selectAll()
    QTest.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "\n".join("\t".join(r) for r in rows)
    dialog.close()


def test_numbers_in_rows_stay_numbers(form: VariablesPanel) -> None:
    form.show_variables(
        (Variable("scores", VariableKind.LIST, [{"name": "a", "n": 1, "ok": True}]),), {}
    )
    dialog = _table(form, "scores")
    model = dialog.table.rows_model
    model.setData(model.index(0, 1), "2.5")
    model.setData(model.index(0, 2), "false")
    model.put_cells(1, 0, [["12", "7"]])
    assert form.values()["scores"] == [
        {"name": "a", "n": 2.5, "ok": False},
        {"name": "12", "n": 7, "ok": ""},
    ]
    model.undo()
    model.undo()
    model.undo()
    assert form.values()["scores"] == [{"name": "a", "n": 1, "ok": True}]
    dialog.close()


def test_a_table_becomes_json_and_a_table_again(form: VariablesPanel) -> None:
    field = _field(form, "examples")
    _table(form).json_button.click()
    assert isinstance(field.field, QPlainTextEdit)
    assert form.values()["examples"] == ROWS
    assert field.as_table.isVisible()
    field.field.setPlainText('[{"subject": "Jo"}]')
    field.as_table.click()
    assert isinstance(field.field, RowsButton)
    assert field.field.dialog is not None
    assert _subjects(form) == ["Jo"]
    field.close_table()


def test_columns_come_from_the_template(window: MainWindow, qtbot: QtBot) -> None:
    source = (
        "messages:\n  - role: user\n    content: |\n"
        "      {% for ex in shots %}{{ ex.question }}{{ ex.answer }}{% endfor %}\n"
        "      {{ question }}\n"
    )
    with qtbot.waitSignal(window.prompts.opened):
        window.prompts.open_prompt(parse_prompt(source, "shots"), {"question": "why?"})
    form = window.prompt_space.variables
    dialog = _table(form, "shots")
    model = dialog.table.rows_model
    assert list(model.columns) == ["question", "answer"]
    with qtbot.waitSignal(window.prompts.prepared, timeout=10_000):
        QGuiApplication.clipboard().setText("2+2?\t4\n3+3?\t6")
        dialog.paste_button.click()
    assert "3+3?6" in window.prompt_space.editor.exact.view.plain_text()
    edit = window.prompt_space.editor.blocks[0].edit
    with qtbot.waitSignal(window.prompts.edited, timeout=10_000):
        edit.setPlainText(edit.toPlainText().replace("ex.answer", "ex.answer }}{{ ex.why"))
    assert dialog.isVisible()
    assert list(model.columns) == ["question", "answer", "why"]
    dialog.close()


def test_a_new_variable_leaves_the_other_fields_alone(window: MainWindow, qtbot: QtBot) -> None:
    form = window.prompt_space.variables
    before = _field(form, "name")
    with qtbot.waitSignal(window.prompts.edited, timeout=10_000):
        window.prompt_space.editor.blocks[-1].edit.append("{{ place }}")
    assert form.field("name") is before
    assert form.field("place") is not None


def test_ten_thousand_rows_open_quickly(form: VariablesPanel, qtbot: QtBot) -> None:
    rows = [{"q": f"question {i}", "a": "an answer\nof two lines"} for i in range(10_000)]
    form.show_variables((Variable("many", VariableKind.LIST, rows),), {})
    before = time.perf_counter()
    dialog = _table(form, "many")
    dialog.table.rows_model.move_rows([5], 1)
    assert time.perf_counter() - before < 3.0
    dialog.close()


def test_a_text_is_shown_whole_up_to_some_lines(form: VariablesPanel, qtbot: QtBot) -> None:
    field = _field(form, "subject").field
    assert isinstance(field, QPlainTextEdit)
    for lines in range(1, 8):
        field.setPlainText("\n".join(["word"] * lines))
        qtbot.waitUntil(lambda: not field.verticalScrollBar().isVisible())
        layout = field.document().documentLayout()
        assert isinstance(layout, QPlainTextDocumentLayout)
        whole = sum(
            layout.blockBoundingRect(field.document().findBlockByNumber(n)).height()
            for n in range(lines)
        )
        assert field.viewport().height() >= whole
        assert not field.horizontalScrollBar().isVisible()


def test_a_variable_that_comes_back_has_the_value_it_went_with(form: VariablesPanel) -> None:
    _field(form, "subject").set_value("Otto")
    without = [v for v in ALL if v.name != "subject"]
    form.show_variables(without, form.values())
    assert "subject" not in form.values()
    assert form.filled()["subject"] == "Otto"
    form.show_variables(ALL, form.values())
    assert form.values()["subject"] == "Otto"
    form.open_prompt(without, {})
    form.show_variables(ALL, form.values())
    assert form.values()["subject"] == "Zoe", "another prompt has values of its own"


def test_values_outlive_a_mistake_that_hides_their_variables(
    window: MainWindow, qtbot: QtBot
) -> None:
    text = "name: odd\nmessages:\n  - role: user\n    content: 'About {{ who }} {{ '\n"
    prompts, form = window.prompts, window.prompt_space.variables
    with qtbot.waitSignal(prompts.opened, timeout=10_000):
        prompts.open_prompt(parse_prompt(text, "odd"), {"who": "Otto"})
    assert form.fields == []
    assert "mended" in form.empty_text()
    assert form.filled() == {"who": "Otto"}
    block = window.prompt_space.editor.blocks[0]
    assert block.count.text() == ""
    with qtbot.waitSignal(prompts.prepared, timeout=10_000):
        block.edit.setPlainText("About {{ who }}")
    assert form.values() == {"who": "Otto"}
    assert "token" in block.count.text()
    with qtbot.waitSignal(prompts.failed, timeout=10_000):
        block.edit.setPlainText("About {{ who }} {% if")
    assert block.count.text() == "", "a count of the text before"


def test_declared_variables_stand_there_whatever_is_wrong(window: MainWindow, qtbot: QtBot) -> None:
    text = (
        "name: odd\nvariables:\n  - {name: who, type: text, default: Zoe}\n"
        "messages:\n  - role: user\n    content: 'About {{ who }} {{ '\n"
    )
    prompts, form = window.prompts, window.prompt_space.variables
    with qtbot.waitSignal(prompts.opened, timeout=10_000):
        prompts.open_prompt(parse_prompt(text, "odd"), {"who": "Otto"})
    assert form.values() == {"who": "Otto"}
