"""Prompts of other tools as prompt files of the library. Any thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.core.errors import UserError
from workbench.core.files import write_whole
from workbench.core.model_parameters import parameter_name, read_parameters
from workbench.core.sampling import Sampling
from workbench.export.import_formats import format_of, import_formats
from workbench.export.reading import Imported, ReadPrompt, ReadVariable
from workbench.templates.declarations import Variable, VariableKind
from workbench.templates.edit import PromptEdit, edit_prompt
from workbench.templates.prompt_file import PromptFile, parse_prompt, read_source
from workbench.templates.yaml_edit import edit_yaml
from workbench.templates.yaml_source import YamlError, parse_yaml

_NAME = re.compile(r"[^\W\d]\w*\Z")
_USED = re.compile(r"\{\{\s*([^\W\d]\w*)")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of another tool.

    Attributes:
        format: what it was read as.
        prompts: prompts that are in no file yet.
        left_out: one sentence for each thing that was left out.
    """

    format: str
    prompts: tuple[PromptFile, ...]
    left_out: tuple[str, ...]


def read_foreign(path: Path, format_name: str | None = None) -> ReadFile:
    """The prompts in `path`; without `format_name` what it is is found out.

    Raises:
        UserError: it cannot be read, is in no known format, or is broken.
    """
    text = read_source(path)
    made = import_formats().get(format_name) if format_name else format_of(path.name, text)
    found = made.read(path.name, text, lambda name: _beside(path, name))
    return ReadFile(made.name, *_prompts(found, path.name))


def save_prompts(prompts: Sequence[PromptFile], folder: Path) -> list[Path]:
    """Write each prompt into `folder` under a name that is free, and say where.

    Raises:
        UserError: a file cannot be written.
    """
    written = []
    for prompt in prompts:
        stem = file_stem(prompt.name)
        path = folder / f"{stem}.prompt.yml"
        number = 1
        while path.exists():
            number += 1
            path = folder / f"{stem}-{number}.prompt.yml"
        write_whole(path, prompt.source)
        written.append(path)
    return written


def file_stem(name: str) -> str:
    """A file's name for a prompt's name: words with hyphens, in lower case."""
    words = re.sub(r"[^\w.]+", "-", name.strip(), flags=re.UNICODE).strip("-._").lower()
    return words[:80] or "prompt"


def as_prompt(read: ReadPrompt) -> tuple[PromptFile, list[str]]:
    """A prompt file with what was read, and a sentence for each setting that means nothing here.

    Raises:
        UserError: it makes no valid prompt.
    """
    parameters, left_out = _parameters(read)
    renamed = {v.name: v for v in read.variables if not _NAME.match(v.name)}
    left_out += [f"The variable {name!r}: no name here is like it." for name in renamed]
    edit = PromptEdit(
        name=read.name,
        description=read.description,
        tags=read.tags,
        model=read.model,
        model_parameters=parameters,
        messages=read.messages or None,
        text=read.text,
        variables=[_variable(v) for v in read.variables if v.name not in renamed],
        test_data=read.test_data,
    )
    if not read.messages and read.text is None:
        raise UserError(f"{read.name} holds no message and no text.")
    seedling = parse_prompt("text: ''\n", read.name)
    made = edit_prompt(seedling, edit)
    if read.evaluators:
        made = _with_evaluators(made, read)
    return made, left_out


def _prompts(found: Imported, label: str) -> tuple[tuple[PromptFile, ...], tuple[str, ...]]:
    left_out = list(found.left_out)
    prompts = []
    for read in found.prompts:
        try:
            prompt, more = as_prompt(read)
        except UserError as error:
            what = error.what if isinstance(error, YamlError) else error.message
            raise UserError(f"{label} makes no valid prompt: {what}", error.hint) from error
        prompts.append(prompt)
        left_out += more
    return tuple(prompts), tuple(dict.fromkeys(left_out))


def _parameters(read: ReadPrompt) -> tuple[dict[str, object], list[str]]:
    kept: dict[str, object] = {}
    left_out = []
    for written, value in read.parameters.items():
        name = parameter_name(written)
        if name is None:
            left_out.append(f"The setting {written}: llama.cpp has none like it.")
            continue
        _sampling, _seed, problems = read_parameters({name: value}, Sampling())
        if problems:
            left_out.append(f"The setting {written}: {problems[0].message}")
        else:
            kept[name] = value
    return kept, left_out


def _variable(read: ReadVariable) -> Variable:
    kind = VariableKind(read.kind)
    default = read.default
    if kind is VariableKind.CHOICE and default is not None and str(default) not in read.choices:
        kind = VariableKind.TEXT
    if kind in (VariableKind.TEXT, VariableKind.CHOICE) and default is not None:
        default = str(default)
    choices = read.choices if kind is VariableKind.CHOICE else ()
    return Variable(read.name, kind, default, read.description, choices)


def _with_evaluators(prompt: PromptFile, read: ReadPrompt) -> PromptFile:
    loaded: Any = parse_yaml(prompt.source, prompt.label).data
    data = dict(loaded)
    data["evaluators"] = [dict(row) for row in read.evaluators]
    return parse_prompt(edit_yaml(prompt.source, data, prompt.label), prompt.name)


def _beside(path: Path, name: str) -> str:
    """A file in the same folder or below it, and nowhere else.

    Raises:
        UserError: it lies outside, or cannot be read.
    """
    folder = path.resolve().parent
    try:
        wanted = (folder / name).resolve()
    except (OSError, ValueError) as error:  # a NUL, half a character, a name without end
        raise UserError(f"{path.name} asks for {name!r}, which no file can be called.") from error
    if not wanted.is_relative_to(folder):
        raise UserError(
            f"{path.name} asks for {name}, which lies outside of its folder.",
            "Copy it beside the file.",
        )
    return read_source(wanted)
