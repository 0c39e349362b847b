"""The Attention workspace shows the chosen token's own reply, and what went wrong no longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from workbench.gui.attention.looked import Looked
from workbench.gui.current import Part, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.attention_space import AttentionSpace
from workbench.gui.panels.rail import Workspace

WAIT = 20_000


def test_a_token_of_another_reply_brings_that_reply(
    qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(prompt="key-value-lookup")
    sampling = window.prompt_space.sampling
    sampling.set_sampling(replace(sampling.sampling, max_tokens=6, ignore_eos=True))
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT):
        window.runs.generate()
    window.current.choose(TokenPlace(Part.REPLY, 0, 2))
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT):
        window.forks.several(TokenPlace(Part.REPLY, 0, 2), 4)
    run = window.current.run
    assert run is not None
    assert len(run.samples) > 1
    window.show_workspace(Workspace.ATTENTION)
    space = window.pages.page.widget
    assert isinstance(space, AttentionSpace)
    looked = next(c for c in space.children() if isinstance(c, Looked))
    for sample in (0, 1, 2, 1, 3):
        place = TokenPlace(Part.REPLY, sample, 3)
        window.current.choose(place)
        assert window.current.token == place
        text = looked.text
        assert text is not None
        assert (text.sample, looked.kept) == (sample, text.n_prompt + 3)
        assert space.text.view.locked_token == looked.kept
        assert list(text.ids[text.n_prompt :]) == run.samples[sample].ids.tolist()


def test_what_went_wrong_goes_when_it_goes_right(
    qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(prompt="key-value-lookup")
    with qtbot.waitSignal(window.runs.finished, timeout=WAIT):
        window.runs.generate()
    window.show_workspace(Workspace.ATTENTION)
    space = window.pages.page.widget
    assert isinstance(space, AttentionSpace)
    looked = next(c for c in space.children() if isinstance(c, Looked))
    assert looked.text is not None
    book = looked.text.book
    qtbot.waitUntil(lambda: book.whole is not None, timeout=WAIT)
    space.text.show_problem("The engine's process ended.")
    assert not space.text.problem.isHidden()
    window.current.choose(TokenPlace(Part.REPLY, 0, 0))
    assert "full colour" in space.text.caption.text()
    assert space.text.problem.isHidden()
