"""What a task costs: answers weighed, against scoring each answer's whole prompt alone; items in
words beside each other, against one by one."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.replay import NOISE
from workbench.core.sampling import Sampling
from workbench.core.task import Task
from workbench.core.types import EngineSettings, ScoreRequest
from workbench.experiments.bench.rows import BenchRow, pairs, row
from workbench.experiments.evaluate.asker import Asker
from workbench.experiments.evaluate.choice import answer_texts
from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.evaluate.plan import EvalPlan, TaskSource
from workbench.experiments.evaluate.runner import EvalProgress, Evaluation
from workbench.experiments.session import Session, open_session
from workbench.experiments.tasks.load import load_task

SHOTS = 5
_WORDS_TOKENS = 32
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LABELS = ("ab", "cd", "ef", "gh")


def evaluate_rows(
    path: Path, settings: EngineSettings, items: int, alone: int, runs: int
) -> Iterator[BenchRow]:
    """Seconds per item of four answers behind five examples, recorded in a history and scored.

    Args:
        items: how many the evaluation asks. `alone`: how many of them are scored the other way.

    Raises:
        UserError: another answer came out the likeliest.
    """
    with _session() as session:
        task = _task(session.profile.root, items)
        source = TaskSource(Path(task.path), task.kind, task.sha256)
        plan = EvalPlan(source, (path,), settings=settings, few_shot=SHOTS)
        session.load(path, settings)
        best: dict[str, int] = {}
        offset = 0

        def ours() -> float:
            start = time.perf_counter()
            evaluation = Evaluation(session, plan, task, _Quiet())
            evaluation.start()
            end = evaluation.wait()
            elapsed = time.perf_counter() - start
            for outcome in end.outcomes:
                if outcome.error:
                    raise UserError(outcome.error)
                choices = outcome.evidence[0].choices
                best[outcome.item_id] = max(range(4), key=lambda i: choices[i].logprob)
            return elapsed / len(end.outcomes)

        asker = Asker(session, plan, plan.subjects[0], "bench")
        asked = Evaluation(session, plan, task, _Quiet()).items

        def theirs() -> float:
            nonlocal offset
            chosen = [asked[(offset + i) % len(asked)] for i in range(alone)]
            offset += alone
            seconds = 0.0
            for one in chosen:
                filled = asker.fill(one)
                joined = asker.join(filled, answer_texts(filled))
                scores = []
                for tail in joined.tails:
                    # A whole text that begins otherwise leaves nothing of this one in the cache.
                    asker.client.score(ScoreRequest((joined.head[1],), 0, 0)).future.result()
                    start = time.perf_counter()
                    request = ScoreRequest(joined.head + tail, len(joined.head), 0)
                    table = asker.client.score(request).future.result()
                    seconds += time.perf_counter() - start
                    scores.append(float(table.logprob.sum()))
                found[one.item.id] = scores
            return seconds / alone

        found: dict[str, list[float]] = {}
        mine, other = pairs(ours, theirs, runs)
        # Two answers nearer than rounding may change places; any other must be the same.
        wrong = [n for n, scores in found.items() if scores[best[n]] < max(scores) - NOISE]
        if wrong:
            raise UserError(f"eval_choice: item {wrong[0]} has another likeliest answer alone.")
        n = len(asker.fill(asked[0]).tokens.ids)
        against = f"each answer's whole prompt of {n} tokens alone"
        yield row("eval_choice", mine, other, "s/item", against, "<= 0.2")


def words_row(path: Path, settings: EngineSettings, items: int, runs: int) -> BenchRow:
    """Different items answered in words beside each other, recorded, against one by one.

    Raises:
        UserError: an item failed.
    """
    with _session() as session:
        rows = [
            {"id": str(n), "question": f"Tell a story of number {n}.", "answer": "no"}
            for n in range(items)
        ]
        task = _written(session.profile.root, rows)
        source = TaskSource(Path(task.path), task.kind, task.sha256)
        sampling = Sampling(temperature=0.0, max_tokens=_WORDS_TOKENS, ignore_eos=True)
        plan = EvalPlan(source, (path,), samplings=(sampling,), settings=settings)
        session.load(path, settings)

        def rate(*, one_by_one: bool) -> float:
            asked = replace(plan, one_by_one=one_by_one)
            start = time.perf_counter()
            evaluation = Evaluation(session, asked, task, _Quiet())
            evaluation.start()
            end = evaluation.wait()
            for outcome in end.outcomes:
                if outcome.error:
                    raise UserError(outcome.error)
            return len(end.outcomes) / (time.perf_counter() - start)

        rate(one_by_one=False)
        mine, theirs = pairs(lambda: rate(one_by_one=False), lambda: rate(one_by_one=True), runs)
    return row("eval_words", mine, theirs, "item/s", "the same items one by one", ">= 1.5")


class _Quiet:
    """Nobody watches."""

    def item_finished(self, outcome: ItemOutcome, progress: EvalProgress) -> None:
        """Nothing to do."""


@contextmanager
def _session() -> Iterator[Session]:
    with TemporaryDirectory(prefix="workbench-bench-") as folder:
        session, _ = open_session(Profile(Path(folder)))
        try:
            yield session
        finally:
            session.close()


def _task(folder: Path, items: int) -> Task:
    """Questions of random letters, about 65 tokens each; their answers are labels of one token
    each, as letters are in the vocabularies of real models."""
    drawn = random.Random(11)

    def words(n: int) -> str:
        return " ".join("".join(drawn.choices(_LETTERS, k=4)) for _ in range(n))

    rows = [
        {
            "id": str(number),
            "prompt": "\n".join(
                [words(12), *(f"{name}. {words(3)}" for name in _LABELS), "Answer:"]
            ),
            "classes": [f" {name}" for name in _LABELS],
            "answer_index": drawn.randrange(4),
        }
        for number in range(items + SHOTS)
    ]
    return _written(folder, rows)


def _written(folder: Path, rows: Sequence[Mapping[str, object]]) -> Task:
    path = folder / "bench.jsonl"
    path.write_text("".join(f"{json.dumps(r)}\n" for r in rows), encoding="utf-8")
    return load_task(path)
