"""A confusion matrix: what was right against what was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

OTHER = "(other)"
NONE = "(no answer)"


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of right answers (rows) by given answers (columns).

    Attributes:
        rows: labels that were right for some item; `columns`: the same, then answers that were
            never right, then `OTHER` and `NONE` where they occur.
        counts: (rows, columns).
        recall, precision: for each row's label; None where it never was right, or never given.
        accuracy: share of items whose answer was right; None without items.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    recall: tuple[float | None, ...]
    precision: tuple[float | None, ...]
    accuracy: float | None
    n: int

    @property
    def largest(self) -> int:
        """The largest count; 0 without items."""
        return max((count for row in self.counts for count in row), default=0)


def confusion(
    gold: Sequence[str], given: Sequence[str | None], *, most_labels: int = 20
) -> Confusion:
    """Count answers.

    Args:
        gold: the right label of each item; given: the model's, None for none.
        most_labels: the commonest right labels are kept; the rest are gathered as `OTHER`, where
            an answer counts as right only if it is the very label.

    Raises:
        ValueError: when there are not as many answers as items.
    """
    if len(gold) != len(given):
        raise ValueError(f"{len(given)} answers for {len(gold)} items")
    common = [label for label, _ in Counter(gold).most_common(most_labels)]
    # In their own order (A, B, C...), which a reader expects more than by frequency.
    labels = sorted(common)
    rows = [*labels, *([OTHER] if len(set(gold)) > len(common) else [])]
    strange = sorted({g for g in given if g is not None and g not in common})
    gathered = len(set(gold)) > len(common) or len(strange) > most_labels
    extra = [OTHER] if gathered and strange else strange
    columns = [*labels, *extra, *([NONE] if None in given else [])]
    row_of = {label: place for place, label in enumerate(rows)}
    column_of = {label: place for place, label in enumerate(columns)}
    counts = [[0] * len(columns) for _ in rows]
    for right, answer in zip(gold, given, strict=True):
        row = row_of.get(right, row_of.get(OTHER, 0))
        name = NONE if answer is None else answer
        counts[row][column_of.get(name, column_of.get(OTHER, 0))] += 1
    hits = Counter(right for right, answer in zip(gold, given, strict=True) if right == answer)
    asked, answered = Counter(gold), Counter(answer for answer in given if answer is not None)
    return Confusion(
        rows=tuple(rows),
        columns=tuple(columns),
        counts=tuple(map(tuple, counts)),
        recall=tuple(_share(hits[label], asked[label]) for label in rows),
        precision=tuple(_share(hits[label], answered[label]) for label in rows),
        accuracy=_share(sum(hits.values()), len(gold)),
        n=len(gold),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
