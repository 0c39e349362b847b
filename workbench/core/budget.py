"""Where the tokens of a prompt come from, counted: examples, variables, instructions, template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.core.rendered import LITERAL, SPECIAL
from workbench.core.tokens import PromptToken

EXAMPLES = "example"
"""The source of a part that holds every few-shot example together."""

_NAMES = {EXAMPLES: "examples", LITERAL: "instructions", SPECIAL: "template"}


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """Tokens of one kind of source.

    Attributes:
        name: to show: "examples", a variable's name, "instructions" or "template".
        source: "example", "variable:NAME", "literal" or "special".
        tokens: how many there are; never 0.
    """

    name: str
    source: str
    tokens: int


def token_budget(tokens: Iterable[PromptToken]) -> tuple[BudgetPart, ...]:
    """The parts of a prompt: examples, then variables as they first appear, then the rest.

    The counts add up to the number of tokens. Instructions are what the prompt file itself says;
    the template is what the chat format adds, control tokens included.
    """
    counts = Counter(_kind(token.source) for token in tokens)
    variables = [source for source in counts if source not in _NAMES]
    order = (EXAMPLES, *variables, LITERAL, SPECIAL)
    return tuple(
        BudgetPart(_NAMES.get(source, source.partition(":")[2] or source), source, counts[source])
        for source in order
        if counts[source]
    )


def first_beyond(n_tokens: int, n_ctx: int, reserve: int = 0) -> int | None:
    """The first prompt token that finds no room, 0-based; None when all have room.

    Args:
        n_tokens: length of the prompt.
        n_ctx: tokens the context holds.
        reserve: how many of them are kept for the reply.
    """
    room = max(0, n_ctx - reserve)
    return room if n_tokens > room else None


def _kind(source: str) -> str:
    return EXAMPLES if source.startswith("example:") else source
