"""What must not be empty on a command line: `-m "$MODEL"` with nothing in MODEL is a mistake."""

from __future__ import annotations

from typing import Any

import click

from workbench.core.errors import UserError


def not_empty(_ctx: click.Context, option: click.Parameter, value: Any) -> Any:
    """A callback for options: an empty text would silently mean the default.

    Raises:
        UserError: the text, or one of the texts, is empty.
    """
    for text in (value,) if isinstance(value, str) else value or ():
        if not text.strip():
            name = max(option.opts, key=len)
            raise UserError(f"{name} is empty.", "Leave it out for the default.")
    return value
