"""A LangChain prompt as `langchain_core.load.dumps` or `save` writes it, in JSON or YAML.

Its `lc` constructors are read as data: no class is looked up and nothing is called.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.core.errors import UserError
from workbench.core.open_text import Hole, Piece, names_in
from workbench.export.braces import read_braces
from workbench.export.dialects import JINJA, jinja_source, write_open
from workbench.export.from_mustache import variables_of
from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt, ReadVariable
from workbench.export.structured import mapping, mapping_of, read_json, read_yaml

_ROLES = {
    "SystemMessagePromptTemplate": "system",
    "HumanMessagePromptTemplate": "user",
    "AIMessagePromptTemplate": "assistant",
    "SystemMessage": "system",
    "HumanMessage": "user",
    "AIMessage": "assistant",
    "ToolMessage": "tool",
}
_NAMES = {"system": "system", "human": "user", "user": "user", "ai": "assistant"}
_CHATS = ("ChatPromptTemplate", "StructuredPrompt")
_TEXTS = ("PromptTemplate", "FewShotPromptTemplate")
_OLD = {"prompt": "PromptTemplate", "few_shot": "FewShotPromptTemplate"}


def fits(_name: str, text: str) -> bool:
    """Whether it is a constructor of LangChain's, or has the `_type` of its older files."""
    data = mapping_of(text)
    if data is None:
        return False
    is_new = data.get("lc") == 1 and "type" in data
    return (
        is_new
        or ("_type" in data and ("template" in data or "template_path" in data))
        or (data.get("_type") == "few_shot")
    )


def read(name: str, text: str, beside: Beside) -> Imported:
    """Messages or the one text, partial variables as defaults.

    Raises:
        UserError: a class that is no prompt, a template that reaches into its values, or broken
            JSON or YAML.
    """
    data = read_json(text, name) if name.lower().endswith(".json") else read_yaml(text, name)
    found = _Found(name, beside)
    made = found.object_of(data)
    if made.kind == "RunnableSequence":
        made = found.object_of(made.given.get("first"))
        found.left_out.append("What comes after the prompt: the model and its settings.")
    messages: list[tuple[str, str]] = []
    raw: str | None = None
    if made.kind in _CHATS:
        messages = list(found.messages(made.given.get("messages")))
    elif made.kind in _TEXTS:
        raw = found.text(made)
    else:
        raise found.refused(f"{made.kind or 'this'} is no prompt that can be read here")
    found.take_partial(made.given)
    prompt = ReadPrompt(
        name=str(made.given.get("name") or _stem(name)),
        messages=tuple(messages),
        text=raw,
        variables=tuple(
            ReadVariable(v.name, v.kind, found.defaults.get(v.name))
            for v in found.variables.values()
        ),
    )
    return Imported((prompt,), tuple(dict.fromkeys(found.left_out)))


@dataclass(frozen=True, slots=True)
class _Object:
    """What a constructor says: the last part of its class's name, and what it is given."""

    kind: str
    given: Mapping[str, Any]


@dataclass(slots=True)
class _Found:
    """What was read of one file so far."""

    label: str
    beside: Beside
    variables: dict[str, ReadVariable] = field(default_factory=dict)
    defaults: dict[str, object] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def refused(self, what: str) -> UserError:
        return UserError(f"{self.label}: {what}.", "Prompts of text and messages can be imported.")

    def object_of(self, value: object) -> _Object:
        """A constructor of either way of writing, as data."""
        data = mapping(value)
        if data.get("lc") == 1:
            path = data.get("id")
            if data.get("type") == "not_implemented":
                named = path[-1] if isinstance(path, list) and path else "it"
                raise self.refused(f"LangChain could not write {named} and says so in the file")
            if data.get("type") != "constructor" or not isinstance(path, list) or not path:
                raise self.refused(f"an entry of the kind {data.get('type')!r} is not read")
            return _Object(str(path[-1]), mapping(data.get("kwargs")))
        if "_type" in data:
            return _Object(_OLD.get(str(data["_type"]), str(data["_type"])), data)
        # The older way leaves the kind of an inner prompt out.
        return _Object("PromptTemplate" if "template" in data else "", data)

    def messages(self, rows: object) -> Iterator[tuple[str, str]]:
        """Role and Jinja2 source of each message."""
        if not isinstance(rows, list):
            raise self.refused("its messages are no list")
        for number, row in enumerate(rows, start=1):
            made = self.object_of(row)
            if made.kind == "MessagesPlaceholder":
                name = made.given.get("variable_name")
                self.left_out.append(f"The place for the messages of {name}.")
                continue
            role = _ROLES.get(made.kind)
            if made.kind in ("ChatMessagePromptTemplate", "ChatMessage"):
                role = _NAMES.get(str(made.given.get("role")))
            if role is None:
                raise self.refused(f"message {number} is a {made.kind or 'value'} without a role")
            if "content" in made.given:
                yield role, self._literal(made.given["content"], number)
            else:
                yield role, self._contents(made.given.get("prompt"), number)

    def text(self, made: _Object) -> str:
        """The Jinja2 source of a text prompt."""
        if made.kind == "FewShotPromptTemplate":
            return self._few_shot(made)
        template = made.given.get("template")
        if template is None and isinstance(made.given.get("template_path"), str):
            template = self.beside(made.given["template_path"])
        if not isinstance(template, str):
            raise self.refused("its template is no text")
        self.take_partial(made.given)
        return self._jinja(template, str(made.given.get("template_format") or "f-string"))

    def take_partial(self, given: Mapping[str, Any]) -> None:
        """Values that are set already become defaults."""
        for name, value in mapping(given.get("partial_variables")).items():
            if isinstance(value, dict) and ("lc" in value or "_type" in value):
                self.left_out.append(f"The value of {name}: it is made by a program.")
            else:
                self.defaults[name] = value

    def _contents(self, prompts: object, number: int) -> str:
        """One prompt, or a list of parts of which only texts can be said."""
        parts = prompts if isinstance(prompts, list) else [prompts]
        sources = []
        for part in parts:
            made = self.object_of(part)
            if made.kind in _TEXTS:
                sources.append(self.text(made))
            else:
                self.left_out.append(f"A part of message {number} that is no text.")
        if not sources:
            raise self.refused(f"message {number} holds no text")
        return "".join(sources)

    def _literal(self, content: object, number: int) -> str:
        """Text in which braces mean nothing."""
        if isinstance(content, list):
            texts = [p if isinstance(p, str) else mapping(p).get("text") for p in content]
            if not all(isinstance(t, str) for t in texts):
                self.left_out.append(f"A part of message {number} that is no text.")
            content = "".join(t for t in texts if isinstance(t, str))
        if not isinstance(content, str):
            raise self.refused(f"message {number} holds no text")
        return jinja_source((content,)) if content else ""

    def _few_shot(self, made: _Object) -> str:
        """Prefix, every example written out, suffix."""
        given = made.given
        shown = self.object_of(given.get("example_prompt"))
        rows = given.get("examples")
        if shown.kind != "PromptTemplate" or not isinstance(rows, list):
            raise self.refused("its examples are chosen by a program or lie in another file")
        form = str(given.get("template_format") or "f-string")
        if str(shown.given.get("template_format") or "f-string") != "f-string":
            raise self.refused("its examples are written in Jinja2 or Mustache")
        pieces = self._pieces(str(shown.given.get("template") or ""))
        parts = [self._part(str(given.get("prefix") or ""), form)]
        for row in rows:
            values = mapping(row)
            missing = [n for n in names_in(pieces) if n not in values]
            if missing:
                raise self.refused(f"an example has no value for {missing[0]}")
            text = "".join(p if isinstance(p, str) else str(values[_name(p)]) for p in pieces)
            parts.append(self._part(text, form))  # LangChain too reads braces of examples again
        parts.append(self._part(str(given.get("suffix") or ""), form))
        separator = str(given.get("example_separator", "\n\n"))
        source = write_open((separator,), JINJA).join(part for part in parts if part)
        return f"{source}\n" if source.endswith("\n") else source

    def _part(self, template: str, form: str) -> str:
        """A template that others follow: its last line end is not doubled."""
        source = self._jinja(template, form)
        return source if form == "jinja2" or not source.endswith("\n") else source[:-1]

    def _jinja(self, template: str, form: str) -> str:
        """A template in any of LangChain's three languages."""
        if form == "jinja2":
            return template
        if form == "mustache":
            opened = read_braces(template, self.label, handlebars=False)
            for variable in variables_of([opened]):
                self.variables.setdefault(variable.name, variable)
        elif form == "f-string":
            opened = self._pieces(template)
            for name in names_in(opened):
                self.variables.setdefault(name, ReadVariable(name))
        else:
            raise self.refused(f"the template format {form} is not known")
        return jinja_source(opened) if opened else ""

    def _pieces(self, template: str) -> tuple[Piece, ...]:
        """An f-string's texts and plain names; nothing of a value is ever reached into."""
        pieces: list[Piece] = []
        try:
            parsed = list(string.Formatter().parse(template))
        except ValueError as error:
            raise self.refused(f"a template with a brace too many ({error})") from error
        for text, name, form, conversion in parsed:
            if text and pieces and isinstance(pieces[-1], str):
                pieces[-1] += text  # a doubled brace splits the text
            elif text:
                pieces.append(text)
            if name is None:
                continue
            if not name.isidentifier() or form or conversion:
                written = (
                    f"{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}"
                )
                raise self.refused(f"{{{written}}} is no plain variable")
            pieces.append(Hole(name))
        return tuple(pieces)


def _name(piece: Piece) -> str:
    return piece.name if isinstance(piece, Hole) else ""


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


FORMAT = ImportFormat(
    "langchain",
    "LangChain prompt",
    "A ChatPromptTemplate or PromptTemplate in JSON or YAML; read as data, nothing is called.",
    (".json", ".yaml", ".yml"),
    fits,
    read,
)
