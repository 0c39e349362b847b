"""A .prompty file, of its first or its second version."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workbench.core.errors import UserError
from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt, ReadVariable
from workbench.export.structured import front_matter, has_front_matter, mapping, texts_of

_ROLE = re.compile(r"(?i)^\s*#?\s*(system|user|assistant|developer|tool)(?:\[.*\])?\s*:\s*$")
_PARAMETERS = {
    "topP": "top_p",
    "topK": "top_k",
    "maxOutputTokens": "max_tokens",
    "max_completion_tokens": "max_tokens",
    "frequencyPenalty": "frequency_penalty",
    "presencePenalty": "presence_penalty",
    "stopSequences": "stop",
}
_KINDS = {
    "float": "number", "integer": "number", "number": "number", "boolean": "boolean",
    "array": "list", "object": "json",
}  # fmt: skip
_KNOWN = {
    "name", "displayName", "description", "metadata", "authors", "tags", "version", "model",
    "inputs", "sample", "template", "inputSchema",
}  # fmt: skip


def fits(name: str, text: str) -> bool:
    """Whether it has a head between lines of --- and the ending says so."""
    return name.lower().endswith(".prompty") and has_front_matter(text)


def read(name: str, text: str, _beside: Beside) -> Imported:
    """The messages under their roles; `inputs` and `sample` as variables.

    Raises:
        UserError: the head is missing or broken, or the templates are not Jinja2.
    """
    head, body = front_matter(text, name)
    left_out = [f"{key}: nothing here is like it." for key in head if key not in _KNOWN]
    kind = _template_kind(head.get("template"))
    if kind not in ("", "jinja2"):
        raise UserError(f"{name} is written in {kind}; only Jinja2 is read here.")
    model = head.get("model")
    model = model if isinstance(model, dict) else {"id": model} if model else {}
    options = {**mapping(model.get("parameters")), **mapping(model.get("options"))}
    options |= mapping(options.pop("additionalProperties", None))
    is_raw = (model.get("apiType") or model.get("api")) == "completion"
    messages = _messages(body)
    if is_raw and len(messages) == 1 and messages[0][0] == "user":
        raw, messages = messages[0][1], ()
    else:
        raw = None
    metadata = mapping(head.get("metadata"))
    prompt = ReadPrompt(
        name=str(head.get("displayName") or head.get("name") or name.rsplit(".", 1)[0]),
        messages=messages,
        text=raw,
        description=str(head.get("description") or ""),
        tags=texts_of(head.get("tags")) or texts_of(metadata.get("tags")),
        model=str(model.get("id") or mapping(model.get("configuration")).get("model") or ""),
        parameters={_PARAMETERS.get(k, k): v for k, v in options.items()},
        variables=_variables(head),
    )
    return Imported((prompt,), tuple(left_out))


def _messages(body: str) -> tuple[tuple[str, str], ...]:
    """The texts under their roles without line ends around them; what is before is the system's."""
    found: list[tuple[str, list[str]]] = [("system", [])]
    for line in body.split("\n"):
        role = _ROLE.match(line)
        if role is not None:
            found.append((role[1].lower(), []))
        else:
            found[-1][1].append(line)
    texts = [(role, "\n".join(lines).strip("\n")) for role, lines in found]
    if not texts[0][1]:
        texts = texts[1:]
    return tuple(texts)


def _variables(head: Mapping[str, Any]) -> tuple[ReadVariable, ...]:
    sample = mapping(head.get("sample"))
    inputs = head.get("inputs")
    if isinstance(inputs, list):
        rows = {str(row.get("name")): row for row in inputs if isinstance(row, dict)}
    else:
        rows = mapping(inputs)
    found = []
    for name in {**rows, **sample}:
        row = rows.get(name)
        told = mapping(row) if isinstance(row, Mapping) else {"default": row}
        default = told.get("default", told.get("example", told.get("sample", sample.get(name))))
        kind = _KINDS.get(str(told.get("kind") or told.get("type") or ""), "text")
        choices = texts_of(told.get("enumValues") or told.get("enum"))
        if isinstance(default, list):
            kind = "list"
        elif isinstance(default, dict):
            kind = "json"
        found.append(
            ReadVariable(
                name,
                "choice" if choices and kind == "text" else kind,
                default,
                str(told.get("description") or ""),
                choices,
            )
        )
    return tuple(found)


def _template_kind(value: object) -> str:
    if isinstance(value, dict):
        kind = value.get("format")
        return str(kind.get("kind") if isinstance(kind, dict) else kind or "")
    return str(value or "")


FORMAT = ImportFormat(
    "prompty",
    "Prompty file",
    "Front matter and messages under system:, user: and assistant:.",
    (".prompty",),
    fits,
    read,
)
