"""The settings file of a profile: only what the person set, written whole, never half trusted.

A file that cannot be read is kept as `.bak`; a value that a setting does not take is left out; a
key that this version does not know stays in the file. All three are said in one sentence.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.core.engine_settings import EngineSettings, KvType
from workbench.core.errors import UserError
from workbench.core.files import write_whole
from workbench.core.settings import BY_NAME, SettingValue

SCHEMA = 1
_SHORTCUTS = "shortcuts"
_KNOWN = {"schema", _SHORTCUTS}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says.

    Attributes:
        chosen: values the person set, by name; everything else stands at its default.
        shortcuts: key sequences of actions that have others than usual, by the action's name; as
            they stand in the file, for `gui.keymap` to judge.
        problem: a sentence about what could not be used; empty when all could.
    """

    chosen: Mapping[str, SettingValue] = field(default_factory=dict)
    shortcuts: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""

    def value(self, name: str) -> SettingValue:
        """The value of a setting: the chosen one, else its default."""
        return self.chosen.get(name, BY_NAME[name].default)

    def switch(self, name: str) -> bool:
        """The value of a `Kind.SWITCH`."""
        return bool(self.value(name))

    def number(self, name: str) -> int:
        """The value of a `Kind.NUMBER`."""
        value = self.value(name)
        return value if isinstance(value, int) else 0

    def text(self, name: str) -> str:
        """The value of a `Kind.CHOICE`."""
        return str(self.value(name))

    def folders(self, name: str) -> tuple[Path, ...]:
        """The value of a `Kind.FOLDERS`."""
        value = self.value(name)
        return tuple(map(Path, value)) if isinstance(value, tuple) else ()


class SettingsStore:
    """Reads and writes one settings file. Every change reads the file again first, so that two
    programs on one profile do not take back each other's changes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, *, keep_bad: bool = True) -> Settings:
        """What the file says now; defaults where it says nothing that can be used.

        With `keep_bad` a file with unusable parts is copied to `.bak` first.
        """
        data, why = self._data()
        if why:
            return Settings(problem=self._kept(f"{why}; the defaults are used", keep=keep_bad))
        chosen: dict[str, SettingValue] = {}
        bad: list[str] = []
        unknown: list[str] = []
        for name, value in data.items():
            known = BY_NAME.get(name)
            if known is None:
                unknown += [] if name in _KNOWN else [name]
                continue
            try:
                chosen[name] = known.checked(value)
            except UserError:
                bad.append(name)
        shortcuts = data.get(_SHORTCUTS, {})
        if not isinstance(shortcuts, dict):
            shortcuts = {}
            bad.append(_SHORTCUTS)
        said = []
        if bad:
            names = ", ".join(sorted(bad))
            said.append(self._kept(f"has unusable values: {names}; they are left out",
                                   keep=keep_bad))  # fmt: skip
        if unknown:
            names = ", ".join(sorted(unknown)[:8])
            said.append(
                f"The settings file {self.path.name} has keys that this version does not know: "
                f"{names}; they are left as they are."
            )
        return Settings(chosen, shortcuts, " ".join(said))

    def change(self, name: str, value: SettingValue | None) -> Settings:
        """Write one setting, None for its default; answers with what the file says then.

        Raises:
            UserError: the setting does not take the value, or the file cannot be written.
        """
        known = BY_NAME[name]
        good = None if value is None else known.checked(value)
        entry = list(good) if isinstance(good, tuple) else good
        return self._write({name: None if good == known.default else entry})

    def change_shortcuts(self, shortcuts: Mapping[str, list[str]]) -> Settings:
        """Write which actions have other keys than usual.

        Raises:
            UserError: the file cannot be written.
        """
        return self._write({_SHORTCUTS: dict(shortcuts) or None})

    def reset(self) -> Settings:
        """Put every setting back to its default; shortcuts and unknown keys stay.

        Raises:
            UserError: the file cannot be written.
        """
        return self._write(dict.fromkeys(BY_NAME))

    def _write(self, changes: Mapping[str, object]) -> Settings:
        data, _why = self._data()
        data = {"schema": SCHEMA, **data}
        for name, value in changes.items():
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value
        write_whole(self.path, json.dumps(data, indent=1, ensure_ascii=False) + "\n")
        return self.read(keep_bad=False)

    def _data(self) -> tuple[dict[str, Any], str]:
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}, ""
        except (OSError, ValueError, RecursionError) as error:
            return {}, f"cannot be read ({getattr(error, 'strerror', None) or error})"
        return (data, "") if isinstance(data, dict) else ({}, "holds no settings")

    def _kept(self, what: str, *, keep: bool) -> str:
        backup = self.path.with_name(self.path.name + ".bak")
        sentence = f"The settings file {self.path.name} {what}"
        if keep:
            try:
                shutil.copyfile(self.path, backup)
            except OSError:
                return f"{sentence}."
        return f"{sentence}, {backup.name} keeps it." if backup.exists() else f"{sentence}."


def engine_settings(settings: Settings) -> EngineSettings:
    """How models are loaded by these settings."""
    return EngineSettings(
        n_ctx=settings.number("n_ctx"),
        n_threads=settings.number("n_threads"),
        n_gpu_layers=settings.number("n_gpu_layers"),
        flash_attention=settings.switch("flash_attention"),
        kv_type=KvType(settings.text("kv_type")),
        use_mmap=settings.switch("use_mmap"),
        n_batch=settings.number("n_batch"),
    )
