"""A what-if as a JSON document."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from workbench.core.sampling import Sampling
from workbench.core.text import piece_text
from workbench.core.tokens import NO_TOKEN
from workbench.core.what_if import Fate, WhatIf
from workbench.experiments.branches import Reply
from workbench.experiments.what_if import verdict


def what_if_document(
    found: WhatIf, reply: Reply, sampling: Sampling, pieces: Mapping[int, bytes]
) -> dict[str, Any]:
    """Every token and the sums; what is not known is null."""
    judged = verdict(found, reply.tokens)
    now = judged.now
    return {
        "run_id": reply.start.run_id,
        "sample": reply.sample,
        "sampling": sampling.to_dict(),
        "seed": reply.seed,
        "samplers": list(found.stages),
        "possible": now.is_possible,
        "logprob": now.logprob,
        "n_counted": now.n_counted,
        "n_impossible": now.n_impossible,
        "n_chance": now.n_chance,
        "n_undecided": now.n_undecided,
        "logprob_drawn": judged.before,
        "tokens": [_token(found, reply, index, pieces) for index in range(len(found))],
    }


def _token(found: WhatIf, reply: Reply, index: int, pieces: Mapping[int, bytes]) -> dict[str, Any]:
    token = int(reply.tokens.ids[index])
    best = int(found.best_id[index])
    n_left = int(found.n_left[index])
    return {
        "id": token,
        "text": piece_text(pieces[token]),
        "fate": Fate(int(found.fate[index])).name.lower(),
        "p": _number(found.p[index]),
        "p_sampled": _number(reply.tokens.p_sampled[index]),
        "cut_by": found.cutter(index) or None,
        "n_left": None if n_left < 0 else n_left,
        "mass": _number(found.mass[index]),
        "best": None
        if best == NO_TOKEN
        else {
            "id": best,
            "text": piece_text(pieces[best]),
            "p": _number(found.best_p[index]),
        },
        "banned": _number(found.banned[index]),
        "grammar": _number(found.grammar[index]),
        "biased": _number(found.biased[index]),
        "wanted": [
            {"id": int(i), "text": piece_text(pieces[int(i)]), "p": float(p)}
            for i, p in zip(found.wanted_ids[index], found.wanted_p[index], strict=True)
            if i != NO_TOKEN
        ],
    }


def _number(value: Any) -> float | None:
    number = float(value)
    return None if math.isnan(number) else number
