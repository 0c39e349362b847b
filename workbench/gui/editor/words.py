"""What may stand at a place of a template: names, filters, tests, tags. No Qt."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from workbench.gui.editor.template_lexer import (
    KEYWORDS,
    ROOT,
    TAGS,
    Kind,
    Mode,
    Token,
    lex_line,
    lex_rows,
)
from workbench.gui.translate import mark, tr

_WORD = re.compile(r"[A-Za-z_]\w*$")
_OWNER = re.compile(r"([A-Za-z_]\w*)\s*\.\s*$")
_SENTENCE = re.compile(r".+?[.:](?=\s|$)", re.DOTALL)
_CLOSED = frozenset(["for", "if", "macro", "call", "filter", "with", "raw", "generation", "block"])
_LOOP: Mapping[str, str] = {
    "index": "1, 2, 3 …",
    "index0": "0, 1, 2 …",
    "first": mark("whether this is the first turn"),
    "last": mark("whether this is the last turn"),
    "length": mark("how many turns there are"),
    "revindex": mark("turns left, this one included"),
    "previtem": mark("the item before"),
    "nextitem": mark("the item after"),
}
_TAG_HELP: Mapping[str, str] = {
    "for": mark("repeat for every item of a list"),
    "if": mark("only when something holds"),
    "elif": mark("else, when something holds"),
    "else": mark("otherwise"),
    "set": mark("give a name to a value"),
    "include": mark("another prompt of the library"),
    "macro": mark("a part to use again"),
    "filter": mark("send a part through a filter"),
    "with": mark("names for one part"),
    "raw": mark("text that is no template"),
    "break": mark("leave the loop"),
    "continue": mark("on to the next item"),
    "generation": mark("marks the assistant's part"),
}


class Wanted(StrEnum):
    """Which kind of word fits."""

    NAME = "name"
    FILTER = "filter"
    TEST = "test"
    TAG = "tag"
    LOOP = "loop"


class Word(NamedTuple):
    """One proposal: the word, what it is, and a few words about it."""

    text: str
    kind: str
    detail: str = ""


class Spot(NamedTuple):
    """What fits at the cursor, and where the word begun there starts in the text."""

    wanted: Wanted
    start: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words every template may use."""

    filters: tuple[Word, ...]
    tests: tuple[Word, ...]
    functions: tuple[Word, ...]


def load_vocabulary() -> Vocabulary:
    """The words of the sandbox that renders the prompts, with their first sentences."""
    from jinja2.filters import FILTERS
    from jinja2.tests import TESTS

    from workbench.templates.limits import Guard, Limits
    from workbench.templates.sandbox import SandboxEnvironment

    limits = Limits()
    env = SandboxEnvironment(Guard(limits, time.monotonic() + limits.seconds))
    filters = [
        Word(n, "filter", _sentence(f) or _sentence(FILTERS.get(n)))
        for n, f in sorted(env.filters.items())
    ]
    tests = [
        Word(n, "test", _sentence(TESTS.get(n))) for n in sorted(env.tests) if n.isidentifier()
    ]
    functions = [Word(n, "function") for n in sorted(env.globals)]
    return Vocabulary(tuple(filters), tuple(tests), tuple(functions))


def spot_at(text: str) -> Spot | None:
    """What fits behind `text`, the template up to the cursor; None where no word is wanted."""
    begun = _WORD.search(text)
    start = begun.start() if begun is not None else len(text)
    state = ROOT
    for row in text[:start].split("\n"):
        _, state = lex_line(row, state)
    if state.mode not in (Mode.VARIABLE, Mode.BLOCK) or state.quote:
        return None
    if text[start - 1 : start].isdigit():
        return None
    if state.previous == ".":
        owner = _OWNER.search(text[:start])
        is_loop = owner is not None and owner[1] == "loop"
        return Spot(Wanted.LOOP, start) if is_loop else None
    if state.mode is Mode.BLOCK and not state.previous:
        return Spot(Wanted.TAG, start)
    if state.previous == "|":
        return Spot(Wanted.FILTER, start)
    if state.previous == "is":
        return Spot(Wanted.TEST, start)
    return Spot(Wanted.NAME, start)


def is_opened(text: str) -> bool:
    """Whether the text ends where words should be offered unasked."""
    return text.rstrip(" ").endswith(("{{", "{{-", "{%", "{%-", "|"))


def words_for(
    spot: Spot, text: str, variables: Sequence[str], others: Collection[str], known: Vocabulary
) -> list[Word]:
    """Proposals at `spot` of `text`, the template up to the cursor.

    Args:
        variables: the names of the form.
        others: all the texts of the prompt; names that loops and `set` make are taken from them.
    """
    if spot.wanted is Wanted.FILTER:
        return list(known.filters)
    if spot.wanted is Wanted.TEST:
        return [*known.tests, Word("not", "keyword")]
    if spot.wanted is Wanted.LOOP:
        return [Word(name, "loop", tr(help_)) for name, help_ in _LOOP.items()]
    if spot.wanted is Wanted.TAG:
        return _tags(text[: spot.start])
    local = dict.fromkeys(n for other in others for n in made_names(lex_rows(other)))
    inside = open_tags(lex_rows(text[: spot.start]))
    words = [Word(name, "variable") for name in variables]
    words += [Word(name, "name") for name in local if name not in variables]
    if "for" in inside:
        words.append(Word("loop", "name", tr("the turn of the loop")))
    words += known.functions
    return words + [Word(name, "keyword") for name in KEYWORDS]


def fitting(words: Sequence[Word], begun: str) -> list[Word]:
    """Words that begin so first, then words that hold it; each in the given order."""
    begun = begun.casefold()
    seen: dict[str, Word] = {}
    for word in words:
        seen.setdefault(word.text, word)
    starts = [w for w in seen.values() if w.text.casefold().startswith(begun)]
    holds = [w for w in seen.values() if begun in w.text.casefold() and w not in starts]
    return starts + holds


def _tags(text: str) -> list[Word]:
    inside = open_tags(lex_rows(text))
    words: list[Word] = []
    if inside:
        words.append(Word(f"end{inside[-1]}", "tag", tr("end of {inside}", inside=inside[-1])))
        middle = {"if": ("elif", "else"), "for": ("else",)}.get(inside[-1], ())
        words += [Word(name, "tag", tr(_TAG_HELP[name])) for name in middle]
    usual = [n for n in TAGS if not n.startswith("end") and n not in ("elif", "else")]
    if "for" not in inside:
        usual = [n for n in usual if n not in ("break", "continue")]
    return words + [Word(n, "tag", tr(_TAG_HELP[n])) for n in usual if n in _TAG_HELP]


def open_tags(tokens: Iterable[Token]) -> list[str]:
    """The tags that wait for their end, outermost first."""
    return [token.text for token in unclosed(tokens)]


def unclosed(tokens: Iterable[Token]) -> list[Token]:
    """The tokens of the tags that wait for their end, outermost first."""
    inside: list[Token] = []
    for token in tokens:
        if token.kind is not Kind.TAG:
            continue
        if token.text in _CLOSED:
            inside.append(token)
        elif token.text.startswith("end"):
            names = [t.text for t in inside]
            if token.text[3:] in names:
                del inside[len(names) - 1 - names[::-1].index(token.text[3:]) :]
    return inside


def made_names(tokens: Iterable[Token]) -> list[str]:
    """Names that the template itself makes: by for, set, with and macro."""
    names: list[str] = []
    tag = ""
    for token in tokens:
        if token.kind is Kind.TAG:
            tag = token.text
        elif token.kind is Kind.DELIMITER or token.text in ("in", "="):
            tag = ""
        elif token.kind is Kind.NAME and tag in ("for", "set", "with", "macro"):
            names.append(token.text)
            tag = "" if tag == "macro" else tag
    return names


def _sentence(function: object) -> str:
    """The first sentence of a function's documentation, without markup."""
    text = " ".join((getattr(function, "__doc__", None) or "").split())
    found = _SENTENCE.match(text)
    first = (found[0] if found is not None else text).rstrip(".:")
    return re.sub(r":\w+:`~?([^`]*)`", r"\1", first).replace("`", "")
