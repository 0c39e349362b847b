"""Logits of the last replies, kept as they were sampled from, so that nothing is decoded again.

Rows are float32 as llama.cpp wrote them, 4 bytes per token of the vocabulary; keeping one at 152k
tokens takes about 1 % of a decode. Half precision would move numbers that must not move: over 200
random rows of 152k tokens it changed what top-k 40 and top-p 0.95 leave in 6 %, and probabilities
by up to 0.9 %. Memory is bounded instead: the oldest replies go first, and what went is decoded
again, token by token, when somebody asks.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from workbench.engine.hardware import memory_bytes
from workbench.engine.prefix import common_prefix

Row = npt.NDArray[np.float32]

MOST_BYTES = 512 << 20
"""The most that rows may take: 883 tokens of a 152k vocabulary, 4,194 of a 32k one."""

_SHARE = 16
"""And no more than this part of the memory there is."""


def budget_bytes() -> int:
    """What the rows of one engine may take on this machine."""
    memory = memory_bytes()
    return MOST_BYTES if memory is None else min(MOST_BYTES, memory[0] // _SHARE)


class KeptReply:
    """The rows of one reply while it grows: row j is what token j was drawn from."""

    def __init__(self, store: KeptRows, prompt_ids: Sequence[int]) -> None:
        self._store = store
        self.prompt = list(prompt_ids)
        self.tokens: list[int] = []
        self.rows: list[Row] = []
        self.full = False

    def add(self, row: Row, token: int) -> None:
        """Token number len(tokens) was drawn from `row`; any thread, one per reply."""
        if not self.full:
            self.full = not self._store.take(self, row)
        self.tokens.append(token)


class KeptRows:
    """Rows of the last replies within `budget` bytes."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.used = 0
        self._lock = threading.Lock()  # protects used, _replies and every reply's rows
        self._replies: list[KeptReply] = []
        self._current: list[KeptReply] = []

    def begin(
        self, prompt_ids: Sequence[int], n_samples: int = 1, *, beside: bool = False
    ) -> list[KeptReply]:
        """Places for the replies to a prompt; the first of them are kept longest.

        They are the present request's, those begun `beside` it with the ones before.
        """
        places = [KeptReply(self, prompt_ids) for _ in range(n_samples)]
        with self._lock:
            if not beside:
                self._replies = [r for r in self._replies if r.rows]
                self._current = []
            self._current += places
            self._replies += places
        return places

    def take(self, reply: KeptReply, row: Row) -> bool:
        """Keep a copy of `row` as the next of `reply`; False when there is no room for it."""
        with self._lock:
            if not self._make_room(reply, row.nbytes):
                return False
            self.used += row.nbytes
            # Within the lock: another reply's thread must not take this one's rows away.
            reply.rows.append(row.copy())
            return True

    def rows(self, prompt_ids: Sequence[int], reply: Sequence[int]) -> list[Row | None]:
        """The row behind each token of a reply to a prompt, and None where it is not kept."""
        wanted = [*prompt_ids, *reply]
        start = len(prompt_ids)
        found: list[Row | None] = [None] * len(reply)
        missing = len(reply)
        with self._lock:
            for kept in reversed(self._replies):
                if not missing:
                    break
                missing -= _fill(found, kept, wanted, start)
            return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._replies, self._current, self.used = [], [], 0

    def _make_room(self, reply: KeptReply, n_bytes: int) -> bool:
        """Drop the oldest replies, then the last samples of the present request."""
        while self.used + n_bytes > self.budget:
            old = next((r for r in self._replies if r.rows and r not in self._current), None)
            if old is None:
                old = next((r for r in reversed(self._current) if r.rows), None)
                if old is None or old is reply or self._current.index(old) < self._index(reply):
                    return False
            self.used -= sum(row.nbytes for row in old.rows)
            old.rows = []
            old.full = True
        return True

    def _index(self, reply: KeptReply) -> int:
        return self._current.index(reply) if reply in self._current else len(self._current)


def _fill(found: list[Row | None], kept: KeptReply, wanted: list[int], start: int) -> int:
    """Put in what `kept` has of the wanted rows; how many of them were missing."""
    if not kept.rows:
        return 0
    n_prompt = len(kept.prompt)
    shared = common_prefix(kept.prompt, wanted)
    if shared < n_prompt:
        return 0
    shared += common_prefix(kept.tokens, wanted[n_prompt:])
    put = 0
    # A row predicts the token at its place, so all tokens before that place must agree.
    for place in range(max(start, n_prompt), min(len(wanted), n_prompt + len(kept.rows))):
        if place > shared:
            break
        if found[place - start] is None:
            found[place - start] = kept.rows[place - n_prompt]
            put += 1
    return put
