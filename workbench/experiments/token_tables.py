"""Tokens and alternatives as text to paste elsewhere: tab-separated, or the same JSON as --json."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

from workbench.core.tokens import TokenRecord
from workbench.experiments.alternatives import Alternatives
from workbench.experiments.documents import token_document

_TOKEN_COLUMNS = (
    "index", "id", "text", "bytes", "logprob", "p", "rank", "entropy", "p_sampled",
)  # fmt: skip
_ALTERNATIVE_COLUMNS = ("rank", "id", "text", "logprob", "p", "p_sampled", "said")


def tokens_tsv(records: Sequence[TokenRecord], first: int = 0) -> str:
    """One line per token under a head line; `first` is the number of the first (0-based).

    Logarithms are natural, entropies in nats, ranks 0-based; what is not available is empty.
    """
    lines = ["\t".join(_TOKEN_COLUMNS)]
    for index, record in enumerate(records, start=first):
        p = None if record.logprob is None else math.exp(record.logprob)
        values = (record.logprob, p, record.rank, record.entropy, record.p_sampled)
        cells = (str(index), str(record.id), _cell(record.text), record.bytes.hex())
        lines.append("\t".join((*cells, *map(_number, values))))
    return "\n".join(lines)


def tokens_json(records: Sequence[TokenRecord]) -> str:
    """The tokens as `workbench run --json` and `workbench score --json` write them."""
    return json.dumps([token_document(r) for r in records], ensure_ascii=False, indent=1)


def alternatives_tsv(known: Alternatives) -> str:
    """One line per alternative under a head line, and one for everything else."""
    lines = ["\t".join(_ALTERNATIVE_COLUMNS)]
    for row in known.rows:
        cells = (_number(row.rank), str(row.id), _cell(row.text), _number(row.logprob))
        after = (_number(row.p), _number(row.p_sampled), "yes" if row.is_said else "")
        lines.append("\t".join((*cells, *after)))
    rest = ("", "", "others", "", _number(known.rest), _number(known.rest_sampled), "")
    return "\n".join([*lines, "\t".join(rest)])


def _cell(text: str) -> str:
    """A text in one cell: what would end it is written as JSON writes it."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.9g}"
