"""What every export format gets and gives. Values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.core.errors import UserError
from workbench.core.open_text import OpenPrompt
from workbench.core.registry import did_you_mean

Chosen = Mapping[str, str | bool]
"""Values of a format's options."""


class Need(StrEnum):
    """What a format must know of a prompt beside its file."""

    FILE = "file"
    """Nothing more: the templates leave as they are."""
    OPEN = "open"
    """Values for the variables that are more than written out; the others stay open."""
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
        sampling: the value of every decoding parameter, under llama.cpp's names.
        seed: the seed that is set; None when one is drawn for every run.
        yaml: the whole `.prompt.yml`, with what `settings` and `seed` say.
        exact: the text the model reads; None where the format needs no model.
        adds_bos: whether the tokenizer puts a BOS token in front of `exact`.
        includes: names of the prompts whose text this one takes in.
        open: the messages with open variables; None where the format does not need them.
        chat_template: the model's own, as Jinja2; None where the format needs no model.
        bos_text, eos_text: the model's marks; empty where it has none.
        model_path: the model's file; empty when none was chosen.
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
    sampling: Mapping[str, object] = field(default_factory=dict)
    seed: int | None = None
    variables: tuple[PartVariable, ...] = ()
    test_data: tuple[Mapping[str, object], ...] = ()
    evaluators: tuple[Mapping[str, object], ...] = ()
    exact: str | None = None
    adds_bos: bool = False
    includes: tuple[str, ...] = ()
    open: OpenPrompt | None = None
    chat_template: str | None = None
    bos_text: str = ""
    eos_text: str = ""
    model_path: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a person may choose about a file.

    Attributes:
        name: on the command line; `label` in the window.
        default: also tells the kind: a text, or a yes or no.
        choices: the values that can be chosen; empty for any text.
    """

    name: str
    label: str
    help: str
    default: str | bool
    choices: tuple[str, ...] = ()


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
        write: makes the file from the prompt and a value for every option. Raises UserError when
            the prompt cannot be said in this format.
        options: what a person may choose.
        program: what reads the file, for people; empty when anything may.
    """

    name: str
    title: str
    help: str
    suffix: str
    need: Need
    write: Callable[[PromptParts, Chosen], Exported]
    options: tuple[Option, ...] = ()
    program: str = ""


def chosen(
    name: str, options: Sequence[Option], given: Mapping[str, str | bool]
) -> dict[str, str | bool]:
    """A value for every option of the format called `name`: the given ones and the defaults.

    Raises:
        UserError: there is no such option, or it does not take that value.
    """
    known = {option.name: option for option in options}
    for key, value in given.items():
        if key not in known:
            raise UserError(
                f"The format {name} has no option {key}.", did_you_mean(key, list(known))
            )
        option = known[key]
        if option.choices and value not in option.choices:
            raise UserError(f"{key} of {name} is {', '.join(option.choices)}; not {value!r}.")
        if isinstance(option.default, bool) and not isinstance(value, bool):
            raise UserError(f"{key} of {name} is true or false; not {value!r}.")
    return {option.name: given.get(option.name, option.default) for option in options}
