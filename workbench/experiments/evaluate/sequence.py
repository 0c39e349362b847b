"""Sequence items: a given text scored token by token behind its prompt."""

from __future__ import annotations

import numpy as np

from workbench.core.ids import wall_clock_us
from workbench.core.metric import Evidence, TextLogprobs
from workbench.core.run import RunEnd, RunStatus
from workbench.core.tokens import TokenTable
from workbench.core.types import Finish, GenerateResult, SampleResult, ScoreRequest, Timings
from workbench.engine.jobs import Job
from workbench.experiments.evaluate.asker import Asker
from workbench.experiments.evaluate.choice import TOP, details_of
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.outcome import Answered
from workbench.experiments.probability import known_entropies


class SequenceWork:
    """One sequence item under way."""

    def __init__(self, asker: Asker, asked: Asked, index: int) -> None:
        self._asker = asker
        self._index = index
        self.filled = asker.fill(asked)
        self._text = asked.item.completion
        rendered = self.filled.rendered
        whole = asker.tokenize(rendered.text + self._text, add_bos=rendered.adds_bos)
        prompt = self.filled.tokens.ids
        shared = next(
            (i for i, (a, b) in enumerate(zip(prompt, whole.ids, strict=False)) if a != b),
            min(len(prompt), len(whole.ids)),
        )
        self._start = min(shared, len(whole.ids) - 1)
        self._moved = len(prompt) - self._start
        # The first token of a text that nothing precedes has no probability and is not counted.
        counted = whole.pieces[max(self._start, 1) :]
        # Some vocabularies spell a space in front of a text that has none.
        written = len(f"{rendered.text}{self._text}".encode())
        self._n_bytes = min(sum(map(len, counted)), written)
        client = asker.client
        self.job: Job = client.score(ScoreRequest(whole.ids, self._start, TOP))
        self._pieces = client.pieces

    def answers(self) -> list[Answered]:
        """The scores, once they are there.

        Raises:
            UserError: the engine refused or died.
        """
        table: TokenTable = self.job.future.result()
        known = ~np.isnan(table.logprob)
        evidence = Evidence(
            prediction=self._text,
            logprobs=TextLogprobs(
                logprobs=tuple(table.logprob[known].tolist()),
                n_bytes=self._n_bytes,
                entropies=known_entropies(table, known),
                span="completion" if self.filled.rendered.text else "text",
                bos=self.filled.rendered.adds_bos and bool(self._asker.start_ids),
            ),
        )
        start = self._asker.run_start(self.filled, self._index, self._start, 1)
        sample = SampleResult(self._text, Finish.STOP, table)
        result = GenerateResult((sample,), Timings(), self._pieces)
        details = details_of(self.filled)
        if self._moved:
            details["moved_tokens"] = self._moved
        run = (start, RunEnd(wall_clock_us(), RunStatus.DONE, result))
        return [Answered(run, (evidence,), details)]
