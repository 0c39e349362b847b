"""Prompt files: `NAME.prompt.yml` with Jinja2 in `messages` or `text`, and plain text as a prompt.

The format is the convention that GitHub's model tools use (name, description, model,
modelParameters, messages, testData, evaluators), plus `text:` for raw completion, `variables:` and
`tags:`. Keys that mean nothing here are left alone; `source` keeps the file exactly as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.templates.declarations import Variable, VariableKind, read_variables
from workbench.templates.roles import ROLES
from workbench.templates.template_source import TemplateSource
from workbench.templates.yaml_source import Place, YamlDocument, YamlError, parse_yaml

__all__ = ["MessageTemplate", "PromptFile", "Variable", "VariableKind", "load_prompt"]
__all__ += ["parse_prompt", "prompt_name", "raw_prompt"]

T = TypeVar("T")

SUFFIXES = (".prompt.yml", ".prompt.yaml")
MAX_BYTES = 16 << 20
_KEYS = ("name", "description", "tags", "model", "modelParameters", "messages", "text")


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """One message before rendering.

    Attributes:
        line: of the file, 1-based, where its content begins.
        line_by_line: whether each line of the content is one of the file (a block after `|`).
    """

    role: str
    content: str
    line: int
    line_by_line: bool = True


@dataclass(frozen=True, slots=True)
class PromptFile:
    """A prompt: a chat (`messages`) or a raw completion (`text`), never both.

    Attributes:
        text: the Jinja2 template of a raw completion; None for a chat.
        text_line, text_line_by_line: as `MessageTemplate` has them, of `text`.
        variables: the declared ones; `variables.form_variables` adds those only used.
        path: where it was read from; None for inline text.
        source: the file exactly as it was, or the inline text.
    """

    name: str
    source: str
    description: str = ""
    tags: tuple[str, ...] = ()
    model: str = ""
    model_parameters: Mapping[str, object] = field(default_factory=dict)
    messages: tuple[MessageTemplate, ...] = ()
    text: str | None = None
    text_line: int = 1
    text_line_by_line: bool = True
    variables: tuple[Variable, ...] = ()
    test_data: tuple[Mapping[str, object], ...] = ()
    evaluators: tuple[Mapping[str, object], ...] = ()
    path: Path | None = None

    @property
    def is_chat(self) -> bool:
        """Whether it is a chat that goes through a chat template."""
        return self.text is None

    @property
    def label(self) -> str:
        """What to call it in messages: the file name, else the name."""
        return self.path.name if self.path is not None else self.name

    def parts(self) -> list[tuple[str, str]]:
        """Every template in it, with the place to name in messages."""
        return [(source.where(None), source.text) for source in self.templates()]

    def templates(self) -> list[TemplateSource]:
        """Every template in it, with its place."""
        file = "" if self.text is not None and self.source == self.text else self.source
        if self.text is not None:
            return [
                TemplateSource(
                    self.text,
                    self.label,
                    first_line=self.text_line,
                    line_by_line=self.text_line_by_line,
                    file=file,
                )
            ]
        return [
            TemplateSource(m.content, self.label, index, m.role, m.line, m.line_by_line, file)
            for index, m in enumerate(self.messages)
        ]


def prompt_name(path: Path) -> str:
    """The name of a prompt file: its file name without `.prompt.yml`."""
    for suffix in (*SUFFIXES, ".yml", ".yaml", ".txt", ".md"):
        if path.name.lower().endswith(suffix):
            return path.name[: -len(suffix)]
    return path.name


def load_prompt(path: Path) -> PromptFile:
    """Read a prompt file; one that does not end in .yml or .yaml is taken as raw text.

    Raises:
        UserError: it cannot be read, is too large, is not UTF-8, or is no prompt.
    """
    source = read_source(path)
    if is_yaml(path):
        return parse_prompt(source, prompt_name(path), path)
    return PromptFile(name=prompt_name(path), source=source, text=source, path=path)


def is_yaml(path: Path) -> bool:
    """Whether the file is read as keys and values, not as raw text."""
    return path.suffix.lower() in {".yml", ".yaml"}


def read_source(path: Path) -> str:
    """The text of a file.

    Raises:
        UserError: it cannot be read, is too large, or is not UTF-8.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UserError(
                f"{path.name} has {size:,} bytes; a prompt file may have {MAX_BYTES:,}.",
                "Give long material as the value of a variable.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"The prompt file {path} cannot be read: {error.strerror or error}.",
            "Check the path.",
        ) from error
    return _decode(data, path.name)


def _decode(data: bytes, label: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - before.rfind(b"\n")
        what = f"the byte 0x{data[error.start]:02X} is not UTF-8."
        raise YamlError(
            f"{label}, line {line}, column {column}: {what}",
            "Save the file as UTF-8.",
            place=Place(line, column),
            what=what,
        ) from error


def raw_prompt(text: str, name: str = "inline") -> PromptFile:
    """A raw completion prompt from text given on the command line or on stdin (Jinja2 too)."""
    return PromptFile(name=name, source=text, text=text)


def parse_prompt(
    source: str,
    name: str,
    path: Path | None = None,
    problems: list[YamlError] | None = None,
) -> PromptFile:
    """Parse the YAML of a prompt file. `name` is used where the file gives none.

    Args:
        problems: gets the mistakes that can be told apart, and what is wrong is left out of the
            prompt; None raises the first one.

    Raises:
        UserError: broken YAML or a wrong value; file, line and column in the message.
    """
    label = path.name if path is not None else name
    if len(source) > MAX_BYTES:
        raise UserError(f"{label} has {len(source):,} characters; {MAX_BYTES:,} are possible.")
    document = parse_yaml(source, label)
    data = document.data
    if not isinstance(data, dict):
        raise document.error(
            (),
            f"a prompt file holds keys and values, not {_kind(data)}",
            "Begin with messages: or text:.",
        )
    reader = _Reader(document, data, problems)
    nothing: tuple[str | None, tuple[MessageTemplate, ...]] = (None, ())
    text, messages = reader.take(lambda: reader.body(source), nothing)
    line, by_line = _content_line(document, ("text",), source) if text is not None else (1, True)
    return PromptFile(
        name=reader.take(lambda: reader.text("name"), "") or name,
        source=source,
        description=reader.take(lambda: reader.text("description"), ""),
        tags=reader.take(reader.tags, ()),
        model=reader.take(lambda: reader.text("model"), ""),
        model_parameters=reader.take(lambda: reader.mapping("modelParameters"), {}),
        messages=messages,
        text=text,
        text_line=line,
        text_line_by_line=by_line,
        variables=reader.take(reader.variables, ()),
        test_data=reader.take(lambda: reader.mappings("testData"), ()),
        evaluators=reader.take(lambda: reader.mappings("evaluators"), ()),
        path=path,
    )


def _kind(value: object) -> str:
    names = {dict: "keys and values", list: "a list", str: "a text", bool: "true or false"}
    return "nothing" if value is None else names.get(type(value), "a number")


def _content_line(
    document: YamlDocument, path: tuple[str | int, ...], source: str
) -> tuple[int, bool]:
    """The first line of a text, and whether its lines are the file's (a block after `|`)."""
    place = document.places[path]
    lines = source.split("\n", place.line)
    mark = (
        lines[place.line - 1][place.column - 1 : place.column] if place.line <= len(lines) else ""
    )
    return place.line + (mark in {"|", ">"}), mark == "|"


class _Reader:
    """Takes typed values out of a document, or says where they are wrong."""

    def __init__(
        self, document: YamlDocument, data: dict[str, object], problems: list[YamlError] | None
    ) -> None:
        self._document = document
        self._data = data
        self._problems = problems

    def take(self, read: Callable[[], T], otherwise: T) -> T:
        """What `read` gives; `otherwise` when it is wrong and problems are collected."""
        try:
            return read()
        except YamlError as error:
            if self._problems is None:
                raise
            self._problems.append(error)
            return otherwise

    def text(self, key: str) -> str:
        value = self._data.get(key)
        if isinstance(value, dict | list):
            raise self._document.error((key,), f"{key} must be a text, not {_kind(value)}")
        return "" if value is None else str(value)

    def tags(self) -> tuple[str, ...]:
        value = self._data.get("tags") or []
        rows = value.split(",") if isinstance(value, str) else value
        if not isinstance(rows, list) or any(isinstance(tag, dict | list) for tag in rows):
            raise self._document.error(("tags",), "tags must be a list of words")
        return tuple(str(tag).strip() for tag in rows)

    def mapping(self, key: str) -> dict[str, object]:
        value = self._data.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self._document.error((key,), f"{key} must be keys and values, not {_kind(value)}")
        return value

    def mappings(self, key: str) -> tuple[dict[str, object], ...]:
        value = self._data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self._document.error((key,), f"{key} must be a list, not {_kind(value)}")
        for index, row in enumerate(value):
            if not isinstance(row, dict):
                raise self._document.error(
                    (key, index), f"a row of {key} must be keys and values, not {_kind(row)}"
                )
        return tuple(value)

    def body(self, source: str) -> tuple[str | None, tuple[MessageTemplate, ...]]:
        text, rows = self._data.get("text"), self._data.get("messages")
        if text is not None and rows is not None:
            raise self._document.error(
                ("text",), "text and messages are both there", "Keep one of them."
            )
        if text is not None:
            if isinstance(text, dict | list):
                raise self._document.error(("text",), f"text must be a text, not {_kind(text)}")
            return str(text), ()
        if rows is None:
            unknown = [key for key in self._data if key not in _KEYS]
            near = did_you_mean("messages", unknown) if unknown else ""
            misspelt = near.removeprefix("Did you mean ").rstrip("?") if "Did" in near else ""
            raise self._document.error(
                (misspelt,) if misspelt else (),
                "a prompt needs messages: or text:, and neither is there",
                f"Is {misspelt} meant to be messages?" if misspelt else "",
            )
        if not isinstance(rows, list):
            raise self._document.error(
                ("messages",),
                f"messages must be a list, not {_kind(rows)}",
                "Write each message as - role: … and content: ….",
            )
        if not rows:
            raise self._document.error(("messages",), "messages is empty")
        found = [
            self.take(partial(self._message, index, row, source), None)
            for index, row in enumerate(rows)
        ]
        return None, tuple(message for message in found if message is not None)

    def _message(self, index: int, row: object, source: str) -> MessageTemplate | None:
        at: tuple[str | int, ...] = ("messages", index)
        if not isinstance(row, dict):
            raise self._document.error(
                at, f"message {index + 1} must have role and content, not be {_kind(row)}"
            )
        role, content = row.get("role"), row.get("content")
        if role not in ROLES:
            what = "has no role" if role is None else f"has the unknown role {role}"
            raise self._document.error(
                (*at, "role"),
                f"message {index + 1} {what}",
                did_you_mean(str(role), list(ROLES)),
            )
        if content is None and "content" not in row:
            raise self._document.error(at, f"message {index + 1} has no content")
        if isinstance(content, dict | list):
            raise self._document.error(
                (*at, "content"),
                f"the content of message {index + 1} must be a text, not {_kind(content)}",
                "Put a text that begins with { or [ in quotes or into a block after |.",
            )
        line, by_line = _content_line(self._document, (*at, "content"), source)
        text = "" if content is None else str(content)
        return MessageTemplate(str(role), text, line, by_line)

    def variables(self) -> tuple[Variable, ...]:
        return read_variables(self._document, self._data.get("variables"), self._problems)
