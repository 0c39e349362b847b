"""What became of an item, and what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.core.metric import Evidence
from workbench.core.run import RunEnd, RunStart


@dataclass(frozen=True, slots=True)
class Answered:
    """An item that was answered.

    Attributes:
        run: what the history keeps of it; one run with a sample per reply, or per answer weighed.
        evidence: one for each reply; of choice and sequence items one.
        details: JSON values: examples, order of the answers, tokens moved at the border.
    """

    run: tuple[RunStart, RunEnd]
    evidence: tuple[Evidence, ...]
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """One item for one subject, over.

    Attributes:
        place: subject times items plus item, from 0.
        index: of the item; `item_id` names it.
        run_id: None when nothing could be run.
        evidence: empty when it failed.
        error: why it failed; empty when it is done.
        kept: whether it was done before this start of the evaluation.
    """

    place: int
    subject: int
    index: int
    item_id: str
    run_id: str | None
    evidence: tuple[Evidence, ...]
    details: Mapping[str, object] = field(default_factory=dict)
    error: str = ""
    kept: bool = False
