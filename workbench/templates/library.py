"""The prompt library: folders of `.prompt.yml` files, the person's own and the bundled ones."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.templates.prompt_file import SUFFIXES, load_prompt, prompt_name
from workbench.templates.variables import form_variables


@dataclass(frozen=True, slots=True)
class PromptSummary:
    """One file of the library.

    Attributes:
        name: the file's name without `.prompt.yml`, by which it is found.
        title: the name written in the file; `name` when it has none.
        variables: names, in order of first use.
        folder: relative to the library folder, with "/"; empty at its top.
        error: why the file cannot be used, one sentence; empty when it can.
    """

    name: str
    path: Path
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    folder: str = ""
    error: str = ""


class Library:
    """Prompts below some folders; the first folder wins when a name is there twice.

    Reads the disk at every call, so that files others write are seen. Folders that do not exist
    are empty.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def list(self) -> list[PromptSummary]:
        """Every prompt file, by folder and name; a broken one with its error."""
        return [_summary(path, root) for path, root in self._files()]

    def find(self, name: str) -> Path:
        """The file called `name`: its name, or its path relative to a library folder.

        Raises:
            UserError: no such file; the nearest name is offered.
        """
        wanted = name.replace("\\", "/").removeprefix("./")
        known: dict[str, Path] = {}
        for path, root in self._files():
            relative = path.relative_to(root).as_posix()
            for alias in (prompt_name(path), _folder_name(relative), relative):
                known.setdefault(alias, path)
        if wanted in known:
            return known[wanted]
        names = [alias for alias in known if not alias.endswith(SUFFIXES) and "/" not in alias]
        raise UserError(f"There is no prompt named {name}.", did_you_mean(name, names))

    def _files(self) -> Sequence[tuple[Path, Path]]:
        found = []
        for root in self._folders:
            for folder, subfolders, files in os.walk(root):
                subfolders[:] = [s for s in subfolders if not s.startswith(".")]
                found += [
                    (Path(folder) / file, root)
                    for file in files
                    if file.lower().endswith(SUFFIXES) and not file.startswith(".")
                ]
        order = {root: number for number, root in enumerate(self._folders)}
        return sorted(
            found,
            key=lambda pair: (
                order[pair[1]],
                pair[0].parent.relative_to(pair[1]).as_posix(),
                pair[0].name.lower(),
            ),
        )


def _folder_name(relative: str) -> str:
    path = Path(relative)
    folder = path.parent.as_posix()
    return prompt_name(path) if folder == "." else f"{folder}/{prompt_name(path)}"


def _summary(path: Path, root: Path) -> PromptSummary:
    folder = path.parent.relative_to(root).as_posix()
    place = "" if folder == "." else folder
    try:
        prompt = load_prompt(path)
    except UserError as error:
        return PromptSummary(
            prompt_name(path), path, prompt_name(path), folder=place, error=str(error)
        )
    names: tuple[str, ...] = ()
    problem = ""
    try:
        names = tuple(variable.name for variable in form_variables(prompt))
    except UserError as error:
        problem = str(error)
    return PromptSummary(
        prompt_name(path),
        path,
        prompt.name,
        prompt.description,
        prompt.tags,
        names,
        place,
        problem,
    )
