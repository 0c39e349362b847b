"""What to do about a library of an optional extra that is not there."""

from __future__ import annotations

from workbench.core.python import is_frozen


def how_to_get(extra: str) -> str:
    """The hint of a UserError: how the libraries of the extra `extra` of pyproject.toml come in.

    Nothing can be installed into a packaged program; the extras in it are never missing.
    """
    if is_frozen():
        return (
            "This program was packaged without it; the Python package can have it: "
            f"pip install 'prompt-workbench[{extra}]'"
        )
    return f"Install it with: pip install 'prompt-workbench[{extra}]'"
