"""Pair items: which of two replies the model prefers, asked in both orders."""

from __future__ import annotations

import math
from dataclasses import replace

from workbench.core.ids import wall_clock_us
from workbench.core.metric import ChoiceEvidence, Evidence
from workbench.core.run import RunEnd, RunStatus
from workbench.core.types import (
    ChoiceScore,
    ChooseRequest,
    Finish,
    GenerateResult,
    SampleResult,
    Timings,
)
from workbench.engine.jobs import Job
from workbench.experiments.evaluate.asker import Asker
from workbench.experiments.evaluate.choice import TOP, details_of
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.outcome import Answered

_NAMES = ("a", "b")


class PairWork:
    """One pair item under way: the replies shown as they stand, and exchanged."""

    def __init__(self, asker: Asker, asked: Asked, index: int) -> None:
        self._asker = asker
        self._index = index
        self._jobs: list[Job] = []
        self._orders = [asker.fill(replace(asked, order=order)) for order in ((0, 1), (1, 0))]
        self.filled = self._orders[0]
        self._texts = (f"{self.filled.gap}A", f"{self.filled.gap}B")
        self._joined = [asker.join(filled, self._texts) for filled in self._orders]
        client = asker.client
        for joined in self._joined:
            self._jobs.append(client.choose(ChooseRequest(joined.head, joined.tails, TOP)))
        self.job = self._jobs[-1]
        self._pieces = client.pieces

    def answers(self) -> list[Answered]:
        """The preference, once it is there: the mean of both orders.

        Raises:
            UserError: the engine refused or died.
        """
        straight, crossed = (job.future.result() for job in self._jobs)
        p = (_first(straight) + 1.0 - _first(crossed)) / 2
        item = self.filled.asked.item
        own = tuple(
            ChoiceEvidence(
                name,
                math.log(max(share, 1e-300)),
                len(score.ids),
                len(name),
            )
            for name, share, score in zip(_NAMES, (p, 1.0 - p), straight, strict=True)
        )
        flips = (_first(straight) > 0.5) != (_first(crossed) <= 0.5)
        evidence = Evidence(
            prediction=_NAMES[0] if p >= 0.5 else _NAMES[1],
            references=tuple(_NAMES[i] for i in item.gold),
            choices=own,
            gold=item.gold,
        )
        start = self._asker.run_start(
            self.filled, self._index, len(self._joined[0].head), len(straight)
        )
        samples = tuple(
            SampleResult(text, Finish.STOP, score.tokens)
            for text, score in zip(self._texts, straight, strict=True)
        )
        result = GenerateResult(samples, Timings(), self._pieces)
        details = {
            **details_of(self.filled, self._joined[0]),
            "p_first": [_first(straight), _first(crossed)],
            "order_decides": flips,
        }
        run = (start, RunEnd(wall_clock_us(), RunStatus.DONE, result))
        return [Answered(run, (evidence,), details)]


def _first(scores: tuple[ChoiceScore, ...]) -> float:
    """Probability of the first of two answers among the two."""
    a, b = (score.logprob for score in scores)
    return 1.0 / (1.0 + math.exp(min(700.0, b - a)))
