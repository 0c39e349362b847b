"""A text cut into words, whitespace and signs, never inside what a reader sees as one character.

Words of scripts that write no spaces (Chinese, Japanese, Thai, …) are cut into single characters,
so that a change in a sentence does not mark the whole sentence.
"""

from __future__ import annotations

import re
import unicodedata

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W{_SPACELESS}]"
_FLAG = "[\U0001f1e6-\U0001f1ff]"

_PIECES = re.compile(
    r"\r\n|[\r\n]"  # the end of a line, always alone
    r"|[^\S\r\n]+"
    rf"|{_FLAG}{{1,2}}"  # two letters make one flag
    rf"|[{_SPACELESS}]"
    r"|\d+(?:[.,]\d+)+"
    rf"|{_LETTER}+(?:['’]{_LETTER}+)*"
    r"|.",
    re.DOTALL,
)
_WORD_START = re.compile(_LETTER)
_LINE_END = re.compile(r"\r\n|[\r\n]")

_ZWJ = "\u200d"
_JOINS_BEFORE = re.compile(
    # Continue the character before them though their category does not say so: joiners, Thai and
    # Lao vowels, half-width voice marks, skin tones, the letters of region flags.
    "[\u200c\u200d\u0e33\u0eb3\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_JOINS_AFTER = re.compile(
    # Signs that stand before the character they belong to (number signs, Indic repha), and those
    # that stack the next consonant under the one before (Myanmar, Khmer).
    "[\u1039\u17d2\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3"
    "\U0001193f\U00011941\U00011a3a\U00011a84-\U00011a89\U00011d46\U00011f02]"
)
_CONTROL = ("Cc", "Zl", "Zp")


def split_words(text: str) -> list[str]:
    """The pieces of `text`, in order; joined they are `text` again. A line end is one piece."""
    pieces: list[str] = _PIECES.findall(text)
    return pieces if text.isascii() else _joined(pieces)


def split_lines(text: str) -> list[str]:
    r"""The lines of `text` without their ends (\n, \r\n or \r); always one more than ends."""
    return _LINE_END.split(text)


def is_line_end(piece: str) -> bool:
    """Whether a piece of `split_words` ends a line."""
    return piece in ("\n", "\r\n", "\r")


def _joined(pieces: list[str]) -> list[str]:
    """The pieces, with those joined that were cut inside a character or a marked word."""
    out: list[str] = []
    in_word = after_mark = False  # of what was read last
    for piece in pieces:
        first = piece[0]
        is_word = _WORD_START.match(first) is not None
        if out and first >= "\u0300" and _continues(out[-1][-1], first):
            out[-1] += piece
            after_mark = not is_word
            in_word = in_word or is_word
            continue
        # A mark inside a word does not end the word.
        marked_word = in_word and after_mark and is_word
        if out and (marked_word or _takes_the_next(out[-1][-1], first)):
            out[-1] += piece
        else:
            out.append(piece)
        in_word, after_mark = is_word, False
    return out


def _takes_the_next(before: str, after: str) -> bool:
    return _JOINS_AFTER.match(before) is not None and _can_be_joined(after)


def _continues(before: str, after: str) -> bool:
    """Whether `after` belongs to the same visible character as `before`."""
    if not _can_be_joined(before):
        return False
    if unicodedata.category(after)[0] == "M" or _JOINS_BEFORE.match(after):
        return True
    return before == _ZWJ and not after.isspace() and _can_be_joined(after)


def _can_be_joined(character: str) -> bool:
    return unicodedata.category(character) not in _CONTROL
