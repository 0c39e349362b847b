"""Short lists of paths that a profile keeps in a JSON file of its own. Any thread.

Several windows and the command line use them at once: every call reads the file, and a write
puts a whole new one in its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from workbench.core.files import write_whole


class PathLists:
    """Lists of paths by name, in one file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, name: str) -> tuple[Path, ...]:
        """The list `name`, each path once; empty when the file cannot be read."""
        rows = self._read().get(name)
        texts = [row for row in rows if isinstance(row, str)] if isinstance(rows, list) else []
        return tuple(dict.fromkeys(Path(text) for text in texts if text and "\0" not in text))

    def put(self, name: str, paths: Sequence[Path]) -> None:
        """Keep `paths` as the list `name`; the other lists stay.

        Raises:
            UserError: the file cannot be written.
        """
        kept = {**self._read(), name: list(dict.fromkeys(map(str, paths)))}
        text = json.dumps(kept, indent=1, ensure_ascii=True)
        write_whole(self._file, text + "\n")

    def _read(self) -> Mapping[str, object]:
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}
