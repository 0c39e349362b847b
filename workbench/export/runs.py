"""What every format for recorded runs gets, and the rows that tables are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from workbench.export.base import Chosen, Option

Document = Mapping[str, Any]
"""A run as `run --json` prints it, with its remarks and scores."""


@dataclass(frozen=True, slots=True)
class RunFormat:
    """One way to hand runs on.

    Attributes:
        name: on the command line; `title` for people; `help` is one sentence.
        suffix: the usual ending, with the dot.
        write: writes the runs as they come, with a value for every option, and returns how many
            rows or runs it wrote. Raises UserError when a library is missing.
        options: what a person may choose.
        leaves_out: a sentence for each thing of a run that is not in the file.
        is_text: whether the file is UTF-8 text.
    """

    name: str
    title: str
    help: str
    suffix: str
    write: Callable[[Iterator[Document], BinaryIO, Chosen], int]
    options: tuple[Option, ...] = ()
    leaves_out: tuple[str, ...] = ()
    is_text: bool = True


TABLE_LEAVES_OUT = (
    "The tokens and their probabilities; the sum of each reply's log-probabilities is there.",
    "Settings beside temperature, top-k, top-p, min-p and the length, and the engine.",
    "Versions, arguments and reasons of scores.",
)
"""What every table leaves out."""


COLUMNS: tuple[tuple[str, type], ...] = (
    ("run_id", str),
    ("sample", int),
    ("created", str),
    ("prompt_name", str),
    ("model", str),
    ("quantization", str),
    ("seed", int),
    ("temperature", float),
    ("top_k", int),
    ("top_p", float),
    ("min_p", float),
    ("max_tokens", int),
    ("finish_reason", str),
    ("reply", str),
    ("prompt", str),
    ("variables", str),
    ("n_tokens", int),
    ("logprob", float),
    ("decode_tps", float),
    ("tags", str),
    ("starred", bool),
    ("rating", float),
    ("note", str),
    ("scores", str),
)
"""Columns of every table, in this order. `logprob` is the sum over the reply's tokens, natural
logarithm; None where a token has none. `scores`, `variables` and `tags` are JSON."""


def rows_of(document: Document) -> list[dict[str, object]]:
    """A row for each reply of a run; None where nothing is known."""
    sampling, model = document.get("sampling") or {}, document.get("model") or {}
    shared: dict[str, object] = {
        "run_id": document.get("run_id"),
        "created": document.get("created"),
        "prompt_name": document.get("prompt_name"),
        "model": model.get("name"),
        "quantization": model.get("quantization"),
        **{k: sampling.get(k) for k in ("temperature", "top_k", "top_p", "min_p", "max_tokens")},
        "prompt": document.get("prompt"),
        "variables": _json(document.get("variables")),
        "decode_tps": (document.get("timings") or {}).get("decode_tps"),
        "tags": _json(document.get("tags")),
        "starred": document.get("starred"),
        "rating": document.get("rating"),
        "note": document.get("note"),
    }
    scores = document.get("scores") or []
    rows = []
    for index, sample in enumerate(document.get("samples") or []):
        own = {s["metric"]: s["value"] for s in scores if s.get("sample") == index}
        row = {
            **shared,
            "sample": index,
            "seed": sample.get("seed"),
            "finish_reason": sample.get("finish_reason"),
            "reply": sample.get("text"),
            "n_tokens": len(sample["tokens"]) if "tokens" in sample else None,
            "logprob": _logprob(sample.get("tokens") or []),
            "scores": _json(own),
        }
        rows.append({name: row.get(name) for name, _kind in COLUMNS})
    return rows


def chunks(documents: Iterator[Document], size: int = 500) -> Iterator[list[dict[str, object]]]:
    """The rows of all runs, some hundred at a time."""
    rows: list[dict[str, object]] = []
    for document in documents:
        rows += rows_of(document)
        if len(rows) >= size:
            yield rows
            rows = []
    if rows:
        yield rows


def _logprob(tokens: Sequence[Mapping[str, Any]]) -> float | None:
    values = [token.get("logprob") for token in tokens]
    return sum(values) if values and None not in values else None  # type: ignore[arg-type]  # none is None


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
