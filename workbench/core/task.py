"""Items of an experiment and where they came from. Values without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.core.metric import CallEvidence


class Kind(StrEnum):
    """What a model is asked to do with an item."""

    CHOICE = "choice"
    """Every answer is scored exactly; the likeliest is chosen."""
    GENERATE = "generate"
    """A reply is made and compared."""
    SEQUENCE = "sequence"
    """A given text is scored token by token."""
    CODE = "code"
    """A program is made and run against tests."""
    CALL = "call"
    """Function calls are made and compared by structure."""
    PAIR = "pair"
    """Two replies are given; one is preferred."""
    EMBED = "embed"
    """Texts become vectors, whose likeness is compared."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a task. Empty or None: the item has none.

    Attributes:
        id: unique within its task.
        line: where it stands in its file, 1-based; None when it was made.
        prompt: the exact text to continue; None when a prompt file is filled with `variables`.
        variables: what a prompt file is filled with (question, choices, context...).
        messages: (role, content) of a conversation to continue, instead of `prompt`; empty: none.
        choices, gold: answers to weigh and the indices of the right ones. `choices` are exactly
            what follows the prompt, a leading space included; empty when they are made of
            `options`.
        options: the answers as a person reads them, in the order they are shown. A pair item
            has its two replies here, and `gold` says which is preferred (both: a tie). An embed
            item has its text or query in `prompt`, what should be near it in `references`, what
            should not in `wrong`.
        references: right answers in words; any counts. `wrong`: known wrong ones.
        completion: the text that a sequence item scores after its prompt.
        other_prompt: the control beside the prompt (log-odds, distractor controls).
        tests, entry_point: of a code item.
        rating: what people say of the likeness of an embed item's two texts; None for nothing.
        functions: JSON schemas a call item offers; `calls`: what is right (values are lists of
            all that count). No calls with kind CALL means that calling nothing is right.
        group: for breakdowns; `cluster`: items that share a passage or template, for intervals.
        variant_of, variant: the item this one perturbs, and how ("typos", "option order"...).
        extra: columns of the source that mean nothing here; they travel with the results.
    """

    id: str
    kind: Kind
    line: int | None = None
    prompt: str | None = None
    messages: tuple[tuple[str, str], ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    gold: tuple[int, ...] = ()
    options: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    completion: str = ""
    other_prompt: str | None = None
    tests: str = ""
    entry_point: str = ""
    rating: float | None = None
    functions: tuple[Mapping[str, object], ...] = ()
    calls: tuple[CallEvidence, ...] = ()
    group: str = ""
    cluster: str = ""
    split: str = ""
    weight: float = 1.0
    tags: tuple[str, ...] = ()
    variant_of: str = ""
    variant: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line of a data file that could not be used; the good ones were kept.

    Attributes:
        line: 1-based line of the file (or row of a table).
        column: the field at fault; empty when the whole row is.
    """

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Task:
    """Items with a name.

    Attributes:
        metrics: what scores it unless a user asks for others.
        few_shot: items shown in front, in this order; their ids go into the record.
        sha256: of the file it was read from; empty when it was made.
        stop: texts that end a reply, where the file names some.
        format: which reader read it ("jsonl", "openai evals", "inverse scaling csv"...).
    """

    name: str
    kind: Kind
    items: tuple[Item, ...]
    metrics: tuple[str, ...] = ()
    few_shot: tuple[Item, ...] = ()
    bad_rows: tuple[BadRow, ...] = ()
    path: str = ""
    sha256: str = ""
    format: str = ""
    description: str = ""
    licence: str = ""
    tags: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
