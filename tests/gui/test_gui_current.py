"""The shared state: which run and which token everybody looks at."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from workbench.experiments.live_run import RunOutcome
from workbench.gui.current import Part, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.rail import Workspace


def generate(window: MainWindow, qtbot: QtBot, seed: int) -> RunOutcome:
    window.prompt_space.sampling.set_seed(seed)
    with qtbot.waitSignal(window.runs.finished, timeout=30_000) as done:
        window.runs.generate()
    assert done.args is not None
    outcome = done.args[0]
    assert isinstance(outcome, RunOutcome)
    return outcome


def test_a_run_is_on_show_while_it_grows_and_when_it_ended(
    window: MainWindow, qtbot: QtBot
) -> None:
    current = window.current
    assert current.run is None
    changes: list[str] = []
    lengths: list[int] = []

    def note() -> None:
        assert current.run is not None
        changes.append(current.run.run_id)

    def grow() -> None:
        assert current.run is not None
        lengths.append(current.run.length(Part.REPLY))

    current.run_changed.connect(note)
    current.grew.connect(grow)
    outcome = generate(window, qtbot, 7)
    sample = outcome.end.result.samples[0]
    assert changes == [outcome.start.run_id]
    assert lengths == sorted(lengths)
    assert lengths[-1] == len(sample.tokens)
    run = current.run
    assert run is not None
    assert run.finished
    assert run.end is outcome.end
    assert run.prompt_tokens == outcome.start.prompt_tokens
    assert np.array_equal(run.samples[0].logprob, sample.tokens.logprob)
    text = b"".join(run.pieces[int(i)] for i in run.samples[0].ids)
    assert text.decode(errors="replace").startswith(sample.text)


def test_a_locked_token_is_the_chosen_one_and_the_other_way_round(
    window: MainWindow, qtbot: QtBot
) -> None:
    generate(window, qtbot, 7)
    view, current = window.prompt_space.reply.view, window.current
    view.lock(2)
    assert current.token == TokenPlace(Part.REPLY, 0, 2)
    current.choose(TokenPlace(Part.REPLY, 0, 1))
    assert view.locked_token == 1
    current.choose(TokenPlace(Part.PROMPT, 0, 0))
    assert view.locked_token == -1
    assert current.token == TokenPlace(Part.PROMPT, 0, 0)
    current.choose(TokenPlace(Part.REPLY, 0, 1))
    view.lock(-1)
    assert current.token is None


def test_a_token_that_is_not_there_is_none(window: MainWindow, qtbot: QtBot) -> None:
    generate(window, qtbot, 7)
    window.current.choose(TokenPlace(Part.REPLY, 0, 100_000))
    assert window.current.token is None
    window.current.choose(TokenPlace(Part.REPLY, 3, 0))
    assert window.current.token is None


def test_opening_a_stored_run_puts_it_on_show_and_a_click_brings_the_other_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    first, second = generate(window, qtbot, 7), generate(window, qtbot, 8)
    current = window.current
    window.show_workspace(Workspace.HISTORY)
    with qtbot.waitSignal(window.history.opened, timeout=10_000):
        window.history.open(first.start.run_id)
    assert current.run is not None
    assert current.run.run_id == first.start.run_id
    stored = window.history_space.details.reply.view
    stored.lock(1)
    assert current.token == TokenPlace(Part.REPLY, 0, 1)
    assert window.prompt_space.reply.view.locked_token == -1
    window.show_workspace(Workspace.PROMPT)
    window.prompt_space.reply.view.lock(0)
    assert current.run.run_id == second.start.run_id
    assert current.token == TokenPlace(Part.REPLY, 0, 0)
    assert stored.locked_token == -1


def test_a_new_run_forgets_the_token(window: MainWindow, qtbot: QtBot) -> None:
    generate(window, qtbot, 7)
    window.prompt_space.reply.view.lock(2)
    generate(window, qtbot, 8)
    assert window.current.token is None
    assert window.prompt_space.reply.view.locked_token == -1


def test_ids_before_a_token_are_what_the_model_read(window: MainWindow, qtbot: QtBot) -> None:
    outcome = generate(window, qtbot, 7)
    run = window.current.run
    assert run is not None
    prompt = tuple(t.id for t in outcome.start.prompt_tokens)
    said = tuple(int(i) for i in outcome.end.result.samples[0].tokens.ids)
    assert run.ids_before(TokenPlace(Part.PROMPT, 0, 3)) == prompt[:3]
    assert run.ids_before(TokenPlace(Part.REPLY, 0, 2)) == prompt + said[:2]
