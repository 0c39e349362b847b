"""What the form offers: models and prompts that can be measured. No Qt; any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.errors import UserError
from workbench.core.library_folders import LibraryFolders
from workbench.core.types import ModelInfo
from workbench.engine.gguf import read_header
from workbench.experiments.models import list_models
from workbench.experiments.session import Session
from workbench.experiments.suites import Suite
from workbench.experiments.versions import prompt_key
from workbench.gui.experiments.wish import PromptChoice
from workbench.gui.translate import tr
from workbench.templates.prompt_file import PromptFile, load_prompt, parse_prompt

if TYPE_CHECKING:  # SQLite's tools take long to import
    from workbench.history.versions import PromptVersions, Version

OWN = "own"
SUITE = "suite"
OPEN = "open"
MOST_VERSIONS = 20


def models_offered(
    session: Session, added: Sequence[Path], current: ModelInfo | None
) -> list[ModelInfo]:
    """Models of the folders, the window's own one first, and those that were added.

    Raises:
        UserError: an added file is no model.
    """
    found = {m.path: m for m in list_models(session.profile)}
    for path in added:
        info = read_header(path).info
        found.setdefault(info.path, info)
    if current is not None:
        found.setdefault(current.path, current)
    first = "" if current is None else current.path
    return sorted(found.values(), key=lambda m: m.path != first)


def prompts_offered(
    session: Session,
    suite: Suite | None,
    is_open: PromptFile | None,
    snapshot: Callable[[], PromptFile] | None,
    added: Sequence[Path],
) -> list[PromptChoice]:
    """The kind's own prompt, the suite's, the one that is open with its versions, and added ones.

    Raises:
        UserError: the history cannot be read.
    """
    made = [PromptChoice(OWN, tr("the task's own"), _none)]
    if suite is not None and suite.prompt is not None:
        name = suite.prompt.name.removesuffix(".prompt.yml")
        made.append(PromptChoice(SUITE, name, partial(load_prompt, suite.prompt)))
    if is_open is not None and snapshot is not None:
        made += _versions(session, is_open)
        made.append(PromptChoice(OPEN, tr("{name} (open)", name=is_open.name), snapshot))
    made += [
        PromptChoice(str(path), path.name.removesuffix(".prompt.yml"), partial(load_prompt, path))
        for path in added
    ]
    return made


def _none() -> None:
    return None


def _versions(session: Session, prompt: PromptFile) -> list[PromptChoice]:
    """The newest versions, the oldest of them first, as a plot over versions shows them."""
    from workbench.history.versions import PromptVersions

    if prompt.path is None:
        return []
    versions = PromptVersions(session.store)
    key = prompt_key(prompt.path, LibraryFolders(session.profile).all())
    return [
        PromptChoice(
            f"{key}#{version.number}",
            f"{prompt.name} {version.label}",
            partial(_version, versions, version, prompt),
        )
        for version in reversed(versions.list(key)[:MOST_VERSIONS])
    ]


def _version(versions: PromptVersions, version: Version, prompt: PromptFile) -> PromptFile:
    label = f"{prompt.name} {version.label}"
    return replace(parse_prompt(versions.source(version), label, prompt.path), name=label)


def first_model(models: Sequence[ModelInfo], current: ModelInfo | None) -> list[Path]:
    """What is ticked at first: the window's own model, else the first one.

    Raises:
        UserError: there is no model at all.
    """
    if current is not None:
        return [Path(current.path)]
    if not models:
        raise UserError(tr("There is no model."), tr("Add a GGUF file."))
    return [Path(models[0].path)]
