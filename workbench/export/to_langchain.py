"""Python code that makes a LangChain prompt."""

from __future__ import annotations

from workbench.export.base import Chosen, Exported, ExportFormat, Need, Option, PromptParts
from workbench.export.dialects import FSTRING, JINJA, open_texts
from workbench.export.losses import about_lost, settings_lost
from workbench.export.text_files import not_in_file, plain

_ROLES = {"developer": "system", "user": "human", "assistant": "ai"}


def write(parts: PromptParts, chosen: Chosen) -> Exported:
    """A module with `prompt`: a ChatPromptTemplate, or a PromptTemplate for raw text."""
    jinja = chosen["template-format"] == "jinja2"
    opened = open_texts(parts, JINJA if jinja else FSTRING)
    texts, lost = opened.texts, list(opened.lost)
    lost += [*settings_lost(parts), *about_lost(parts, has_description=True)]
    if any(message.role == "tool" for message in parts.messages):
        lost.append("Messages of tools: they are messages of the model.")
    values = {
        v.name: plain(v.value)
        for v in parts.variables
        if v.value is not None and v.name not in opened.filled
    }
    name = "ChatPromptTemplate" if parts.is_chat else "PromptTemplate"
    lines = [
        _docstring(parts),
        not_in_file(lost),
        f"from langchain_core.prompts import {name}\n\n",
        f"defaults = {values!r}\n\n",
    ]
    template = f"template_format={'jinja2' if jinja else 'f-string'!r}"
    if parts.is_chat:
        rows = "".join(
            f"        ({_ROLES.get(m.role, 'ai' if m.role == 'tool' else m.role)!r}, {text!r}),\n"
            for m, text in zip(parts.messages, texts, strict=True)
        )
        lines.append(
            f"prompt = ChatPromptTemplate.from_messages(\n    [\n{rows}    ],\n    {template},\n)"
        )
    else:
        lines.append(
            f"prompt = PromptTemplate.from_template(\n    {texts[0]!r},\n    {template},\n)"
        )
    lines.append("\nprompt = prompt.partial(**defaults)\n" if values else "\n")
    return Exported("".join(lines), tuple(lost))


def _docstring(parts: PromptParts) -> str:
    text = f"{parts.title}. {parts.description}".strip().replace("\\", "\\\\").replace('"', "'")
    return f'"""{" ".join(text.split())}"""\n\n'


FORMAT = ExportFormat(
    "langchain",
    "LangChain prompt",
    "Python code that makes a ChatPromptTemplate or a PromptTemplate.",
    ".py",
    Need.OPEN,
    write,
    (
        Option(
            "template-format",
            "Template format",
            "f-string is LangChain's own; jinja2 keeps loops but must be trusted.",
            "f-string",
            ("f-string", "jinja2"),
        ),
    ),
    "langchain-core",
)
