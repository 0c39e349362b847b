"""Items that are answered in words: replies made, then read as texts, programs or calls.

Replies to several items grow in one batch, whatever their prompts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from workbench.core.errors import StoppedError, UserError
from workbench.core.ids import wall_clock_us
from workbench.core.metric import Evidence, TextLogprobs
from workbench.core.run import RunEnd, RunStatus
from workbench.core.sampling import MAX_SEED
from workbench.core.task import Kind
from workbench.core.tokens import TokenTable
from workbench.core.types import Finish, GenerateRequest, GenerateResult, SampleResult, Timings
from workbench.engine.jobs import Job
from workbench.experiments.evaluate.asker import Asker, Filled
from workbench.experiments.evaluate.choice import TOP, details_of
from workbench.experiments.evaluate.code import CodeRunner
from workbench.experiments.evaluate.outcome import Answered
from workbench.experiments.evaluate.read_calls import calls_in
from workbench.experiments.probability import known_entropies


class Heard:
    """What is heard of a request before its answer, which holds every token.

    Attributes:
        began_us: when the engine took it up, microseconds since the Unix epoch; 0 before.
    """

    def __init__(self) -> None:
        self.began_us = 0

    def prefill(self, done: int, total: int) -> None:
        """Its prompt is read."""
        self.began_us = self.began_us or wall_clock_us()

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """A reply grew."""
        self.began_us = self.began_us or wall_clock_us()


class GenerateWork:
    """One item that is answered in words; under way once it was asked.

    Attributes:
        job: set by `ask`.
        heard: what the engine said of it so far.
    """

    job: Job

    def __init__(self, asker: Asker, filled: Filled, index: int, codes: CodeRunner) -> None:
        self._asker = asker
        self._index = index
        self._codes = codes
        self.filled = filled
        plan = asker.plan
        self._start = asker.run_start(
            self.filled, index, len(self.filled.tokens.ids), plan.n_samples
        )
        if self._start.seed + plan.n_samples - 1 > MAX_SEED:
            raise UserError(f"The seed {plan.seed} leaves no room for {plan.n_samples} samples.")
        self.heard = Heard()
        self.request = GenerateRequest(
            prompt_ids=self.filled.tokens.ids,
            sampling=asker.subject.sampling,
            seed=self._start.seed,
            n_samples=plan.n_samples,
            top=TOP,
            words=asker.words(self.filled),
        )

    def answers(self) -> list[Answered]:
        """The replies, once they are there; code has been run.

        Raises:
            UserError: the engine refused or died.
            StoppedError: somebody stopped it.
        """
        result: GenerateResult = self.job.future.result()
        if result.error:
            raise UserError(result.error, result.hint)
        if any(sample.finish is Finish.CANCELLED for sample in result.samples):
            raise StoppedError("It was stopped.")
        item = self.filled.asked.item
        details = details_of(self.filled)
        if any(sample.context_full for sample in result.samples):
            details["context_full"] = True
        evidence = tuple(self._evidence(s, result.timings) for s in result.samples)
        if item.kind is Kind.CODE:
            evidence = self._codes.judged(item, evidence, details)
        # It may have waited for others that were asked before it.
        start = replace(self._start, created_us=self.heard.began_us or self._start.created_us)
        run = (start, RunEnd(wall_clock_us(), RunStatus.DONE, result))
        return [Answered(run, evidence, details)]

    def _evidence(self, sample: SampleResult, timings: Timings) -> Evidence:
        item = self.filled.asked.item
        table = sample.tokens
        known = ~np.isnan(table.logprob)
        text = sample.text if item.kind is Kind.CODE else sample.text.strip()
        return Evidence(
            prediction=text,
            references=item.references,
            wrong=item.wrong,
            logprobs=TextLogprobs(
                logprobs=tuple(table.logprob[known].tolist()),
                # Of what was said: the tokens end with marks and stop strings that are no text.
                n_bytes=len(sample.text.encode("utf-8", "replace")),
                entropies=known_entropies(table, known),
                span="reply",
            ),
            timings=timings,
            calls=calls_in(sample.text) if item.kind is Kind.CALL else None,
            gold_calls=item.calls,
            functions=item.functions,
        )


def ask(asker: Asker, works: Sequence[GenerateWork]) -> None:
    """Hand items to the engine; several are made in one batch.

    Raises:
        EngineDiedError: nothing was asked.
    """
    if len(works) == 1:
        works[0].job = asker.client.generate(works[0].request, works[0].heard)
        return
    jobs = asker.client.generate_many([w.request for w in works], [w.heard for w in works])
    for work, job in zip(works, jobs, strict=True):
        work.job = job
