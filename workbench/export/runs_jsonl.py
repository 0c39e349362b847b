"""Runs as JSON lines: everything that is known, a line for each run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from workbench.export.base import Chosen
from workbench.export.runs import Document, RunFormat


def write(documents: Iterator[Document], file: BinaryIO, _chosen: Chosen) -> int:
    """The documents as they are."""
    count = 0
    for document in documents:
        line = json.dumps(document, ensure_ascii=False) + "\n"
        file.write(line.encode("utf-8", "surrogatepass"))
        count += 1
    return count


FORMAT = RunFormat("jsonl", "JSON lines", "Everything, one run a line.", ".jsonl", write)
