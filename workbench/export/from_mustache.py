"""Mustache templates: one text, or a JSON list of messages whose contents are templates."""

from __future__ import annotations

import json

from workbench.core.errors import UserError
from workbench.core.open_text import Branch, Loop, OpenText, names_in
from workbench.export.braces import read_braces
from workbench.export.dialects import jinja_source
from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt, ReadVariable


def fits(name: str, _text: str) -> bool:
    """Whether the ending says so: the text itself could be of many languages."""
    return name.lower().endswith((".mustache", ".mustache.json"))


def read(name: str, text: str, _beside: Beside) -> Imported:
    """The text, or the messages.

    Raises:
        UserError: a tag that is broken or that cannot be said here.
    """
    rows = _rows(text)
    if rows is None:
        opened = read_braces(text, name, handlebars=False)
        return Imported(
            (ReadPrompt(_stem(name), text=jinja_source(opened), variables=variables_of([opened])),)
        )
    texts = [read_braces(content, name, handlebars=False) for _role, content in rows]
    messages = tuple(
        (role, jinja_source(opened)) for (role, _), opened in zip(rows, texts, strict=True)
    )
    return Imported((ReadPrompt(_stem(name), messages, variables=variables_of(texts)),))


def variables_of(texts: list[OpenText]) -> tuple[ReadVariable, ...]:
    """The variables of the texts; one that a loop runs over is a list of JSON values."""
    lists = {piece.over for text in texts for piece in _loops(text)}
    names = dict.fromkeys(name for text in texts for name in names_in(text))
    return tuple(ReadVariable(name, "json" if name in lists else "text") for name in names)


def _loops(text: OpenText) -> list[Loop]:
    found = []
    for piece in text:
        if isinstance(piece, Loop):
            found += [piece, *_loops(piece.body)]
        elif isinstance(piece, Branch):
            found += [*_loops(piece.then), *_loops(piece.otherwise)]
    return found


def _rows(text: str) -> list[tuple[str, str]] | None:
    """Role and content of each message when the file is such a list."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, list) or not data:
        return None
    for row in data:
        if not isinstance(row, dict) or not isinstance(row.get("content"), str):
            return None
    return [(str(row.get("role") or "user"), row["content"]) for row in data]


def _stem(name: str) -> str:
    if not name:
        raise UserError("The file has no name.")
    return name.split(".", 1)[0]


FORMAT = ImportFormat(
    "mustache",
    "Mustache template",
    "A text with {{variables}} and {{#lists}}, or messages of such texts.",
    (".mustache",),
    fits,
    read,
)
