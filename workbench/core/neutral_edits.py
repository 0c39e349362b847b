"""Edits of a prompt that change nothing a reader would notice: the ruler for real changes.

How far the log-probability of a reply moves when a space is doubled or stands at the end of a line
says how much of any other change is noise of that kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.rendered import SPECIAL, Rendered


@dataclass(frozen=True, slots=True)
class NeutralEdit:
    """One such edit.

    Attributes:
        label: what was done and where, for people.
        text: the whole prompt with it.
    """

    label: str
    text: str


def neutral_edits(rendered: Rendered, count: int = 8) -> tuple[NeutralEdit, ...]:
    """Up to `count` edits, spread evenly: spaces at line ends and doubled spaces, in turn.

    Nothing changes inside what the chat template wrote, nor at the very end of the prompt, where
    a space would take the first one of the reply.
    """
    text = rendered.text
    ends: list[int] = []
    gaps: list[int] = []
    for span in rendered.spans:
        if span.source == SPECIAL:
            continue
        for at in range(span.start, span.end):
            if text[at] == "\n" and at > 0 and not text[at - 1].isspace():
                ends.append(at)
            elif text[at] == " " and _between_words(text, at):
                gaps.append(at)
        if span.end < len(text) and _closes(rendered, span.end) and text[span.end - 1].isalnum():
            ends.append(span.end)
    n_ends = min(len(ends), max(count - len(gaps), count // 2))
    chosen = [
        (at, f"a space at the end of a line at character {at:,}") for at in _spread(ends, n_ends)
    ]
    doubled = _spread(gaps, count - n_ends)
    chosen += [(at, f"a doubled space at character {at:,}") for at in doubled]
    return tuple(NeutralEdit(what, f"{text[:at]} {text[at:]}") for at, what in sorted(chosen))


def _between_words(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def _closes(rendered: Rendered, at: int) -> bool:
    """Whether what the person wrote ends here and the chat template goes on."""
    return any(s.start == at and s.source == SPECIAL for s in rendered.spans)


def _spread(places: Sequence[int], count: int) -> list[int]:
    """`count` of the places, evenly spread; all when there are fewer."""
    unique = sorted(set(places))
    if len(unique) <= count:
        return unique
    return [unique[(2 * i + 1) * len(unique) // (2 * count)] for i in range(count)]
