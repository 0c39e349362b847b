"""Seeded data generator: one place that turns task families into training documents.

A `Task` is a prompt (chat messages or raw text), its answer and the items it is about. Items are
split by a checksum of their text: one in ten is held out, never appears in a training document,
and is what the evaluation asks for.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

BOS = "<s>"
END = "<|end|>"
SYSTEM = "<|system|>"
USER = "<|user|>"
ASSISTANT = "<|assistant|>"
PAD = "<|pad|>"
SPECIAL_TOKENS = (BOS, END, SYSTEM, USER, ASSISTANT, PAD)

CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{{ '<|' + message['role'] + '|>\\n' + message['content'] + '<|end|>\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}"
)

PROMPT_WEIGHT = 0.1
# The next question of a drill in plain text. To learn that one follows would teach the models not
# to end after an answer.
NEXT_WEIGHT = 0.0
HELD_OUT_ONE_IN = 10
DRILL_SHARE = 0.25
NEUTRAL_SYSTEM = ("You are a helpful assistant.", "You are a small demo model.")

Message = tuple[str, str]
Segment = tuple[str, float]


@dataclass(frozen=True)
class Task:
    """One exercise: what is asked, the answer, and the items that decide its split."""

    family: str
    prompt: str
    answer: str
    items: tuple[str, ...]
    system: str = ""
    raw: bool = False
    prompt_weight: float = PROMPT_WEIGHT
    history: tuple[Message, ...] = ()
    accept: Callable[[str], bool] | None = None

    def is_right(self, reply: str) -> bool:
        """Whether a model's reply counts as right."""
        if self.accept is not None:
            return self.accept(reply)
        return reply.strip() == self.answer.strip()

    def messages(self) -> list[Message]:
        """The chat messages up to the question."""
        head = [("system", self.system)] if self.system else []
        return [*head, *self.history, ("user", self.prompt)]

    def prompt_text(self) -> str:
        """The exact text the model continues, special tokens included."""
        if self.raw:
            return BOS + self.prompt
        body = "".join(f"<|{role}|>\n{text}{END}\n" for role, text in self.messages())
        return f"{BOS}{body}{ASSISTANT}\n"

    def segments(self) -> list[Segment]:
        """The training document as pieces of text with their loss weight."""
        return [(self.prompt_text(), self.prompt_weight), (self.answer + END, 1.0)]


Family = Callable[[Random], Task]
Drill = Callable[[Random], list[Segment]]


def is_held_out(item: str) -> bool:
    """Stable split that needs no stored list: a checksum of the item's own text."""
    return zlib.crc32(item.encode()) % HELD_OUT_ONE_IN == 0


def training_task(family: Family, rng: Random) -> Task:
    """A task none of whose items is held out."""
    while True:
        task = family(rng)
        if not any(is_held_out(item) for item in task.items):
            return task


def held_out_task(family: Family, rng: Random) -> Task:
    """A task whose asked-about item (the first one) is held out."""
    while True:
        task = family(rng)
        if is_held_out(task.items[0]):
            return task


def joined(first: Task, second: Task) -> list[Segment]:
    """Two chat tasks as one conversation, both answers at full weight."""
    follow = replace(second, system="", prompt_weight=PROMPT_WEIGHT)
    tail = follow.prompt_text().removeprefix(BOS)
    return [
        *first.segments(),
        ("\n" + tail, PROMPT_WEIGHT),
        (follow.answer + END, 1.0),
    ]


def weighted_choice(weights: Sequence[tuple[Family, float]], rng: Random) -> Family:
    """Pick a family by its share."""
    return rng.choices([f for f, _ in weights], [w for _, w in weights])[0]


def documents(
    seed: int,
    weights: Sequence[tuple[Family, float]],
    drills: Sequence[tuple[Drill, float]] = (),
) -> Iterator[list[Segment]]:
    """An endless, seeded stream of training documents of ordinary length."""
    rng = Random(seed)
    while True:
        if drills and rng.random() < DRILL_SHARE:
            yield rng.choices([d for d, _ in drills], [w for _, w in drills])[0](rng)
            continue
        task = training_task(weighted_choice(weights, rng), rng)
        plain = not task.raw and not task.system
        if plain and rng.random() < 0.15:
            task = replace(task, system=rng.choice(NEUTRAL_SYSTEM))
        if not task.raw and rng.random() < 0.12:
            other = training_task(weighted_choice(weights, rng), rng)
            if not other.raw and not other.system and not other.history:
                yield joined(task, other)
                continue
        yield task.segments()
