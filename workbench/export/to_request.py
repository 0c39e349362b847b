"""The JSON body of a request to llama-server or any server that speaks the OpenAI protocol."""

from __future__ import annotations

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.losses import about_lost, variables_lost
from workbench.export.servers import MODEL, request_body
from workbench.export.text_files import json_text


def write(parts: PromptParts, chosen: Chosen) -> Exported:
    """What is posted to /v1/chat/completions, or /v1/completions for raw text."""
    body, settings_lost = request_body(parts, chosen)
    return Exported(json_text(body), (*variables_lost(parts), *settings_lost, *about_lost(parts)))


FORMAT = ExportFormat(
    "request",
    "Request body (JSON)",
    "What llama-server's /v1/chat/completions or /v1/completions takes.",
    ".request.json",
    Need.VALUES,
    write,
    (MODEL,),
    "llama-server",
)
