"""What a prompt's file may be called."""

from __future__ import annotations

import re

from workbench.core.errors import UserError
from workbench.gui.translate import tr

_BAD = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def file_name(text: str) -> str:
    """`text` as the name of a file on every system, no ending; empty when nothing is left."""
    name = _BAD.sub("-", text).strip(" .-")[:100]
    return f"{name}-prompt" if _RESERVED.fullmatch(name) else name


def no_name(text: str) -> UserError:
    """What to say when `file_name` leaves nothing of `text`."""
    return UserError(
        tr("No file can be called {name!r}.", name=text), tr("Use letters and digits.")
    )
