"""`{% include "name" %}`: one prompt inside another, from the library and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from workbench.core.errors import UserError
from workbench.templates.prompt_file import PromptFile
from workbench.templates.template_source import TemplateSource


class MissingFragmentError(UserError):
    """There is no prompt of that name to include."""


class Fragments(Protocol):
    """Where included prompts come from; the library is one."""

    def fragment(self, name: str, beside: Path | None) -> PromptFile:
        """The prompt called `name`, or at the path `name` relative to the file `beside`.

        Raises:
            MissingFragmentError: no such prompt in the library.
            UserError: it is broken.
        """


class Includes:
    """The fragments of one rendering: each read once, none inside itself. One thread.

    Args:
        source: where fragments come from; None when there is no library.
        home: the prompt that is rendered.
    """

    def __init__(self, source: Fragments | None, home: PromptFile) -> None:
        self._source = source
        self._chain = [home]
        self._read: dict[tuple[str, Path | None], PromptFile] = {}

    @property
    def has_source(self) -> bool:
        """Whether there is a library to include from."""
        return self._source is not None

    @contextmanager
    def entered(self, name: object) -> Iterator[PromptFile]:
        """The fragment called `name` (of several names the first there is), while it is rendered.

        Raises:
            UserError: it is missing, or would include itself; the chain is named.
        """
        found = self._first(name)
        again = next((i for i, outer in enumerate(self._chain) if _same(outer, found)), None)
        if again is not None:
            chain = [*self._chain[again:], found]
            raise UserError(
                f"the fragments include each other in a circle:"
                f" {' → '.join(prompt.label for prompt in chain)}.",
                "Take one of these {% include %} tags out.",
            )
        self._chain.append(found)
        try:
            yield found
        finally:
            self._chain.pop()

    def _first(self, name: object) -> PromptFile:
        names = list(name) if isinstance(name, list | tuple) else [name]
        missing: MissingFragmentError | None = None
        for one in names:
            if not isinstance(one, str):
                raise UserError(f"{{% include %}} takes a name, not a {type(one).__name__}.")
            try:
                return self._open(str(one))
            except MissingFragmentError as error:
                missing = missing or error
        raise missing or UserError("{% include %} got an empty list of names.")

    def _open(self, name: str) -> PromptFile:
        beside = self._chain[-1].path
        key = (name, beside)
        if key not in self._read:
            if self._source is None:
                raise MissingFragmentError(
                    f"there is no library here to include {name} from.",
                    "Save the prompt in the library first.",
                )
            self._read[key] = self._source.fragment(name, beside)
        return self._read[key]


def _same(one: PromptFile, other: PromptFile) -> bool:
    if one.path is None or other.path is None:
        return one is other
    return one.path == other.path


def fragment_template(prompt: PromptFile) -> TemplateSource:
    """The one template of a fragment: its text, or its only message.

    Raises:
        UserError: it has several messages.
    """
    templates = prompt.templates()
    if len(templates) != 1:
        raise UserError(
            f"{prompt.label} has {len(templates)} messages, and a fragment is one text.",
            "Write it with text:, or with a single message.",
        )
    return templates[0]


def fragment_defaults(prompt: PromptFile, given: Mapping[str, object]) -> dict[str, object]:
    """Defaults of the variables that the fragment declares and nobody gave a value."""
    return {
        variable.name: variable.default
        for variable in prompt.variables
        if variable.default is not None and variable.name not in given
    }
