"""Sentences for what a format cannot say, the same words for every format."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.export.base import PromptParts

_MOST_CHARS = 40


def settings_lost(parts: PromptParts) -> list[str]:
    """The model's name and the decoding parameters, when there are any."""
    found = []
    if parts.model:
        found.append(f"The model, {parts.model}.")
    given = dict(parts.settings)
    if parts.seed is not None:
        given["seed"] = parts.seed
    if given:
        said = ", ".join(f"{name} {_short(value)}" for name, value in given.items())
        found.append(f"The settings: {said}.")
    return found


def about_lost(parts: PromptParts, *, has_description: bool = False) -> list[str]:
    """What describes the prompt: its description, tags, test data and evaluators."""
    words = [
        ("the description", bool(parts.description) and not has_description),
        ("the tags", bool(parts.tags)),
        (_rows(len(parts.test_data)), bool(parts.test_data)),
        (_evaluators(len(parts.evaluators)), bool(parts.evaluators)),
    ]
    there = [word for word, is_there in words if is_there]
    text = _listed(there) if there else ""
    return [f"{text[0].upper()}{text[1:]}."] if there else []


def declarations_lost(parts: PromptParts) -> list[str]:
    """Kinds, choices and descriptions of variables, where only their values are kept."""
    told = [v.name for v in parts.variables if v.kind != "text" or v.description or v.choices]
    if len(told) == 1:
        return [f"Kinds and descriptions of the variable {told[0]}."]
    return [f"Kinds and descriptions of the variables {_listed(told)}."] if told else []


def variables_lost(parts: PromptParts) -> list[str]:
    """The variables themselves, where their values are filled in."""
    names = [v.name for v in parts.variables]
    if len(names) == 1:
        return [f"The variable {names[0]}: its value is filled in."]
    return [f"The variables {_listed(names)}: their values are filled in."] if names else []


def includes_lost(parts: PromptParts) -> list[str]:
    """Prompts that are taken in by name, where the target must find them by itself."""
    return [
        f"The text of {name}, which is included by name: the target must find it."
        for name in parts.includes
    ]


def _rows(count: int) -> str:
    return "1 row of test data" if count == 1 else f"{count:,} rows of test data"


def _evaluators(count: int) -> str:
    return "1 evaluator" if count == 1 else f"{count:,} evaluators"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _MOST_CHARS else f"{text[: _MOST_CHARS - 1]}…"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
