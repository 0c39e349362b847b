"""Sampler settings drawn at random, so that every sampler meets every other in any order."""

from __future__ import annotations

from typing import Any

import numpy as np

from workbench.core.sampling import SAMPLERS, Sampling

GRAMMARS = ("", "root ::= [a-z ]+", 'root ::= "th" | "the" [a-z]* | [0-9]+')


def random_sampling(random: np.random.Generator, n_vocab: int) -> Sampling:
    """Settings of which each is on in about half the draws, samplers in any order."""

    def sometimes(value: Any, otherwise: Any) -> Any:
        return value if random.random() < 0.5 else otherwise

    order = [*SAMPLERS, *sometimes(["adaptive_p"], []), *sometimes(["infill"], [])]
    random.shuffle(order)
    order = order[: int(random.integers(1, len(order) + 1))]
    biased = [int(t) for t in random.choice(n_vocab, 3, replace=False)]
    return Sampling(
        temperature=sometimes(float(random.uniform(0.1, 2.0)), sometimes(0.0, 1.0)),
        top_k=sometimes(int(random.integers(1, 200)), 0),
        top_p=sometimes(float(random.uniform(0.1, 1.0)), 1.0),
        min_p=sometimes(float(random.uniform(0.0, 0.3)), 0.0),
        typical_p=sometimes(float(random.uniform(0.1, 1.0)), 1.0),
        top_n_sigma=sometimes(float(random.uniform(0.2, 3.0)), -1.0),
        xtc_probability=sometimes(float(random.uniform(0.3, 1.0)), 0.0),
        xtc_threshold=float(random.uniform(0.01, 0.3)),
        repeat_penalty=sometimes(float(random.uniform(0.7, 2.0)), 1.0),
        repeat_last_n=sometimes(int(random.integers(0, 200)), 64),
        frequency_penalty=sometimes(float(random.uniform(-1, 2)), 0.0),
        presence_penalty=sometimes(float(random.uniform(-1, 2)), 0.0),
        dry_multiplier=sometimes(float(random.uniform(0.5, 4.0)), 0.0),
        dry_allowed_length=int(random.integers(1, 4)),
        dry_penalty_last_n=int(random.integers(0, 200)),
        dynatemp_range=sometimes(float(random.uniform(0.1, 1.0)), 0.0),
        dynatemp_exponent=float(random.uniform(0.5, 2.0)),
        mirostat=int(random.choice([0, 0, 0, 0, 1, 2])),
        mirostat_tau=float(random.uniform(1.0, 6.0)),
        adaptive_target=sometimes(float(random.uniform(0.0, 1.0)), -1.0),
        logit_bias=sometimes(((biased[0], 4.0), (biased[1], -3.0)), ()),
        banned_tokens=sometimes((biased[2], biased[1]), ()),
        grammar=str(random.choice(GRAMMARS, p=[0.7, 0.2, 0.1])),
        samplers=tuple(order),
        ignore_eos=bool(random.random() < 0.3),
        max_tokens=1,
    )
