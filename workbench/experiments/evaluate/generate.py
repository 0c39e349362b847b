"""Items that are answered in words: replies made, then read as texts, programs or calls."""

from __future__ import annotations

from collections.abc import Mapping

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
from workbench.experiments.evaluate.asker import Asker
from workbench.experiments.evaluate.choice import TOP, details_of
from workbench.experiments.evaluate.code import CodeRunner
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.outcome import Answered
from workbench.experiments.evaluate.read_calls import calls_in
from workbench.experiments.probability import known_entropies


class _Quiet:
    """The answer holds every token."""

    def prefill(self, done: int, total: int) -> None:
        """Not shown."""

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Not shown."""


class GenerateWork:
    """One item under way that is answered in words."""

    def __init__(self, asker: Asker, asked: Asked, index: int, codes: CodeRunner) -> None:
        self._asker = asker
        self._index = index
        self._codes = codes
        self.filled = asker.fill(asked)
        plan = asker.plan
        self._start = asker.run_start(
            self.filled, index, len(self.filled.tokens.ids), plan.n_samples
        )
        if self._start.seed + plan.n_samples - 1 > MAX_SEED:
            raise UserError(f"The seed {plan.seed} leaves no room for {plan.n_samples} samples.")
        request = GenerateRequest(
            prompt_ids=self.filled.tokens.ids,
            sampling=asker.subject.sampling,
            seed=self._start.seed,
            n_samples=plan.n_samples,
            top=TOP,
            words=asker.words(self.filled),
        )
        self.job: Job = asker.client.generate(request, _Quiet())

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
        run = (self._start, RunEnd(wall_clock_us(), RunStatus.DONE, result))
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
