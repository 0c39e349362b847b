"""Everything that is wrong with a prompt file, each mistake with its line and column."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values
from workbench.templates.declarations import Variable, coerce
from workbench.templates.fragments import Fragments, Includes
from workbench.templates.limits import Guard, Limits
from workbench.templates.mistakes import unknown_names
from workbench.templates.names import NameFinder, Use
from workbench.templates.prompt_file import (
    PromptFile,
    is_yaml,
    parse_prompt,
    prompt_name,
    raw_prompt,
    read_source,
)
from workbench.templates.render import render_prompt
from workbench.templates.sandbox import SandboxEnvironment
from workbench.templates.template_errors import TemplateUserError
from workbench.templates.template_source import TemplateSource
from workbench.templates.yaml_source import Place, YamlDocument, YamlError, YamlPath, parse_yaml

_KEYS = (
    "name",
    "description",
    "tags",
    "model",
    "modelParameters",
    "messages",
    "text",
    "variables",
    "testData",
    "evaluators",
)
_FREE_COLUMNS = frozenset({"expected", "output", "id", "name", "comment", "choices", "label"})
_MOST_ROWS = 200


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The prompt, or a row of its test data, cannot be used."""
    NOTE = "note"
    """It can, and is probably not what was meant."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    Attributes:
        message: one sentence, without the place.
        line, column: of the file, 1-based; None when the whole file is meant.
    """

    severity: Severity
    message: str
    hint: str = ""
    line: int | None = None
    column: int | None = None


def check_file(path: Path, fragments: Fragments | None = None) -> list[Problem]:
    """What is wrong with a prompt file, in the order of its lines; see `check_prompt`."""
    try:
        source = read_source(path)
    except UserError as error:
        return [_problem(error)]
    if not is_yaml(path):
        return check_templates(raw_prompt(source, prompt_name(path)), fragments)
    return check_prompt(source, prompt_name(path), path, fragments)


def check_prompt(
    source: str, name: str, path: Path | None = None, fragments: Fragments | None = None
) -> list[Problem]:
    """What is wrong with the YAML of a prompt file: its keys, its templates, its test data.

    All mistakes that can be told apart are found; a mistake in the YAML itself hides the rest.
    """
    found: list[YamlError] = []
    try:
        prompt = parse_prompt(source, name, path, found)
        document = parse_yaml(source, name)
    except UserError as error:
        return [_problem(error)]
    problems = [_problem(error) for error in found]
    check = _Check(document, prompt)
    problems += check.keys()
    problems += check.parameters()
    broken = check_templates(prompt, fragments)
    problems += broken
    if not broken:
        problems += check.names(fragments)
        problems += check.rows(fragments, render=not found)
    return _in_order(problems)


def check_templates(prompt: PromptFile, fragments: Fragments | None = None) -> list[Problem]:
    """Mistakes in the templates of a prompt that show without values."""
    problems: list[Problem] = []
    for source in prompt.templates():
        limits = Limits()
        guard = Guard(limits, time.monotonic() + limits.seconds)
        unknown = _unknown_names(SandboxEnvironment(guard, includes=Includes(None, prompt)), source)
        problems += unknown
        if unknown:
            continue
        try:
            NameFinder(guard, Includes(fragments, prompt)).uses_in(source)
        except UserError as error:
            problems.append(_problem(error))
    return problems


def _unknown_names(env: SandboxEnvironment, source: TemplateSource) -> list[Problem]:
    """Filters and tests that do not exist."""
    return [
        _at(
            source.file_place(one.line, one.name),
            Severity.ERROR,
            f"There is no {one.kind} named {one.name}.",
            one.hint,
        )
        for one in unknown_names(env, source)
    ]


def _problem(error: UserError) -> Problem:
    if isinstance(error, TemplateUserError):
        return Problem(Severity.ERROR, _said(error.what), error.hint, error.line, error.column)
    if isinstance(error, YamlError):
        return _at(error.place, Severity.ERROR, _said(error.what), error.hint)
    return Problem(Severity.ERROR, error.message, error.hint)


def _said(what: str) -> str:
    return what[:1].upper() + what[1:]


def _at(place: Place | None, severity: Severity, message: str, hint: str = "") -> Problem:
    if place is None:
        return Problem(severity, message, hint)
    return Problem(severity, message, hint, place.line, place.column)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.line or 0, p.column or 0, p.severity))


class _Check:
    """The checks that need the whole file."""

    def __init__(self, document: YamlDocument, prompt: PromptFile) -> None:
        self._document = document
        self._prompt = prompt

    def _note(self, path: YamlPath, message: str, hint: str = "") -> Problem:
        return _at(self._document.key_place(path), Severity.NOTE, message, hint)

    def _error(self, path: YamlPath, message: str, hint: str = "") -> Problem:
        return _at(self._document.place(path), Severity.ERROR, message, hint)

    def keys(self) -> list[Problem]:
        """Top-level keys that are probably misspelt; others belong to other tools."""
        data = self._document.data
        names = list(data) if isinstance(data, dict) else []
        return [
            self._note((name,), f"The key {name} means nothing here.", f"Did you mean {near[0]}?")
            for name in names
            if name not in _KEYS and (near := get_close_matches(name, _KEYS, 1, 0.75))
        ]

    def parameters(self) -> list[Problem]:
        """Model parameters that this program would leave out."""
        problems = []
        for name, value in self._prompt.model_parameters.items():
            if name == "seed":
                continue
            try:
                with_values(Sampling(), {_snake(name): value})
            except UserError as error:
                near = error.hint if error.hint.startswith("Did") else ""
                hint = f"{near} It is left out.".strip()
                problems.append(self._note(("modelParameters", name), error.message, hint))
        return problems

    def names(self, fragments: Fragments | None) -> list[Problem]:
        """Declared variables that nothing uses, and used ones that nothing declares."""
        limits = Limits()
        guard = Guard(limits, time.monotonic() + limits.seconds)
        finder = NameFinder(guard, Includes(fragments, self._prompt))
        used: dict[str, tuple[Use, TemplateSource]] = {}
        for source in self._prompt.templates():
            for use in finder.uses_in(source):
                used.setdefault(use.name, (use, source))
        declared = [variable.name for variable in self._prompt.variables]
        idle = [name for name in declared if name not in used and not self._evaluated(name)]
        problems = [
            self._note(self._declaration(name), f"The variable {name} is declared and never used.")
            for name in idle
        ]
        rows = self._prompt.test_data
        for name, (use, source) in used.items():
            given = not declared and rows and all(name in row for row in rows)
            if name in declared or use.declared is not None or given:
                continue
            near = did_you_mean(name, idle) if idle else ""
            hint = near if near.startswith("Did") else f"Declare it: variables: {{{name}: …}}."
            message = f"The variable {name} is used and not declared."
            problems.append(_at(_first_use(source, name), Severity.NOTE, message, hint))
        return problems

    def _declaration(self, name: str) -> YamlPath:
        if ("variables", name) in self._document.keys:
            return ("variables", name)
        index = [variable.name for variable in self._prompt.variables].index(name)
        return ("variables", index)

    def _evaluated(self, name: str) -> bool:
        return re.search(rf"\b{name}\b", str(self._prompt.evaluators)) is not None

    def rows(self, fragments: Fragments | None, *, render: bool) -> list[Problem]:
        """Rows of test data that do not fit the variables, or (if `render`) cannot be rendered."""
        limits = Limits()
        guard = Guard(limits, time.monotonic() + limits.seconds)
        finder = NameFinder(guard, Includes(fragments, self._prompt))
        variables: dict[str, Variable] = {}
        for use in finder.uses(self._prompt):
            variables.setdefault(use.name, use.declared or Variable(use.name, declared=False))
        variables |= {variable.name: variable for variable in self._prompt.variables}
        problems = []
        for index, row in enumerate(self._prompt.test_data[:_MOST_ROWS]):
            values, wrong = self._row_values(index, row, variables)
            problems += wrong
            if render and not any(p.severity is Severity.ERROR for p in wrong):
                problems += self._rendered(index, values, fragments)
        complete = all(variable.default is not None for variable in variables.values())
        if render and complete and not self._prompt.test_data:
            values, _ = self._row_values(-1, {}, variables)
            problems += self._rendered(None, values, fragments)
        return problems

    def _row_values(
        self, index: int, row: Mapping[str, object], variables: Mapping[str, Variable]
    ) -> tuple[dict[str, object], list[Problem]]:
        problems = []
        values = {
            name: coerce(variable, variable.default)
            for name, variable in variables.items()
            if variable.default is not None
        }
        for name, value in row.items():
            path = ("testData", index, name)
            if name in variables:
                try:
                    values[name] = coerce(variables[name], value)
                except UserError as error:
                    message = f"Row {index + 1}: {error.message}"
                    problems.append(self._error(path, message, error.hint))
            elif name not in _FREE_COLUMNS and not self._evaluated(name):
                hint = did_you_mean(name, list(variables)) if variables else ""
                message = f"Row {index + 1} has {name}, which is no variable of the prompt."
                problems.append(self._note(path, message, hint))
        return values, problems

    def _rendered(
        self, index: int | None, values: Mapping[str, object], fragments: Fragments | None
    ) -> list[Problem]:
        try:
            render_prompt(self._prompt, values, None, fragments=fragments)
        except UserError as error:
            problem = _problem(error)
            if index is None:
                return [problem]
            where = f" (line {problem.line})" if problem.line is not None else ""
            message = f"Row {index + 1} cannot be rendered: {_unsaid(problem.message)}{where}"
            return [self._error(("testData", index), message, _row_hint(problem.hint))]
        return []


def _unsaid(message: str) -> str:
    return (message[:1].lower() + message[1:]).rstrip(".")


def _row_hint(hint: str) -> str:
    """Advice for a row instead of for a command line."""
    return re.sub(r"Give it a value \(-v [^)]*\)", "Give it a value in the row", hint)


def _first_use(source: TemplateSource, name: str) -> Place | None:
    for number, line in enumerate(source.text.split("\n"), 1):
        if re.search(rf"\{{[{{%].*\b{re.escape(name)}\b", line):
            return source.file_place(number, name)
    return source.file_place(1)


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
