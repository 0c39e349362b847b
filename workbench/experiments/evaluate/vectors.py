"""Vectors of replies and references by an embedding model, added to items that are done.

A second pass: the measured model is not asked again, and an evaluation that is gone on with
passes only over what lacks its vectors.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.core.cancel import CancelToken
from workbench.core.embedding import Embeddings
from workbench.core.errors import StoppedError, UserError
from workbench.core.metric import Evidence
from workbench.core.task import Item, Kind
from workbench.engine.jobs import Job
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.outcome import ItemOutcome

if TYPE_CHECKING:
    from workbench.engine.client import EngineClient

STAGE = "embedder"
"""What progress calls this pass."""

ERROR = "embedder_error"
"""Key of an item's details that says why it has no vectors."""

_AHEAD = 4


@dataclass(frozen=True, slots=True)
class _Asked:
    """One reply under way: of which outcome, which of its replies, the call."""

    place: int
    number: int
    job: Job


def lacks_vectors(item: Item, evidence: Evidence) -> bool:
    """Whether a reply in words waits for its vectors."""
    in_words = item.kind is Kind.GENERATE and bool(evidence.prediction and evidence.references)
    return in_words and not evidence.embeddings


def with_vectors(
    client: EngineClient,
    items: Sequence[Asked],
    outcomes: Sequence[ItemOutcome],
    cancel: CancelToken,
) -> Iterator[ItemOutcome]:
    """The outcomes that lacked vectors, each as soon as all its replies have them or have failed.

    A reply that cannot be embedded says why in the outcome's details.
    """
    now = {outcome.place: outcome for outcome in outcomes}
    left = deque(
        (outcome.place, number)
        for outcome in outcomes
        for number, evidence in enumerate(outcome.evidence)
        if lacks_vectors(items[outcome.index].item, evidence)
    )
    open_replies: dict[int, int] = {}
    for place, _ in left:
        open_replies[place] = open_replies.get(place, 0) + 1
    waiting: deque[_Asked] = deque()
    while (left or waiting) and not cancel:
        while left and len(waiting) < _AHEAD:
            place, number = left.popleft()
            evidence = now[place].evidence[number]
            texts = (evidence.prediction or "", *evidence.references, *evidence.wrong)
            waiting.append(_Asked(place, number, client.embed(texts)))
        one = waiting.popleft()
        try:
            now[one.place] = _with(now[one.place], one.number, one.job.future.result())
        except StoppedError:
            break
        except UserError as error:
            details = {**now[one.place].details, ERROR: str(error)}
            now[one.place] = replace(now[one.place], details=details)
        open_replies[one.place] -= 1
        if not open_replies[one.place]:
            yield now[one.place]
    for one in waiting:
        one.job.cancel()


def _with(outcome: ItemOutcome, number: int, found: Embeddings) -> ItemOutcome:
    replies = list(outcome.evidence)
    vectors = tuple(tuple(vector.tolist()) for vector in found.vectors)
    replies[number] = replace(replies[number], embeddings=vectors)
    return replace(outcome, evidence=tuple(replies))
