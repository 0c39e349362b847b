"""Tasks that fill most of the 1,024-token context, so that distance is learned and measured."""

from __future__ import annotations

from random import Random

from corpus import ASSISTANT, BOS, END, PROMPT_WEIGHT, USER, Segment, Task, is_held_out
from families_text import facts
from lexicon import CAPITALS, CITIES, FILLER, NAMES, WORDS

LIST_WEIGHT = 0.02
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


def long_document(rng: Random) -> list[Segment]:
    """A training row: one long text and, for lists, several questions about it."""
    if rng.random() < 0.45:
        task = long_question(rng)
        while is_held_out(task.items[0]):
            task = long_question(rng)
        return [(task.prompt_text(), LIST_WEIGHT), (task.answer + END, 1.0)]
    rows = _rows(rng)
    seen = [r for r in rows if not is_held_out(f"long {r[0]} {r[1]} {rows[0][0]}")]
    asked = rng.sample(seen, 6)
    if rng.random() < 0.5:
        parts: list[Segment] = [(BOS + _shown(rows), LIST_WEIGHT)]
        for key, value in asked:
            parts += [(f"\n{key}:", PROMPT_WEIGHT), (f" {value}", 1.0)]
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
