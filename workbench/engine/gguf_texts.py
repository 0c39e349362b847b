"""Walks arrays of texts in a GGUF file without building them: vocabularies have 300,000 texts."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from workbench.core.errors import UserError

_CHUNK = 1 << 20
_LONGEST = 1 << 16


class CutShortError(Exception):
    """The file ends inside the array."""


def skip_texts(file: BinaryIO, count: int, size: int) -> None:
    """Move `file` behind `count` texts; `size` is the file's length in bytes.

    Raises:
        CutShortError: the texts reach beyond the end of the file.
    """
    read = struct.Struct("<Q").unpack_from
    base, at, buffer = file.tell(), 0, b""
    for _ in range(count):
        if at + 8 > len(buffer):
            base += at
            file.seek(base)
            at, buffer = 0, file.read(_CHUNK)
            if len(buffer) < 8:
                raise CutShortError("it ends in the middle of an array")
        at += 8 + read(buffer, at)[0]
        if base + at > size:
            raise CutShortError("it ends in the middle of an array")
    file.seek(base + at)


def read_texts(path: Path, offset: int, wanted: Iterable[int], length: int) -> dict[int, str]:
    """The texts number `wanted` of an array of `length` that begins at `offset`, by number.

    Numbers outside the array are left out; bytes that are no UTF-8 become U+FFFD, and a text of
    more than 64 KiB is cut there.

    Raises:
        UserError: the file cannot be read, or changed since its header was read.
    """
    found: dict[int, str] = {}
    at = 0
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(offset)
            for number in sorted({n for n in wanted if 0 <= n < length}):
                skip_texts(file, number - at, size)
                (n_bytes,) = struct.unpack("<Q", file.read(8))
                found[number] = file.read(min(n_bytes, _LONGEST)).decode("utf-8", "replace")
                file.seek(max(0, n_bytes - _LONGEST), 1)
                at = number + 1
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (CutShortError, struct.error, OverflowError) as error:
        raise UserError(f"{path.name} changed while it was read.", "Open it again.") from error
    return found


def read_numbers(path: Path, offset: int, layout: str, count: int) -> tuple[int | float, ...]:
    """`count` numbers of `struct` format `layout` from `offset` on.

    Raises:
        UserError: the file cannot be read, or changed since its header was read.
    """
    form = struct.Struct(f"<{count}{layout}")
    try:
        with path.open("rb") as file:
            file.seek(offset)
            return form.unpack(file.read(form.size))
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (struct.error, OverflowError) as error:
        raise UserError(f"{path.name} changed while it was read.", "Open it again.") from error
