"""The guide's page about metrics, made from what the metrics say of themselves."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.core.metric import Argument, Direction, MetricInfo
from workbench.metrics.base import Metric
from workbench.metrics.needs import WORDS
from workbench.metrics.registry import FAMILIES

_INTRODUCTION = """\
# Metrics: what each number means, and what it does not

Every number of an experiment is one of these. Each comes with its bounds and with the way that is
better (↑ higher, ↓ lower, no arrow: neither). Where something is missing (no reference, no timings,
a text too long) there is no number but a sentence that says why; such items are counted apart and
never as 0.

Metrics marked "over all items" are not means of the items' values: corpus BLEU comes from summed
counts, macro-F1 from all labels. A version goes up when the same reply could get another number.

From the shell: `workbench metrics show bleu`, and `workbench metrics score squad_f1 --prediction
Paris --reference "Paris, Texas"`; `--evidence FILE.jsonl` scores many items at once.

**Your own metric** is a Python file with a function `score(evidence)` that returns a number, True
or False, or None for "not scored". It sees `evidence.prediction`, `.references`, `.prompt`,
`.variables`, `.logprobs`, `.choices` and the rest; a dictionary `INFO` may give `label`, `unit`,
`direction`, `low`, `high` and `version`. Give it with `--user-metric FILE.py` here and with
`--metric FILE.py` to `workbench eval`. It runs in the sandbox, ten seconds per item, 2 GiB; where
the system gives no walls it is refused unless forced.

**Graded by models.** `workbench eval --judge MODEL` lets a model rate every reply from 1 to 5 by
the exact probabilities of the five digits (`judge_score`); `--guard MODEL` the same for "safe" and
"unsafe" (`safety`). Their prompts are `rate-answer` and `safe-or-unsafe` in the library; others
with the variables `question` and `answer` can take their place. `--embedder MODEL` compares reply
and references as vectors (`embedding_similarity`). `workbench metrics score ndcg --embedding-model
MODEL --prediction QUERY --reference TEXT --wrong TEXT` measures retrieval the same way.
"""

_ARROWS = {Direction.HIGHER: "↑", Direction.LOWER: "↓", Direction.NEITHER: ""}


def headings(own: Sequence[Metric] = ()) -> list[tuple[str, list[Metric]]]:
    """Metrics under the headings that lists show; `own` stand last."""
    found = [(heading, family.metrics()) for heading, family in FAMILIES.items()]
    return [*found, ("Your own", list(own))] if own else found


def guide_page() -> str:
    """The page in Markdown."""
    parts = [_INTRODUCTION]
    for heading, metrics in headings():
        parts.append(f"\n## {heading}\n")
        parts += [f"\n{_entry(metric.info)}" for metric in metrics]
    return "".join(parts)


def metric_text(info: MetricInfo) -> str:
    """One metric in plain text, for a terminal."""
    bounds = _bounds(info)
    lines = [
        f"{info.name}: {info.label}",
        f"  Means      {info.means}",
        f"  Means not  {info.means_not}",
        f"  Unit       {info.unit}{f' ({bounds})' if bounds else ''}, {_better(info)}",
        f"  Needs      {_needs(info)}",
        f"  Source     {info.source}; version {info.version}",
    ]
    if info.whole:
        lines.append("  Over all items, not a mean of theirs.")
    lines += [f"  --arg {a.name}=…  {a.description} {_values(a)}" for a in info.arguments]
    return "\n".join(lines) + "\n"


def _entry(info: MetricInfo) -> str:
    arrow = _ARROWS[info.direction]
    head = f"**{info.label}** `{info.name}`, {info.unit}{f' {arrow}' if arrow else ''}"
    if info.whole:
        head += ", over all items"
    lines = [
        f"{head}  ",
        f"Says: {info.means}  ",
        f"Not: {info.means_not}  ",
        f"Source: {info.source}. Needs {_needs(info)}.",
        "",
    ]
    lines += [f"- `{a.name}`: {a.description} {_values(a)}" for a in info.arguments]
    return "\n".join(lines).rstrip() + "\n"


def _bounds(info: MetricInfo) -> str:
    if info.low is None and info.high is None:
        return ""
    if info.high is None:
        return f"{info.low:g} or more"
    return f"{info.high:g} or less" if info.low is None else f"{info.low:g} to {info.high:g}"


def _better(info: MetricInfo) -> str:
    if info.direction is Direction.NEITHER:
        return "neither way is better"
    return f"{info.direction} is better"


def _needs(info: MetricInfo) -> str:
    sets = [needs for needs in (info.needs, *info.or_needs) if needs]
    if not sets:
        return "what its author's function asks for"
    return "; or ".join(" and ".join(WORDS[need] for need in sorted(needs)) for needs in sets)


def _values(argument: Argument) -> str:
    facts = []
    if argument.choices:
        facts.append(", ".join(argument.choices))
    if argument.default is not None:
        shown = str(argument.default)
        facts.append(f"default {shown.lower() if isinstance(argument.default, bool) else shown}")
    return f"({'; '.join(facts)})" if facts else f"({argument.kind})"
