"""A text out of a file, to be forced through models. Any thread."""

from __future__ import annotations

from pathlib import Path

from workbench.core.errors import UserError

MOST_BYTES = 4 << 20


def read_text_file(path: Path) -> str:
    """The text of a file in UTF-8, a byte order mark left out.

    Raises:
        UserError: it cannot be read, is empty, too large, or no text.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(
                f"{path.name} has {path.stat().st_size:,} bytes; at most {MOST_BYTES:,} can be "
                "compared.",
                "Cut out the part that matters.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"{path.name} is no text in UTF-8: byte {error.start:,} is none of it.",
            "Save it as UTF-8 first.",
        ) from error
    if not text:
        raise UserError(f"{path.name} is empty.", "Choose a file with text in it.")
    return text
