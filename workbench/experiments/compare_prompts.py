"""The prompts a column can have: the open one, its stored versions, others of the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.errors import UserError
from workbench.core.library_folders import LibraryFolders
from workbench.experiments.session import Prepared, Session
from workbench.experiments.versions import prompt_key
from workbench.templates.prompt_file import PromptFile, load_prompt, parse_prompt, raw_prompt
from workbench.templates.variables import coerce_values, form_variables

if TYPE_CHECKING:
    from workbench.history.versions import Version


@dataclass(frozen=True, slots=True)
class PromptChoice:
    """A prompt for a column.

    Attributes:
        label: "v3 shorter", or another prompt's name; empty for the open prompt as it stands.
        source: its whole file; None for the open prompt as it stands, or when `path` has it.
        path: the file of another prompt.
        raw: whether `source` is the text of a raw completion and no YAML.
        created_us: when a version was saved; 0 for anything else.
    """

    label: str = ""
    source: str | None = None
    path: Path | None = None
    raw: bool = False
    created_us: int = 0

    def prompt(self, open_prompt: PromptFile) -> PromptFile:
        """The prompt itself; reads the file of another one.

        Raises:
            UserError: it cannot be read.
        """
        if self.source is not None:
            if self.raw:
                bare = raw_prompt(self.source, open_prompt.name)
                return replace(bare, path=open_prompt.path)
            return parse_prompt(self.source, open_prompt.name, open_prompt.path)
        return open_prompt if self.path is None else load_prompt(self.path)


NOW = PromptChoice()


def prompt_choices(session: Session, prompt: PromptFile) -> tuple[PromptChoice, ...]:
    """The open prompt, its stored versions (newest first), then every other of the library.

    Raises:
        UserError: the history cannot be read.
    """
    others = [
        PromptChoice(other.name, path=other.path)
        for other in session.library.list()
        if other.path != prompt.path and not other.error
    ]
    return (NOW, *version_choices(session, prompt), *others)


def version_choices(session: Session, prompt: PromptFile) -> tuple[PromptChoice, ...]:
    """The stored versions of a prompt, newest first; none for a prompt without a file.

    Raises:
        UserError: the history cannot be read.
    """
    from workbench.history.versions import PromptVersions  # SQLite's tools take long to import

    if prompt.path is None:
        return ()
    versions = PromptVersions(session.store)
    key = prompt_key(prompt.path, LibraryFolders(session.profile).all())
    raw = prompt.text is not None and prompt.source == prompt.text
    return tuple(
        PromptChoice(_label(v), versions.source(v), raw=raw, created_us=v.created_us)
        for v in versions.list(key)
    )


def find_version(session: Session, prompt: PromptFile, wanted: str) -> PromptChoice:
    """The stored version called "v3", "3" or by its name; "now" is the prompt as it stands.

    Raises:
        UserError: there is none; the hint lists those there are.
    """
    if wanted.strip().lower() == "now":
        return NOW
    known = version_choices(session, prompt)
    for choice in known:
        number, _, name = choice.label.partition(" ")
        if wanted.strip().lower() in (number, number[1:], name.lower()):
            return choice
    hint = (
        f"There are {', '.join(c.label for c in known)} and now."
        if known
        else ("It was never saved; saving it makes the first version.")
    )
    raise UserError(f"The prompt {prompt.name} has no version {wanted}.", hint)


def values_for(
    session: Session, prompt: PromptFile, values: Mapping[str, object]
) -> dict[str, object]:
    """Those of `values` that a prompt knows, and its own defaults for the rest.

    Raises:
        UserError: a value does not fit a variable of the prompt.
    """
    known = {variable.name for variable in form_variables(prompt, None, session.library)}
    kept = {name: value for name, value in values.items() if name in known}
    return coerce_values(prompt, kept, session.library)


def of_prepared(
    session: Session, prepared: Prepared, choice: PromptChoice
) -> tuple[PromptFile, dict[str, object]]:
    """A choice's prompt with the values of the open one.

    Raises:
        UserError: it cannot be read, or a value does not fit.
    """
    if choice == NOW:
        return prepared.prompt, dict(prepared.values)
    prompt = choice.prompt(prepared.prompt)
    return prompt, values_for(session, prompt, prepared.values)


def _label(version: Version) -> str:
    return f"{version.label} {version.name or ''}".strip()
