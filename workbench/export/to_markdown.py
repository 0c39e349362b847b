"""A card for people: what the prompt is for, its variables, its settings, its words."""

from __future__ import annotations

import json
from collections.abc import Sequence

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.text_files import fenced


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """Markdown with tables and fenced texts. Nothing is left out but what the file's YAML says."""
    blocks = [f"# {_line(parts.title)}"]
    if parts.description:
        blocks.append(parts.description.strip())
    if parts.tags:
        blocks.append("Tags: " + ", ".join(f"`{_cell(tag)}`" for tag in parts.tags))
    if parts.variables:
        rows = [
            (v.name, v.kind, _value(v.value), ", ".join(v.choices), v.description)
            for v in parts.variables
        ]
        blocks.append(_table(("Variable", "Kind", "Value", "Choices", "Description"), rows))
    settings = dict(parts.settings)
    if parts.seed is not None:
        settings["seed"] = parts.seed
    if parts.model or settings:
        rows_2 = [("model", parts.model)] if parts.model else []
        rows_2 += [(name, _value(value)) for name, value in settings.items()]
        blocks.append(_table(("Setting", "Value"), rows_2))
    for message in parts.messages:
        heading = f"## {message.role.capitalize()}" if message.role else "## Text"
        blocks += [heading, fenced(message.template.removesuffix("\n"), "jinja")]
    if parts.test_data:
        blocks += [
            "## Test data",
            fenced("\n".join(json.dumps(r, ensure_ascii=False) for r in parts.test_data), "json"),
        ]
    if parts.evaluators:
        rows_3 = "\n".join(json.dumps(dict(e), ensure_ascii=False) for e in parts.evaluators)
        blocks += ["## Evaluators", fenced(rows_3, "json")]
    return Exported("\n\n".join(blocks) + "\n")


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    used = [i for i in range(len(head)) if i == 0 or any(row[i] for row in rows)]
    lines = ["| " + " | ".join(head[i] for i in used) + " |", "|" + " --- |" * len(used)]
    lines += ["| " + " | ".join(_cell(row[i]) for i in used) + " |" for row in rows]
    return "\n".join(lines)


def _value(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _line(text).replace("\\", "\\\\").replace("|", "\\|")


FORMAT = ExportFormat(
    "markdown",
    "Prompt card (Markdown)",
    "A page for people: purpose, variables, settings, messages, tests.",
    ".md",
    Need.FILE,
    write,
)
