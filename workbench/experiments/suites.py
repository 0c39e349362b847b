"""The sample suites that ship with the program: what each measures and how it is usually asked."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.paths import prompts_folder
from workbench.core.task import Kind

MANIFEST = "suites.json"


@dataclass(frozen=True, slots=True)
class Suite:
    """One bundled task.

    Attributes:
        name: of its file, without the suffix, unless a second suite asks the same file otherwise.
        family: the heading that lists show it under.
        metrics: names of what usually scores it.
        prompt: the prompt file its items fill; None for the kind's own prompt.
        style: "letters" or "answers" for choice items; empty when the items say.
        few_shot: examples usually shown in front.
        licence: of its items.
    """

    name: str
    title: str
    family: str
    kind: Kind
    description: str
    path: Path
    metrics: tuple[str, ...] = ()
    prompt: Path | None = None
    style: str = ""
    few_shot: int = 0
    licence: str = ""


def bundled_suites(folder: Path | None = None) -> tuple[Suite, ...]:
    """Every suite, in the order in which lists show them.

    Args:
        folder: holds `suites/suites.json` and the prompts it names; None for the bundled one.

    Raises:
        UserError: the list cannot be read.
    """
    root = folder or prompts_folder()
    path = root / "suites" / MANIFEST
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        licence = str(data["licence"])
        return tuple(_suite(root, entry, licence) for entry in data["suites"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"The list of sample suites {path} cannot be read: {error}.",
            "Reinstall the workbench.",
        ) from error


def find_suite(name: str) -> Suite | None:
    """The bundled suite of that name; None when there is none.

    Raises:
        UserError: the list cannot be read.
    """
    return next((suite for suite in bundled_suites() if suite.name == name), None)


def near_suite(name: str) -> str:
    """A hint for a name that is no suite: the nearest one, and where all are listed."""
    near = difflib.get_close_matches(name, [suite.name for suite in bundled_suites()], n=1)
    guess = f"Did you mean {near[0]}? " if near else ""
    return f"{guess}`workbench eval --list-suites` names the sample suites."


def _suite(root: Path, entry: dict[str, object], licence: str) -> Suite:
    metrics = entry.get("metrics", [])
    few_shot = entry.get("few_shot", 0)
    prompt = entry.get("prompt")
    if not isinstance(metrics, list) or not isinstance(few_shot, int):
        raise TypeError(f"metrics and few_shot of {entry['file']}")
    path = root / "suites" / str(entry["file"])
    return Suite(
        name=str(entry.get("name", path.stem)),
        title=str(entry["title"]),
        family=str(entry["family"]),
        kind=Kind(str(entry["kind"])),
        description=str(entry["description"]),
        path=path,
        metrics=tuple(str(name) for name in metrics),
        prompt=None if prompt is None else root / str(prompt),
        style=str(entry.get("style", "")),
        few_shot=few_shot,
        licence=str(entry.get("licence", licence)),
    )
