"""An Ollama Modelfile: its settings, system message and conversation."""

from __future__ import annotations

import re

from workbench.core.errors import UserError
from workbench.export.dialects import jinja_source
from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt

_INSTRUCTION = re.compile(
    r"(?im)^[ \t]*(FROM|PARAMETER|TEMPLATE|SYSTEM|ADAPTER|LICENSE|MESSAGE|REQUIRES)[ \t]+"
)
_NAMES = {"num_predict": "max_tokens"}
_ROLES = ("system", "user", "assistant")


def fits(name: str, text: str) -> bool:
    """Whether it has a FROM line and the name says so."""
    return "modelfile" in name.lower() and re.search(r"(?im)^[ \t]*FROM[ \t]", text) is not None


def read(name: str, text: str, _beside: Beside) -> Imported:
    """SYSTEM and MESSAGE lines as messages, PARAMETER lines as settings.

    Raises:
        UserError: a text without its closing quotes, or a message without a known role.
    """
    left_out: list[str] = []
    messages: list[tuple[str, str]] = []
    parameters: dict[str, object] = {}
    stops: list[str] = []
    model, at = "", 0
    while (found := _INSTRUCTION.search(text, at)) is not None:
        word = found[1].upper()
        value, at = _value(text, found.end(), name)
        if word == "FROM":
            model = value
        elif word == "SYSTEM":
            messages.insert(0, ("system", value))
        elif word == "MESSAGE":
            role, rest, at = _message(text, found.end(), name)
            messages.append((role, rest))
        elif word == "PARAMETER":
            key, _, setting = value.partition(" ")
            setting = setting.strip().strip('"')
            if key == "stop":
                stops.append(_value(text, found.end() + len("stop "), name)[0])
            else:
                parameters[_NAMES.get(key, key)] = _number(setting)
        else:
            left_out.append(f"{word}: the model's file has its own.")
    if stops:
        parameters["stop"] = stops
    prompt = ReadPrompt(
        name=name.rsplit(".", 1)[0],
        messages=tuple((r, jinja_source((c,)) if c else "") for r, c in messages)
        or (("user", "{{ input }}"),),
        model=model,
        parameters=parameters,
    )
    return Imported((prompt,), tuple(left_out))


def _value(text: str, at: int, label: str) -> tuple[str, int]:
    """The value that begins at `at`, quoted or to the line's end, and where it stops."""
    while at < len(text) and text[at] in " \t":
        at += 1
    for quote in ('"""', '"'):
        if text.startswith(quote, at):
            start = at + len(quote)
            stop = text.find(quote, start)
            if stop < 0:
                line = text.count("\n", 0, at) + 1
                raise UserError(f"{label}, line {line}: the quotes are not closed.")
            return text[start:stop], stop + len(quote)
    stop = text.find("\n", at)
    stop = len(text) if stop < 0 else stop
    return text[at:stop].strip(), stop


def _message(text: str, at: int, label: str) -> tuple[str, str, int]:
    found = re.compile(r"[ \t]*(\w+)[ \t]+").match(text, at)
    if found is None or found[1].lower() not in _ROLES:
        line = text.count("\n", 0, at) + 1
        raise UserError(
            f"{label}, line {line}: MESSAGE has no known role.", f"Roles: {', '.join(_ROLES)}."
        )
    value, stop = _value(text, found.end(), label)
    return found[1].lower(), value, stop


def _number(text: str) -> object:
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text


FORMAT = ImportFormat(
    "modelfile",
    "Ollama Modelfile",
    "Settings, system message and conversation of a Modelfile.",
    ("modelfile",),
    fits,
    read,
)
