"""Where every token comes from: lit in all panels at once, counted, named, and told in words."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.core.budget import BudgetPart
from workbench.core.rendered import Message, RenderWarning
from workbench.core.tokens import PromptToken
from workbench.core.types import VocabInfo
from workbench.gui.fonts import Fonts
from workbench.gui.highlights import Highlights
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.budget import BudgetLine
from workbench.gui.panels.editor import Show
from workbench.gui.panels.exact_prompt import ExactPrompt
from workbench.gui.prompt_facts import (
    PromptFacts,
    bos_note,
    bos_warning,
    expects_bos,
    overflow,
    token_facts,
)
from workbench.gui.template_names import mention_at, mentions
from workbench.gui.theme import DARK, LIGHT, Colours, Theme, contrast, mixed
from workbench.gui.token_paint import LIT_SHARE
from workbench.templates.prompt_file import parse_prompt

SHOTS = """\
variables:
  - {name: shots, type: list}
  - {name: word, type: text, default: moon}
messages:
  - role: user
    content: |-
      {% for shot in shots %}{{ shot.input }} is {{ shot.output }}.
      {% endfor %}{{ word }} is
"""
ROWS = [{"input": "Sky", "output": "blue"}, {"input": "Grass", "output": "green"}]


def enter(widget: QWidget) -> None:
    """The pointer comes to `widget`."""
    here = QPointF(3, 3)
    QApplication.sendEvent(widget, QEnterEvent(here, here, QPointF(widget.mapToGlobal(here))))


def leave(widget: QWidget) -> None:
    """The pointer leaves `widget`."""
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def lit_text(exact: ExactPrompt) -> str:
    """What the lit tokens say."""
    return "".join(exact.shown[n].text for n in sorted(exact.view.lit)).strip()


def lit_in_editor(window: MainWindow) -> list[str]:
    """What is lit in the message blocks."""
    return [
        selection.cursor.selectedText()
        for block in window.prompt_space.editor.blocks
        for selection in block.edit.extraSelections()
    ]


def lit_fields(window: MainWindow) -> list[str]:
    """The variables whose fields are lit."""
    fields = window.prompt_space.variables.fields
    return [f.variable.name for f in fields if f.property("role") == "lit"]


def test_a_field_lights_its_tokens_and_its_places(window: MainWindow) -> None:
    space = window.prompt_space
    field = space.variables.field("name")
    assert field is not None
    enter(field)
    assert lit_text(space.editor.exact) == "Zoe"
    assert lit_in_editor(window) == ["{{ name }}"]
    assert lit_fields(window) == ["name"]
    place = field.mapTo(window, QPoint(1, 4))
    assert window.grab().toImage().pixelColor(place).name() == LIGHT.accent
    leave(field)
    assert window.grab().toImage().pixelColor(place).name() == LIGHT.pane
    assert lit_text(space.editor.exact) == ""
    assert lit_in_editor(window) == lit_fields(window) == []


def test_the_keyboard_in_a_field_lights_too(window: MainWindow) -> None:
    field = window.prompt_space.variables.field("example_name")
    assert field is not None
    field.field.setFocus()
    assert "Ben" in lit_text(window.prompt_space.editor.exact)
    assert lit_fields(window) == ["example_name"]
    window.prompt_space.editor.exact.view.setFocus()
    assert lit_fields(window) == []


def test_a_token_lights_its_field_and_its_place(window: MainWindow) -> None:
    exact = window.prompt_space.editor.exact
    number = next(n for n, t in enumerate(exact.shown) if t.source == "variable:name")
    exact.view.lock(number)
    assert lit_fields(window) == ["name"]
    assert lit_in_editor(window) == ["{{ name }}"]
    words = exact.caption.text()
    token = exact.shown[number]
    for part in (
        "Zoe",
        f"id {token.id}",
        token.bytes.hex(" "),
        "variable name",
        "message 3 (user)",
    ):
        assert part in words
    assert exact.view.viewport().toolTip() == words
    exact.view.lock(0)
    assert lit_fields(window) == []
    assert "control token" in exact.caption.text()
    exact.view.lock(-1)
    assert exact.caption.text().startswith("exact prompt")


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the blocks have stopped moving: a rendering changes heights below them."""
    seen: list[tuple[int, ...]] = []

    def is_still() -> bool:
        port = window.prompt_space.editor.blocks[-1].edit.viewport()
        place = port.mapTo(window, QPoint(0, 0))
        seen.append((place.x(), place.y(), port.width(), port.height()))
        return len(seen) > 3 and len(set(seen[-3:])) == 1

    qtbot.waitUntil(is_still)


def test_pointing_into_the_template_lights_what_it_became(window: MainWindow, qtbot: QtBot) -> None:
    space = window.prompt_space
    edit = space.editor.blocks[-1].edit
    port = edit.viewport()
    settle(window, qtbot)
    assert edit.toPlainText().startswith("Tell me a story about {{ name }}")
    cursor = edit.textCursor()
    cursor.setPosition(edit.toPlainText().index("name") + 2)
    QTest.mouseMove(port, edit.cursorRect(cursor).center())
    assert space.highlights.source == "variable:name"
    assert lit_text(space.editor.exact) == "Zoe"
    cursor.setPosition(3)
    QTest.mouseMove(port, edit.cursorRect(cursor).center())
    assert space.highlights.source == ""
    QTest.mouseMove(port, QPoint(port.width() - 4, 5))
    assert space.highlights.source == ""


def test_examples_light_together_or_one_by_one(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.prompts.open_prompt(parse_prompt(SHOTS, "shots"), {"shots": ROWS})
    space = window.prompt_space
    exact = space.editor.exact
    field = space.variables.field("shots")
    assert field is not None
    enter(field)
    lit = lit_text(exact)
    assert "Sky" in lit
    assert "green" in lit
    assert "{{ shot.input }}" in lit_in_editor(window)
    leave(field)
    number = next(n for n, t in enumerate(exact.shown) if t.source == "example:1")
    exact.view.lock(number)
    assert "Sky" not in lit_text(exact)
    assert "Grass" in lit_text(exact)
    assert lit_fields(window) == ["shots"]
    exact.view.lock(-1)
    assert space.budget.text().startswith("examples ")


def test_the_budget_adds_up_and_lights(window: MainWindow, qtbot: QtBot) -> None:
    space = window.prompt_space
    text = space.budget.text()
    story = sum(t.source == "variable:example_story" for t in space.editor.exact.shown)
    assert f"example_story {story}" in text
    counts = [int(part.rsplit(" ", 1)[1].replace(",", "")) for part in text.split(" · ")]
    assert sum(counts) == len(space.editor.exact.shown)
    QTest.mouseMove(space.budget, QPoint(30, 12))
    assert space.highlights.source == "variable:example_name"
    assert "Ben" in lit_text(space.editor.exact)
    leave(space.budget)
    assert space.highlights.source == ""
    with qtbot.waitSignal(window.prompts.failed, timeout=10_000):
        space.editor.blocks[-1].edit.insertPlainText("{{ nobody }}")
    assert space.budget.text() == ""


def test_parts_that_do_not_fit_are_counted(theme: Theme, fonts: Fonts, qtbot: QtBot) -> None:
    line = BudgetLine(theme, fonts, Highlights())
    qtbot.addWidget(line)
    parts = [BudgetPart(f"variable_{n}", f"variable:variable_{n}", 1000 + n) for n in range(12)]
    line.resize(420, 27)
    line.show()
    line.show_parts(parts)
    assert 0 < line.n_hidden < 12
    assert "variable_11 1,011" in line.text()
    line.resize(4000, 27)
    qtbot.waitUntil(lambda: line.n_hidden == 0)


def test_a_prompt_beyond_the_context_is_marked(window: MainWindow, qtbot: QtBot) -> None:
    space = window.prompt_space
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        space.editor.blocks[0].edit.setPlainText("A fox saw a lamp. " * 300)
    exact = space.editor.exact
    count = len(exact.shown)
    assert count > 1024
    for part in (f"{count:,}", "1,024", f"{count - 1024:,}"):
        assert part in exact.problem.text()
    assert exact.problem.isVisible()
    assert window.status.context.property("role") == "warning"
    assert f"{count - 1024:,} too many" in window.status.context.text()
    picture = exact.view.viewport().grab().toImage()
    first, last = exact.view.rect_of(1023), exact.view.rect_of(1024)
    assert picture.pixelColor(1, last.bottom() + 30).name() == LIGHT.warning
    assert _wash(picture.pixelColor(last.left() + 2, last.top() + 2).name(), LIGHT.warning)
    assert first.isValid()
    before = exact.view.rect_of(20)
    assert picture.pixelColor(before.left() + 1, before.top() + 1).name() == LIGHT.pane
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        space.editor.blocks[0].edit.setPlainText("A fox.")
    assert not exact.problem.isVisible()
    assert window.status.context.property("role") == "caption"


def _wash(colour: str, over: str) -> bool:
    """Whether `colour` is the pane with a little of `over`."""
    return colour != LIGHT.pane and colour != over


def test_token_ids_stand_in_the_tokens_tab_only(window: MainWindow) -> None:
    editor = window.prompt_space.editor
    token = next(t for t in editor.exact.shown if t.text == " story")
    assert str(token.id) not in editor.exact.view.shown_text()
    plain = editor.exact.view.plain_text()
    QTest.mouseClick(editor.tabs[Show.TOKENS], Qt.MouseButton.LeftButton)
    assert f"·story{token.id}" in editor.exact.view.shown_text()
    assert editor.exact.view.plain_text() == plain
    QTest.mouseClick(editor.tabs[Show.RENDERED], Qt.MouseButton.LeftButton)
    assert str(token.id) not in editor.exact.view.shown_text()


@pytest.mark.parametrize(
    ("template", "names", "found"),
    [
        ("a {{ x }} b", {"x"}, ["{{ x }}"]),
        ("a {{ x }} b", {"y"}, []),
        ("{{ x + y }}", {"x", "y"}, ["x", "y"]),
        ("{% for r in rows %}{{ r.a }}{{ b }}{% endfor %}", {"rows"}, ["r", "rows", "{{ r.a }}"]),
        ("{% if x is defined %}{# x #}{% endif %}", {"x"}, ["x"]),
        ("{{ a.x }} {{ 'x' }}", {"x"}, []),
        ("{{ x", {"x"}, []),
        ("{{\n x\n}}", {"x"}, ["{{\n x\n}}"]),
    ],
)
def test_mentions(template: str, names: Collection[str], found: list[str]) -> None:
    assert [template[m.start : m.end] for m in mentions(template, names)] == found
    for mention in mentions(template, names):
        assert mention_at(template, names, mention.start) == mention.name
        assert mention_at(template, names, mention.end) in ("", *names)


def _token(id_: int, source: str = "literal", message: int | None = None) -> PromptToken:
    return PromptToken(id_, "ä", "ä".encode(), source, message)


@pytest.mark.parametrize(
    ("ids", "expects", "text", "good"),
    [
        ([1, 7], True, "1 BOS", True),
        ([1, 1, 7], True, "doubled BOS", False),
        ([7, 8], True, "BOS missing", False),
        ([7, 8], False, "no BOS", True),
        ([1, 7, 1], True, "BOS inside", False),
        ([7, 1], True, "BOS inside", False),
    ],
)
def test_the_bos_in_words(ids: list[int], expects: bool, text: str, good: bool) -> None:
    note = bos_note([_token(i) for i in ids], PromptFacts(bos=1, expects_bos=expects))
    assert note is not None
    assert (note.text, note.is_good) == (text, good)
    warning = bos_warning(note, ())
    assert (warning is None) == good
    if warning is not None:
        assert warning.hint
    told = RenderWarning("The text begins with <s> twice.")
    assert bos_warning(note, [told]) is None
    assert bos_note([_token(1)], PromptFacts()) is None


def test_who_expects_a_bos() -> None:
    plain = VocabInfo(10, 1, 2, None, "<s>", "</s>", adds_bos=False)
    assert not expects_bos(plain, None)
    assert not expects_bos(plain, "{{ messages }}")
    assert expects_bos(plain, "{{ bos_token }}{{ messages }}")
    assert expects_bos(plain, "<s>{{ messages }}")
    assert expects_bos(VocabInfo(10, 1, 2, None, "<s>", "</s>", adds_bos=True), None)
    assert not expects_bos(VocabInfo(10, None, 2, None, "", "</s>", adds_bos=True), None)


def test_length_in_words() -> None:
    assert overflow(10, 1024) == overflow(5000, 0) == ""
    assert "1,024" in overflow(1024, 1024)
    assert all(part in overflow(2404, 1024) for part in ("2,404", "1,024", "1,380"))


def test_a_token_in_words() -> None:
    facts = PromptFacts(control={5}, messages=(Message("user", "x"),))
    assert token_facts(_token(7, "variable:tone", 0), 11, facts) == (
        "“ä” · token 12 · id 7 · bytes c3 a4 · variable tone · message 1 (user)"
    )
    assert "control token" in token_facts(_token(5, "special"), 0, facts)
    assert "example 3" in token_facts(_token(6, "example:2", 4), 0, facts)
    assert "message 5" in token_facts(_token(6, "example:2", 4), 0, facts)
    assert "no bytes" in token_facts(PromptToken(5, "", b"", "special"), 0, facts)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_lit_tokens_can_be_read(colours: Colours) -> None:
    wash = mixed(colours.accent_wash, colours.bar, LIT_SHARE).name()
    assert contrast(colours.accent, wash) >= 4.5


def test_the_exact_prompt_of_a_stored_run_has_no_context_to_overflow(
    theme: Theme, fonts: Fonts, qtbot: QtBot
) -> None:
    exact = ExactPrompt(theme, fonts)
    qtbot.addWidget(exact)
    exact.show_tokens([_token(i) for i in range(3000)], PromptFacts())
    assert not exact.problem.isVisible()
    assert exact.view.rect_of(2999) != QRect()
