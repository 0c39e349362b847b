"""A model's chat template (`tokenizer_config.json`, `chat_template.jinja`) as a prompt to try out.

It becomes a raw text whose variables are the messages and the marks. (To put a model's messages
through it, choose the same file as the chat template of a run.)
"""

from __future__ import annotations

import json
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, meta, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from workbench.core.errors import UserError
from workbench.export.from_messages import read as read_messages
from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt, ReadVariable
from workbench.export.structured import mapping, read_json

_JINJA = ("chat_template.jinja", "chat_template.jinja2")
_EXAMPLE = [{"role": "user", "content": "Hello!"}]
_CALLS = ("raise_exception", "strftime_now")
_NONE = {"tools", "documents"}
"""What transformers passes as None; other names that nobody passes are undefined."""
_GIVEN = {"range", "dict", "lipsum", "cycler", "joiner", "namespace", *_CALLS}


def fits(name: str, text: str) -> bool:
    """Whether it is called as chat templates are, or holds one."""
    if name.lower().endswith(_JINJA):
        return True
    if '"chat_template"' not in text:
        return False
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and (
        "chat_template" in data or "chat_template" in mapping(data.get("tokenizer_config"))
    )


def read(name: str, text: str, beside: Beside) -> Imported:
    """A prompt for each chat template; of a file with messages the messages.

    Raises:
        UserError: it holds no chat template, or one that is no Jinja2.
    """
    if name.lower().endswith(_JINJA):
        return _prompts(name, [("", text)], {})
    data = mapping(read_json(text, name))
    if "tokenizer_config" in data and "messages" in data:
        found = read_messages(name, json.dumps({"messages": data["messages"]}), beside)
        said = "The chat template: give this file to --chat-template, or to the model's own choice."
        return Imported(found.prompts, (*found.left_out, said))
    config = mapping(data.get("tokenizer_config")) or data
    return _prompts(name, _templates(config.get("chat_template"), name), config)


def _templates(value: object, label: str) -> list[tuple[str, str]]:
    """Name and source of each; older files have a list of named ones."""
    if isinstance(value, str):
        return [("", value)]
    rows = [mapping(row) for row in value] if isinstance(value, list) else []
    found = [
        (str(row.get("name") or ""), row["template"])
        for row in rows
        if isinstance(row.get("template"), str)
    ]
    if not found:
        raise UserError(
            f"{label} holds no chat template.", "Newer models have chat_template.jinja."
        )
    return found


def _prompts(label: str, templates: list[tuple[str, str]], config: dict[str, Any]) -> Imported:
    left_out: list[str] = []
    prompts = []
    for name, source in templates:
        used = _names(source, label)
        calls = [call for call in _CALLS if call in source]
        if calls:
            left_out.append(f"{' and '.join(calls)}: a prompt cannot call them and ends there.")
        known = {"messages", "add_generation_prompt", *_marks(used), *_GIVEN, *_asked_for(source)}
        others = sorted(used - known)
        if others:
            left_out.append(f"Values of {', '.join(others)}: the first line leaves them empty.")
        empty = "".join(
            f"{{% set {other} = {'none' if other in _NONE else repr('')} %}}" for other in others
        )
        variables = [ReadVariable("messages", "json", _EXAMPLE, "roles and contents")]
        if "add_generation_prompt" in used:
            variables.append(ReadVariable("add_generation_prompt", "boolean", default=True))
        variables += [ReadVariable(mark, default=_mark(config, mark)) for mark in _marks(used)]
        stem = label.rsplit(".", 1)[0]
        prompts.append(
            ReadPrompt(
                name=f"{stem} {name}".strip(),
                text=empty + trimmed(source),
                description="A model's chat template, to be read and tried with other messages.",
                variables=tuple(variables),
            )
        )
    return Imported(tuple(prompts), tuple(dict.fromkeys(left_out)))


def trimmed(source: str) -> str:
    """The template for an environment that trims no blocks, with the same meaning.

    Chat templates are rendered with `trim_blocks` and `lstrip_blocks`: what those take away is
    taken away here.
    """
    environment = _environment()
    out = []
    for _line, kind, value in environment.lex(source):
        ends_tag = kind in ("block_end", "comment_end", "raw_end")
        out.append(value.removesuffix("\n") if ends_tag else value)
    return "".join(out)


def _names(source: str, label: str) -> set[str]:
    try:
        return meta.find_undeclared_variables(_environment().parse(source))
    except (TemplateSyntaxError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise UserError(f"The chat template of {label}, line {line}: {error}.") from error


def _asked_for(source: str) -> set[str]:
    """Names that the template only uses where they are defined: they stay undefined."""
    tests = _environment().parse(source).find_all(nodes.Test)
    return {
        test.node.name
        for test in tests
        if test.name in ("defined", "undefined") and isinstance(test.node, nodes.Name)
    }


class _Generation(Extension):
    """`{% generation %}`, with which templates mark what the assistant says."""

    tags = {"generation"}  # noqa: RUF012  # as the library declares it

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """What stands between its tags."""
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def _environment() -> Environment:
    """Only takes templates apart; nothing is ever rendered with it."""
    return Environment(  # noqa: S701  # no HTML is made
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.loopcontrols", _Generation],
    )


def _marks(used: set[str]) -> list[str]:
    return sorted(name for name in used if name.endswith("_token"))


def _mark(config: dict[str, Any], name: str) -> str:
    """A special token's text; older files have a mapping with `content`."""
    value = config.get(name)
    text = mapping(value).get("content") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""


FORMAT = ImportFormat(
    "hugging-face",
    "Hugging Face chat template",
    "tokenizer_config.json or chat_template.jinja, as a text whose variables are the messages.",
    (".json", ".jinja"),
    fits,
    read,
)
