"""Choice items: every answer scored exactly behind the prompt, which stays in the KV cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_uppercase

from workbench.core.ids import wall_clock_us
from workbench.core.metric import ChoiceEvidence, Evidence
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.types import (
    ChoiceScore,
    ChooseManyRequest,
    ChooseRequest,
    Finish,
    GenerateResult,
    SampleResult,
    Timings,
)
from workbench.engine.jobs import Job
from workbench.experiments.evaluate.asker import Asker, Filled, Joined
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.outcome import Answered
from workbench.experiments.evaluate.plan import ChoiceStyle

TOP = 10
"""Alternatives recorded beside each scored token."""

_MOST_KNOWN = 10_000


class ChoiceItem:
    """One choice item, filled and tokenised, and what its scores mean."""

    def __init__(
        self, asker: Asker, asked: Asked, index: int, unconditional: Unconditional
    ) -> None:
        """Raises UserError when the item cannot be asked."""
        self._asker = asker
        self._index = index
        self._unconditional = unconditional
        self.filled = asker.fill(asked)
        self._texts = answer_texts(self.filled)
        self._joined = asker.join(self.filled, self._texts)
        self.request = ChooseRequest(self._joined.head, self._joined.tails, TOP)
        if asker.plan.unconditional:
            unconditional.ask(asker, self._texts)

    @property
    def fits(self) -> bool:
        """Whether the context holds it; one that is too long is refused by the engine alone."""
        n_ctx = self._asker.loaded.engine.n_ctx
        if not n_ctx:  # a server that does not say
            return True
        longest = max(map(len, self.request.choices))
        return len(self.request.prompt_ids) + longest <= n_ctx

    def answered(self, scores: tuple[ChoiceScore, ...], pieces: Mapping[int, bytes]) -> Answered:
        """The item with its scores; `pieces` knows every token they mention.

        Raises:
            UserError: the engine died before it could score the answers behind nothing.
        """
        free: list[float | None] = [None] * len(scores)
        if self._asker.plan.unconditional:
            free = [self._unconditional.of(text) for text in self._texts]
        asked = self.filled.asked
        shown = [
            ChoiceEvidence(
                text=text.strip(),
                logprob=score.logprob,
                n_tokens=len(score.ids),
                n_bytes=len(text.strip().encode()),
                unconditional=alone,
            )
            for text, score, alone in zip(self._texts, scores, free, strict=True)
        ]
        # Evidence is in the item's own order, whatever was shown to the model.
        own = [shown[asked.order.index(i)] for i in range(len(shown))]
        best = max(range(len(own)), key=lambda i: own[i].logprob)
        names = asked.item.options or tuple(c.strip() for c in asked.item.choices)
        evidence = Evidence(
            prediction=names[best],
            references=tuple(names[i] for i in asked.item.gold),
            wrong=asked.item.wrong,
            choices=tuple(own),
            gold=asked.item.gold,
        )
        details = details_of(self.filled, self._joined)
        return Answered(self._run(scores, pieces), (evidence,), details)

    def _run(
        self, scores: tuple[ChoiceScore, ...], pieces: Mapping[int, bytes]
    ) -> tuple[RunStart, RunEnd]:
        head = len(self._joined.head)
        start = self._asker.run_start(self.filled, self._index, head, len(scores))
        samples = tuple(
            SampleResult(text, Finish.STOP, score.tokens)
            for text, score in zip(self._texts, scores, strict=True)
        )
        result = GenerateResult(samples, Timings(), pieces)
        return start, RunEnd(wall_clock_us(), RunStatus.DONE, result)


class ChoiceWork:
    """Choice items in the hands of the engine, scored together.

    One alone mostly scores to the last bit as each of its answers' whole text does.
    """

    def __init__(self, asker: Asker, items: Sequence[ChoiceItem]) -> None:
        self._items = items
        client = asker.client
        requests = tuple(item.request for item in items)
        self.job: Job = (
            client.choose(requests[0])
            if len(requests) == 1
            else client.choose_many(ChooseManyRequest(requests))
        )
        # Of the child that was asked: one that takes its place knows other tokens.
        self._pieces = client.pieces

    def answers(self) -> list[Answered]:
        """The items with their scores, once they are there.

        Raises:
            UserError: the engine refused or died.
        """
        found = self.job.future.result()
        scores: tuple[tuple[ChoiceScore, ...], ...] = (found,) if len(self._items) == 1 else found
        return [
            item.answered(own, self._pieces) for item, own in zip(self._items, scores, strict=True)
        ]


class Unconditional:
    """Log-probabilities of answers behind nothing, each asked once."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def ask(self, asker: Asker, texts: tuple[str, ...]) -> None:
        """Begin with those that nobody asked for yet."""
        vocab = asker.loaded.vocab
        first = vocab.bos if vocab.bos is not None else vocab.eos
        if first is None:
            return
        if len(self._jobs) > _MOST_KNOWN:
            self._jobs.clear()
        for text in texts:
            if text not in self._jobs:
                ids = asker.tokenize(text, add_bos=False).ids
                self._jobs[text] = asker.client.choose(ChooseRequest((first,), (ids,)))

    def of(self, text: str) -> float | None:
        """What was found; None when the model has neither BOS nor EOS to begin with."""
        job = self._jobs.get(text)
        return None if job is None else float(job.future.result()[0].logprob)


def answer_texts(filled: Filled) -> tuple[str, ...]:
    """What is scored behind the prompt, in the order in which the answers are shown."""
    item, order = filled.asked.item, filled.asked.order
    if item.choices:
        return tuple(item.choices[i] for i in order)
    if filled.style is ChoiceStyle.LETTERS:
        return tuple(f"{filled.gap}{ascii_uppercase[place]}" for place in range(len(order)))
    return tuple(f"{filled.gap}{item.options[i]}" for i in order)


def details_of(filled: Filled, joined: Joined | None = None) -> dict[str, object]:
    """How the item was asked, beyond the prompt."""
    asked = filled.asked
    details: dict[str, object] = {}
    if asked.shots:
        details["examples"] = [shot.id for shot in asked.shots]
    if asked.order != tuple(range(len(asked.order))):
        details["order"] = list(asked.order)
    if joined is not None and joined.moved:
        details["moved_tokens"] = joined.moved
    if asked.item.options and not asked.item.choices:
        details["style"] = filled.style.value
    return details
