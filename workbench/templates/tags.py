"""What a template's text shows without being run: the names it includes."""

from __future__ import annotations

import re
from collections.abc import Iterator

_INCLUDE = re.compile(r"\{%[-+]?\s*include\s+(?:'([^']*)'|\"([^\"]*)\")")


def included_names(text: str) -> Iterator[str]:
    """Names of the prompts that `{% include "NAME" %}` takes in, in order."""
    for found in _INCLUDE.finditer(text):
        yield found[1] if found[1] is not None else found[2]
