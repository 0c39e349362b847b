"""What every export format gets and gives. Values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Need(StrEnum):
    """What a format must know of a prompt beside its file."""

    FILE = "file"
    """Nothing more: the templates leave as they are."""
    VALUES = "values"
    """A value for every variable: the messages leave filled in."""
    MODEL = "model"
    """A model besides: the exact text it reads leaves."""


@dataclass(frozen=True, slots=True)
class PartVariable:
    """A variable of the prompt and what it stands at.

    Attributes:
        kind: "text", "number", "choice", "boolean", "list" or "json".
        value: the value on the form, else the default; None when there is neither.
        default: the declared default; None when there is none.
    """

    name: str
    kind: str = "text"
    value: object = None
    default: object = None
    description: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartMessage:
    """One message; of a raw completion there is one without a role.

    Attributes:
        template: its Jinja2 source.
        filled: the template rendered with the values; None where the format needs no values.
    """

    role: str
    template: str
    filled: str | None = None


@dataclass(frozen=True, slots=True)
class PromptParts:
    """A prompt taken apart for the formats. Every value in it is JSON.

    Attributes:
        name: the file's name without its ending; `title` is what a person calls it.
        is_chat: whether the messages have roles; else `messages` holds the one raw text.
        settings: llama.cpp names and values of the decoding parameters that are not its defaults.
        seed: the seed that is set; None when one is drawn for every run.
        yaml: the whole `.prompt.yml`, with what `settings` and `seed` say.
        exact: the text the model reads; None where the format needs no model.
        adds_bos: whether the tokenizer puts a BOS token in front of `exact`.
        includes: names of the prompts whose text this one takes in.
    """

    name: str
    title: str
    is_chat: bool
    messages: tuple[PartMessage, ...]
    yaml: str
    description: str = ""
    tags: tuple[str, ...] = ()
    model: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    seed: int | None = None
    variables: tuple[PartVariable, ...] = ()
    test_data: tuple[Mapping[str, object], ...] = ()
    evaluators: tuple[Mapping[str, object], ...] = ()
    exact: str | None = None
    adds_bos: bool = False
    includes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """The file's text, and one sentence for each thing of the prompt that is not in it."""

    text: str
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One way out.

    Attributes:
        name: on the command line; `title` in the window; `help` is one sentence.
        suffix: the usual ending of its files, with the dot.
        write: makes the file. Raises UserError when the prompt cannot be said in this format.
    """

    name: str
    title: str
    help: str
    suffix: str
    need: Need
    write: Callable[[PromptParts], Exported]
