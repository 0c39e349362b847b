"""A command line of llama.cpp's own programs."""

from __future__ import annotations

import shlex

from workbench.export.base import Chosen, Exported, ExportFormat, Need, Option, PromptParts
from workbench.export.llama_flags import llama_flags
from workbench.export.losses import about_lost, variables_lost
from workbench.export.text_files import not_in_file


def write(parts: PromptParts, chosen: Chosen) -> Exported:
    """A shell script: one run of llama-completion on the exact text, or a server's start.

    The text goes in by a file, so that no length and no character is a problem; llama.cpp reads
    special tokens in it, and drops the file's last line end, which is not the text's. Without
    --no-escape it would read a backslash and an n as a line end.
    """
    flags, lost = llama_flags(parts)
    lost = [*variables_lost(parts), *lost, *about_lost(parts)]
    model = parts.model_path or "model.gguf"
    text = parts.exact or ""
    is_server = chosen["program"] == "llama-server"
    words = [[str(chosen["program"])], ["--model", model], *flags]
    if is_server:
        lost.insert(0, "The prompt: the server gets it with each request (see the format request).")
        words = [row for row in words if row[0] not in ("--reverse-prompt", "--ignore-eos")]
        head = ""
    else:
        mark = "PROMPT"
        while any(line == mark for line in text.split("\n")):
            mark += "_"
        head = (
            "prompt=$(mktemp)\ntrap 'rm -f \"$prompt\"' EXIT\n"
            f"cat > \"$prompt\" <<'{mark}'\n{text}\n{mark}\n"
        )
        words += [["--no-conversation", "--no-display-prompt", "--no-escape"]]
    command = " \\\n  ".join(" ".join(map(shlex.quote, row)) for row in words)
    if not is_server:
        command += ' \\\n  --file "$prompt"'
    return Exported(f"#!/bin/sh\n{not_in_file(lost)}{head}{command}\n", tuple(lost))


FORMAT = ExportFormat(
    "llama-cpp",
    "llama.cpp command line",
    "A script that runs the exact prompt, or starts a server with these settings.",
    ".sh",
    Need.MODEL,
    write,
    (
        Option(
            "program",
            "Program",
            "llama-completion runs the prompt once; llama-server waits for requests.",
            "llama-completion",
            ("llama-completion", "llama-cli", "llama-server"),
        ),
    ),
    "llama.cpp",
)
