"""Captured attention as files: NPZ for programs, CSV for tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

import numpy as np

from workbench.core.attention import Attention
from workbench.core.errors import UserError
from workbench.core.files import file_in_place
from workbench.core.text import piece_text
from workbench.core.tokens import Float32


def token_texts(ids: Sequence[int], pieces: Mapping[int, bytes]) -> list[str]:
    """The text of every token; bytes that are no text are spelled out."""
    return [piece_text(pieces[token]) for token in ids]


def write_npz(path: Path, attention: Attention, texts: Sequence[str]) -> None:
    """Arrays `attention` float32 (layers, heads, query, key), `layers`, `heads`, `queries`, `keys`,
    `token_ids`, `token_texts`, `first_visible` (layers, query), `missing_layers`.

    Raises:
        UserError: the file cannot be written; an older one is left as it was.
    """
    heads = np.array([-1] if attention.averaged else attention.heads, np.int32)

    def write(file: IO[bytes]) -> None:
        np.savez_compressed(
            file,
            attention=attention.values,
            layers=np.array(attention.layers, np.int32),
            heads=heads,
            queries=attention.queries,
            keys=attention.keys,
            token_ids=np.array(attention.ids, np.int32),
            token_texts=np.array(texts, np.str_),
            first_visible=attention.first,
            missing_layers=np.array(sorted(attention.missing), np.int32),
        )

    write_file(path, write)


def matrix_csv(
    weights: Float32, queries: Sequence[str], keys: Sequence[str], visible: Sequence[Sequence[bool]]
) -> str:
    """One matrix as a table: a row per query, a column per key, cells a query cannot see empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["query", *keys])
    for row, label, seen in zip(weights, queries, visible, strict=True):
        writer.writerow(
            [label, *(f"{w:.6g}" if s else "" for w, s in zip(row.tolist(), seen, strict=True))]
        )
    return out.getvalue()


def write_file(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file whole or not at all.

    Raises:
        UserError: it cannot be written; an older one is left as it was.
    """
    try:
        path.parent.stat()  # a folder that is mistyped is not made
        with file_in_place(path) as file:
            write(file)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror or error}.") from error
