"""One Mustache template, or one per message in a JSON list."""

from __future__ import annotations

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.dialects import MUSTACHE, open_texts
from workbench.export.losses import about_lost, declarations_lost, settings_lost
from workbench.export.text_files import json_text


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """Raw text is a template; a chat is `[{"role", "content"}]` with a template in each content."""
    opened = open_texts(parts, MUSTACHE)
    values = [v for v in parts.variables if v.value is not None and v.name not in opened.filled]
    lost = [*opened.lost, *declarations_lost(parts), *settings_lost(parts), *about_lost(parts)]
    lost += [f"The value of {v.name}: a Mustache file has no defaults." for v in values]
    if not parts.is_chat:
        return Exported(opened.texts[0], tuple(lost))
    rows = [
        {"role": message.role, "content": text}
        for message, text in zip(parts.messages, opened.texts, strict=True)
    ]
    return Exported(json_text(rows), tuple(lost))


FORMAT = ExportFormat(
    "mustache",
    "Mustache template",
    "Messages with {{{variables}}} and {{#lists}}, for Mustache in any language.",
    ".mustache",
    Need.OPEN,
    write,
    program="chevron",
)
