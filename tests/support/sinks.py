"""Sinks that keep what an engine says, and hooks that act at a chosen moment of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.core.tokens import TokenTable


def _nothing() -> None:
    pass


class KeepingSink:
    """Keeps every event. `on_prefill` is called once, as soon as `prefill_at` prompt tokens are
    done; `on_tokens` once, at the first tokens of the reply."""

    def __init__(
        self,
        on_prefill: Callable[[], None] = _nothing,
        on_tokens: Callable[[], None] = _nothing,
        prefill_at: int = 0,
    ) -> None:
        self._on_prefill, self._on_tokens = on_prefill, on_tokens
        self._prefill_at = prefill_at
        self.progress: list[tuple[int, int]] = []
        self.texts: dict[int, str] = {}
        self.tables: dict[int, list[TokenTable]] = {}
        self.pieces: dict[int, bytes] = {}

    def prefill(self, done: int, total: int) -> None:
        """Prompt progress."""
        reached = any(d >= self._prefill_at for d, _ in self.progress)
        self.progress.append((done, total))
        if done >= self._prefill_at and not reached:
            self._on_prefill()

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """A reply grew."""
        first = not self.tables
        self.texts[sample] = self.texts.get(sample, "") + text
        self.tables.setdefault(sample, []).append(table)
        for ids in (table.ids, table.top_ids.ravel()):
            self.pieces.update({int(t): pieces[int(t)] for t in ids})
        if first:
            self._on_tokens()
