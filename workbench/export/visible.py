"""Texts of models and people as every character of them can be seen."""

from __future__ import annotations

import html

_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_SHOWN = {**_PICTURES, 0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}


def visible(text: str) -> str:
    """The text with a sign in place of each control character and of half a character.

    Line feeds and tabs stay; control characters become the pictures that Unicode has for them.
    """
    return text.translate(_SHOWN).encode("utf-8", "replace").decode()


def html_text(text: object) -> str:
    """Any value as text for HTML, in elements and attributes."""
    return html.escape(visible(str(text)))
