"""Patterns that some Python the program runs on would match wrongly."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import workbench

_SHY = {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}
"""Python 3.11.0 to 3.11.4 fail to match these (its issue 106052); `regex` does not."""


def operations(parsed: Any) -> Iterator[str]:
    """The names of all operations of a parsed pattern."""
    if isinstance(parsed, (list, tuple)) or hasattr(parsed, "data"):
        for part in getattr(parsed, "data", parsed):
            yield from operations(part)
    elif hasattr(parsed, "name"):
        yield parsed.name


def test_the_standard_library_is_not_given_possessive_groups() -> None:
    parser: Any = importlib.import_module("re._parser")
    assert _SHY & set(operations(parser.parse("(?:a|bc)*+d")))
    seen, bad = 0, []
    for found in pkgutil.walk_packages(workbench.__path__, "workbench."):
        if found.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(found.name)).items():
            if isinstance(value, re.Pattern):
                seen += 1
                used = set(operations(parser.parse(value.pattern, value.flags)))
                bad += [f"{found.name}.{name}"] if used & _SHY else []
    assert seen > 50
    assert bad == []
