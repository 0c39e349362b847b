"""What pages say of a run and of a reply, in plain words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from workbench.export.runs import Document


def name_of(document: Document) -> str:
    """The model and its quantization."""
    model = document.get("model") or {}
    return f"{model.get('name')} {model.get('quantization') or ''}".strip()


def facts_of(document: Document) -> tuple[str, ...]:
    """Run id, seed, time, tags and scores."""
    known = (
        document.get("run_id"),
        f"seed {document.get('seed')}",
        document.get("created"),
        *(document.get("tags") or []),
    )
    scores = (
        f"{score['metric']} {'n/a' if score['value'] is None else format(score['value'], '.4g')}"
        for score in document.get("scores") or []
    )
    return tuple(str(one) for one in (*known, *scores) if one)


def reply_facts(sample: Mapping[str, Any]) -> str:
    """Why a reply ended, how long it is and how likely it was."""
    known = [token.get("logprob") for token in sample.get("tokens") or []]
    said = [f"reply, ended by {sample.get('finish_reason')}"]
    if known:
        said.append(f"{len(known):,} token{'' if len(known) == 1 else 's'}")
        scored = [one for one in known if one is not None]
        if len(scored) == len(known):
            said.append(f"perplexity {math.exp(-sum(scored) / len(scored)):.4g}")
    return ", ".join(said)
