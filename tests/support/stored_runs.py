"""A history of made-up runs whose prompts and replies a test chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from support import many_runs

from workbench.history.bulk import import_runs
from workbench.history.store import HistoryStore


def stored(path: Path, replies: Sequence[tuple[str, str, str]]) -> HistoryStore:
    """A history with a run for each id, prompt and reply."""
    store = HistoryStore(path)
    found = []
    for (run_id, prompt, reply), (start, end) in zip(
        replies, many_runs.runs(len(replies)), strict=True
    ):
        [sample] = end.result.samples
        result = replace(end.result, samples=(replace(sample, text=reply),))
        found.append((replace(start, run_id=run_id, text=prompt), replace(end, result=result)))
    import_runs(store, found)
    return store
