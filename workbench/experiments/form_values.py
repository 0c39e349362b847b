"""What a person filled into the variables of each prompt, kept on the disk. Any thread.

One file for each prompt, written whole or not at all; of two windows the last one wins.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbench.core.errors import UserError
from workbench.core.files import write_whole
from workbench.core.ids import text_hash

MAX_CHARS = 16 << 20
"""The longest form that is kept, in characters of JSON."""
_MOST_FILES = 1000


class FormValues:
    """The values in one folder, which is made at the first `keep`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, prompt_key: str, values: Mapping[str, object]) -> None:
        """Keep the values of a prompt instead of the ones before; none forget it.

        Raises:
            UserError: they are too long, or the folder cannot be written.
        """
        path = self._path(prompt_key)
        if not values:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            return
        # Half a character can stand in a field; JSON's \\u escapes can hold it.
        text = json.dumps({"prompt_key": prompt_key, "values": dict(values)})
        if len(text) > MAX_CHARS:
            raise UserError(
                f"The values of the variables have {len(text):,} characters;"
                f" {MAX_CHARS:,} are kept over a restart.",
                "Keep a copy of them in a file of your own.",
            )
        is_new = not path.exists()
        write_whole(path, text)
        if is_new:
            self._prune()

    def move(self, old_key: str, new_key: str) -> None:
        """A prompt is known by another key now, or a copy of it was made: its values go along.

        Raises:
            UserError: the folder cannot be written.
        """
        if old_key != new_key:
            self.keep(new_key, self.find(old_key))

    def find(self, prompt_key: str) -> dict[str, Any]:
        """The values of a prompt; empty when none are kept or they cannot be read."""
        try:
            data = json.loads(self._path(prompt_key).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(data, dict) or data.get("prompt_key") != prompt_key:
            return {}
        values = data.get("values")
        return values if isinstance(values, dict) else {}

    def _prune(self) -> None:
        """Forget the forms that were touched longest ago."""
        with suppress(OSError):
            files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
            for file in files[:-_MOST_FILES]:
                file.unlink(missing_ok=True)

    def _path(self, prompt_key: str) -> Path:
        return self._folder / f"{text_hash(prompt_key).removeprefix('sha256:')[:32]}.json"
