"""What a search for models finds, and what it says meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from workbench.core.model_places import Origin
from workbench.core.types import ModelInfo
from workbench.engine.gguf import Header
from workbench.engine.gguf_kinds import ModelKind


class ExtraKind(StrEnum):
    """What another program keeps beside a model."""

    TEMPLATE = "template"
    """Ollama's own template (Go, not Jinja)."""
    SYSTEM = "system prompt"
    PARAMS = "parameters"
    ADAPTER = "adapter"
    PROJECTOR = "projector"
    LICENCE = "licence"
    MESSAGES = "messages"


@dataclass(frozen=True, slots=True)
class Extra:
    """One thing that belongs to a model and stands in a file of its own."""

    kind: ExtraKind
    path: Path


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a model, before anything of it was read.

    Attributes:
        name: what its program calls it: "llama3:8b", "org/repo · file", else the file's stem.
        note: where that name comes from, in a few words: a revision, say.
        files: every part that is there, in order; the first one is opened.
        missing: names of parts that are not there.
        sha256: as its program says; empty where it does not.
        error: why it cannot be used, where that is known already.
        exact: other texts that name this model and no other, to find it by.
    """

    path: Path
    origin: Origin
    name: str
    note: str = ""
    files: tuple[Path, ...] = ()
    missing: tuple[str, ...] = ()
    sha256: str = ""
    error: str = ""
    extras: tuple[Extra, ...] = ()
    exact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A model that was found: what it is, or why it cannot be used.

    Attributes:
        header: None where it could not be read; its metadata is left out.
        kind: None where the header could not be read.
        error: one sentence; empty for a file that can be read.
        size_bytes: of all parts that are there.
        also: other names under which the same file was found.
    """

    candidate: Candidate
    header: Header | None
    kind: ModelKind | None
    error: str
    size_bytes: int
    also: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The file to open."""
        return self.candidate.path

    @property
    def info(self) -> ModelInfo | None:
        """What its header says; None where it could not be read."""
        return None if self.header is None else self.header.info

    @property
    def can_run(self) -> bool:
        """Whether a prompt can be run on it."""
        return self.kind is not None and self.kind.writes and not self.error


@dataclass(frozen=True, slots=True)
class Looking:
    """The search is here now.

    Attributes:
        done, total: models of this folder that were read, and that are known; total is 0 while
            the folder itself is being read.
    """

    origin: Origin
    folder: Path
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class SameAs:
    """The file of `path` was found again, under another name."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A folder or file that could not be looked into, and why."""

    path: Path
    reason: str


Event: TypeAlias = "FoundModel | Looking | SameAs | Trouble"


@dataclass(slots=True)
class Findings:
    """Everything a search said, put together.

    Attributes:
        models: in the order they were found.
    """

    models: list[FoundModel] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
