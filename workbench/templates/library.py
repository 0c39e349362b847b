"""The prompt library: folders of `.prompt.yml` files, the person's own and the bundled ones."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.templates.fragments import MissingFragmentError
from workbench.templates.prompt_file import SUFFIXES, PromptFile, load_prompt, prompt_name
from workbench.templates.variables import form_variables

_Stamp = tuple[int, int]
"""Time of the last change in nanoseconds, and size in bytes."""

_FRAGMENTS = (*SUFFIXES, ".txt", ".md", ".jinja", ".j2")


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
    """Prompts below some folders; the first folder wins when a name is there twice. Any thread.

    Looks at the disk at every call, so that files others write are seen; a file that has not
    changed since it was read is not read again. Folders that do not exist are empty.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._known: dict[Path, tuple[_Stamp, PromptSummary]] = {}
        self._lock = threading.Lock()  # protects _known

    def list(self) -> list[PromptSummary]:
        """Every prompt file, by folder and name; a broken one with its error."""
        return [self._summary(path, root) for path, root in self._files()]

    def find(self, name: str) -> Path:
        """The file called `name`: its name, or its path relative to a library folder.

        Raises:
            UserError: no such file; the nearest name is offered.
        """
        path, names = self._lookup(name)
        if path is None:
            raise UserError(f"There is no prompt named {name}.", did_you_mean(name, list(names)))
        return path

    def fragment(self, name: str, beside: Path | None) -> PromptFile:
        """The prompt that `{% include "name" %}` means in the file `beside`.

        A library name as `find` takes it, or else a path relative to `beside`; in both cases a
        file below a library folder, symbolic links followed.

        Raises:
            MissingFragmentError: no such file there; the nearest name is offered.
            UserError: the file is broken.
        """
        near, names = self._lookup(name)
        places = [near] if near is not None else []
        if beside is not None and name and "\0" not in name:
            here = beside.parent / name
            places += [here] if here.name.lower().endswith(_FRAGMENTS) else []
            places += [here.with_name(here.name + suffix) for suffix in SUFFIXES]
        roots = [folder.resolve() for folder in self._folders]
        for place in (Path(os.path.normpath(place)) for place in places):
            real = place.resolve()
            if any(real.is_relative_to(root) for root in roots) and real.is_file():
                return load_prompt(place)
        hint = did_you_mean(name, list(names))
        raise MissingFragmentError(f"there is no prompt named {name} in the library.", hint)

    def _lookup(self, name: str) -> tuple[Path | None, Sequence[str]]:
        """The file of that name, and all names there are."""
        wanted = name.replace("\\", "/").removeprefix("./")
        known: dict[str, Path] = {}
        for path, root in self._files():
            relative = path.relative_to(root).as_posix()
            for alias in (prompt_name(path), _folder_name(relative), relative):
                known.setdefault(alias, path)
        names = [alias for alias in known if not alias.endswith(SUFFIXES) and "/" not in alias]
        return known.get(wanted), names

    def _summary(self, path: Path, root: Path) -> PromptSummary:
        stamp = _stamp(path)
        with self._lock:
            seen = self._known.get(path)
        if seen is not None and stamp is not None and seen[0] == stamp:
            return seen[1]
        found, includes = _read(path, root, self)
        # What a prompt takes from others can change without its own file changing.
        if stamp is not None and not includes:
            with self._lock:
                self._known[path] = (stamp, found)
        return found

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


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _read(path: Path, root: Path, library: Library) -> tuple[PromptSummary, bool]:
    """What a file says of itself, and whether it includes other files."""
    folder = path.parent.relative_to(root).as_posix()
    place = "" if folder == "." else folder
    name = prompt_name(path)
    try:
        prompt = load_prompt(path)
    except UserError as error:
        return PromptSummary(name, path, name, folder=place, error=str(error)), False
    names: tuple[str, ...] = ()
    problem = ""
    try:
        names = tuple(v.name for v in form_variables(prompt, None, library))
    except UserError as error:
        problem = str(error)
    summary = PromptSummary(
        name, path, prompt.name, prompt.description, prompt.tags, names, place, problem
    )
    return summary, any("include" in template.text for template in prompt.templates())
