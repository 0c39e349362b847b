"""A Dotprompt file: front matter and a Handlebars text with {{role}} marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workbench.export.braces import read_braces
from workbench.export.dialects import jinja_source
from workbench.export.from_mustache import variables_of
from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt, ReadVariable
from workbench.export.structured import front_matter, has_front_matter, mapping

_ROLE = re.compile(r"\{\{~?\s*role\s+[\"'](\w+)[\"']\s*~?\}\}")
_ROLES = {"model": "assistant"}
_PARAMETERS = {
    "topP": "top_p",
    "topK": "top_k",
    "maxOutputTokens": "max_tokens",
    "stopSequences": "stop",
}
_KINDS = {
    "number": "number", "integer": "number", "boolean": "boolean", "any": "json", "object": "json",
}  # fmt: skip
_KNOWN = {"name", "description", "model", "config", "input"}


def fits(name: str, text: str) -> bool:
    """Whether the ending is .prompt and it has a head, or role marks, or variables."""
    return name.lower().endswith(".prompt") and (has_front_matter(text) or "{{" in text)


def read(name: str, text: str, _beside: Beside) -> Imported:
    """The messages behind their roles; text before the first is the user's.

    Raises:
        UserError: a broken head, or what cannot be said here (helpers, partials, media, history).
    """
    head, body = front_matter(text, name, modern=True) if has_front_matter(text) else ({}, text)
    body = body.removesuffix("\n")
    parts = _ROLE.split(body)
    rows = [("user", parts[0])] if parts[0].strip() else []
    rows += [
        (_ROLES.get(role, role), content)
        for role, content in zip(parts[1::2], parts[2::2], strict=True)
    ]
    texts = [read_braces(content.strip(), name, handlebars=True) for _role, content in rows]
    told = _inputs(mapping(head.get("input")))
    found = {v.name: v for v in variables_of(texts)}
    prompt = ReadPrompt(
        name=str(head.get("name") or name.rsplit(".", 1)[0]),
        messages=tuple(
            (role, jinja_source(opened)) for (role, _), opened in zip(rows, texts, strict=True)
        ),
        description=str(head.get("description") or ""),
        model=str(head.get("model") or ""),
        parameters={_PARAMETERS.get(k, k): v for k, v in mapping(head.get("config")).items()},
        variables=tuple({**found, **told}.values()),
    )
    left_out = [f"{key}: nothing here is like it." for key in head if key not in _KNOWN]
    return Imported((prompt,), tuple(left_out))


def _inputs(told: Mapping[str, Any]) -> dict[str, ReadVariable]:
    """Variables from Picoschema (`name?: string, description`) and the defaults."""
    defaults = mapping(told.get("default"))
    found = {}
    for key, value in mapping(told.get("schema")).items():
        name, _, form = key.partition("(")
        name = name.strip().removesuffix("?")
        kind, _, about = str(value).partition(",") if isinstance(value, str) else ("any", "", "")
        is_list = form.startswith("array")
        made = "list" if is_list else _KINDS.get(kind.strip(), "text")
        if is_list and isinstance(defaults.get(name), list):
            made = "list" if all(isinstance(v, str) for v in defaults[name]) else "json"
        found[name] = ReadVariable(name, made, defaults.get(name), about.strip())
    for name, value in defaults.items():
        found.setdefault(
            name, ReadVariable(name, "json" if isinstance(value, list | dict) else "text", value)
        )
    return found


FORMAT = ImportFormat(
    "dotprompt",
    "Dotprompt file",
    "Front matter and a Handlebars text with roles, as Genkit keeps prompts.",
    (".prompt",),
    fits,
    read,
)
