"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from workbench.core.errors import UserError


def write_whole(path: Path, text: str) -> None:
    """Write `text` as UTF-8 to a temporary file beside `path`, then put it in its place.

    Folders are made; a link goes on pointing at its file.

    Raises:
        UserError: it cannot be written, or the text holds half a character; `path` is as it was.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise UserError(
            f"{path.name} cannot be written: line {line} has half a character"
            f" (U+{ord(text[error.start]):04X}).",
            "Delete that character and type it again.",
        ) from error
    try:
        put_in_place(path, data)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written: {error.strerror or error}.", "Choose another place."
        ) from error


def put_in_place(path: Path, data: bytes) -> None:
    """Write `data` to a temporary file beside `path`, then put it in its place.

    Folders are made; a link goes on pointing at its file, and the file keeps its mode.

    Raises:
        OSError: it cannot be written; `path` is as it was and nothing is left beside it.
    """
    with file_in_place(path) as file:
        file.write(data)


@contextmanager
def file_in_place(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of `path` when the block ends without an error.

    Folders are made; a link goes on pointing at its file, and the file keeps its mode. After an
    error or a cancel `path` is as it was and nothing is left beside it. What is no file but can be
    written to (/dev/null, a named pipe) is written to, and never replaced.

    Raises:
        OSError: it cannot be written.
    """
    if _is_device(path):
        with path.open("wb") as file:
            yield file
        return
    target = Path(os.path.realpath(path))
    fresh = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with fresh.open("w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, fresh)
        fresh.replace(target)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def _is_device(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
