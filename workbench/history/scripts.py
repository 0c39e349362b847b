"""Texts as the search index gets them: scripts without spaces between words, sign by sign.

Chinese, Japanese, Thai, Lao, Khmer and Burmese write no spaces, and Korean words carry their
endings, so a word inside a sentence begins at any sign. Each sign is a word of its own for the
index, and a search for several is a search for them in a row: any part of a text is found.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata

FUNCTION = "search_form"
"""The name of `search_form` in SQL, on connections that `register` was called with."""

_SIGNS = (
    "\u0e01-\u0e5b\u0e81-\u0edf"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"  # Korean
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303c"  # radicals, signs of repetition
    "\u3041-\u30ff\u3100-\u31ff"  # kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff"  # Chinese characters, Yi
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"  # rare kana and characters
)
_SIGN = re.compile(f"[{_SIGNS}]")
_LAST_MARK = 0x18FF
_PRIVATE = 0xE000


def search_form(text: str) -> str:
    """`text` with spaces around every sign of such a script, and wide letters made narrow.

    Vowels and tones that stand over or under a sign, which an index drops, become signs.
    """
    if text.isascii():
        return text
    # One spelling for what looks alike: wide and half-wide letters, composed or not.
    text = unicodedata.normalize("NFKC", text)
    return _SIGN.sub(_apart, text)


def ends_in_sign(text: str) -> bool:
    """Whether the last letter is a word of its own, which cannot go on."""
    return _SIGN.match(unicodedata.normalize("NFKC", text[-1:])) is not None


def register(connection: sqlite3.Connection) -> None:
    """Let SQL on this connection call `search_form`."""
    connection.create_function(FUNCTION, 1, _of_stored, deterministic=True)


def _of_stored(value: object) -> str | None:
    """A text as SQLite holds it; bytes may be no proper UTF-8."""
    if value is None:
        return None
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return search_form(text)


def _apart(sign: re.Match[str]) -> str:
    letter = sign[0]
    code = ord(letter)
    if code <= _LAST_MARK and unicodedata.category(letter).startswith("M"):
        letter = chr(_PRIVATE + code)
    return f" {letter} "
