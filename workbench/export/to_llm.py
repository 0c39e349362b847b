"""A template of Simon Willison's `llm` tool: a system and a user text with $variables."""

from __future__ import annotations

from workbench.core.errors import UserError
from workbench.export.base import Chosen, Exported, ExportFormat, Need, Option, PromptParts
from workbench.export.dialects import DOLLAR, open_texts
from workbench.export.losses import about_lost
from workbench.export.servers import server_settings
from workbench.export.text_files import not_in_file, yaml_text

_TYPED = "input"
"""The variable that llm fills itself."""


def write(parts: PromptParts, chosen: Chosen) -> Exported:
    """`system:` and `prompt:`; the values become defaults, the settings options.

    Raises:
        UserError: the prompt has more messages than a system and a user one.
    """
    opened = open_texts(parts, DOLLAR)
    lost = list(opened.lost)
    roles = [message.role or "user" for message in parts.messages]
    plain = ["system" if role == "developer" else role for role in roles]
    if plain not in (["user"], ["system", "user"], ["system"]):
        raise UserError(
            f"An llm template holds one system and one user message; this prompt has"
            f" {', '.join(roles)}.",
            "Fold the examples into the user's message, or choose another format.",
        )
    if not parts.is_chat:
        lost.insert(0, "That it is raw text: it is the user's message.")
    by_role = dict(zip(plain, opened.texts, strict=True))
    settings = server_settings(parts)
    options = {**settings.standard, **(settings.llama if chosen["llama-options"] else {})}
    lost += settings.lost
    if settings.llama and not chosen["llama-options"]:
        lost += [f"The setting {name}." for name in settings.llama]
    lost += [
        f"The kind and description of {v.name}."
        for v in parts.variables
        if v.kind != "text" or v.description
    ]
    if any(v.name == _TYPED and v.value is not None for v in parts.variables):
        lost.append(f"The value of {_TYPED}: llm puts there what is typed behind the command.")
    lost += about_lost(parts)
    body = yaml_text(
        {
            "model": parts.model,
            "system": by_role.get("system"),
            "prompt": by_role.get("user"),
            "defaults": {
                v.name: str(v.value)
                for v in parts.variables
                if v.value is not None and v.name not in opened.filled and v.name != _TYPED
            },
            "options": options,
        }
    )
    return Exported(not_in_file(lost) + body, tuple(lost))


FORMAT = ExportFormat(
    "llm",
    "llm template",
    "A template for the `llm` command: llm -t NAME -p variable value.",
    ".yaml",
    Need.OPEN,
    write,
    (
        Option(
            "llama-options",
            "llama.cpp's options",
            "Also write settings that only models run by llama.cpp understand.",
            False,
        ),
    ),
    "llm",
)
