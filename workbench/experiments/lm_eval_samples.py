"""Items of an evaluation as lm-evaluation-harness logs its samples. Any thread.

The fields are those of `lm_eval --log_samples` 0.4: doc_id, doc, target, arguments, resps,
filtered_resps, filter, metrics, doc_hash, prompt_hash, target_hash, and a value for each metric.
Numbers in `resps` are texts there, and so they are here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.files import file_in_place
from workbench.core.metric import Evidence
from workbench.core.run import RunStart
from workbench.core.task import Item, Kind
from workbench.core.types import SampleResult
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.summary import ScoredItem, SubjectSummary
from workbench.experiments.report.stored import ScoredEvaluation, scored_evaluation
from workbench.history.experiments import get_experiment
from workbench.history.store import HistoryStore

LEAVES_OUT = (
    "Tokens, their probabilities and timings.",
    "Items that failed or were not asked yet.",
)


@dataclass(frozen=True, slots=True)
class SamplesDone:
    """What was written: the files, their lines, and items that have no line."""

    files: tuple[Path, ...]
    lines: int
    left_out: int


def write_samples(
    store: HistoryStore,
    name: str,
    folder: Path,
    *,
    told: Callable[[int, int], None] | None = None,
    cancel: CancelToken | None = None,
) -> SamplesDone:
    """Write `FOLDER/SUBJECT/samples_TASK_DATE.jsonl` for each model of the evaluation.

    Args:
        name: of the evaluation; "last" is the newest.
        told: called with how many items are done, and of how many.

    Raises:
        UserError: there is none of that name, it weighs no text (vectors), its runs are gone, or
            the disk.
        Cancelled: `cancel` was set; files that were whole before stay.
    """
    found = scored_evaluation(store, name, cancel)
    if found.plan.task.kind is Kind.EMBED:
        raise UserError(
            "lm-evaluation-harness has no samples of vectors.", "Export its runs instead."
        )
    when = datetime.fromtimestamp(get_experiment(store, found.name).created_us / 1e6)  # noqa: DTZ006  # the harness writes local time
    total = sum(len(subject.items) for subject in found.summary.subjects)
    files: list[Path] = []
    lines = left_out = done = 0
    for subject in found.summary.subjects:
        name_of_file = f"samples_{_safe(found.task.name)}_{when:%Y-%m-%dT%H-%M-%S.%f}.jsonl"
        path = folder / _safe(subject.label) / name_of_file
        if path in files:
            path = folder / f"{_safe(subject.label)}_{len(files) + 1}" / name_of_file
        try:
            with file_in_place(path) as file:
                for row in _rows(store, found, subject):
                    if cancel is not None:
                        cancel.check()
                    done += 1
                    if told is not None:
                        told(done, total)
                    if row is None:
                        left_out += 1
                        continue
                    line = json.dumps(row, ensure_ascii=False, allow_nan=False)
                    file.write(f"{line}\n".encode("utf-8", "replace"))
                    lines += 1
        except OSError as error:
            raise UserError(
                f"{path} cannot be written: {error.strerror or error}.", "Choose another folder."
            ) from error
        files.append(path)
    return SamplesDone(tuple(files), lines, left_out)


def _rows(
    store: HistoryStore, found: ScoredEvaluation, subject: SubjectSummary
) -> Iterator[dict[str, Any] | None]:
    """A line for each item, None for one that has none."""
    for number, (asked, scored) in enumerate(zip(found.items, subject.items, strict=True)):
        outcome = scored.outcome
        if outcome is None or outcome.error or not outcome.evidence or outcome.run_id is None:
            yield None
            continue
        run = store.get(outcome.run_id)
        if run.end is None:
            yield None
            continue
        yield _row(number, asked, scored, outcome.evidence, run.start, run.end.result.samples)


def _row(
    number: int,
    asked: Asked,
    scored: ScoredItem,
    evidence: Sequence[Evidence],
    start: RunStart,
    samples: Sequence[SampleResult],
) -> dict[str, Any]:
    first = evidence[0]
    doc = _doc(asked.item)
    arguments: list[Sequence[Any]]
    resps: list[list[Any]]
    filtered: list[Any]
    if first.choices:
        shown = [samples[asked.order.index(i)] for i in range(len(first.choices))]
        arguments = [(start.text, sample.text) for sample in shown]
        pairs = [
            [str(choice.logprob), _is_greedy(sample)]
            for choice, sample in zip(first.choices, shown, strict=True)
        ]
        resps, filtered = [[pair] for pair in pairs], list(pairs)
    elif first.logprobs is not None and asked.item.kind is Kind.SEQUENCE:
        arguments = [(start.text, samples[0].text)]
        pair = [str(sum(first.logprobs.logprobs)), _is_greedy(samples[0])]
        resps, filtered = [[pair]], [pair]
    else:
        arguments = [(start.text, _generation(start))]
        resps = [[sample.text for sample in samples]]
        filtered = [first.prediction if first.prediction is not None else ""]
    target = _target(asked.item)
    scores = {name: score.value for name, score in scored.scores.items()}
    return {
        "doc_id": number,
        "doc": doc,
        "target": target,
        "arguments": {
            f"gen_args_{i}": {f"arg_{j}": value for j, value in enumerate(one)}
            for i, one in enumerate(arguments)
        },
        "resps": resps,
        "filtered_resps": filtered,
        "filter": "none",
        "metrics": list(scores),
        "doc_hash": _hash(json.dumps(doc, indent=2, ensure_ascii=False)),
        "prompt_hash": _hash(start.text),
        "target_hash": _hash(target),
        **scores,
    }


def _doc(item: Item) -> dict[str, Any]:
    """The item as it stands in its task; what it has not is left out."""
    known = {key: value for key, value in asdict(item).items() if value not in (None, "", (), {})}
    document: dict[str, Any] = json.loads(json.dumps(known, default=str))
    return document


def _target(item: Item) -> str:
    """The right answer as the harness writes it: an index of the answers, or a text."""
    right: Sequence[object] = item.gold or item.references
    if not right:
        return item.completion
    return str(right[0]) if len(right) == 1 else str(list(right))


def _generation(start: RunStart) -> Mapping[str, object]:
    sampling = start.sampling
    return {
        "until": list(sampling.stop),
        "max_gen_toks": sampling.max_tokens,
        "do_sample": sampling.temperature > 0,
        "temperature": sampling.temperature,
        "top_k": sampling.top_k,
        "top_p": sampling.top_p,
        "seed": start.seed,
    }


def _is_greedy(sample: SampleResult) -> str:
    """Whether every token was the likeliest one; "None" where that is not known."""
    ranks = sample.tokens.rank
    if not len(ranks) or (ranks < 0).any():
        return "None"
    return str(not ranks.any())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _safe(name: str) -> str:
    """The name as a part of a path, whatever it holds."""
    return re.sub(r"[^\w.-]+", "_", name).strip("._")[:100] or "task"
