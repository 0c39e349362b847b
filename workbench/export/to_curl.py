"""A curl command for any server that speaks the OpenAI protocol."""

from __future__ import annotations

import json
import shlex

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.losses import about_lost, variables_lost
from workbench.export.servers import BASE_URL, MODEL, request_body
from workbench.export.text_files import not_in_file


def write(parts: PromptParts, chosen: Chosen) -> Exported:
    """A shell script with one curl call; the body stands in single quotes."""
    body, settings_lost = request_body(parts, chosen)
    lost = [*variables_lost(parts), *settings_lost, *about_lost(parts)]
    path = "chat/completions" if parts.is_chat else "completions"
    url = f"{str(chosen['base-url']).rstrip('/')}/{path}"
    text = json.dumps(body, ensure_ascii=False, indent=2)
    return Exported(
        f"#!/bin/sh\n{not_in_file(lost)}"
        f"curl --fail-with-body {shlex.quote(url)} \\\n"
        "  -H 'Content-Type: application/json' \\\n"
        '  -H "Authorization: Bearer ${OPENAI_API_KEY:-none-needed}" \\\n'
        f"  --data-binary {shlex.quote(text)}\n",
        tuple(lost),
    )


FORMAT = ExportFormat(
    "curl",
    "curl command",
    "A request for any server that speaks the OpenAI protocol, llama-server included.",
    ".sh",
    Need.VALUES,
    write,
    (BASE_URL, MODEL),
    "curl",
)
