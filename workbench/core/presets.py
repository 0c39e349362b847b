"""Named sampling settings: the bundled ones, and the person's own in the profile."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.core.sampling import PRESETS, Sampling
from workbench.core.sampling_input import with_values

_LONGEST_NAME = 60


class Presets:
    """The bundled presets, then the person's own, kept in one JSON file.

    A preset that cannot be read (written by hand, or by a newer version) is left out of the
    list, and left in the file.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def all(self) -> Mapping[str, Sampling]:
        """Every preset by name."""
        own: dict[str, Sampling] = {}
        for name, values in self._read().items():
            with contextlib.suppress(UserError):
                if isinstance(values, dict) and name not in PRESETS:
                    own[name] = with_values(Sampling(), values)
        return {**PRESETS, **own}

    def get(self, name: str) -> Sampling:
        """The preset called `name`.

        Raises:
            UserError: there is none; the hint offers the nearest one.
        """
        known = self.all()
        if name not in known:
            raise UserError(f"There is no preset named {name}.", did_you_mean(name, list(known)))
        return known[name]

    def save(self, name: str, sampling: Sampling) -> None:
        """Keep `sampling` under a name, replacing an own preset of that name.

        Raises:
            UserError: an empty or bundled name, or a file that cannot be written.
        """
        name = name.strip()
        if not name or len(name) > _LONGEST_NAME:
            raise UserError(f"A preset's name has 1 to {_LONGEST_NAME} characters.")
        if name in PRESETS:
            raise UserError(f"{name} is a bundled preset.", "Choose another name.")
        plain, data = Sampling().to_dict(), sampling.to_dict()
        changed = {f.name: data[f.name] for f in fields(Sampling) if data[f.name] != plain[f.name]}
        self._write({**self._read(), name: changed})

    def remove(self, name: str) -> None:
        """Forget an own preset; one that is not there is ignored.

        Raises:
            UserError: a bundled name, or a file that cannot be written.
        """
        if name in PRESETS:
            raise UserError(f"{name} is a bundled preset and stays.")
        kept = self._read()
        if kept.pop(name, None) is not None:
            self._write(kept)

    def _read(self) -> dict[str, object]:
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def _write(self, data: Mapping[str, object]) -> None:
        fresh = self._file.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if self._file.exists() and not self._read():
                # What stands there is damaged: keep it beside the new one.
                self._file.replace(self._file.with_suffix(".bak"))
            fresh.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
            fresh.replace(self._file)
        except OSError as error:
            raise UserError(
                f"The presets cannot be written to {self._file}: {error.strerror or error}."
            ) from error
