"""Embed items: texts as vectors of an embedding model, to be compared by their likeness."""

from __future__ import annotations

from workbench.core.embedding import Embeddings
from workbench.core.ids import wall_clock_us
from workbench.core.metric import Evidence
from workbench.core.rendered import Rendered
from workbench.core.run import RunEnd, RunStatus
from workbench.core.tokens import TokenTable
from workbench.core.types import Finish, GenerateResult, SampleResult, Timings
from workbench.engine.jobs import Job
from workbench.experiments.evaluate.asker import Asker, Filled
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.outcome import Answered
from workbench.experiments.evaluate.plan import ChoiceStyle
from workbench.templates.prompt_file import raw_prompt


class EmbedWork:
    """One embed item under way. Its run holds the texts; nothing is said, so no token is."""

    def __init__(self, asker: Asker, asked: Asked, index: int) -> None:
        self._asker = asker
        self._index = index
        item = asked.item
        query = item.prompt or ""
        if asker.subject.prompt is not None:
            # Many models want "query: " or an instruction in front of what is looked for.
            query = asker.fill(asked).rendered.text
        self._texts = (query, *item.references, *item.wrong)
        rendered = Rendered(query, ())
        tokens = asker.tokenize(query, add_bos=True)
        prompt = raw_prompt(query, "default (embed)")
        self.filled = Filled(asked, prompt, {}, rendered, tokens, ChoiceStyle.ANSWERS, "")
        self.job: Job = asker.client.embed(self._texts)

    def answers(self) -> list[Answered]:
        """The vectors, once they are there.

        Raises:
            UserError: the engine refused or died.
        """
        found: Embeddings = self.job.future.result()
        item = self.filled.asked.item
        evidence = Evidence(
            prediction=self._texts[0],
            references=item.references,
            wrong=item.wrong,
            embeddings=tuple(tuple(vector.tolist()) for vector in found.vectors),
            rating=item.rating,
        )
        others = self._texts[1:]
        start = self._asker.run_start(
            self.filled, self._index, len(self.filled.tokens.ids), max(1, len(others))
        )
        samples = tuple(SampleResult(text, Finish.STOP, TokenTable.empty()) for text in others)
        result = GenerateResult(samples, Timings(), {})
        details: dict[str, object] = {"pooling": found.pooling.name.lower()}
        if found.unnamed:
            details["pooling_unnamed"] = True
        run = (start, RunEnd(wall_clock_us(), RunStatus.DONE, result))
        return [Answered(run, (evidence,), details)]
