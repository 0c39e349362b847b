"""Needle-in-a-haystack items made to measure: a fact hidden at a depth of a long text."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from workbench.core.errors import UserError
from workbench.core.task import Item, Kind, Task

_WHO = ("The baker", "A fisherman", "My neighbour", "The postman", "A pupil", "The gardener")
_DID = ("looked at", "talked about", "remembered", "walked past", "asked about", "painted")
_WHAT = ("the old mill", "a stone wall", "the market", "the harbour", "the school", "the ferry")
_WHEN = ("in the morning", "after lunch", "on Sunday", "at dusk", "last autumn", "every week")
_END = ("and went home.", "and said nothing.", "and made a note.", "and smiled.", "in the rain.")
_THINGS = ("suitcase", "box", "locker", "drawer", "chest", "cupboard", "trunk", "basket")
_COLOURS = ("green", "brown", "white", "yellow", "grey", "purple", "orange", "silver")
_WORDS = (
    "marble", "saddle", "meadow", "copper", "anchor", "willow", "lantern", "pepper", "feather",
    "canyon", "velvet", "harvest", "pebble", "thunder", "orchard", "compass",
)  # fmt: skip

_MOST_ITEMS = 10_000
_SHORTEST = 40
_LONGEST = 4_000_000
"""More than any context; a wrong zero must not cost an hour."""

Count = Callable[[str], int]
"""Tokens of a text, or words."""


def count_words(text: str) -> int:
    """For lengths that mean the same for every model; the bundled suite has them."""
    return len(text.split())


@dataclass(frozen=True, slots=True)
class NeedlePlan:
    """What the haystacks look like.

    Attributes:
        lengths: of the context with the needle, in tokens; reached to within one sentence.
        depths: where the needle stands, in percent of the context from its beginning.
        repeats: items for each length and depth, each with other words.
        distractors: further sentences of the needle's form about other things.
        unit: what lengths count; groups and rows say it.
    """

    lengths: tuple[int, ...] = (250, 500, 1000, 2000)
    depths: tuple[int, ...] = (0, 25, 50, 75, 100)
    repeats: int = 2
    distractors: int = 3
    unit: str = "tokens"
    seed: int = 0


SUITE = NeedlePlan(repeats=1, distractors=2, unit="words")
"""What the bundled suite is made from, counting words."""


def needle_task(plan: NeedlePlan, count: Count) -> Task:
    """Items for every length and depth; groups are the two together, for a table of both.

    Every item asks for a code word that no other sentence of its context tells.

    Args:
        count: of the model that is measured, so that lengths mean its own tokens.

    Raises:
        UserError: a length is too short to hide anything, a depth is no percentage, or that
            would be too many items.
    """
    _check(plan)
    costs: dict[str, int] = {}

    def known(text: str) -> int:
        if text not in costs:
            costs[text] = count(text)
        return costs[text]

    items = []
    for length, depth in product(plan.lengths, plan.depths):
        for number in range(plan.repeats):
            drawn = random.Random(f"{plan.seed}:{length}:{depth}:{number}")
            items.append(_item(plan, drawn, length, depth, number, known))
    return Task(
        name="needle",
        kind=Kind.GENERATE,
        items=tuple(items),
        metrics=("contains",),
        format="made",
        description="One code word in a long text, asked for by what it belongs to.",
        tags=("long context",),
    )


def needle_rows(task: Task) -> Iterator[dict[str, object]]:
    """The items as rows of the workbench's own JSONL."""
    for item in task.items:
        yield {
            "id": item.id,
            "context": item.variables["context"],
            "question": item.variables["question"],
            "answer": item.references[0],
            "group": item.group,
            "tags": list(item.tags),
            **item.extra,
        }


def _check(plan: NeedlePlan) -> None:
    n_items = len(plan.lengths) * len(plan.depths) * plan.repeats
    if not 1 <= n_items <= _MOST_ITEMS:
        raise UserError(f"That would be {n_items:,} items; 1 to {_MOST_ITEMS:,} are possible.")
    short = [length for length in plan.lengths if length < _SHORTEST]
    if short:
        raise UserError(f"{short[0]} tokens are too few; a haystack has at least {_SHORTEST}.")
    long = [length for length in plan.lengths if length > _LONGEST]
    if long:
        raise UserError(f"{long[0]:,} tokens are too many; {_LONGEST:,} are possible.")
    wrong = [depth for depth in plan.depths if not 0 <= depth <= 100]
    if wrong:
        raise UserError(f"A depth is 0 to 100 percent, not {wrong[0]}.")
    if not 0 <= plan.distractors < len(_THINGS) * len(_COLOURS) // 2:
        raise UserError(f"There cannot be {plan.distractors} distractors.")


def _item(
    plan: NeedlePlan, drawn: random.Random, length: int, depth: int, number: int, count: Count
) -> Item:
    things = drawn.sample([f"{c} {t}" for c in _COLOURS for t in _THINGS], plan.distractors + 1)
    codes = _codes(drawn, plan.distractors + 1)
    told = zip(things, codes, strict=True)
    facts = [f"The code word of the {thing} is {code}." for thing, code in told]
    needle, others = facts[0], facts[1:]
    hay = _filled(drawn, length - count(needle), others, count)
    for other in others:
        hay.insert(drawn.randint(0, len(hay)), other)
    place = _place(hay, depth, count)
    context = " ".join([*hay[:place], needle, *hay[place:]])
    question = f"What is the code word of the {things[0]}?"
    return Item(
        id=f"needle-{length}-{depth}-{number}",
        kind=Kind.GENERATE,
        variables={"question": question, "context": context, "needle": needle},
        references=(codes[0],),
        group=f"{length:,} {plan.unit}, depth {depth} %",
        tags=(f"length {length}", f"depth {depth}"),
        extra={"length": length, "depth": depth, plan.unit: count(context)},
    )


def _codes(drawn: random.Random, n: int) -> list[str]:
    """Different pairs of words."""
    pairs = [f"{a}-{b}" for a in _WORDS for b in _WORDS if a != b]
    return drawn.sample(pairs, n)


def _filled(drawn: random.Random, tokens: int, others: Sequence[str], count: Count) -> list[str]:
    """Sentences that mean nothing, so many that with `others` they make about `tokens`."""
    left = tokens - sum(count(f" {other}") for other in others)
    hay: list[str] = []
    for sentence in _sentences(drawn):
        cost = count(f" {sentence}")
        if cost > left:
            return hay
        hay.append(sentence)
        left -= cost
    return hay


def _sentences(drawn: random.Random) -> Iterator[str]:
    while True:
        yield " ".join(drawn.choice(words) for words in (_WHO, _DID, _WHAT, _WHEN, _END))


def _place(hay: Sequence[str], depth: int, count: Count) -> int:
    """Before which sentence the needle stands, so that `depth` percent of the tokens precede it."""
    costs = [count(f" {sentence}") for sentence in hay]
    wanted = sum(costs) * depth / 100
    before = 0.0
    for place, cost in enumerate(costs):
        if before + cost / 2 > wanted:
            return place
        before += cost
    return len(hay)
