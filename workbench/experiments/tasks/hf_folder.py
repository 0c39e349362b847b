"""Local data set folders as the Hugging Face hub and `datasets` keep them: files per split."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.core.errors import UserError
from workbench.experiments.tasks.json_rows import load_json

_SUFFIXES = (".parquet", ".arrow", ".jsonl", ".json", ".csv", ".tsv")
_INFOS = ("dataset_info.json", "dataset_infos.json", "state.json", "dataset_dict.json")
_SPLITS = ("test", "validation", "dev", "valid", "train")
_SHOTS = ("dev", "validation", "valid", "train")
_ALIASES = {"val": "validation", "eval": "validation", "training": "train", "testing": "test"}
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Folder:
    """A data set on this machine.

    Attributes:
        files: by split, in order; "" for files whose names tell no split.
        labels: names of numbered classes, by column.
    """

    path: Path
    files: Mapping[str, tuple[Path, ...]]
    labels: Mapping[str, tuple[str, ...]]
    description: str = ""
    licence: str = ""

    def scored(self, wanted: str) -> str:
        """The split that is scored: the one asked for, else test before validation before train.

        Raises:
            UserError: there is no such split.
        """
        if wanted:
            if wanted not in self.files:
                names = ", ".join(name or "(none)" for name in self.files)
                raise UserError(f"{self.path.name} has no split {wanted}.", f"It has: {names}.")
            return wanted
        return next((s for s in _SPLITS if s in self.files), next(iter(self.files)))

    def shots(self, scored: str) -> str | None:
        """The split that few-shot examples come from; None when there is no other."""
        return next((s for s in _SHOTS if s in self.files and s != scored), None)


def open_folder(path: Path) -> Folder:
    """What a folder holds.

    Raises:
        UserError: there are no data files in it.
    """
    files: dict[str, list[Path]] = {}
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.suffix.lower() not in _SUFFIXES or file.name in _INFOS or hidden:
            continue
        if file.is_file():
            files.setdefault(_split_of(file.relative_to(path)), []).append(file)
    if not files:
        raise UserError(
            f"The folder {path} holds no data files.",
            f"They end in {', '.join(_SUFFIXES)}.",
        )
    info = _info(path)
    return Folder(
        path,
        {split: tuple(found) for split, found in files.items()},
        _labels(info.get("features")),
        str(info.get("description") or ""),
        str(info.get("license") or ""),
    )


def _split_of(file: Path) -> str:
    """The split a file's name or folder tells: test-00000-of-00001.parquet, train/data.arrow."""
    for part in (file.name, *reversed(file.parts[:-1])):
        for found in _WORD.findall(part.lower()):
            split = _ALIASES.get(str(found), str(found))
            if split in _SPLITS:
                return split
    return ""


def _info(path: Path) -> Mapping[str, object]:
    for name in ("dataset_info.json", "dataset_infos.json"):
        for place in (path / name, *sorted(path.glob(f"*/{name}"))):
            if not place.is_file():
                continue
            found = load_json(place)
            if isinstance(found, dict) and "features" not in found and found:
                # The older file keeps one description per configuration.
                found = next((v for v in found.values() if isinstance(v, dict)), found)
            if isinstance(found, dict):
                return found
    return {}


def _labels(features: object) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, feature in features.items() if isinstance(features, dict) else ():
        names = feature.get("names") if isinstance(feature, dict) else None
        if isinstance(names, list):
            found[str(name)] = tuple(map(str, names))
    return found
