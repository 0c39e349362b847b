"""Texts nobody vouches for, made safe to show: nothing invisible, nothing that turns lines round.

Metadata of a downloaded file may hold NUL, escape sequences, or signs that reverse the direction
of what follows and so make one thing look like another.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str, most: int | None = None) -> str:
    """`text` with every hidden character as its number, as in `\\u{202E}`; lines and tabs stay.

    Longer than `most` characters, it is cut there and says how long it is.
    """
    kept = text if most is None or len(text) <= most else text[:most]
    shown = _HIDDEN.sub(_number, kept.replace("\r\n", "\n"))
    return shown if len(kept) == len(text) else f"{shown} … ({len(text):,} characters)"


def one_line(text: str, most: int | None = None) -> str:
    """`text` made visible, on one line: line ends become ↵ and tabs a space."""
    return visible(text, most).replace("\n", "↵").replace("\t", " ")


def _number(found: re.Match[str]) -> str:
    return f"\\u{{{ord(found[0]):04X}}}"
