"""Which part of a prompt need not be decoded again, without changing a single logit.

llama.cpp's kernels add in another order for another batch size, so a prompt decoded as 64 + 3
tokens gives slightly other logits than the same prompt decoded as 67. To make the same request
give the same tokens whatever ran before, prompts are always decoded in chunks that begin at
multiples of `CHUNK`, sampled tokens one at a time, and only what was decoded that way is reused.

One exception is meant: samples made together are decoded in batches, and a fork of one of them
continues its own cells rather than decode the whole reply again. It sees what that sample saw,
which agrees with a reply decoded alone up to rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

CHUNK = 64
"""Prompt tokens per decode. Small enough that an edit near the end re-decodes little and that a
cancel is heard soon, large enough for the matrix kernels."""


@dataclass(slots=True)
class CachedSequence:
    """What stands in a sequence of the KV cache.

    Attributes:
        ids: the tokens, in order of position.
        n_prompt: how many of them were decoded as prompt, in chunks; the rest one at a time.
        n_exact: how many leading tokens stand as a fresh request would make them; a look at the
            next token while somebody types leaves a tail that does not. All, if not given.
    """

    ids: list[int] = field(default_factory=list)
    n_prompt: int = 0
    n_exact: int = -1

    def __post_init__(self) -> None:
        if self.n_exact < 0:
            self.n_exact = len(self.ids)

    def copy(self) -> CachedSequence:
        """The same content, independent of this one."""
        return CachedSequence(list(self.ids), self.n_prompt, self.n_exact)

    def append(self, token: int) -> None:
        """A sampled token was decoded at the end."""
        if self.n_exact == len(self.ids):
            self.n_exact += 1
        self.ids.append(token)

    def truncate(self, length: int) -> None:
        """Only the first `length` tokens are left."""
        del self.ids[length:]
        self.n_prompt = min(self.n_prompt, length)
        self.n_exact = min(self.n_exact, length)


def common_prefix(a: Sequence[int], b: Sequence[int]) -> int:
    """How many leading tokens two sequences share."""
    limit = min(len(a), len(b))
    if list(a[:limit]) == list(b[:limit]):
        return limit
    return next(i for i in range(limit) if a[i] != b[i])


def reusable(
    cached: CachedSequence,
    prompt: Sequence[int],
    n_sampled: int,
    *,
    exact: bool,
    chunk: int = CHUNK,
) -> int:
    """How many leading tokens of `prompt` stand in the cache as this request would make them.

    `n_sampled` of the prompt's last tokens were sampled earlier (a fork) and count as decoded
    one at a time. Without `exact`, everything shared is reused.
    """
    shared = common_prefix(cached.ids, prompt)
    if not exact:
        return shared
    n_prompt = len(prompt) - n_sampled
    shared = min(shared, cached.n_exact)
    if cached.n_prompt == n_prompt and shared >= n_prompt:
        return shared
    # A chunk is as this request would make it only if it is whole on both sides.
    whole = min(shared, n_prompt, cached.n_prompt)
    return whole - whole % chunk


def chunks(start: int, end: int, size: int = CHUNK) -> list[tuple[int, int]]:
    """The pieces of start..end, cut at multiples of `size`."""
    cuts = [start, *range(start - start % size + size, end, size), end]
    return [(a, b) for a, b in pairwise(cuts) if a < b]
