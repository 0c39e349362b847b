"""The names that may stand in a query, and the columns they mean."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.core.sampling import PARAMETERS, Kind

SAMPLING = "sampling."
"""Before the name of a sampling parameter in `NUMBERS`."""

WORD_FIELDS: Mapping[str, str] = {
    "reply": "reply",
    "variables": "variables",
    "var": "variables",
    "note": "note",
    "text": "",
}
"""Columns of `run_words`; `text` is the rendered prompt, which has an index of its own."""

NAMED: Mapping[str, str] = {
    "model": "model:demo",
    "quant": "quant:q8_0",
    "tag": "tag:good",
    "prompt": "prompt:summary",
    "name": "name:draft",
    "experiment": "experiment:capitals",
    "status": "status:failed",
    "finish": "finish:length",
    "run": "run:01jd",
}
"""Fields whose value is part of a name, with an example."""

FLAGS: Mapping[str, str] = {
    "starred": "r.starred",
    "rated": "r.rating IS NOT NULL",
    "noted": "r.note <> ''",
    "tagged": "EXISTS (SELECT 1 FROM tags WHERE tags.run = r.id)",
    "scored": "EXISTS (SELECT 1 FROM scores WHERE scores.run = r.id)",
    "branch": "r.parent_run IS NOT NULL",
}
"""Marks, as SQL on a run `r`."""

COLUMNS: Mapping[str, str] = {
    "n_tokens": "r.n_tokens",
    "n_samples": "r.n_samples",
    "prefill_tokens": "r.prefill_tokens",
    "cached_tokens": "r.cached_tokens",
    "decode_tps": "r.decode_tps",
    "prefill_tps": "r.prefill_tps",
    "first_token_ms": "r.first_token_ms",
    "seconds": "(r.ended_us - r.created_us) / 1e6",
    "seed": "r.seed",
    "rating": "r.rating",
}
"""Numbers of a run, as SQL on a run `r`."""


def _numbers() -> dict[str, str]:
    found = {name: name for name in COLUMNS}
    found |= {
        "tokens": "n_tokens",
        "samples": "n_samples",
        "speed": "decode_tps",
        "tps": "decode_tps",
        "ttft": "first_token_ms",
    }
    for parameter in PARAMETERS.values():
        if parameter.kind in (Kind.INT, Kind.FLOAT):
            for name in (parameter.name, *parameter.aliases):
                found.setdefault(name.lower().replace("-", "_"), SAMPLING + parameter.name)
    return found


NUMBERS: Mapping[str, str] = _numbers()
"""What may be compared with a number, other spellings included: a key of `COLUMNS`, or
`SAMPLING` and the parameter's name."""
