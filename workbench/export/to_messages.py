"""A list of messages as the OpenAI API and everything like it takes it."""

from __future__ import annotations

import json

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.losses import about_lost, settings_lost, variables_lost


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """`[{"role": …, "content": …}]` with every variable filled in."""
    rows = [
        {"role": message.role or "user", "content": message.filled or ""}
        for message in parts.messages
    ]
    losses = [*variables_lost(parts), *settings_lost(parts), *about_lost(parts)]
    if not parts.is_chat:
        losses.insert(0, "That it is raw text: it is one message of the user.")
    elif rows[-1]["role"] == "assistant":
        losses.insert(0, "That the reply goes on from the last message: many servers begin anew.")
    if any(row["role"] == "tool" for row in rows):
        losses.insert(0, "Which call a tool's message answers: some servers refuse it without.")
    return Exported(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", tuple(losses))


FORMAT = ExportFormat(
    "messages",
    "Messages (JSON)",
    "A list of roles and contents, filled in, as chat APIs take it.",
    ".json",
    Need.VALUES,
    write,
)
