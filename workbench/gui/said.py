"""Sentences of the rooms below, which know no Qt and write plain English, in other languages.

A sentence with figures in it cannot be looked up as it stands. `make translations` writes down
every form such sentences have in the code ("{0} cannot be read: {1}."); a sentence is translated
by the form it fits, and its values stay as they are; of several sentences each by its own. One
that fits none stays English.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from workbench.core.errors import UserError
from workbench.core.paths import assets_folder
from workbench.gui.translate import language_shown, tr

FORMS_FILE = "sentences.json"
DOT = " · "


def tr_said(text: str) -> str:
    """A label or sentence of a room below in the person's language; itself when not known."""
    language = language_shown()
    return text if language == "en" or not text else _translated(text, language)


def tr_parts(text: str, first: int = 0) -> str:
    """A caption "a · b · c" of a room below, part by part; parts before `first` are names."""
    parts = text.split(DOT)
    return DOT.join([*parts[:first], *map(tr_said, parts[first:])])


def said_error(error: Exception) -> str:
    """What happened and what to do, in the person's language; any other exception in its words."""
    if not isinstance(error, UserError):
        return str(error)
    return f"{tr_said(error.message)} {tr_said(error.hint)}".strip()


@lru_cache(maxsize=1024)
def _translated(text: str, _language: str) -> str:
    found = tr(text)
    if found != text:
        return found
    sentences = _SENTENCE.split(text)
    told = [_translated(one, _language) for one in sentences] if len(sentences) > 1 else []
    if told and not any(one == before for one, before in zip(told, sentences, strict=True)):
        return " ".join(told)
    for form, pattern in _patterns():
        fits = pattern.fullmatch(text)
        if fits is not None:
            return tr(form).format(*(_inner(value) for value in fits.groups()))
    return " ".join(told) if told else text


def _inner(value: str) -> str:
    """A value that is a sentence's part itself: "30 items". Names are never looked up."""
    if not re.search(r"\d", value):
        return value
    for form, pattern in _patterns():
        fits = pattern.fullmatch(value)
        if fits is not None:
            return tr(form).format(*map(_inner, fits.groups()))
    return value


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every form with what fits it, those with the most words of their own first."""
    path = assets_folder() / "translations" / FORMS_FILE
    forms: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return tuple((form, pattern_of(form)) for form in sorted(forms, key=lambda f: -len(_own(f))))


def pattern_of(form: str) -> re.Pattern[str]:
    """What fits a form: its own words, with anything in the holes; a figure beside one word."""
    parts = []
    hole = _FIGURE if _UNIT.fullmatch(form) else "(.+?)"
    for part in _PARTS.findall(form):
        doubled = part in ("{{", "}}")
        parts.append(hole if _HOLE.fullmatch(part) else re.escape(part[0] if doubled else part))
    return re.compile("".join(parts), re.DOTALL)


def _own(form: str) -> str:
    return _HOLE.sub("", form)


_UNIT = re.compile(r"\{0\} [a-z]+|[a-z]+ \{0\}")
"""A form such as "{0} tokens" may fit a person's own words by chance."""
_FIGURE = r"([\d.,]+(?:e[+-]\d+)?)"
_HOLE = re.compile(r"\{\d+\}")
_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z])")
_PARTS = re.compile(r"\{\{|\}\}|\{\d+\}|[^{}]+|.", re.DOTALL)
