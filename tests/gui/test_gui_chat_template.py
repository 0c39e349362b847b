"""Chat templates: the model's own, a file, an edited one; what fails says where and with what."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from workbench.core.errors import UserError
from workbench.experiments.live_run import RunOutcome
from workbench.gui.chat_template_choice import ChatTemplateChoice, choice_from_json
from workbench.gui.dialogs.chat_template_dialog import ChatTemplateDialog
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace
from workbench.gui.state import WindowState, load_state, save_state
from workbench.templates.prompt_file import raw_prompt

SQUARE = "{{ bos_token }}{% for m in messages %}[{{ m.role }}] {{ m.content }}\n{% endfor %}"
BROKEN = "{{ bos_token }}\n{% for m in messages %}\n{{ m.content.nope() }}\n{% endfor %}"


def use(window: MainWindow, qtbot: QtBot, choice: ChatTemplateChoice) -> None:
    """Use a template and wait for the prompt."""
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.templates.use(choice)


def edit(window: MainWindow, qtbot: QtBot) -> ChatTemplateDialog:
    """Open the dialog and wait until it has rendered."""
    window.templates.edit()
    dialog = window.templates.dialog
    assert dialog is not None
    checks: list[bool] = []
    dialog.checked.connect(lambda: checks.append(True))
    qtbot.waitUntil(lambda: bool(checks), timeout=20_000)
    return dialog


def test_a_file_is_used_recorded_and_read_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "square.jinja"
    path.write_text(SQUARE, encoding="utf-8")
    use(window, qtbot, ChatTemplateChoice(path=str(path)))
    exact, button = window.prompt_space.editor.exact, window.prompt_space.editor.exact
    assert "[user] Tell me a story" in exact.view.plain_text()
    assert "square.jinja" in button.template_button.text()
    with qtbot.waitSignal(window.runs.finished, timeout=20_000) as done:
        window.runs.generate()
    assert done.args is not None
    outcome: RunOutcome = done.args[0]
    assert outcome.start.chat_template == SQUARE
    path.write_text(SQUARE.replace("[", "<").replace("]", ">"), encoding="utf-8")
    field = window.prompt_space.variables.field("name")
    assert field is not None
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        QTest.keyClicks(field.field, "!")
    assert "<user> Tell me a story" in exact.view.plain_text()


def test_a_file_that_is_gone_says_so_in_the_card(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.prompts.failed, timeout=20_000):
        window.templates.use(ChatTemplateChoice(path=str(tmp_path / "gone.jinja")))
    exact = window.prompt_space.editor.exact
    assert "gone.jinja" in exact.problem.text()
    assert window.prompt_space.editor.error_text() == ""
    use(window, qtbot, ChatTemplateChoice())
    assert not exact.problem.isVisible()


def test_a_template_that_fails_says_line_message_and_what_it_got(
    window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.prompts.failed, timeout=20_000):
        window.templates.use(ChatTemplateChoice(source=BROKEN))
    exact = window.prompt_space.editor.exact
    assert exact.isVisible()
    assert "line 3" in exact.problem.text()
    assert "nope" in exact.problem.text()
    assert "user, assistant, user" in exact.problem.text()
    QTest.mouseClick(exact.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "Tell me a story about Zoe" in copied
    assert "add_generation_prompt" in copied


def test_without_a_bos_the_card_and_the_bar_say_so(window: MainWindow, qtbot: QtBot) -> None:
    without = SQUARE.replace("{{ bos_token }}", "")
    use(window, qtbot, ChatTemplateChoice(source=f"{{{{ bos_token }}}}{SQUARE}"))
    editor = window.prompt_space.editor
    assert editor.exact.note.text() == "doubled BOS"
    message = editor.messages.message("warnings")
    assert message is not None
    assert "twice" in message.text
    use(window, qtbot, ChatTemplateChoice(source=without))
    doubled = editor.messages.message("warnings")
    assert editor.exact.note.text() in ("1 BOS", "BOS missing")
    assert (doubled is None) == (editor.exact.note.text() == "1 BOS")
    use(window, qtbot, ChatTemplateChoice())
    assert editor.exact.note.text() == "1 BOS"
    assert editor.messages.message("warnings") is None


def test_editing_shows_what_becomes_of_it(window: MainWindow, qtbot: QtBot) -> None:
    dialog = edit(window, qtbot)
    own = dialog.edit.toPlainText()
    assert "messages" in own
    assert dialog.exact.view.plain_text() == window.prompt_space.editor.exact.view.plain_text()
    with qtbot.waitSignal(dialog.checked, timeout=20_000):
        dialog.edit.setPlainText(BROKEN)
    assert "line 3" in dialog.error.text()
    marked = [s.cursor.block().blockNumber() for s in dialog.edit.extraSelections()]
    assert marked == [2]
    assert len(dialog.exact.view) == 0
    with qtbot.waitSignal(dialog.checked, timeout=20_000):
        dialog.edit.setPlainText(SQUARE)
    assert dialog.error.text() == ""
    assert not dialog.edit.extraSelections()
    assert "[user]" in dialog.exact.view.plain_text()
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.templates.dialog is None
    assert window.templates.choice == ChatTemplateChoice(source=SQUARE)
    assert "edited" in window.prompt_space.editor.exact.template_button.text()
    assert window.runs.is_idle()


def test_the_models_own_text_is_no_edit(window: MainWindow, qtbot: QtBot) -> None:
    use(window, qtbot, ChatTemplateChoice(source=SQUARE))
    dialog = edit(window, qtbot)
    with qtbot.waitSignal(dialog.checked, timeout=20_000):
        QTest.mouseClick(dialog.own_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        QTest.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert window.templates.choice.is_own
    assert window.templates.remembered() == {}


def test_escape_leaves_everything_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    dialog = edit(window, qtbot)
    dialog.edit.setPlainText(SQUARE)
    QTest.keyClick(dialog.edit, Qt.Key.Key_Escape)
    assert window.templates.dialog is None
    assert window.templates.choice.is_own


def test_closing_the_window_closes_the_dialog(window: MainWindow, qtbot: QtBot) -> None:
    dialog = edit(window, qtbot)
    dialog.edit.setPlainText(SQUARE)
    window.close()
    assert window.templates.dialog is None


def test_it_is_kept_per_model(
    window: MainWindow, qtbot: QtBot, small_demo_model: Path, tmp_path: Path
) -> None:
    use(window, qtbot, ChatTemplateChoice(source=SQUARE))
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.models.choose(small_demo_model)
    assert window.templates.choice.is_own
    assert "[user]" not in window.prompt_space.editor.exact.view.plain_text()
    save_state(tmp_path / "window.json", window.state())
    loaded, problem = load_state(tmp_path / "window.json")
    assert problem == ""
    assert [dict(v) for v in loaded.chat_templates.values()] == [{"source": SQUARE}]


def test_a_new_window_uses_what_was_remembered(open_window: object, demo_model: Path) -> None:
    assert callable(open_window)
    state = WindowState(theme="light", chat_templates={str(demo_model): {"source": SQUARE}})
    window: MainWindow = open_window(state)
    assert "[user] Tell me" in window.prompt_space.editor.exact.view.plain_text()


def test_a_raw_prompt_has_no_chat_template(window: MainWindow, qtbot: QtBot) -> None:
    button = window.prompt_space.editor.exact.template_button
    assert button.isVisible()
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000) as done:
        window.prompts.open_prompt(raw_prompt("Once upon", "raw"), {})
    assert not button.isVisible()
    assert done.args is not None
    assert done.args[0].chat_template is None


def test_an_old_run_brings_its_template_back(window: MainWindow, qtbot: QtBot) -> None:
    use(window, qtbot, ChatTemplateChoice(source=SQUARE))
    with qtbot.waitSignal(window.runs.finished, timeout=20_000) as done:
        window.runs.generate()
    assert done.args is not None
    use(window, qtbot, ChatTemplateChoice())
    window.show_workspace(Workspace.HISTORY)
    qtbot.waitUntil(lambda: window.prompt_space.recent.model().rowCount() == 1, timeout=10_000)
    with qtbot.waitSignal(window.history.opened, timeout=10_000):
        window.history.open(done.args[0].start.run_id)
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        QTest.mouseClick(window.history_space.details.button, Qt.MouseButton.LeftButton)
    assert window.templates.choice.source == SQUARE


@pytest.mark.parametrize(
    "choice",
    [ChatTemplateChoice(path="/a/b.jinja"), ChatTemplateChoice(source="x")],
)
def test_choices_survive_json(choice: ChatTemplateChoice) -> None:
    assert choice_from_json(choice.to_json()) == choice


@pytest.mark.parametrize("value", [None, 3, [], {"path": 3}, {"source": None}, {"path": ""}])
def test_rubbish_is_the_models_own(value: object) -> None:
    assert choice_from_json(value).is_own


def test_a_file_that_is_no_template_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty.jinja").write_text(" ", encoding="utf-8")
    with pytest.raises(UserError, match=r"The chat template .*empty.jinja") as caught:
        ChatTemplateChoice(path=str(tmp_path / "empty.jinja")).read()
    assert caught.value.hint
