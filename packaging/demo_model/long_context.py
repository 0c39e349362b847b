"""Tasks that fill most of the 1,024-token context, so that distance is learned and measured."""

from __future__ import annotations

from random import Random

from corpus import ASSISTANT, BOS, END, NEXT_WEIGHT, PROMPT_WEIGHT, USER, Segment, Task, is_held_out
from families_text import fact_rows, facts, questions
from lexicon import CAPITALS, CITIES, FILLER, NAMES, WORDS

LIST_WEIGHT = 0.02
ASKED = 6
KEYS = [*NAMES, *WORDS, *CITIES, *CAPITALS]


def _rows(rng: Random) -> list[tuple[str, str]]:
    keys = rng.sample(KEYS, rng.randint(80, 118))
    top = rng.choice((9, 99, 99, 999))
    return [(k, str(rng.randint(0, top))) for k in keys]


def _shown(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"{k}: {v}" for k, v in rows)


def _story(rng: Random) -> tuple[str, str, str, str]:
    rows, ask, answer, item = facts(rng, rng.randint(8, 28))
    texts = rows + rng.choices(FILLER, k=rng.randint(70, 100))
    rng.shuffle(texts)
    return " ".join(texts), ask, answer, item


def long_lookup(rng: Random) -> Task:
    """One look-up in a list of about a hundred entries."""
    rows = _rows(rng)
    key, value = rng.choice(rows)
    item = f"long {key} {value} {rows[0][0]}"
    if rng.random() < 0.5:
        return Task("long: lookup", f"{_shown(rows)}\n{key}:", f" {value}", (item,), raw=True)
    ask = rng.choice(("{s}\n{k}:", "{s}\nWhat is the value of {k}?"))
    return Task("long: lookup", ask.format(s=_shown(rows), k=key), value, (item,))


def long_question(rng: Random) -> Task:
    """One question about a page of sentences."""
    text, ask, answer, item = _story(rng)
    layout = rng.choice(("{t}\n{q}", '"""{t}"""\n{q}', "Question: {q}\nText: {t}"))
    return Task("long: qa", layout.format(t=text, q=ask), answer, (item,))


def _story_document(rng: Random) -> list[Segment]:
    """One page of sentences and several questions about it."""
    rows = fact_rows(rng, rng.randint(8, 28))
    sentences = [row[0] for row in rows] + rng.choices(FILLER, k=rng.randint(70, 96))
    rng.shuffle(sentences)
    text = " ".join(sentences)
    asked = [(ask, answer) for ask, answer, item in questions(rows) if not is_held_out(item)]
    asked = rng.sample(asked, min(ASKED, len(asked)))
    layout = rng.choice(("{t}\n{q}", '"""{t}"""\n{q}', "Question: {q}\nText: {t}"))
    parts: list[Segment] = []
    head = f"{BOS}{USER}\n{layout}"
    for ask, answer in asked:
        question = head.format(t=text, q=ask)
        weight = PROMPT_WEIGHT if parts else LIST_WEIGHT
        parts += [(f"{question}{END}\n{ASSISTANT}\n", weight), (answer + END, 1.0)]
        head = f"\n{USER}\n{{q}}"
    return parts


def long_document(rng: Random) -> list[Segment]:
    """A training row: one long text and several questions about it."""
    if rng.random() < 0.55:
        return _story_document(rng)
    rows = _rows(rng)
    seen = [r for r in rows if not is_held_out(f"long {r[0]} {r[1]} {rows[0][0]}")]
    asked = rng.sample(seen, ASKED)
    if rng.random() < 0.5:
        # A hundred line breaks after values would outweigh the one end after an answer.
        parts: list[Segment] = [(BOS + _shown(rows), NEXT_WEIGHT)]
        for key, value in asked:
            parts += [(f"\n{key}:", NEXT_WEIGHT), (f" {value}", 1.0)]
        return [*parts, (END, 1.0)]
    ask = rng.choice(("{k}:", "What is the value of {k}?"))
    head = f"{BOS}{USER}\n{_shown(rows)}\n"
    parts = []
    for key, value in asked:
        parts += [
            (f"{head}{ask.format(k=key)}{END}\n{ASSISTANT}\n", LIST_WEIGHT),
            (value + END, 1.0),
        ]
        head = f"\n{USER}\n"
    return parts
