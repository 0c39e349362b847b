"""Runs as a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from workbench.export.base import Chosen
from workbench.export.runs import Document, RunFormat
from workbench.export.text_files import fenced


def write(documents: Iterator[Document], file: BinaryIO, _chosen: Chosen) -> int:
    """A section for each run: what made it, the prompt, the replies."""
    count = 0
    for document in documents:
        file.write(_section(document).encode("utf-8", "replace"))
        count += 1
    return count


def _section(document: Document) -> str:
    model = document.get("model") or {}
    title = document.get("prompt_name") or "Prompt"
    facts = [
        f"model {model.get('name')} ({model.get('quantization')})",
        f"seed {document.get('seed')}",
        *(f"{name} {value}" for name, value in _set(document).items()),
    ]
    blocks = [f"## {title}: {document.get('run_id')}", ", ".join(facts)]
    if document.get("note"):
        blocks.append(f"> {' '.join(str(document['note']).split())}")
    blocks += ["### Prompt", fenced(str(document.get("prompt") or ""), "text")]
    samples = document.get("samples") or []
    for index, sample in enumerate(samples):
        name = "Reply" if len(samples) == 1 else f"Reply {index + 1}"
        blocks += [
            f"### {name} ({sample.get('finish_reason')})",
            fenced(str(sample.get("text")), "text"),
        ]
    return "\n\n".join(blocks) + "\n\n"


def _set(document: Document) -> Mapping[str, Any]:
    sampling = document.get("sampling") or {}
    names = ("temperature", "top_k", "top_p", "min_p")
    return {name: sampling[name] for name in names if name in sampling}


FORMAT = RunFormat(
    "markdown",
    "Markdown page",
    "A section for each run.",
    ".md",
    write,
    leaves_out=(
        "Tokens, probabilities, scores, variables and the engine.",
        "Settings beside temperature, top-k, top-p and min-p.",
    ),
)
