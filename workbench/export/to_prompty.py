"""A .prompty file: front matter, then the messages under their roles."""

from __future__ import annotations

import re

from workbench.core.errors import UserError
from workbench.export.base import Chosen, Exported, ExportFormat, Need, PartVariable, PromptParts
from workbench.export.dialects import JINJA, open_texts
from workbench.export.losses import about_lost
from workbench.export.servers import server_settings
from workbench.export.text_files import not_in_file, yaml_text

_ROLE_LINE = re.compile(r"(?im)^\s*#?\s*(system|user|assistant|developer|tool)(\[.*\])?\s*:\s*$")
_KINDS = {"number": "float", "boolean": "boolean", "json": "object"}
_OPTIONS = {
    "temperature": "temperature",
    "top_p": "topP",
    "max_tokens": "maxOutputTokens",
    "frequency_penalty": "frequencyPenalty",
    "presence_penalty": "presencePenalty",
    "stop": "stopSequences",
    "seed": "seed",
}


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """Front matter with inputs and options, Jinja2 texts under `system:`, `user:` and so on.

    Raises:
        UserError: a message holds a line that reads like a role.
    """
    opened = open_texts(parts, JINJA)
    texts, lost = opened.texts, list(opened.lost)
    for text in texts:
        if (found := _ROLE_LINE.search(text)) is not None:
            raise UserError(
                f"A message holds the line {found[0].strip()!r}, which a .prompty file reads as"
                " the begin of a message.",
                "Change that line, or choose another format.",
            )
    if any(text != text.strip("\n") for text in texts):
        lost.append("Line ends at the begin and the end of messages.")
    if any(message.role == "tool" for message in parts.messages):
        lost.append("Messages of tools: they stand under assistant.")
    roles = ["assistant" if m.role == "tool" else m.role or "user" for m in parts.messages]
    settings = server_settings(parts)
    lost += [*settings.lost, *about_lost(parts, has_description=True)]
    options = {_OPTIONS[name]: value for name, value in settings.standard.items()}
    if settings.llama:
        options["additionalProperties"] = settings.llama
    front = yaml_text(
        {
            "name": parts.name,
            "displayName": parts.title,
            "description": parts.description,
            "metadata": {"tags": list(parts.tags)} if parts.tags else {},
            "model": {
                **({"id": parts.model} if parts.model else {}),
                "apiType": "chat" if parts.is_chat else "completion",
                "options": options,
            },
            "inputs": {v.name: _input(v) for v in parts.variables if v.name not in opened.filled},
            "template": {"format": {"kind": "jinja2"}, "parser": {"kind": "prompty"}},
        }
    )
    body = "\n\n".join(
        f"{role}:\n{text.strip(chr(10))}" for role, text in zip(roles, texts, strict=True)
    )
    return Exported(f"---\n{not_in_file(lost)}{front}---\n{body}\n", tuple(lost))


def _input(variable: PartVariable) -> dict[str, object]:
    told = {
        "description": variable.description,
        "default": variable.value,
        "enumValues": list(variable.choices),
    }
    kept = {key: value for key, value in told.items() if value not in (None, "", [])}
    if variable.kind == "list" or isinstance(variable.value, list | tuple):
        rows = variable.value if isinstance(variable.value, list | tuple) else ()
        is_text = all(isinstance(row, str) for row in rows)
        inside = {"kind": "string"} if is_text else {"kind": "object", "properties": {}}
        return {"kind": "array", "items": inside, **kept}
    kind = _KINDS.get(variable.kind, "string")
    return {"kind": kind, **({"properties": {}} if kind == "object" else {}), **kept}


FORMAT = ExportFormat(
    "prompty",
    "Prompty file",
    "Front matter and messages for Prompty's tools and libraries.",
    ".prompty",
    Need.OPEN,
    write,
    program="prompty",
)
