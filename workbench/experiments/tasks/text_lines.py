"""Lines of a text file of any size: byte order marks understood, lines that are no text named."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from workbench.core.errors import UserError
from workbench.core.task import BadRow
from workbench.experiments.tasks.rows import Report

MAX_LINE_BYTES = 16 << 20
"""A longer line is named and passed over without being held in memory."""

_PIECE = 1 << 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def lines_of(path: Path, report: Report) -> Iterator[tuple[int, str]]:
    """Every line with its 1-based number, its line break included (CRLF stays as it is).

    The file is UTF-8, or what its byte order mark says. A line that is not, or that is longer
    than MAX_LINE_BYTES, is reported and left out.

    Raises:
        UserError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            mark, encoding = encoding_of(file.read(4))
            file.seek(len(mark))
            if encoding == "utf-8":
                yield from _byte_lines(file, report)
            else:
                yield from _wide_lines(file, encoding, report)
    except OSError as error:
        raise UserError(
            f"The file {path} cannot be read: {error.strerror or error}.", "Check the path."
        ) from error


def encoding_of(start: bytes) -> tuple[bytes, str]:
    """The byte order mark a file begins with (may be empty) and the encoding it means."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return mark, encoding
    return b"", "utf-8"


def _byte_lines(file: BinaryIO, report: Report) -> Iterator[tuple[int, str]]:
    number = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            report(_too_long(number, len(line) + _skip_line(file)))
            continue
        try:
            yield number, line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start]
            report(
                BadRow(
                    number,
                    "",
                    f"Byte {error.start + 1:,} of the line (0x{byte:02X}) is not UTF-8. "
                    "Save the file as UTF-8.",
                )
            )


def _skip_line(file: BinaryIO) -> int:
    """Read to the end of the line; how many bytes that were."""
    skipped = 0
    while piece := file.readline(_PIECE):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _wide_lines(file: BinaryIO, encoding: str, report: Report) -> Iterator[tuple[int, str]]:
    """Lines of UTF-16 or UTF-32; bytes that are neither end up as U+FFFD and name their line."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    number, held, dropped = 0, "", 0
    while True:
        piece = file.read(_PIECE)
        text = held + decoder.decode(piece, final=not piece)
        lines = text.splitlines(keepends=True) if "\n" not in text else _split(text)
        held = lines.pop() if lines and piece and not lines[-1].endswith("\n") else ""
        for line in lines:
            number += 1
            if dropped:
                report(_too_long(number, dropped + len(line)))
                dropped = 0
            elif "\ufffd" in line:
                report(BadRow(number, "", f"The line is not {encoding.upper()} throughout."))
            else:
                yield number, line
        if len(held) > MAX_LINE_BYTES:
            dropped, held = dropped + len(held), ""
        if not piece:
            if held:
                yield number + 1, held
            return


def _split(text: str) -> list[str]:
    """Lines that end at a line feed and nowhere else (JSON texts may hold U+2028)."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _too_long(number: int, size: int) -> BadRow:
    return BadRow(
        number,
        "",
        f"The line has {size:,} bytes; {MAX_LINE_BYTES:,} are possible.",
    )
