"""Prompt files and their versions: saving one, and which one made a run. Any thread."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.errors import UserError
from workbench.core.files import put_in_place
from workbench.core.ids import text_hash
from workbench.core.run import RunStart
from workbench.templates.prompt_file import MAX_BYTES

if TYPE_CHECKING:  # SQLite's tools take long to import
    from workbench.history.versions import PromptVersions, Version


@dataclass(frozen=True, slots=True)
class UsedVersion:
    """The version a run was made with.

    Attributes:
        edited: the run's prompt was `version` with unsaved edits.
    """

    version: Version
    edited: bool

    @property
    def label(self) -> str:
        """How it is called in lists: "v7" or "v7 · edited"."""
        return f"{self.version.label} · edited" if self.edited else self.version.label


def prompt_key(path: Path, folders: Sequence[Path]) -> str:
    """What a prompt file is known by: its path in its library folder, with "/".

    So the person's own copy of a bundled prompt goes on with the same versions. A file outside
    of all `folders` is known by its absolute path.
    """
    whole = Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links
    for folder in folders:
        with suppress(ValueError):
            relative = whole.relative_to(os.path.abspath(folder))  # noqa: PTH100  # as above
            return relative.as_posix()
    return whole.as_posix()


def save_prompt(
    versions: PromptVersions,
    key: str,
    path: Path,
    source: str,
    *,
    restored_from: int | None = None,
) -> Future[Version]:
    """Write a prompt file and record the version; what stood there before is recorded first.

    `restored_from`: number of the older version that is written again.

    The file is replaced whole or not at all, and is on the disk when this returns; the future
    tells about the version alone.

    Raises:
        UserError: the text is too long or no valid text, or the file cannot be written; it is as
            it was then.
    """
    try:
        data = source.encode("utf-8")
    except UnicodeEncodeError as error:
        line = source.count("\n", 0, error.start) + 1
        raise UserError(
            f"The prompt cannot be saved: line {line} has half a character "
            f"(U+{ord(source[error.start]):04X}).",
            "Delete that character and type it again.",
        ) from error
    if len(data) > MAX_BYTES:
        raise UserError(
            f"The prompt has {len(data):,} bytes; a prompt file may have {MAX_BYTES:,}.",
            "Give long material as the value of a variable.",
        )
    try:
        before = _text_of(Path(os.path.realpath(path)))
        put_in_place(path, data)
    except OSError as error:
        raise UserError(
            f"The prompt file {path} cannot be written: {error.strerror or error}.",
            "Save it under another name or in another folder.",
        ) from error
    try:
        return versions.save(key, source, before=before, restored_from=restored_from)
    except UserError as error:  # the history was closed; the file is saved all the same
        unrecorded: Future[Version] = Future()
        unrecorded.set_exception(error)
        return unrecorded


def version_used(
    versions: PromptVersions, key: str, content_hash: str, created_us: int
) -> UsedVersion | None:
    """The version behind a prompt text that ran at `created_us` (microseconds since the epoch).

    That is the version with exactly this text (the one that stood then, when several have it);
    else the version that stood then, edited. None when nothing was saved by then.

    Raises:
        UserError: the history cannot be read.
    """
    same = versions.of_content(content_hash, key)
    if not same:
        standing = versions.at(key, created_us)
        if standing is not None:
            return UsedVersion(standing, edited=True)
        same = versions.of_content(content_hash)  # a copy or a moved file
    if not same:
        return None
    before = [version for version in same if version.created_us <= created_us]
    return UsedVersion(before[0] if before else same[-1], edited=False)


def run_version(
    versions: PromptVersions, folders: Sequence[Path], start: RunStart
) -> UsedVersion | None:
    """The version a run was made with; None for a prompt that was never saved.

    Raises:
        UserError: the history cannot be read.
    """
    content_hash = text_hash(start.prompt_source)
    if start.prompt_path:
        key = prompt_key(Path(start.prompt_path), folders)
        return version_used(versions, key, content_hash, start.created_us)
    return None


def _text_of(path: Path) -> str | None:
    """What the file contains now; None when there is none or it is no text."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        return path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
