"""A Python script for the OpenAI client against any compatible server."""

from __future__ import annotations

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.losses import about_lost, variables_lost
from workbench.export.servers import (
    BASE_URL,
    MODEL,
    filled_messages,
    model_name,
    server_settings,
)
from workbench.export.text_files import not_in_file, plain


def write(parts: PromptParts, chosen: Chosen) -> Exported:
    """A script that prints the reply; llama.cpp's own settings go into `extra_body`."""
    settings = server_settings(parts)
    lost = [*variables_lost(parts), *settings.lost, *about_lost(parts)]
    arguments = {"model": model_name(parts, chosen, "local"), **plain(settings.standard)}
    lines = [f"    {name}={value!r},\n" for name, value in arguments.items()]
    if settings.llama:
        lines.append(f"    extra_body={plain(settings.llama)!r},\n")
    if parts.is_chat:
        rows = "".join(f"        {row!r},\n" for row in filled_messages(parts))
        call = f"chat.completions.create(\n    messages=[\n{rows}    ],\n{''.join(lines)})"
        reply = "choices[0].message.content"
    else:
        text = parts.messages[0].filled or ""
        call = f"completions.create(\n    prompt={text!r},\n{''.join(lines)})"
        reply = "choices[0].text"
    return Exported(
        '"""Needs the package openai. The key is read from OPENAI_API_KEY; local servers need'
        ' none."""\n\n'
        f"{not_in_file(lost)}"
        "import os\n\nfrom openai import OpenAI\n\n"
        f"client = OpenAI(\n    base_url={str(chosen['base-url'])!r},\n"
        '    api_key=os.environ.get("OPENAI_API_KEY", "none-needed"),\n)\n'
        f"reply = client.{call}\nprint(reply.{reply})\n",
        tuple(lost),
    )


FORMAT = ExportFormat(
    "openai",
    "OpenAI client script",
    "Python for the openai package against any compatible server.",
    ".py",
    Need.VALUES,
    write,
    (BASE_URL, MODEL),
    "openai",
)
