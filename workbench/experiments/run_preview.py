"""What a file of runs would begin with. Any thread."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import BinaryIO

from workbench.experiments.run_files import RunChoice, RunFile, check_paths, write_runs
from workbench.history.store import HistoryStore

_FEW = 3


def preview_text(store: HistoryStore, made: RunFile, choice: RunChoice, most: int) -> str:
    """The file with the first runs alone, at most so many characters of it.

    Empty for a format that is no text.

    Raises:
        UserError: a run is not there, an option or a library, or folders and names would stay.
    """
    check_paths(made, choice)
    if not made.is_text:
        return ""
    out: BinaryIO = io.BytesIO()
    write_runs(store, made, replace(choice, run_ids=choice.run_ids[:_FEW]), out)
    out.seek(0)
    text = out.read(most * 4).decode("utf-8", "replace").removeprefix("\ufeff")
    return text if len(text) <= most else f"{text[:most]}\n…"
