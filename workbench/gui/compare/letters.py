"""How columns are called."""

from __future__ import annotations

import string


def letter(number: int) -> str:
    """A to P."""
    return string.ascii_uppercase[number]
