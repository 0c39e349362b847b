"""What the verbs that ask one question of a model share: their options, and the model at hand."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workbench.cli.interrupts import interrupt_cancels
from workbench.cli.options import (
    engine_settings,
    json_option,
    library_of,
    model_option,
    pairs,
    profile_option,
    read_prompt,
    setting_option,
    variable_option,
)
from workbench.core.cancel import CancelToken
from workbench.core.engine_input import ENGINE_NAMES, split_values, with_engine_values
from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.experiments.direct import DirectEngine, ReadPrompt
    from workbench.templates.prompt_file import PromptFile

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt, a model and settings as the command line gave them."""

    prompt: str
    model: str | None
    variables: tuple[str, ...]
    settings: tuple[str, ...]
    as_json: bool
    profile: Profile

    def check_unsampled(self) -> None:
        """For a verb that draws nothing: only engine settings mean anything to it.

        Raises:
            UserError: `-s` names something else; its numbers would look as if it had counted.
        """
        _, others = split_values(pairs(self.settings, "-s"))
        if others:
            from workbench.core.sampling import is_parameter

            name, value = next(iter(others.items()))
            if not is_parameter(name):
                with_engine_values(EngineSettings(), {name: value})  # says which name is near
            raise UserError(
                f"{name} changes nothing here: these are the model's own probabilities.",
                f"-s takes {', '.join(ENGINE_NAMES)} here; `workbench trace` shows what samplers "
                "do.",
            )

    @contextmanager
    def engine(self) -> Iterator[tuple[DirectEngine, ReadPrompt, PromptFile]]:
        """The model loaded in this process, and the prompt as it reads it.

        Raises:
            UserError: the prompt or the model cannot be used.
            KeyboardInterrupt: Ctrl+C stopped it at a place where nothing is half done.
        """
        from workbench.experiments.direct import direct_engine
        from workbench.experiments.models import find_model
        from workbench.templates.variables import coerce_values

        file = read_prompt(self.prompt, self.profile)
        library = library_of(self.profile)
        values = coerce_values(file, pairs(self.variables, "-v"), library)
        path = find_model(self.model, self.profile)
        settings, cancel = engine_settings(self.settings), CancelToken()
        with (
            interrupt_cancels(cancel),
            direct_engine(path, settings, library, self.profile, cancel) as engine,
        ):
            yield engine, engine.read(file, values), file


def question_options(function: Function) -> Function:
    """PROMPT, -m, -v, -s, --json and --profile; the verb receives them as one `Question`."""

    # `wraps` carries over the options that stand below this decorator.
    @functools.wraps(function)
    def wrapped(
        prompt: str,
        model: str | None,
        variables: tuple[str, ...],
        settings: tuple[str, ...],
        as_json: bool,
        profile: Profile,
        **others: Any,
    ) -> Any:
        question = Question(prompt, model, variables, settings, as_json, profile)
        return function(question, **others)

    decorated: Any = profile_option(wrapped)
    for option in (json_option, setting_option, variable_option, model_option):
        decorated = option(decorated)
    return click.argument("prompt")(decorated)  # type: ignore[no-any-return]  # click's decorators change the signature
