"""The file that a command writes, as `-o` names it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from workbench.core.errors import UserError


class OutputFile(click.ParamType):  # type: ignore[type-arg]  # older click has no argument
    """A file that is there already or not; a folder is refused before anything is computed."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, `~` for the home folder.

        Raises:
            UserError: it is a folder, or is written as one.
        """
        if isinstance(value, Path):
            return value
        text = str(value)
        path = Path(text).expanduser()
        separators = tuple(sign for sign in (os.sep, os.altsep) if sign)
        if not text or text.endswith(separators) or path.is_dir():
            raise UserError(f"{text or 'The empty name'} is no file.", "Name a file in a folder.")
        return path
