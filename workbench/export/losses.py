"""Sentences for what a format cannot say, the same words for every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
        (_rows(len(parts.test_data), "row", "of test data"), bool(parts.test_data)),
        (_rows(len(parts.evaluators), "evaluator"), bool(parts.evaluators)),
    ]
    there = [word for word, is_there in words if is_there]
    text = _listed(there) if there else ""
    return [f"{text[0].upper()}{text[1:]}."] if there else []


def declarations_lost(parts: PromptParts) -> list[str]:
    """Kinds, choices and descriptions of variables, where only their values are kept."""
    told = [v.name for v in parts.variables if v.kind != "text" or v.description or v.choices]
    return [f"Kinds and descriptions of {_variables(told)}."] if told else []


def variables_lost(parts: PromptParts) -> list[str]:
    """The variables themselves, where their values are filled in."""
    names = _variables([v.name for v in parts.variables])
    value = "its value is" if len(parts.variables) == 1 else "their values are"
    return [f"{names[0].upper()}{names[1:]}: {value} filled in."] if names else []


def includes_lost(parts: PromptParts) -> list[str]:
    """Prompts that are taken in by name, where the target must find them by itself."""
    return [
        f"The text of {name}, which is included by name: the target must find it."
        for name in parts.includes
    ]


def _variables(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"the variable{'' if len(names) == 1 else 's'} {_listed(names)}"


def _rows(count: int, one: str, rest: str = "") -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'} {rest}".strip()


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _MOST_CHARS else f"{text[: _MOST_CHARS - 1]}…"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
