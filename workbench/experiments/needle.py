"""Needle in a haystack: one fact hidden in a long text, by depth and by length.

The text is made by rule from a seed, so that a person can ask for any length; the bundled suite
is what this module makes for `LENGTHS` and `DEPTHS`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from workbench.core.errors import UserError

LENGTHS = (250, 500, 1000, 2000)
"""Words of each text of the bundled suite."""

DEPTHS = (0, 25, 50, 75, 100)
"""Where the fact stands, in percent of the text."""

MAX_WORDS = 1_000_000

_WHO = ("The baker", "A fisherman", "The postman", "My neighbour", "The gardener", "A pupil")
_DID = ("looked at", "talked about", "walked past", "painted", "remembered", "asked about")
_WHAT = ("the old mill", "the harbour", "a stone wall", "the ferry", "the market", "the school")
_WHEN = ("in the morning", "before the rain", "last autumn", "on Sunday", "after lunch", "at dusk")
_AND = (
    "and went home",
    "and said nothing",
    "and smiled",
    "and made a note",
    "and closed the door",
    "and waited for a while",
)
_COLOURS = ("red", "green", "blue", "yellow", "white", "black", "grey", "brown")
_THINGS = ("box", "drawer", "suitcase", "cupboard", "locker", "chest", "parcel", "folder")
_CODES = ("harbour", "lantern", "meadow", "copper", "thunder", "saddle", "marble", "candle")
DECOYS = 2


def needle_rows(
    lengths: Sequence[int] = LENGTHS, depths: Sequence[int] = DEPTHS, seed: int = 0
) -> Iterator[dict[str, object]]:
    """Rows of a task: context, question, answer, length in words and depth in percent.

    Two other facts of the same form stand elsewhere in every text, so that finding the form is
    not enough.

    Raises:
        UserError: a length or a depth makes no sense.
    """
    for words in lengths:
        if not 50 <= words <= MAX_WORDS:
            raise UserError(f"A text of {words:,} words cannot be made; 50 to {MAX_WORDS:,} can.")
    for depth in depths:
        if not 0 <= depth <= 100:
            raise UserError(f"A depth is between 0 and 100 percent, not {depth}.")
    for words in dict.fromkeys(lengths):
        for depth in dict.fromkeys(depths):
            yield _row(random.Random(f"{seed}:{words}:{depth}"), words, depth)


def _row(rng: random.Random, words: int, depth: int) -> dict[str, object]:
    things = rng.sample([(c, t) for c in _COLOURS for t in _THINGS], DECOYS + 1)
    codes = rng.sample([f"{a}-{b}" for a in _CODES for b in _CODES if a != b], DECOYS + 1)
    facts = [
        f"The code word of the {colour} {thing} is {code}."
        for (colour, thing), code in zip(things, codes, strict=True)
    ]
    hay: list[str] = []
    count = sum(len(fact.split()) for fact in facts)
    while count < words:
        sentence = " ".join(rng.choice(part) for part in (_WHO, _DID, _WHAT, _WHEN, _AND)) + "."
        hay.append(sentence)
        count += len(sentence.split())
    for fact in facts[1:]:
        hay.insert(rng.randrange(1, len(hay)), fact)
    hay.insert(round(len(hay) * depth / 100), facts[0])
    colour, thing = things[0]
    return {
        "id": f"needle-{words}-{depth}",
        "context": " ".join(hay),
        "question": f"What is the code word of the {colour} {thing}?",
        "answer": codes[0],
        "group": f"{words:,} words",
        "tags": [f"depth {depth} %"],
        "words": words,
        "depth": depth,
    }
