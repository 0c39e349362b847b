"""What every import format gives: a prompt in the workbench's own words. Values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadVariable:
    """A variable that the file tells of.

    Attributes:
        kind: "text", "number", "choice", "boolean", "list" or "json".
        default: None when the file gives none.
    """

    name: str
    kind: str = "text"
    default: object = None
    description: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPrompt:
    """A prompt read from another tool's file.

    Attributes:
        messages: roles and Jinja2 sources; empty for raw text.
        text: Jinja2 source of raw text; None for a chat.
        parameters: decoding parameters under any name that a prompt file may use.
    """

    name: str
    messages: tuple[tuple[str, str], ...] = ()
    text: str | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    model: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    variables: tuple[ReadVariable, ...] = ()
    test_data: tuple[Mapping[str, object], ...] = ()
    evaluators: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """The prompts of a file, and one sentence for each thing of it that was left out."""

    prompts: tuple[ReadPrompt, ...]
    left_out: tuple[str, ...] = ()


Beside = Callable[[str], str]
"""The text of a file that lies beside the one being read. Raises UserError when there is none."""


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """One way in.

    Attributes:
        name: on the command line; `title` in the window; `help` is one sentence.
        suffixes: usual endings of its files, with the dot.
        fits: whether a file of this name and text is one; it must never raise.
        read: reads the file's name (without folder) and text. Raises UserError when it is broken.
    """

    name: str
    title: str
    help: str
    suffixes: tuple[str, ...]
    fits: Callable[[str, str], bool]
    read: Callable[[str, str, Beside], Imported]
