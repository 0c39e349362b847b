"""Runs as examples for fine-tuning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from workbench.export.base import Chosen
from workbench.export.runs import Document, RunFormat


def write(documents: Iterator[Document], file: BinaryIO, _chosen: Chosen) -> int:
    """`{"prompt", "completion"}` for each finished reply; the prompt is the exact text."""
    count = 0
    for document in documents:
        for sample in document.get("samples") or []:
            if sample.get("finish_reason") not in ("stop", "length") or not sample.get("text"):
                continue
            row = {"prompt": document.get("prompt"), "completion": sample["text"]}
            file.write((json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
            count += 1
    return count


FORMAT = RunFormat(
    "fine-tuning",
    "Fine-tuning examples",
    "Prompt and completion of every finished reply; export `starred:yes` with it.",
    ".jsonl",
    write,
    leaves_out=(
        "Everything but the exact prompt and the replies.",
        "Replies that failed, were stopped or are empty.",
    ),
)
