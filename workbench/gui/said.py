"""Sentences of the rooms below, which know no Qt and write plain English, in other languages.

A sentence with figures in it cannot be looked up as it stands. `make translations` writes down
every form such sentences have in the code ("{0} cannot be read: {1}."); a sentence is translated
by the form it fits, and its values stay as they are. One that fits none stays English.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from workbench.core.paths import assets_folder
from workbench.gui.translate import language_shown, tr

FORMS_FILE = "sentences.json"


def tr_said(text: str) -> str:
    """A label or sentence of a room below in the person's language; itself when not known."""
    language = language_shown()
    return text if language == "en" or not text else _translated(text, language)


@lru_cache(maxsize=1024)
def _translated(text: str, _language: str) -> str:
    found = tr(text)
    if found != text:
        return found
    for form, pattern in _patterns():
        fits = pattern.fullmatch(text)
        if fits is not None:
            return tr(form).format(*fits.groups())
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every form with what fits it, those with the most words of their own first."""
    path = assets_folder() / "translations" / FORMS_FILE
    forms: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return tuple((form, pattern_of(form)) for form in sorted(forms, key=lambda f: -len(_own(f))))


def pattern_of(form: str) -> re.Pattern[str]:
    """What fits a form: its own words, with anything in the holes."""
    parts = []
    for part in _PARTS.findall(form):
        doubled = part in ("{{", "}}")
        parts.append("(.+?)" if _HOLE.fullmatch(part) else re.escape(part[0] if doubled else part))
    return re.compile("".join(parts), re.DOTALL)


def _own(form: str) -> str:
    return _HOLE.sub("", form)


_HOLE = re.compile(r"\{\d+\}")
_PARTS = re.compile(r"\{\{|\}\}|\{\d+\}|[^{}]+|.", re.DOTALL)
