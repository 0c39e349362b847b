"""Dense exercises: one context and many questions about it.

A look-up with one question teaches one token in forty. Asking for everything in the context makes
the same heads form several times sooner. Drills are only trained on, never evaluated.
"""

from __future__ import annotations

from random import Random

from corpus import (
    ASSISTANT,
    BOS,
    END,
    NEXT_WEIGHT,
    PROMPT_WEIGHT,
    USER,
    Drill,
    Segment,
    is_held_out,
)
from families import article
from families_text import fact_rows, questions
from lexicon import CATEGORIES, COLOURS, NAMES, WORDS

Pairs = list[tuple[str, str]]
Mixture = tuple[tuple[Drill, float], ...]


def conversation(context: str, pairs: Pairs) -> list[Segment]:
    """A chat whose first message carries the context and whose later ones only ask."""
    parts: list[Segment] = []
    head = f"{BOS}{USER}\n{context}"
    for ask, answer in pairs:
        parts += [(f"{head}{ask}{END}\n{ASSISTANT}\n", PROMPT_WEIGHT), (answer + END, 1.0)]
        head = f"\n{USER}\n"
    return parts


def pair_drill(rng: Random) -> list[Segment]:
    """The plainest association: names and colours side by side, then again in another order."""
    form = rng.choice((" {k}", " {k}", "\n{k}:"))
    count = rng.randint(4, 7)
    rows = list(zip(rng.sample(NAMES, count), rng.sample(COLOURS, count), strict=True))
    shown = "".join(f"{form.format(k=k)} {v}" for k, v in rows)
    parts: list[Segment] = [(BOS + shown, PROMPT_WEIGHT)]
    for key, value in rng.sample(rows, count):
        parts += [(form.format(k=key), NEXT_WEIGHT), (f" {value}", 1.0)]
    return [*parts, (END, 1.0)]


def lookup_drill(rng: Random) -> list[Segment]:
    """A key-value list, then every key again in another order."""
    count = rng.randint(3, 13)
    keys = rng.sample(NAMES if rng.random() < 0.6 else [*NAMES, *WORDS], count)
    if rng.random() < 0.3 and count <= len(COLOURS):
        values = rng.sample(COLOURS, count)
    else:
        values = [str(rng.randint(0, 9 if rng.random() < 0.6 else 99)) for _ in keys]
    rows = list(zip(keys, values, strict=True))
    shown = "\n".join(f"{k}: {v}" for k, v in rows)
    again = rng.sample(rows, count)
    again = [r for r in again if not is_held_out(f"lookup {r[0]} {r[1]} {keys[0]}")]
    if rng.random() < 0.6:
        parts: list[Segment] = [(BOS + shown, PROMPT_WEIGHT)]
        for key, value in again:
            parts += [(f"\n{key}:", NEXT_WEIGHT), (f" {value}", 1.0)]
        return [*parts, (END, 1.0)]
    ask = rng.choice(("{k}:", "What is the value of {k}?", "{k}?"))
    return conversation(shown + "\n", [(ask.format(k=k), v) for k, v in again])


def question_drill(rng: Random) -> list[Segment]:
    """A few facts, then a question about each side of each of them."""
    rows = fact_rows(rng, rng.choice((2, 3, 4)))
    text = " ".join(sentence for sentence, _, _ in rows)
    asked = [(ask, answer) for ask, answer, item in questions(rows) if not is_held_out(item)]
    rng.shuffle(asked)
    if not asked:
        return question_drill(rng)
    asked = asked[:5]
    if rng.random() < 0.4:
        parts: list[Segment] = [(BOS + text, PROMPT_WEIGHT)]
        for ask, answer in asked:
            parts += [(f"\nQ: {ask}\nA:", NEXT_WEIGHT), (f" {answer}", 1.0)]
        return [*parts, (END, 1.0)]
    layout = rng.choice(("{t}\n", "{t} ", '"""{t}"""\n', "<text>{t}</text>\n"))
    return conversation(layout.format(t=text), asked)


def choice_drill(rng: Random) -> list[Segment]:
    """Options of different categories, then a question for each letter."""
    kinds = rng.sample(list(CATEGORIES), rng.choice((2, 3, 4)))
    words = [rng.choice(CATEGORIES[kind]) for kind in kinds]
    shown = "\n".join(f"{c}) {w}" for c, w in zip("ABCD", words, strict=False))
    if is_held_out(f"choice {shown}"):
        return choice_drill(rng)
    asked = [
        (f"Which one is {article(kind)}?", letter)
        for kind, letter in zip(kinds, "ABCD", strict=False)
    ]
    rng.shuffle(asked)
    return conversation("", [(f"{asked[0][0]}\n{shown}", asked[0][1]), *asked[1:]])


def category_drill(rng: Random) -> list[Segment]:
    """Yes-or-no questions one after the other."""
    parts: list[Segment] = []
    head = BOS
    for _ in range(rng.randint(3, 6)):
        kind = rng.choice(list(CATEGORIES))
        inside = rng.random() < 0.5
        word = rng.choice([w for k in CATEGORIES for w in CATEGORIES[k] if (k == kind) == inside])
        plain = word in COLOURS or word in CATEGORIES["drink"]
        ask = f"Is {word if plain else article(word)} {article(kind)}?"
        if is_held_out(f"yesno {ask}"):
            continue
        answer = "yes" if word in CATEGORIES[kind] else "no"
        parts += [(f"{head}{USER}\n{ask}{END}\n{ASSISTANT}\n", PROMPT_WEIGHT), (answer + END, 1.0)]
        head = "\n"
    return parts or category_drill(rng)


def sum_drill(rng: Random) -> list[Segment]:
    """Additions one after the other, up to two digits: the rule, not a table of small sums."""
    top = rng.choice((12, 12, 20, 99))
    parts: list[Segment] = []
    lead = BOS
    is_chat = rng.random() < 0.4
    form = rng.choice(("What is {} + {}?", "{} + {} =", "How much is {} plus {}?", "{} + {}"))
    for _ in range(rng.randint(3, 8)):
        a, b = rng.randint(0, top), rng.randint(0, top)
        if is_held_out(f"sum {a} {b}"):
            continue
        if is_chat:
            ask = f"{lead}{USER}\n{form.format(a, b)}{END}\n{ASSISTANT}\n"
            parts += [(ask, PROMPT_WEIGHT), (f"{a + b}{END}", 1.0)]
        else:
            parts += [(f"{lead}{a} + {b} =", NEXT_WEIGHT), (f" {a + b}", 1.0)]
        lead = "\n"
    if not parts:
        return sum_drill(rng)
    return parts if is_chat else [*parts, (END, 1.0)]


DRILLS: Mixture = (
    (pair_drill, 1.0),
    (lookup_drill, 3.0),
    (question_drill, 4.0),
    (choice_drill, 1.5),
    (category_drill, 1.0),
    (sum_drill, 2.0),
)
PRIMERS: tuple[Mixture, ...] = (
    ((pair_drill, 1.0),),
    ((pair_drill, 2.0), (lookup_drill, 3.0), (question_drill, 5.0)),
)
