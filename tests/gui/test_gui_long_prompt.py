"""Prompts that no context holds: the window stays quick and says what it leaves out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from workbench.core.tokens import PromptToken
from workbench.gui.fonts import Fonts
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.attention_text import AttentionText
from workbench.gui.panels.exact_prompt import DRAWN_FIRST, DRAWN_LAST, ExactPrompt
from workbench.gui.panels.rail import Workspace
from workbench.gui.probabilities import run_view
from workbench.gui.probabilities.space import ProbabilitiesSpace
from workbench.gui.prompt_facts import PromptFacts
from workbench.gui.theme import Theme


def _token(id_: int, source: str = "literal", message: int | None = None) -> PromptToken:
    return PromptToken(id_, "ä", "ä".encode(), source, message)


def test_the_middle_of_an_enormous_prompt_is_counted_instead_of_drawn(
    theme: Theme, fonts: Fonts, qtbot: QtBot
) -> None:
    exact = ExactPrompt(theme, fonts)
    qtbot.addWidget(exact)
    count = DRAWN_FIRST + DRAWN_LAST + 5000
    tokens = [_token(i) for i in range(count - 1)] + [_token(count - 1, "variable:name")]
    exact.show_tokens(tokens, PromptFacts(n_ctx=1024))
    assert len(exact.shown) == count
    assert len(exact.view) == DRAWN_FIRST + 1 + DRAWN_LAST
    assert "… 5,000 tokens are not drawn …" in exact.view.plain_text()
    assert f"{count:,}" in exact.problem.text()
    exact.light(lambda source: source == "variable:name")
    assert exact.view.lit == {DRAWN_FIRST + DRAWN_LAST}
    said: list[str] = []
    exact.pointed.connect(said.append)
    for place, source in (
        (DRAWN_FIRST, ""),
        (DRAWN_FIRST + DRAWN_LAST - 1, ""),
        (DRAWN_FIRST + DRAWN_LAST, "variable:name"),
    ):
        exact.view.pointed.emit(place, QRect())
        assert said[-1] == source
    assert f"token {count:,}" in exact.caption.text()
    exact.show_tokens(tokens[:20], PromptFacts(n_ctx=1024))
    assert len(exact.view) == 20


def test_a_run_that_was_too_long_does_not_stop_the_other_workspaces(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_view, "MOST_DRAWN", 500)
    with qtbot.waitSignal(window.prompts.prepared, timeout=20_000):
        window.prompt_space.editor.blocks[0].edit.setPlainText("A fox saw a lamp. " * 300)
    with qtbot.waitSignal(window.runs.finished, timeout=20_000):
        window.runs.generate()
    run = window.current.run
    assert run is not None
    count = len(run.prompt_tokens)
    assert count > 1024
    window.show_workspace(Workspace.PROBABILITIES)
    space = window.findChildren(ProbabilitiesSpace)[0]
    assert len(space.prompt.view) == 500
    assert any(
        f"{count:,} tokens · the first 500 are shown" in part.text()
        for part in space.prompt.findChildren(QLabel)
    )
    window.show_workspace(Workspace.ATTENTION)
    text = window.findChildren(AttentionText)[0]
    assert "longer than the model's context" in text.empty.text()
    problem = space.reply.messages.message("run")
    assert problem is not None
    assert f"{count:,}" in problem.text
