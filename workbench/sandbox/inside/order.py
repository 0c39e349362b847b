"""What the child is told, and what it answers. Plain JSON both ways."""

from __future__ import annotations

import base64
import json
import os
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields


class RefusedError(Exception):
    """The program was not started; the text says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """Everything about one run. Sizes are bytes, times seconds.

    Attributes:
        python: the interpreter and its flags. `readable`: trees it needs besides the system's.
        folder: an empty folder outside: where the file tree is put up, or the program's folder
            where there is none of its own.
        files: in base64. `namespaces`: whether to try for them; `forced`: go on without.
        questions: a pipe that becomes the program's standard input; -1 for none.
    """

    python: list[str]
    arguments: list[str]
    readable: list[str]
    folder: str
    files: dict[str, str]
    collect: list[str]
    environment: dict[str, str]
    seconds: float
    cpu_seconds: int
    memory_bytes: int
    file_bytes: int
    folder_bytes: int
    processes: int
    open_files: int
    namespaces: bool
    forced: bool
    questions: int = -1

    def contents(self) -> dict[str, bytes]:
        """The files by name."""
        return {name: base64.b64decode(text) for name, text in self.files.items()}


def write_order(order: Order) -> bytes:
    """The order with its length in front, as the child reads it."""
    body = json.dumps(asdict(order)).encode()
    return struct.pack("=Q", len(body)) + body


def read_order(handle: int) -> Order:
    """The order from a pipe. Raises RefusedError when the pipe ends early."""
    (size,) = struct.unpack("=Q", _exactly(handle, 8))
    told = json.loads(_exactly(handle, size))
    return Order(**{part.name: told[part.name] for part in fields(Order)})


def _exactly(handle: int, size: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < size:
        piece = os.read(handle, min(size - len(pieces), 1 << 20))
        if not piece:
            raise RefusedError("the workbench went away before it had said what to run")
        pieces += piece
    return bytes(pieces)


def answer(handle: int, document: Mapping[str, object]) -> None:
    """Tell the workbench how it went, and close the pipe."""
    left = memoryview(json.dumps(document).encode())
    while left:
        left = left[os.write(handle, left) :]
    os.close(handle)
