"""All mistakes of a prompt at once, and how the editor says them. No Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from workbench.core.errors import UserError
from workbench.gui.said import tr_said
from workbench.gui.translate import mark, tr

if TYPE_CHECKING:
    from workbench.templates.fragments import Fragments
    from workbench.templates.prompt_file import PromptFile
    from workbench.templates.template_errors import TemplateUserError

T = TypeVar("T")

_ADVICE = re.compile(r"Give it a value \(-v \w+=…\)[^.]*\.")
"""Advice for the command line inside a hint."""


class Mistake(NamedTuple):
    """One sentence about block number `block` (None: of no block), in `line` of its text."""

    text: str
    block: int | None = None
    line: int | None = None


class MistakesError(UserError):
    """A prompt that cannot be rendered, with everything that is known to be wrong in it."""

    def __init__(self, first: UserError, mistakes: Sequence[Mistake]) -> None:
        super().__init__(first.message, first.hint, first.details)
        self.mistakes = tuple(mistakes)


def telling_all(
    work: Callable[[], T],
    prompt: PromptFile,
    values: Mapping[str, object],
    fragments: Fragments | None,
) -> T:
    """What `work` answers; when a template of `prompt` fails, all of their mistakes are told.

    Raises:
        MistakesError: a template is wrong; other errors of `work` pass.
    """
    from workbench.templates.mistakes import find_mistakes
    from workbench.templates.template_errors import TemplateUserError

    try:
        return work()
    except TemplateUserError as error:
        found = find_mistakes(prompt, values, fragments) or [error]
        raise MistakesError(error, [_mistake(one) for one in found]) from error


def for_the_window(text: str) -> str:
    """Sentences in the person's language, without advice that only counts on a command line."""
    return tr_said(_ADVICE.sub(mark("Fill it in under Variables."), text))


def _mistake(error: TemplateUserError) -> Mistake:
    line = (
        ""
        if error.template_line is None
        else tr("line {template_line}: ", template_line=error.template_line)
    )
    said = f"{line}{for_the_window(error.what)} {for_the_window(error.hint)}".strip()
    return Mistake(said, error.message_index or 0, error.template_line)


def lacks_value(name: str) -> str:
    """How a mistake says that a variable has no value."""
    return tr_said(f"the variable {name} has no value")
