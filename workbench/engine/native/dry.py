"""DRY samplers: made once per settings, then copied.

Making one compares every sequence breaker with every token of the vocabulary: 50 ms at 152k
tokens, and a slider asks for sixty chains a second.
"""

from __future__ import annotations

import ctypes
from collections import OrderedDict
from typing import Any

from workbench.core.sampling import Sampling
from workbench.engine.native.lib import lib

_KEPT = 8

Key = tuple[float, float, int, int, tuple[str, ...]]


class DrySamplers:
    """Owns one DRY sampler per settings that were used lately, none of which saw a token."""

    def __init__(self) -> None:
        self._made: OrderedDict[Key, Any] = OrderedDict()

    def copy(self, vocab: Any, s: Sampling) -> Any:
        """A fresh sampler; it belongs to the caller."""
        key = (
            s.dry_multiplier,
            s.dry_base,
            s.dry_allowed_length,
            s.dry_penalty_last_n,
            s.dry_sequence_breakers,
        )
        if key not in self._made:
            self._made[key] = _make(vocab, s)
            if len(self._made) > _KEPT:
                lib.llama_sampler_free(self._made.popitem(last=False)[1])
        self._made.move_to_end(key)
        return lib.llama_sampler_clone(self._made[key])

    def close(self) -> None:
        """Free them. Doing it twice is harmless."""
        while self._made:
            lib.llama_sampler_free(self._made.popitem()[1])


def _make(vocab: Any, s: Sampling) -> Any:
    texts = [b.encode() for b in s.dry_sequence_breakers]
    # llama.cpp copies the texts.
    breakers = (ctypes.c_char_p * max(1, len(texts)))(*texts)
    return lib.llama_sampler_init_dry(
        vocab,
        s.dry_multiplier,
        s.dry_base,
        s.dry_allowed_length,
        s.dry_penalty_last_n,
        breakers,
        len(texts),
    )
