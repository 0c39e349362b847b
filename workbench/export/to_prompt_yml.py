"""The prompt file itself."""

from __future__ import annotations

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.losses import includes_lost


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """The file byte for byte, with the settings that are set in its modelParameters."""
    changed = [
        f"The value of {v.name}: the file says its default."
        if v.default is not None
        else f"The value of {v.name}: the file declares no default."
        for v in parts.variables
        if v.value is not None and v.value != v.default
    ]
    return Exported(parts.yaml, (*changed, *includes_lost(parts)))


FORMAT = ExportFormat(
    "prompt-yml",
    "Prompt file (.prompt.yml)",
    "The prompt as this program and GitHub's model tools keep it, with the settings that are set.",
    ".prompt.yml",
    Need.FILE,
    write,
)
