"""The exact text a model reads."""

from __future__ import annotations

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.losses import about_lost, settings_lost, variables_lost


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """The rendered prompt, special tokens written out, and nothing else."""
    losses = [*variables_lost(parts), *settings_lost(parts), *about_lost(parts)]
    if parts.is_chat:
        losses.insert(0, "Where a message begins and ends, but for the chat template's marks.")
    if parts.adds_bos:
        losses.append("The BOS token: the tokenizer must put it in front.")
    return Exported(parts.exact or "", tuple(losses))


FORMAT = ExportFormat(
    "text",
    "Rendered text",
    "What the model reads, filled in and written with its chat template.",
    ".txt",
    Need.MODEL,
    write,
)
