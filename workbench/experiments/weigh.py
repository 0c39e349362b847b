"""How likely a model of the session finds each of some answers to a prompt. Any thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from workbench.core.cancel import CancelToken
from workbench.core.types import ChoiceScore, ChooseRequest, EngineSettings
from workbench.experiments.server_prompt import check_exact
from workbench.experiments.session import Session
from workbench.templates.prompt_file import PromptFile


def weigh(
    session: Session,
    model: Path,
    settings: EngineSettings,
    prompt: PromptFile,
    values: Mapping[str, object],
    choices: Sequence[str],
    cancel: CancelToken,
) -> Sequence[ChoiceScore]:
    """The exact score of every choice behind the prompt, in the engine's child process.

    Prompt and choice are tokenised together where the prompt's own tokens stand at the begin then,
    since a choice alone may be cut otherwise.

    Raises:
        UserError: the prompt cannot be rendered or does not fit, or the engine died.
        Cancelled, StoppedError: somebody asked to stop.
    """
    check_exact(session.load(model, settings), prompt)
    prepared = session.prepare(model, settings, prompt, values)
    client = session.client(prepared.loaded.model, settings)
    rendered = prepared.rendered
    ids = tuple(token.id for token in prepared.tokens)

    def continuation(text: str) -> tuple[int, ...]:
        whole = client.tokenize(rendered.text + text, add_bos=rendered.adds_bos).result().ids
        if whole[: len(ids)] == ids:
            return whole[len(ids) :]
        return client.tokenize(text, add_bos=False).result().ids

    job = client.choose(ChooseRequest(ids, tuple(continuation(c) for c in choices)))
    cancel.when_cancelled(job.cancel)
    try:
        scores: Sequence[ChoiceScore] = job.future.result()
    finally:
        cancel.when_cancelled(None)
    return scores
